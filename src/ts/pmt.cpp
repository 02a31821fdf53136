// SPDX-License-Identifier: MIT
#include "ts/pmt.h"

#include "base/bit_reader.h"
#include "base/bit_writer.h"
#include "ts/section.h"

namespace xg2g::ts {
namespace {

constexpr std::size_t kFixedSize = 4;   // PCR_PID, program_info_length
constexpr std::size_t kStreamSize = 5;  // stream_type, PID, ES_info_length
constexpr std::size_t kSectionOverhead = 12;  // header and CRC_32

/// Takes `size` bytes off the front of `rest`.
std::vector<std::uint8_t> take(std::span<const std::uint8_t>& rest,
                               std::size_t size) {
  const auto front = rest.first(size);
  rest = rest.subspan(size);
  return {front.begin(), front.end()};
}

std::optional<PmtStream> parse_stream(std::span<const std::uint8_t>& rest) {
  base::BitReader bits(rest);
  PmtStream stream;
  stream.stream_type = static_cast<std::uint8_t>(bits.read(8));
  bits.skip(3);
  stream.pid = static_cast<std::uint16_t>(bits.read(13));
  bits.skip(4);
  const std::size_t info = bits.read(12);  // ES_info_length
  if (!bits.ok() || kStreamSize + info > rest.size()) return std::nullopt;
  rest = rest.subspan(kStreamSize);
  stream.descriptors = take(rest, info);
  return stream;
}

}  // namespace

std::optional<Pmt> parse_pmt(std::span<const std::uint8_t> section) {
  const auto parsed = parse_section(section);
  if (!parsed || parsed->header.table_id != kPmtTableId) return std::nullopt;
  Pmt pmt;
  pmt.program_number = parsed->header.table_id_extension;
  pmt.version_number = parsed->header.version_number;
  pmt.current = parsed->header.current;
  auto rest = parsed->body;
  base::BitReader bits(rest);
  bits.skip(3);
  pmt.pcr_pid = static_cast<std::uint16_t>(bits.read(13));
  bits.skip(4);
  const std::size_t info = bits.read(12);  // program_info_length
  if (!bits.ok() || kFixedSize + info > rest.size()) return std::nullopt;
  rest = rest.subspan(kFixedSize);
  pmt.program_info = take(rest, info);
  while (!rest.empty()) {
    auto stream = parse_stream(rest);
    if (!stream) return std::nullopt;
    pmt.streams.push_back(std::move(*stream));
  }
  return pmt;
}

std::size_t pmt_size(const Pmt& pmt) noexcept {
  std::size_t size = kSectionOverhead + kFixedSize + pmt.program_info.size();
  for (const PmtStream& stream : pmt.streams) {
    size += kStreamSize + stream.descriptors.size();
  }
  return size;
}

std::vector<std::uint8_t> write_pmt(const Pmt& pmt) {
  std::vector<std::uint8_t> body(pmt_size(pmt) - kSectionOverhead);
  base::BitWriter bits(body);
  bits.write(0b111, 3);  // reserved
  bits.write(pmt.pcr_pid, 13);
  bits.write(0b1111, 4);  // reserved
  bits.write(pmt.program_info.size(), 12);
  bits.bytes(pmt.program_info);
  for (const PmtStream& stream : pmt.streams) {
    bits.write(stream.stream_type, 8);
    bits.write(0b111, 3);  // reserved
    bits.write(stream.pid, 13);
    bits.write(0b1111, 4);  // reserved
    bits.write(stream.descriptors.size(), 12);
    bits.bytes(stream.descriptors);
  }
  return write_section({.table_id = kPmtTableId,
                        .table_id_extension = pmt.program_number,
                        .version_number = pmt.version_number,
                        .current = pmt.current},
                       body);
}

}  // namespace xg2g::ts

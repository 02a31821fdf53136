// SPDX-License-Identifier: MIT
#include "es/pes_reader.h"

#include <algorithm>

#include "base/bit_reader.h"

namespace xg2g::es {
namespace {

constexpr std::size_t kStartCodeSize = 3;  // packet_start_code_prefix
constexpr std::size_t kPrefixSize = 6;     // up to PES_packet_length

/// ISO/IEC 13818-1, 2.4.3.6 and table 2-22: whether the PES packets of a
/// stream_id have the optional header, and so an elementary stream.
constexpr bool has_optional_header(std::uint8_t stream_id) noexcept {
  switch (stream_id) {
    case 0xBC:  // program_stream_map
    case 0xBE:  // padding_stream
    case 0xBF:  // private_stream_2
    case 0xF0:  // ECM
    case 0xF1:  // EMM
    case 0xF2:  // DSMCC_stream
    case 0xF8:  // H.222.1 type E
    case 0xFF:  // program_stream_directory
      return false;
    default:
      return stream_id >= 0xBC;
  }
}

/// Reads a 33-bit timestamp; nothing where a marker_bit is not set, as where
/// the header ends before it.
std::optional<std::uint64_t> read_timestamp(base::BitReader& reader) noexcept {
  std::uint64_t value = 0;
  bool marked = true;
  reader.skip(4);
  for (const unsigned bits : {3U, 15U, 15U}) {
    value = (value << bits) | reader.read(bits);
    marked = reader.flag() && marked;
  }
  if (!marked) return std::nullopt;
  return value;
}

}  // namespace

PesPiece PesReader::push(std::span<const std::uint8_t> payload,
                         bool unit_start) {
  if (unit_start) {
    state_ = State::kHeader;
    filled_ = 0;
    wanted_ = kStartCodeSize;
  }
  if (state_ == State::kHeader) payload = take_header(payload);
  if (state_ != State::kPayload) return {};
  if (left_) {
    payload = payload.first(std::min(payload.size(), *left_));
    *left_ -= payload.size();
  }
  PesPiece piece{payload, false, std::nullopt, stream_id_};
  if (starts_ && !payload.empty()) {
    piece.starts = true;
    piece.pts = pts_;
    starts_ = false;
  }
  return piece;
}

void PesReader::lose() noexcept {
  if (state_ == State::kHeader) state_ = State::kIdle;
  left_.reset();
  // What comes next is no longer the first byte that the PTS may belong to.
  starts_ = false;
}

void PesReader::reset() noexcept { *this = PesReader(); }

std::span<const std::uint8_t> PesReader::take_header(
    std::span<const std::uint8_t> payload) noexcept {
  while (state_ == State::kHeader && !payload.empty()) {
    const std::size_t take = std::min(payload.size(), wanted_ - filled_);
    std::copy_n(payload.begin(), take, header_.begin() + filled_);
    filled_ += take;
    payload = payload.subspan(take);
    if (filled_ == wanted_) check_header();
  }
  return payload;
}

void PesReader::check_header() noexcept {
  bool sound = true;
  if (filled_ == kStartCodeSize) {
    sound = header_[0] == 0 && header_[1] == 0 && header_[2] == 1;
    wanted_ = kPrefixSize;
  } else if (filled_ == kPrefixSize) {
    sound = has_optional_header(header_[3]);
    wanted_ = kFixedSize;
  } else {
    sound = header_[6] >> 6 == 2;  // '10'
    wanted_ = kFixedSize + header_[8];
    if (sound && filled_ == wanted_) open_payload();
  }
  if (!sound) state_ = State::kIdle;
}

void PesReader::open_payload() noexcept {
  base::BitReader reader({header_.data(), filled_});
  reader.skip(8 * kStartCodeSize);
  stream_id_ = static_cast<std::uint8_t>(reader.read(8));
  const std::size_t packet_length = reader.read(16);
  reader.skip(8);
  const bool has_pts = reader.flag();  // PTS_DTS_flags 01 is forbidden
  reader.skip(7 + 8);
  pts_ = has_pts ? read_timestamp(reader) : std::nullopt;

  left_.reset();
  if (packet_length != 0) {
    const std::size_t before = filled_ - kPrefixSize;
    left_ = packet_length > before ? packet_length - before : 0;
  }
  starts_ = true;
  state_ = State::kPayload;
}

}  // namespace xg2g::es

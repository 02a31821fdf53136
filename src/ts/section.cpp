// SPDX-License-Identifier: MIT
#include "ts/section.h"

#include "base/bit_reader.h"
#include "base/bit_writer.h"
#include "base/crc.h"

namespace xg2g::ts {
namespace {

constexpr std::size_t kHeaderSize = 8;
constexpr std::size_t kCrcSize = 4;
/// What section_length counts from: the byte behind itself.
constexpr std::size_t kBeforeLength = 3;

}  // namespace

std::optional<Section> parse_section(
    std::span<const std::uint8_t> bytes) noexcept {
  if (bytes.size() < kHeaderSize + kCrcSize ||
      bytes.size() > kLongestPsiSection) {
    return std::nullopt;
  }
  base::BitReader bits(bytes);
  Section section;
  SectionHeader& header = section.header;
  header.table_id = static_cast<std::uint8_t>(bits.read(8));
  const bool long_form = bits.flag();  // section_syntax_indicator
  bits.skip(3);
  const std::size_t length = bits.read(12);
  if (!long_form || length + kBeforeLength != bytes.size() ||
      base::crc32_mpeg(bytes) != 0) {
    return std::nullopt;
  }
  header.table_id_extension = static_cast<std::uint16_t>(bits.read(16));
  bits.skip(2);
  header.version_number = static_cast<std::uint8_t>(bits.read(5));
  header.current = bits.flag();
  header.section_number = static_cast<std::uint8_t>(bits.read(8));
  header.last_section_number = static_cast<std::uint8_t>(bits.read(8));
  section.body =
      bytes.subspan(kHeaderSize, bytes.size() - kHeaderSize - kCrcSize);
  return section;
}

std::vector<std::uint8_t> write_section(const SectionHeader& header,
                                        std::span<const std::uint8_t> body) {
  std::vector<std::uint8_t> bytes(kHeaderSize + body.size() + kCrcSize);
  base::BitWriter bits(bytes);
  bits.write(header.table_id, 8);
  bits.write(1, 1);      // section_syntax_indicator
  bits.write(0b011, 3);  // '0', reserved
  bits.write(bytes.size() - kBeforeLength, 12);
  bits.write(header.table_id_extension, 16);
  bits.write(0b11, 2);  // reserved
  bits.write(header.version_number, 5);
  bits.write(header.current ? 1 : 0, 1);
  bits.write(header.section_number, 8);
  bits.write(header.last_section_number, 8);
  bits.bytes(body);
  const auto whole = std::span<const std::uint8_t>(bytes);
  bits.write(base::crc32_mpeg(whole.first(whole.size() - kCrcSize)), 32);
  return bytes;
}

}  // namespace xg2g::ts

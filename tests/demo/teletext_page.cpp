// SPDX-License-Identifier: MIT
#include "demo/teletext_page.h"

#include <array>
#include <bit>

namespace xg2g::demo {
namespace {

using test::Bytes;
using test::put;

constexpr unsigned kMagazine = 1;
constexpr unsigned kLine = 40;           // ETSI EN 300 706, 7.1: characters
constexpr unsigned kHeaderText = 32;     // 9.3.1: after eight coded bytes
constexpr unsigned kTimeFilling = 0xFF;  // 9.3.1.1: ends the page before it

/// Hamming 8/4 (EN 300 706, 8.2).
std::uint8_t hamming(unsigned nibble) {
  constexpr std::array<std::uint8_t, 16> kCodes{
      0x15, 0x02, 0x49, 0x5E, 0x64, 0x73, 0x38, 0x2F,
      0xD0, 0xC7, 0x8C, 0x9B, 0xA1, 0xB6, 0xFD, 0xEA};
  return kCodes[nibble & 15];
}

/// Odd parity (8.1).
std::uint8_t with_parity(char character) {
  const unsigned bits = static_cast<unsigned char>(character) & 0x7Fu;
  return static_cast<std::uint8_t>(bits |
                                   (std::popcount(bits) % 2 == 0 ? 0x80u : 0u));
}

void put_text(Bytes& out, std::string text, std::size_t width) {
  text.resize(width, ' ');
  for (const char character : text) put(out, with_parity(character));
}

/// magazine_and_packet_address (7.1.2).
Bytes make_address(unsigned row) {
  return {hamming(kMagazine | (row & 1) << 3), hamming(row >> 1)};
}

Bytes make_row(unsigned row, const std::string& text) {
  Bytes out = make_address(row);
  put_text(out, text, kLine);
  return out;
}

/// The page header, packet 0 (9.3.1): erases the page, serial transmission.
Bytes make_header(unsigned page, const std::string& text) {
  constexpr unsigned kErase = 8;   // C4, with S2
  constexpr unsigned kSerial = 1;  // C11
  Bytes out = make_address(0);
  for (const unsigned nibble :
       {page & 15, page >> 4, 0u, kErase, 0u, 0u, 0u, kSerial}) {
    put(out, hamming(nibble));
  }
  put_text(out, text, kHeaderText);
  return out;
}

std::uint8_t reverse_bits(unsigned value) {
  unsigned out = 0;
  for (unsigned bit = 0; bit < 8; ++bit) out |= (value >> bit & 1) << (7 - bit);
  return static_cast<std::uint8_t>(out);
}

/// A data unit for one line of the first field (EN 300 472, 4.4). The line's
/// bits stand in the order they are sent in, so each byte is turned round.
void put_unit(Bytes& out, unsigned line, const Bytes& packet) {
  put(out, 0x02);  // data_unit_id: EBU Teletext, no subtitles
  put(out, 0x2C);  // data_unit_length
  put(out, 0xE0u | line);
  put(out, 0xE4);  // framing_code
  for (const std::uint8_t byte : packet) put(out, reverse_bits(byte));
}

}  // namespace

Bytes make_teletext_payload(const std::string& header,
                            const std::vector<std::string>& rows) {
  constexpr unsigned kUnits = 11;     // 45 + 1 + 11 x 46 = 3 x 184
  constexpr unsigned kFirstLine = 7;  // EN 300 472, table 3
  std::vector<Bytes> packets{make_header(0x00, header)};
  for (unsigned row = 1; row < kUnits - 1; ++row) {
    const std::string text = row <= rows.size() ? rows[row - 1] : "";
    packets.push_back(make_row(row, text));
  }
  packets.push_back(make_header(kTimeFilling, ""));
  Bytes out;
  put(out, 0x10);  // data_identifier: EBU data
  unsigned line = kFirstLine;
  for (const Bytes& packet : packets) put_unit(out, line++, packet);
  return out;
}

}  // namespace xg2g::demo

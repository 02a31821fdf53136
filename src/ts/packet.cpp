// SPDX-License-Identifier: MIT
#include "ts/packet.h"

#include <algorithm>

#include "base/bit_reader.h"

namespace xg2g::ts {
namespace {

// ISO/IEC 13818-1, 2.4.3.4: behind the length and the flags.
constexpr std::size_t kFlagsOffset = 5;
constexpr std::size_t kPcrOffset = 6;
constexpr std::size_t kPcrSize = 6;
constexpr std::uint8_t kPcrFlag = 0x10;
constexpr std::uint8_t kDiscontinuityFlag = 0x80;

}  // namespace

std::span<const std::uint8_t> Packet::payload() const noexcept {
  if (!has_payload()) return {};
  std::size_t start = kHeaderSize;
  if (has_adaptation_field()) start += 1U + bytes_[4];
  if (start >= kPacketSize) return {};
  return bytes_.subspan(start);
}

std::span<const std::uint8_t> Packet::pcr_bytes() const noexcept {
  if ((adaptation_flags() & kPcrFlag) == 0) return {};
  if (bytes_[4] < 1 + kPcrSize) return {};
  return bytes_.subspan(kPcrOffset, kPcrSize);
}

std::optional<base::ClockTicks> Packet::pcr() const noexcept {
  const auto field = pcr_bytes();
  if (field.empty()) return std::nullopt;
  base::BitReader bits(field);
  const std::uint64_t base = bits.read_long(33);
  bits.skip(6);  // reserved
  const std::uint64_t extension = bits.read(9);
  return base::ClockTicks(static_cast<std::int64_t>(base * 300 + extension));
}

PacketCopy::PacketCopy(const Packet& packet) noexcept
    : clear_(!packet.scrambled()) {
  std::ranges::copy(packet.bytes(), bytes_.begin());
}

void PacketCopy::remove_pcr() noexcept {
  if (packet().pcr_bytes().empty()) return;
  bytes_[kFlagsOffset] =
      static_cast<std::uint8_t>(bytes_[kFlagsOffset] & ~unsigned{kPcrFlag});
  // What stands behind the PCR moves up; stuffing ends the field.
  const std::size_t end =
      std::min<std::size_t>(kFlagsOffset + bytes_[kHeaderSize], kPacketSize);
  const auto rest = bytes_.begin() + kPcrOffset;
  const auto field_end = bytes_.begin() + static_cast<std::ptrdiff_t>(end);
  std::fill(std::copy(rest + kPcrSize, field_end, rest), field_end, 0xFF);
}

void PacketCopy::remove_time() noexcept {
  if (!packet().has_pcr()) return;
  remove_pcr();
  bytes_[kFlagsOffset] = static_cast<std::uint8_t>(
      bytes_[kFlagsOffset] & ~unsigned{kDiscontinuityFlag});
}

}  // namespace xg2g::ts

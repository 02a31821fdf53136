// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace xg2g::audio {

/// Most channels that a decoder gives: E-AC-3 with its dependent substreams.
inline constexpr std::size_t kMaxInputs = 16;
/// Most channels that are encoded.
inline constexpr std::size_t kMaxOutputs = 8;
/// Most samples a channel that one step of the chain takes.
inline constexpr std::size_t kMaxChunk = 2048;

/// Where a channel is heard. What is further up, down or out than these is
/// counted to the nearest.
enum class Role : std::uint8_t {
  kNone,
  kLeft,
  kRight,
  kCentre,
  kLfe,
  kBackLeft,
  kBackRight,
  kBackCentre,
  kSideLeft,
  kSideRight,
  kExtraLeft,  ///< Wide, high or between left and centre.
  kExtraRight,
  kExtraCentre,
};

/// The roles of a frame's channels, in their order.
struct Layout {
  std::array<Role, kMaxInputs> roles{};
  std::size_t count = 0;

  [[nodiscard]] constexpr bool has(Role role) const noexcept {
    for (std::size_t i = 0; i < count; ++i) {
      if (roles[i] == role) return true;
    }
    return false;
  }
  friend bool operator==(const Layout&, const Layout&) = default;
};

/// The roles of an AAC frame of `channels` channels (1 to 6, or 8) in the
/// order the encoder takes them (ISO/IEC 14496-3, table 1.19).
[[nodiscard]] constexpr Layout output_layout(int channels) noexcept {
  using enum Role;
  switch (channels) {
    case 1:
      return {{kCentre}, 1};
    case 2:
      return {{kLeft, kRight}, 2};
    case 3:
      return {{kLeft, kRight, kCentre}, 3};
    case 4:
      return {{kLeft, kRight, kCentre, kBackCentre}, 4};
    case 5:
      return {{kLeft, kRight, kCentre, kBackLeft, kBackRight}, 5};
    case 6:
      return {{kLeft, kRight, kCentre, kLfe, kBackLeft, kBackRight}, 6};
    default:
      return {{kLeft, kRight, kCentre, kLfe, kBackLeft, kBackRight, kSideLeft,
               kSideRight},
              8};
  }
}

/// `layout` where it has a role; otherwise what so many channels usually are.
[[nodiscard]] constexpr Layout or_usual(const Layout& layout) noexcept {
  for (std::size_t i = 0; i < layout.count; ++i) {
    if (layout.roles[i] != Role::kNone) return layout;
  }
  Layout usual = output_layout(static_cast<int>(layout.count));
  usual.count = layout.count;
  return usual;
}

/// Planar sound that someone else owns: `count` samples in each channel.
struct Planar {
  std::array<const float*, kMaxInputs> channels{};
  std::size_t count = 0;

  /// `length` samples from `first` on.
  [[nodiscard]] Planar slice(std::size_t first,
                             std::size_t length) const noexcept {
    Planar part;
    for (std::size_t i = 0; i < channels.size(); ++i) {
      part.channels[i] = channels[i] == nullptr ? nullptr : channels[i] + first;
    }
    part.count = length;
    return part;
  }
};

}  // namespace xg2g::audio

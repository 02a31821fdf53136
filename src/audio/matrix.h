// SPDX-License-Identifier: MIT
#pragma once

#include <array>

#include "audio/channels.h"
#include "audio/format.h"

namespace xg2g::audio {

inline constexpr float kMinus3dB = 0.70710678F;

/// What a stream says of its own downmix, linear: A/52 cmixlev and surmixlev.
struct MixLevels {
  float centre = kMinus3dB;
  float surround = kMinus3dB;

  friend bool operator==(const MixLevels&, const MixLevels&) = default;
};

/// Gains [channel that leaves][channel that came].
using Matrix = std::array<std::array<float, kMaxInputs>, kMaxOutputs>;

/// The gains that turn `in` into `out`.
///
/// To stereo it is the Lo/Ro downmix of ETSI TS 102 366 (A/52), 7.8.2: no LFE,
/// and not scaled down; a limiter is to follow. Mono is the half sum of that,
/// and comes out on both sides at full level. With more channels each role
/// goes to itself, and what has no place to its neighbours, 3 dB down.
[[nodiscard]] Matrix mix_matrix(const Layout& in, const Layout& out,
                                const MixLevels& levels) noexcept;

/// The same for two channels that are two services: the one chosen is heard
/// on both sides.
[[nodiscard]] Matrix dual_mono_matrix(const Layout& out,
                                      DualMono choice) noexcept;

/// The gain that brings dialogue at `dialnorm` dBFS (A/52, -31 to -1) to the
/// -23 of services that carry none (EBU R 128), within -20 to +4 dB. 1 for 0,
/// which is none, and for -31, which encoders write that were not told.
[[nodiscard]] float dialogue_gain(int dialnorm) noexcept;

}  // namespace xg2g::audio

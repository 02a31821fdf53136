// SPDX-License-Identifier: MIT
#include "audio/matrix.h"

#include <algorithm>
#include <cmath>

namespace xg2g::audio {
namespace {

/// Places one channel after the other in a matrix.
class Placer {
 public:
  Placer(const Layout& in, const Layout& out, const MixLevels& levels) noexcept
      : in_(in), out_(out), levels_(levels) {}

  /// Sends channel `input` to `role`, or where that role is heard instead.
  void place(std::size_t input, Role role, float gain) noexcept {
    if (!add(input, role, gain)) fold(input, role, gain);
  }
  [[nodiscard]] const Matrix& matrix() const noexcept { return matrix_; }

 private:
  bool add(std::size_t input, Role role, float gain) noexcept {
    for (std::size_t i = 0; i < out_.count; ++i) {
      if (out_.roles[i] != role) continue;
      matrix_[i][input] += gain;
      return true;
    }
    return false;
  }

  void fold(std::size_t input, Role role, float gain) noexcept;
  void fold_surround(std::size_t input, Role front, float gain) noexcept;
  void spread(std::size_t input, Role left, Role right, float gain) noexcept {
    place(input, left, gain);
    place(input, right, gain);
  }

  const Layout& in_;
  const Layout& out_;
  MixLevels levels_;
  Matrix matrix_{};
};

void Placer::fold(std::size_t input, Role role, float gain) noexcept {
  using enum Role;
  switch (role) {
    case kCentre:  // Alone it is mono, which is heard at full level.
      return spread(input, kLeft, kRight,
                    in_.has(kLeft) ? gain * levels_.centre : gain);
    case kSideLeft:
    case kBackLeft:
      return fold_surround(input, kLeft, gain);
    case kSideRight:
    case kBackRight:
      return fold_surround(input, kRight, gain);
    case kBackCentre:
      if (out_.has(kBackLeft)) {
        return spread(input, kBackLeft, kBackRight, gain * kMinus3dB);
      }
      return spread(input, kLeft, kRight, gain * levels_.surround * kMinus3dB);
    case kExtraLeft:
      return place(input, kLeft, gain * kMinus3dB);
    case kExtraRight:
      return place(input, kRight, gain * kMinus3dB);
    case kExtraCentre:
      return place(input, kCentre, gain * kMinus3dB);
    default:  // The LFE channel is left out (7.8).
      return;
  }
}

void Placer::fold_surround(std::size_t input, Role front, float gain) noexcept {
  const bool left = front == Role::kLeft;
  if (out_.has(Role::kBackLeft)) {
    // Only side channels get here: they are what 5.1 calls surround.
    place(input, left ? Role::kBackLeft : Role::kBackRight, gain);
  } else if (out_.has(Role::kBackCentre)) {
    place(input, Role::kBackCentre, gain * kMinus3dB);
  } else {
    place(input, front, gain * levels_.surround);
  }
}

/// The role a channel has in `out`: a single surround pair is the side pair of
/// 7.1 and the back pair of 5.1, whatever its codec calls it.
Role role_in(Role role, const Layout& in, const Layout& out) noexcept {
  if (in.has(Role::kSideLeft) && in.has(Role::kBackLeft)) return role;
  if (!out.has(Role::kSideLeft)) return role;
  if (role == Role::kBackLeft) return Role::kSideLeft;
  if (role == Role::kBackRight) return Role::kSideRight;
  return role;
}

/// 3 dB down for the back pair of 7.1 where side and back share a channel.
float share(Role role, const Layout& in, const Layout& out) noexcept {
  const bool back = role == Role::kBackLeft || role == Role::kBackRight;
  const bool shares = back && in.has(Role::kSideLeft) &&
                      out.has(Role::kBackLeft) && !out.has(Role::kSideLeft);
  return shares ? kMinus3dB : 1.0F;
}

Matrix mono_of(const Matrix& stereo) noexcept {
  Matrix mono{};
  for (std::size_t i = 0; i < kMaxInputs; ++i) {
    mono[0][i] = (stereo[0][i] + stereo[1][i]) / 2;
  }
  return mono;
}

}  // namespace

Matrix mix_matrix(const Layout& in, const Layout& out,
                  const MixLevels& levels) noexcept {
  if (out.count == 1) return mono_of(mix_matrix(in, output_layout(2), levels));
  Placer placer(in, out, levels);
  for (std::size_t i = 0; i < in.count; ++i) {
    const Role role = in.roles[i];
    placer.place(i, role_in(role, in, out), share(role, in, out));
  }
  return placer.matrix();
}

Matrix dual_mono_matrix(const Layout& out, DualMono choice) noexcept {
  const std::size_t left = choice == DualMono::kRight ? 1 : 0;
  const std::size_t right = choice == DualMono::kLeft ? 0 : 1;
  Matrix matrix{};
  matrix[0][left] = 1;
  matrix[1][right] = 1;
  return out.count == 1 ? mono_of(matrix) : matrix;
}

float dialogue_gain(int dialnorm) noexcept {
  if (dialnorm >= 0 || dialnorm <= -31) return 1;
  const int decibels = std::clamp(-23 - dialnorm, -20, 4);
  return std::pow(10.0F, static_cast<float>(decibels) / 20);
}

}  // namespace xg2g::audio

// SPDX-License-Identifier: MIT
#include "audio/format.h"

#include <algorithm>
#include <array>
#include <string>

namespace xg2g::audio {
namespace {

// ISO/IEC 14496-3, table 1.18, without 7350 Hz, which receivers do not take.
constexpr std::array kSampleRates = {8'000,  11'025, 12'000, 16'000,
                                     22'050, 24'000, 32'000, 44'100,
                                     48'000, 64'000, 88'200, 96'000};
constexpr int kMinBitRate = 32'000;
constexpr int kMaxBitRate = 512'000;
// 6144 bits a frame of 1024 samples (ISO/IEC 14496-3, 4.5.3.1).
constexpr int kMaxBitsPerSample = 6;

std::optional<base::Error> refuse(const char* what, int value,
                                  const std::string& allowed) {
  return base::Error{std::string(what) + " " + std::to_string(value) +
                     " cannot be had: " + allowed};
}

std::optional<base::Error> check_bit_rate(const Format& format) {
  const int most = std::min(
      kMaxBitRate, kMaxBitsPerSample * format.sample_rate * format.channels);
  if (format.bit_rate >= kMinBitRate && format.bit_rate <= most) return {};
  return refuse("bit_rate", format.bit_rate,
                "with " + std::to_string(format.channels) + " channels at " +
                    std::to_string(format.sample_rate) + " Hz it is 32000 to " +
                    std::to_string(most) + " bit/s");
}

}  // namespace

std::optional<base::Error> check(const Format& format) {
  if (std::find(kSampleRates.begin(), kSampleRates.end(), format.sample_rate) ==
      kSampleRates.end()) {
    return refuse("sample_rate", format.sample_rate,
                  "AAC has 8000, 11025, 12000, 16000, 22050, 24000, 32000, "
                  "44100, 48000, 64000, 88200 and 96000 Hz");
  }
  if (format.channels < 1 || format.channels > 8 || format.channels == 7) {
    return refuse("channels", format.channels, "they are 1 to 6, or 8");
  }
  if (auto error = check_bit_rate(format)) return error;
  if (format.drc_percent < 0 || format.drc_percent > 100) {
    return refuse("drc_percent", format.drc_percent, "it is 0 to 100");
  }
  if (format.dual_mono > DualMono::kBoth) {
    return refuse("dual_mono", static_cast<int>(format.dual_mono),
                  "it is 0 (left), 1 (right) or 2 (both)");
  }
  return {};
}

}  // namespace xg2g::audio

// SPDX-License-Identifier: MIT
#include "audio/resampler.h"

#include <algorithm>
#include <array>
#include <new>

#include "audio/libav.h"
#include "audio/planar_buffer.h"

namespace xg2g::audio {

struct Resampler::Libav {
  explicit Libav(std::size_t channels) : out(channels, kMaxChunk) {}

  Planar convert(const Planar* in);

  Swr context;
  int rate_in = 0;
  PlanarBuffer out;
};

namespace {

/// What the filter may give beyond the ratio of the rates in one call.
constexpr std::size_t kSpare = 64;

Swr make_context(std::size_t channels, int from, int to) {
  AVChannelLayout layout{};
  av_channel_layout_default(&layout, static_cast<int>(channels));
  SwrContext* context = nullptr;
  const int answer =
      swr_alloc_set_opts2(&context, &layout, AV_SAMPLE_FMT_FLTP, to, &layout,
                          AV_SAMPLE_FMT_FLTP, from, kSilence, nullptr);
  if (answer < 0) throw std::bad_alloc();
  return Swr(context);
}

}  // namespace

Resampler::Resampler(std::size_t channels, int rate_out)
    : rate_in_(rate_out),
      rate_out_(rate_out),
      libav_(std::make_unique<Libav>(channels)) {}

Resampler::~Resampler() = default;

void Resampler::open(int rate) {
  if (rate == rate_out_) {
    rate_in_ = rate;
    return;
  }
  if (!libav_->context || libav_->rate_in != rate) {
    libav_->context = make_context(libav_->out.channels(), rate, rate_out_);
    libav_->rate_in = rate;
  }
  if (swr_init(libav_->context.get()) < 0) throw std::bad_alloc();
  const auto room = (kMaxChunk - kSpare) * static_cast<std::size_t>(rate) /
                    static_cast<std::size_t>(rate_out_);
  most_ = std::clamp<std::size_t>(room, 1, kMaxChunk);
  rate_in_ = rate;
}

Planar Resampler::convert(const Planar& in) { return libav_->convert(&in); }

Planar Resampler::drain() { return libav_->convert(nullptr); }

Planar Resampler::Libav::convert(const Planar* in) {
  std::array<std::uint8_t*, kMaxOutputs> to{};
  std::array<const std::uint8_t*, kMaxInputs> from{};
  for (std::size_t i = 0; i < out.channels(); ++i) {
    to[i] = reinterpret_cast<std::uint8_t*>(out.channel(i));
    if (in != nullptr) {
      from[i] = reinterpret_cast<const std::uint8_t*>(in->channels[i]);
    }
  }
  const int count = checked(
      swr_convert(context.get(), to.data(), static_cast<int>(out.capacity()),
                  in == nullptr ? nullptr : from.data(),
                  in == nullptr ? 0 : static_cast<int>(in->count)));
  return out.view(0, static_cast<std::size_t>(std::max(count, 0)));
}

}  // namespace xg2g::audio

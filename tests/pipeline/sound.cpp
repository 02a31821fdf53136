// SPDX-License-Identifier: MIT
#include "sound.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "es/adts_header.h"
#include "support/signal.h"
#include "unit/es/latm_builder.h"

namespace xg2g::test {
namespace {

Sound make_sound(const Kind& kind, double seconds, double skipped) {
  const auto rate = static_cast<double>(kind.sample_rate);
  const auto skip = static_cast<std::size_t>(skipped * rate);
  const auto count = static_cast<std::size_t>(seconds * rate);
  Samples voice =
      speech(11, static_cast<unsigned>(kind.sample_rate), skip + count, 0.4);
  voice.erase(voice.begin(), voice.begin() + static_cast<std::ptrdiff_t>(skip));
  Sound sound(kind.channels, silence(count));
  const std::size_t speaking = kind.channels > 2 ? 1 : kind.channels;
  for (std::size_t c = 0; c < speaking; ++c) sound[c] = voice;
  return sound;
}

std::vector<Bytes> bytes_of(const std::vector<CodedUnit>& units) {
  std::vector<Bytes> all;
  for (const CodedUnit& unit : units) all.push_back(unit.bytes);
  return all;
}

/// Samples of `timeline` before `time`, from 0 to its size.
std::size_t samples_before(const AvTimeline& timeline, std::int64_t time) {
  const std::int64_t samples =
      (time - timeline.start) * timeline.sample_rate / 90'000;
  const auto size = static_cast<std::int64_t>(timeline.samples.size());
  return static_cast<std::size_t>(std::clamp<std::int64_t>(samples, 0, size));
}

}  // namespace

Track::Track(const Kind& kind, double seconds, std::uint64_t first_pts,
             double skipped)
    : units_(encode({kind.encoder, kind.sample_rate, kind.bit_rate, {}},
                    make_sound(kind, seconds, skipped))),
      timed_{.units = bytes_of(units_),
             .first_pts = first_pts,
             .samples = units_.at(0).header.samples,
             .sample_rate = static_cast<unsigned>(kind.sample_rate)} {}

std::vector<PesPayload> Track::loas() const {
  TimedUnits timed = timed_;
  for (Bytes& unit : timed.units) {
    unit.erase(unit.begin(), unit.begin() + es::kAdtsHeaderSize);
    unit = Latm{.payloads = {unit}}.bytes();
  }
  return lay_aligned(timed, 1);
}

AvTimeline Track::reference() const {
  return {static_cast<std::int64_t>(timed_.first_pts),
          static_cast<int>(timed_.sample_rate), decode(units_).at(0)};
}

AvTimeline heard(View stream, std::uint16_t pid) {
  const auto reader = AvformatReader::open(stream);
  return reader ? reader->timeline(pid, 0) : AvTimeline{};
}

AvTimeline part(const AvTimeline& timeline, std::int64_t from,
                std::int64_t to) {
  const std::size_t begin = samples_before(timeline, from);
  const std::size_t end = samples_before(timeline, to);
  AvTimeline out{timeline.start, timeline.sample_rate, {}};
  out.start += static_cast<std::int64_t>(begin) * 90'000 / out.sample_rate;
  out.samples.assign(
      timeline.samples.begin() + static_cast<std::ptrdiff_t>(begin),
      timeline.samples.begin() + static_cast<std::ptrdiff_t>(end));
  return out;
}

double samples_late(const AvTimeline& reference, const AvTimeline& heard) {
  EXPECT_EQ(reference.sample_rate, heard.sample_rate);
  const Delay delay = measure_delay(reference, heard, 500);
  EXPECT_GT(delay.correlation, 0.97);
  return delay.samples;
}

}  // namespace xg2g::test

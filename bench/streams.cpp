// SPDX-License-Identifier: MIT
#include "streams.h"

#include <span>
#include <string_view>
#include <utility>

#include "support/captures.h"
#include "support/encode.h"
#include "support/loop_stream.h"
#include "support/stream_builder.h"

namespace xg2g::bench {
namespace {

using test::Bytes;

constexpr double kSeconds = 60;
constexpr std::uint16_t kVideoPid = 0x100;
constexpr std::uint16_t kAudioPid = 0x101;
constexpr std::uint64_t kStart = 900'000;

/// What is generated where nothing was recorded.
struct Sound {
  std::uint8_t stream_type;
  test::Coding coding;
  std::size_t channels;
};

test::Sound speak(const Sound& sound, double seconds) {
  const auto rate = static_cast<unsigned>(sound.coding.sample_rate);
  test::Sound out;
  for (std::uint32_t c = 0; c < sound.channels; ++c) {
    out.push_back(test::speech(c + 1, rate,
                               static_cast<std::size_t>(seconds * rate), 0.4));
  }
  return out;
}

/// 3 Mbit/s that look like a picture, and sound of which one second repeats.
Bytes generate(const Sound& sound, double seconds) {
  const auto units = test::encode(sound.coding, speak(sound, 10));
  test::StreamBuilder builder;
  builder.pat({{1, 0x20}})
      .pmt(1, 0x20,
           {kVideoPid,
            {{0x02, kVideoPid}, {sound.stream_type, kAudioPid, "eng"}}});
  const Bytes picture(15'000, 0x5A);
  std::uint64_t samples = 0;
  std::uint64_t pictures = 0;
  const auto rate = static_cast<std::uint64_t>(sound.coding.sample_rate);
  const auto count = static_cast<std::uint64_t>(seconds) * rate;
  for (std::size_t n = 0; samples < count; ++n) {
    const auto& unit = units[n % units.size()];
    const std::uint64_t pts = kStart + samples * 90'000 / rate;
    for (; pictures * 3600 <= pts - kStart; ++pictures) {
      const std::uint64_t time = kStart + pictures * 3600;
      builder.pes(kVideoPid, 0xE0, time, picture,
                  {.unbounded = true, .pcr = (time - 45'000) * 300});
    }
    builder.pes(kAudioPid, 0xBD, pts, unit.bytes);
    samples += unit.header.samples;
  }
  return builder.take();
}

Stream make(std::string_view capture, std::uint16_t pid, const Sound& sound) {
  const auto recorded = test::read_capture(capture);
  if (recorded) {
    return {std::string(capture), test::loop_stream(*recorded, pid, kSeconds),
            kSeconds, pid};
  }
  return {"generated " + sound.coding.encoder, generate(sound, kSeconds),
          kSeconds, kAudioPid};
}

}  // namespace

const Stream& mp2_stream() {
  static const Stream stream =
      make("bbcnews_206.ts", 0x1F6, {0x03, {"mp2", 48'000, 128'000}, 2});
  return stream;
}

const Stream& mp2_44100_stream() {
  static const Stream stream =
      make("bbb_2500ms.ts", 0x101, {0x03, {"mp2", 44'100, 384'000}, 2});
  return stream;
}

const Stream& ac3_stream() {
  static const Stream stream =
      make("dolby_chid_ac3_51.ts", 0x101, {0x81, {"ac3", 48'000, 640'000}, 6});
  return stream;
}

const Stream& eac3_stream() {
  static const Stream stream = make("dolby_chid_eac3_51.ts", 0x101,
                                    {0x87, {"eac3", 48'000, 256'000}, 6});
  return stream;
}

const Stream& latm_stream() {
  static const Stream stream = [] {
    const auto recorded = test::read_capture("abcnews_au_202.ts");
    if (!recorded) return Stream{};
    return Stream{"abcnews_au_202.ts",
                  test::loop_stream(*recorded, 0x96F, kSeconds), kSeconds,
                  0x96F};
  }();
  return stream;
}

const Stream& untouched_stream() {
  static const Stream stream =
      make("kanald_iptv_135.ts", 0x101, {0x0F, {"aac", 48'000, 192'000}, 2});
  return stream;
}

}  // namespace xg2g::bench

// SPDX-License-Identifier: MIT

// make_demo_stream OUT [SECONDS]: a stream as a receiver sends it, with a
// picture, two kinds of sound, teletext and a programme guide.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <utility>

#include "demo/multiplexer.h"
#include "demo/picture.h"
#include "demo/picture_encoder.h"
#include "demo/service_information.h"
#include "demo/sound.h"
#include "demo/teletext_page.h"
#include "support/encode.h"
#include "support/pes_layout.h"

namespace xg2g::demo {
namespace {

using namespace std::chrono_literals;
using base::ClockTicks;
using base::Ticks;

constexpr std::uint16_t kService = 1;
constexpr std::uint16_t kPmtPid = 0x0100;
constexpr std::uint16_t kPicturePid = 0x0101;
constexpr std::uint16_t kStereoPid = 0x0102;
constexpr std::uint16_t kSurroundPid = 0x0103;
constexpr std::uint16_t kTeletextPid = 0x0104;

constexpr int kBitRate = 4'000'000;
constexpr int kPictureBitRate = 2'500'000;

/// The clock's first value, and how much later the first picture is shown.
constexpr ClockTicks kStart = 100s;
constexpr ClockTicks kDelay = 800ms;

/// How long before it is decoded a unit arrives: what a decoder of
/// ISO/IEC 13818-1, 2.4.2 has room for.
struct Window {
  ClockTicks earliest;
  ClockTicks latest;
};
constexpr Window kPictureWindow{600ms, 5ms};
constexpr Window kSoundWindow{100ms, 10ms};

std::uint64_t to_pts(Ticks time) {
  return base::wrap(time + std::chrono::duration_cast<Ticks>(kStart + kDelay));
}

/// One PES packet on its way, in time for `decoded`.
void add(Multiplexer& out, std::uint16_t pid, Ticks decoded,
         const Window& window, test::StreamBuilder& builder) {
  const ClockTicks due = kStart + kDelay + decoded;
  out.add(pid, {due - window.earliest, due - window.latest, builder.take()});
}

void add_picture(Multiplexer& out, int seconds) {
  test::StreamBuilder builder;
  for (const EncodedPicture& unit : encode_picture(
           seconds * Picture::kRate, kPictureBitRate, draw_picture)) {
    builder.pes(kPicturePid, 0xE0, to_pts(unit.pts), unit.bytes,
                {.dts = to_pts(unit.dts),
                 .unbounded = true,
                 .random_access = unit.random_access});
    add(out, kPicturePid, unit.dts, kPictureWindow, builder);
  }
}

/// How a track is encoded, and by how much its encoder delays the sound.
struct SoundTrack {
  std::uint16_t pid;
  std::uint8_t stream_id;
  test::Coding coding;
  Ticks delay;
  std::size_t units_per_pes;
};

SoundTrack make_stereo_track() {
  // 481 samples: the polyphase filters of both ends.
  return {kStereoPid, 0xC0, {"mp2", 48'000, 192'000, {}}, Ticks(902), 2};
}

SoundTrack make_surround_track() {
  // 256 samples: the transform's overlap.
  return {kSurroundPid, 0xBD, {"ac3", 48'000, 448'000, {}}, Ticks(480), 1};
}

void add_sound(Multiplexer& out, const SoundTrack& track,
               const test::Sound& sound) {
  test::TimedUnits timed;
  for (test::CodedUnit& unit : test::encode(track.coding, sound)) {
    timed.samples = unit.header.samples;
    timed.units.push_back(std::move(unit.bytes));
  }
  test::StreamBuilder builder;
  for (const auto& [pts, bytes] : lay_aligned(timed, track.units_per_pes)) {
    const Ticks time = Ticks(pts.value()) - track.delay;
    builder.pes(track.pid, track.stream_id, to_pts(time), bytes);
    add(out, track.pid, time, kSoundWindow, builder);
  }
}

void add_teletext(Multiplexer& out, int seconds) {
  // Colour codes of ETSI EN 300 706, 12.2; 0x0D is double height.
  test::StreamBuilder builder;
  for (int half = 0; half < 2 * seconds; ++half) {
    const std::string second = std::to_string(half / 2 + 1);
    const test::Bytes payload = make_teletext_payload(
        "xg2g  100  Demo  Thu 01 Jan 20:15",
        {"", "\x0D\x03 xg2g demo stream", "",
         "\x07 This page passes untouched.", "",
         "\x06 Second " + second + " of " + std::to_string(seconds),
         "\x02 " +
             std::string(static_cast<std::size_t>(half / 2 % 36 + 1), '='),
         "", "\x05 101 News    102 Weather"});
    const Ticks time = half * Ticks(45'000);
    // EN 300 472, 4.2: PES_header_data_length is 0x24.
    builder.pes(kTeletextPid, 0xBD, to_pts(time), payload,
                {.header_stuffing = 0x24 - 5});
    add(out, kTeletextPid, time, kSoundWindow, builder);
  }
}

test::ProgramMap make_program() {
  using namespace test;
  return {
      .pcr_pid = kPicturePid,
      .streams = {
          {0x02, kPicturePid, stream_identifier(1)},
          {0x04, kStereoPid, stream_identifier(2) + "deu"},
          {0x06, kSurroundPid, stream_identifier(3) + "eng" + ac3_descriptor()},
          {0x06, kTeletextPid, stream_identifier(4) + teletext("deu")}}};
}

std::vector<test::Bytes> make_guide(ClockTicks time, int seconds) {
  const Event first{1, 0, 30, "Flash and beep",
                    "Picture and sound meet at each full second."};
  const Event second{2, 30, 30, "Round the room",
                     "Six loudspeakers, one after the other."};
  const Event third{3, 60, 60, "Closedown", "Nothing follows."};
  const bool early = time < kStart + std::chrono::seconds(seconds / 2);
  return early ? make_eit(kService, first, second, 0)
               : make_eit(kService, second, third, 1);
}

void add_tables(Multiplexer& out, int seconds) {
  const auto always = [](test::Bytes section) {
    return [section = std::move(section)](ClockTicks) {
      return std::vector<test::Bytes>{section};
    };
  };
  out.add_table(0x0000, 80ms, always(test::make_pat({{kService, kPmtPid}})));
  out.add_table(kPmtPid, 80ms,
                always(test::make_pmt(kService, make_program())));
  out.add_table(0x0011, 1s, always(make_sdt(kService, "xg2g", "Demo")));
  out.add_table(0x0012, 1s, [seconds](ClockTicks time) {
    return make_guide(time, seconds);
  });
}

test::Bytes make_stream(int seconds) {
  const auto length = static_cast<unsigned>(seconds);
  Multiplexer out(kBitRate, kStart);
  out.add_clock(kPicturePid, 30ms);
  add_tables(out, seconds);
  add_picture(out, seconds);
  add_sound(out, make_stereo_track(), make_stereo(length));
  add_sound(out, make_surround_track(), make_surround(length));
  add_teletext(out, seconds);
  return out.run(kStart + kDelay + std::chrono::seconds(seconds));
}

int run(const char* path, int seconds) {
  const test::Bytes stream = make_stream(seconds);
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(stream.data()),
             static_cast<std::streamsize>(stream.size()));
  file.close();
  if (file) return 0;
  std::fprintf(stderr, "make_demo_stream: cannot write %s\n", path);
  return 1;
}

}  // namespace
}  // namespace xg2g::demo

int main(int argc, char** argv) {
  const int seconds = argc == 3 ? std::atoi(argv[2]) : 20;
  if (argc < 2 || argc > 3 || seconds < 1 || seconds > 3600) {
    std::fputs("usage: make_demo_stream OUT [SECONDS]\n", stderr);
    return 2;
  }
  try {
    return xg2g::demo::run(argv[1], seconds);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "make_demo_stream: %s\n", error.what());
    return 1;
  }
}

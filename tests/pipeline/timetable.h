// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "sound.h"
#include "support/bytes.h"
#include "support/sections.h"
#include "support/stream_builder.h"

namespace xg2g::test {

/// The PIDs of the programs in these tests.
inline constexpr std::uint16_t kPmt = 0x100;
inline constexpr std::uint16_t kVideo = 0x101;
inline constexpr std::uint16_t kAudio = 0x102;
inline constexpr std::uint16_t kSecondAudio = 0x103;
inline constexpr std::uint16_t kTeletext = 0x104;

/// 90 kHz; streams begin at kStart and sound in them a little later.
using Time = std::int64_t;
inline constexpr Time kSecond = 90'000;
inline constexpr Time kStart = 10 * kSecond;
inline constexpr Time kSoundStart = kStart + kSecond / 2;

/// What a stream sends, in order of time however it was written down; what is
/// due at one time is sent in the order of the calls.
class Timetable {
 public:
  using Action = std::function<void(StreamBuilder&)>;

  Timetable& at(Time time, Action action);
  /// PAT and PMT of program 1, every 100 ms.
  Timetable& psi(const ProgramMap& map, Time from, Time to,
                 const SectionOptions& options = {});
  /// An H.264 picture of some packets each 40 ms, PCR in its first packet. It
  /// is sent 200 ms before its PTS.
  Timetable& picture(std::uint16_t pid, Time from, Time to);
  /// PES packets with PTS are sent 100 ms before it, others with those.
  Timetable& sound(std::uint16_t pid, const std::vector<PesPayload>& payloads,
                   std::uint8_t stream_id = 0xC0, const PesOptions& = {});
  /// A teletext PES packet each 40 ms.
  Timetable& teletext(std::uint16_t pid, Time from, Time to);

  /// Writes all of it.
  [[nodiscard]] Bytes write() const;
  /// The same behind what `builder` has, with the faults it was told of.
  void write(StreamBuilder& builder) const;

 private:
  struct Entry {
    Time time;
    Action action;
  };

  std::vector<Entry> entries_;
};

/// Program 1 with a picture and these sounds.
[[nodiscard]] ProgramMap television(std::vector<PmtStream> sounds);

/// PAT, PMT, picture and one sound on kAudio, from kStart to the sound's end.
[[nodiscard]] Timetable broadcast(const PmtStream& announced,
                                  const std::vector<PesPayload>& payloads,
                                  std::uint8_t stream_id = 0xC0);
/// MP2 of these seconds, announced as what it is, in German.
[[nodiscard]] Timetable mp2_broadcast(double seconds);

}  // namespace xg2g::test

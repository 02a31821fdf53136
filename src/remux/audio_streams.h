// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "remux/audio_stream.h"
#include "remux/pid_table.h"
#include "remux/program_map.h"

namespace xg2g::remux {

/// The audio streams of the program map, by PID.
class AudioStreams {
 public:
  explicit AudioStreams(AudioContext& context) : context_(&context) {}

  /// Makes the set that of `selected`: new ones begin, those that are gone end
  /// with their last samples, the others go on.
  void update(const std::map<std::uint16_t, StreamKind>& selected,
              const PidTable& pids);
  /// Shows them packets that wait for the PMT to leave.
  void foresee(std::span<const std::uint8_t> packets);
  /// nullptr where there is none.
  [[nodiscard]] AudioStream* find(std::uint16_t pid) const noexcept;
  /// Has the PMT tell of streams that became scrambled, and lets their packets
  /// go. Programs in `map` become so as a whole, and their PMT says it once:
  /// those of their streams that have shown nothing yet, or were interrupted
  /// about as long, are taken for scrambled too.
  void tell_scrambled(const ProgramMap& map, base::ClockTicks now);
  /// About once a second of stream, rest() is due.
  [[nodiscard]] bool rest_due(base::ClockTicks now) const noexcept {
    return now >= next_rest_;
  }
  /// Closes, where that is due, the tracks that no sound has come for.
  void rest(base::ClockTicks now);
  /// Writes what every stream still holds.
  void finish();
  /// Ends them as they are.
  void clear() noexcept;

  [[nodiscard]] const std::vector<std::unique_ptr<AudioStream>>& all()
      const noexcept {
    return streams_;
  }
  /// Over all streams there were.
  [[nodiscard]] audio::TrackCounters counters() const noexcept;
  [[nodiscard]] std::uint64_t scrambled_packets() const noexcept;

 private:
  void retire(const AudioStream& stream) noexcept;

  AudioContext* context_;
  std::vector<std::unique_ptr<AudioStream>> streams_;  ///< In order of PID.
  base::ClockTicks next_rest_{};
  audio::TrackCounters retired_;
  std::uint64_t retired_scrambled_ = 0;
};

}  // namespace xg2g::remux

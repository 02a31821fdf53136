// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/byte_queue.h"
#include "base/timestamp.h"
#include "ts/packet.h"

namespace xg2g::remux {

/// Whether sound is scrambled because its transport_scrambling_control says so:
/// receivers descramble, and some leave the bits as they came.
///
/// The bits are not believed where a PES packet of sound begins in the clear
/// and frames follow one another in it. Until that is known, packets wait.
class ScramblingBits {
 public:
  ScramblingBits();
  ~ScramblingBits();

  /// True for a packet that goes its way: nothing waits before it, and there is
  /// nothing in it to be scrambled, or it says that it is clear. Any other is
  /// to be pushed.
  [[nodiscard]] bool passes(const ts::Packet& packet) noexcept {
    if (!waiting_.empty()) return false;
    if (!packet.has_payload()) return true;
    if (packet.scrambled()) return false;
    clear_ = clear_ || !packet.transport_error();
    return true;
  }
  /// True for a packet that no PES packet began before: it cannot be told what
  /// it is, and nothing would come of it either way.
  [[nodiscard]] bool is_idle(const ts::Packet& packet) const noexcept {
    return belief_ == Belief::kUnasked && waiting_.empty() &&
           !packet.unit_start();
  }
  /// Takes the next packet of the PID; `now` is the stream's time.
  void push(const ts::Packet& packet, base::ClockTicks now);
  /// True where the packet pushed last has to wait.
  [[nodiscard]] bool waits() const noexcept {
    return undecided() && !waiting_.empty();
  }
  /// Says that the PCR of that packet has left already.
  void strip_pcr();
  /// The next packet of which it is known, taken for clear where it is. Valid
  /// until the next call. Call it until it answers nothing after each push().
  [[nodiscard]] std::optional<ts::Packet> next();
  /// Believes the bits until something tells otherwise; nothing waits on.
  void believe() noexcept;

 private:
  enum class Belief : std::uint8_t {
    kUnasked,    ///< No PES packet began yet that says it is scrambled.
    kTrying,     ///< A PES packet began in the clear: are there frames?
    kClear,      ///< There are, whatever the bits say.
    kScrambled,  ///< As they say.
  };
  struct Trial;

  [[nodiscard]] bool undecided() const noexcept {
    return belief_ == Belief::kUnasked || belief_ == Belief::kTrying;
  }
  void judge(const ts::Packet& packet);
  void try_frames(const ts::Packet& packet);

  Belief belief_ = Belief::kUnasked;
  bool clear_ = false;    ///< The last packet said that it was.
  bool in_vain_ = false;  ///< Clear headers were no proof since.
  std::unique_ptr<Trial> trial_;
  base::ByteQueue waiting_;
  base::ClockTicks since_{};
  bool given_ = false;  ///< The first packet that waits was given.
};

}  // namespace xg2g::remux

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "es/codec.h"
#include "es/frame_header.h"
#include "es/marked_bytes.h"
#include "es/pes_reader.h"

namespace xg2g::es {

/// One whole audio frame; for E-AC-3 an independent frame of substream 0 with
/// the dependent frames that follow it.
struct AccessUnit {
  std::span<const std::uint8_t> bytes;  ///< Valid until push() or reset().
  FrameHeader header;                   ///< Of its first frame.
  std::optional<std::uint64_t> pts;     ///< 33 bits; of its first sample.
  /// Frames that were lost before it, as far as the bytes that are missing
  /// tell; 0 where nothing is known to be missing.
  std::uint32_t missing = 0;
  /// Something was lost before it, and how much only a PTS can tell:
  /// continuity_counter and bytes tell the least that it may be.
  bool lost = false;
  /// Packets are said to be missing inside, its bytes fit all the same, and
  /// nothing proves that they are of one frame.
  bool doubtful = false;
  /// Its PTS is the first behind a discontinuity_indicator.
  bool discontinuity = false;
};

/// Cuts an elementary stream into audio frames, whatever the codec turns out
/// to be: the payload decides, the announcement only spares the wait for a
/// second header.
///
/// A header counts at once where it stands right behind the last frame and
/// agrees with it, where it is the announced (or the present) codec's at the
/// first byte of a PES packet's payload, or where it agrees with the last one
/// in every field. Any other counts when a second one stands right behind its
/// frame. Bytes behind PES_packet_length, and a loss inside a frame, count for
/// nothing where the frame ends right before a header with the former, and
/// without the latter.
///
/// What is given, and when, depends on the bytes, the PES packets' starts and
/// the losses, never on how they were cut into pieces. Call next() until it
/// answers nothing after each push(); at most 64 KiB then wait.
class Framer {
 public:
  explicit Framer(Codec announced);

  void push(const PesPiece& piece);
  /// Says that `packets` transport packets are missing here.
  void lose(unsigned packets);
  /// The next whole frame, or nothing until more is pushed.
  [[nodiscard]] std::optional<AccessUnit> next();
  /// Says that nothing follows: what waited only for a header behind it is
  /// ready for next(). What is pushed afterwards is a new stream.
  void finish();
  /// Forgets everything but what was announced.
  void reset() noexcept;

  /// The codec that was found, before its first frame is whole; kUnknown until
  /// one is.
  [[nodiscard]] Codec codec() const noexcept { return codec_; }
  /// Bytes that were pushed, and are neither given nor skipped yet.
  [[nodiscard]] std::size_t pending() const noexcept {
    return static_cast<std::size_t>(bytes_.end() - cursor_);
  }
  /// Bytes that were no part of any frame.
  [[nodiscard]] std::uint64_t skipped() const noexcept { return skipped_; }

 private:
  using Type = Mark::Type;
  using Window = MarkedBytes::Window;
  enum class Verdict : std::uint8_t { kAccept, kReject, kWait };
  enum class Step : std::uint8_t { kUnit, kAgain, kWait };
  /// How far an access unit reaches.
  struct Extent {
    Verdict verdict = Verdict::kAccept;  ///< kReject: its first frame is cut.
    std::size_t size = 0;
    unsigned dependents = 0;
    bool cut = false;  ///< Ended by a loss or the end of the stream.
  };

  /// With bytes that are empty.
  Framer(Codec announced, MarkedBytes bytes) noexcept;

  void pass_marks() noexcept;
  void pass(const Mark& mark) noexcept;
  [[nodiscard]] bool starts_pes(std::uint64_t position) const noexcept;

  Step step(AccessUnit& unit);
  Step look(AccessUnit& unit);
  Verdict judge_surplus() noexcept;
  Verdict judge_loss() noexcept;
  void skip(std::size_t count) noexcept;
  Step drop_substream(const FrameHeader& header, const Window& window) noexcept;
  Step take_unit(const FrameHeader& header, const Window& window,
                 AccessUnit& unit) noexcept;

  [[nodiscard]] Verdict judge(const FrameHeader& header,
                              const Window& window) noexcept;
  [[nodiscard]] Verdict confirm(const FrameHeader& header,
                                const Window& window) const noexcept;
  [[nodiscard]] bool is_certain(const FrameHeader& header,
                                std::uint64_t position) const noexcept;
  [[nodiscard]] bool hides_certain_header(const FrameHeader& header,
                                          const Window& window) noexcept;
  [[nodiscard]] Verdict judge_joined(const FrameHeader& header,
                                     const Window& window) const noexcept;
  [[nodiscard]] Verdict judge_pes_start(const FrameHeader& header,
                                        const Window& window) const noexcept;
  [[nodiscard]] Extent measure(const FrameHeader& header,
                               const Window& window) const noexcept;
  [[nodiscard]] std::optional<std::uint32_t> count_missing(
      const FrameHeader& header, std::size_t whole,
      std::size_t period) const noexcept;
  [[nodiscard]] bool owns_pts(const FrameHeader& header,
                              std::size_t period) const noexcept;

  Codec announced_;
  Codec codec_ = Codec::kUnknown;
  std::uint64_t skipped_ = 0;

  MarkedBytes bytes_;
  std::uint64_t cursor_ = 0;  ///< Position that is looked at.
  std::uint64_t clear_ = 0;   ///< No certain header stands before it.

  std::optional<FrameHeader> last_;  ///< Of the last unit.
  bool contiguous_ = false;          ///< The last frame ends at cursor_.
  bool anchored_ = false;            ///< Nothing was lost since the last unit.
  bool lost_ = false;                ///< Packets were, since the last unit.
  bool doubtful_ = false;            ///< Or are said to be, in the next one.
  /// Bytes since the end of the last unit, those that were lost included.
  std::int64_t distance_ = 0;
  std::size_t last_size_ = 0;  ///< Of the last whole unit.

  /// The PTS that no unit has taken yet, and the bytes skipped behind the
  /// later of the last frame and the PES packet's start.
  std::optional<std::uint64_t> pts_;
  bool discontinuity_ = false;  ///< No PTS was taken since it was announced.
  std::optional<std::uint64_t> pes_start_;
  std::size_t garbage_ = 0;

  // E-AC-3 substreams.
  std::optional<unsigned> expected_;  ///< Dependent frames in a unit.
  bool foreign_ = false;              ///< Inside an independent one above 0.
  std::size_t dropped_ = 0;           ///< Bytes behind the last unit.
  std::size_t trailer_ = 0;           ///< The same behind the unit before.
};

}  // namespace xg2g::es

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/bit_reader.h"
#include "es/adts_header.h"

namespace xg2g::es {

/// Puts AAC-LC from LATM (ISO/IEC 14496-3, 1.7) into ADTS (ISO/IEC 13818-7,
/// 6.2) without decoding it.
///
/// The StreamMuxConfig of one access unit holds for those that follow until
/// the next one, so every access unit of a stream goes through learn(), in
/// order. After a loss nothing need be said: a StreamMuxConfig comes with
/// almost every unit. One that says something else is believed once
/// kConfirmations units in a row say the same: most units have no CRC, and a
/// bit that is wrong would do. Until then units wait; convert() then takes each
/// by the configuration in force, whatever it carries.
class LatmConverter {
 public:
  enum class State : std::uint8_t {
    kUnknown,    ///< No StreamMuxConfig has come yet.
    kUndecided,  ///< Another one has come, which is not believed yet.
    kSettled,
  };

  /// Samples per channel that each frame decodes to.
  static constexpr std::uint16_t kFrameSamples = 1024;
  /// Units that have to carry a StreamMuxConfig before it replaces another.
  static constexpr unsigned kConfirmations = 2;

  LatmConverter();

  /// Reads the StreamMuxConfig of one LOAS AudioSyncStream, if it has one; the
  /// bytes are AccessUnit::bytes of Codec::kAacLatm.
  State learn(std::span<const std::uint8_t> unit) noexcept;
  /// Says that what is not believed yet is not waited for.
  void settle() noexcept { candidate_.reset(); }
  /// Puts the frames of a unit into ADTS; false where it is damaged, or
  /// convertible() is.
  [[nodiscard]] bool convert(std::span<const std::uint8_t> unit);
  /// Forgets the StreamMuxConfig.
  void reset() noexcept;

  /// The ADTS frames of the last unit, mostly one (numSubFrames + 1); empty
  /// where it was not converted. They follow each other in time, each
  /// kFrameSamples long, the first at the unit's PTS. Valid until the next
  /// convert().
  [[nodiscard]] std::span<const std::span<const std::uint8_t>> frames()
      const noexcept {
    return frames_;
  }
  /// False where the configuration in force is not AAC-LC, has SBR (signalled,
  /// or possible as the rate is 24 kHz or less and nothing denies it), frames
  /// of 960 samples, a program_config_element, or more than one program or
  /// layer: the units have to be decoded.
  [[nodiscard]] bool convertible() const noexcept {
    return config_ && config_->convertible;
  }
  /// What the ADTS headers say; where it is convertible().
  [[nodiscard]] AdtsFormat format() const noexcept { return config_->format; }
  /// How long each unit is: samples of the AAC core and its rate in Hz, 0
  /// where the configuration does not tell.
  [[nodiscard]] std::uint32_t unit_samples() const noexcept;
  [[nodiscard]] std::uint32_t sample_rate() const noexcept;

 private:
  /// What StreamMuxConfig says, as far as it is needed.
  struct MuxConfig {
    bool convertible = false;
    unsigned sub_frames = 1;
    std::uint32_t sample_rate = 0;
    std::uint32_t frame_samples = kFrameSamples;
    AdtsFormat format;

    friend bool operator==(const MuxConfig&, const MuxConfig&) = default;
  };

  [[nodiscard]] static std::optional<MuxConfig> read_mux_config(
      base::BitReader& reader) noexcept;
  [[nodiscard]] static bool read_layer(base::BitReader& reader,
                                       bool audio_mux_version,
                                       MuxConfig& config) noexcept;
  void accept(const MuxConfig& carried) noexcept;
  /// Copies one PayloadMux behind an ADTS header; false where it is damaged.
  bool take_frame(base::BitReader& reader);

  std::optional<MuxConfig> config_;
  std::optional<MuxConfig> candidate_;  ///< Another one, not believed yet.
  unsigned seen_ = 0;                   ///< Units in a row that carried it.
  std::vector<std::uint8_t> buffer_;    ///< What frames_ look at.
  std::size_t filled_ = 0;
  std::vector<std::span<const std::uint8_t>> frames_;
};

}  // namespace xg2g::es

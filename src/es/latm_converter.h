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
/// the next one, so every access unit of a stream goes through push(). After a
/// loss nothing need be said: a StreamMuxConfig comes with almost every unit.
/// One that says something else is believed once kConfirmations units in a row
/// say the same: most units have no CRC, and a bit that is wrong would do.
class LatmConverter {
 public:
  enum class Kind : std::uint8_t {
    /// No StreamMuxConfig yet, or this unit is damaged or carries one that is
    /// not believed yet.
    kUnknown,
    kConvertible,  ///< frames() are this unit's.
    /// Not AAC-LC, with SBR (signalled, or possible as the rate is 24 kHz or
    /// less and nothing denies it), of 960 samples, with a
    /// program_config_element, or of more than one program or layer.
    kNeedsDecoding,
  };

  /// Samples per channel that each frame decodes to.
  static constexpr std::uint16_t kFrameSamples = 1024;
  /// Units that have to carry a StreamMuxConfig before it replaces another.
  static constexpr unsigned kConfirmations = 4;

  LatmConverter();

  /// Takes one LOAS AudioSyncStream, as AccessUnit::bytes of Codec::kAacLatm.
  Kind push(std::span<const std::uint8_t> unit);
  /// Forgets the StreamMuxConfig.
  void reset() noexcept;

  /// The ADTS frames of the last unit, mostly one (numSubFrames + 1); empty
  /// where it was not kConvertible. They follow each other in time, each
  /// kFrameSamples long, the first at the unit's PTS. Valid until the next
  /// push().
  [[nodiscard]] std::span<const std::span<const std::uint8_t>> frames()
      const noexcept {
    return frames_;
  }
  /// Hz and channels of the last StreamMuxConfig, as the ADTS headers say; 0
  /// where it is none that can be converted.
  [[nodiscard]] std::uint32_t sample_rate() const noexcept;
  [[nodiscard]] std::uint8_t channels() const noexcept;

 private:
  /// What StreamMuxConfig says, as far as it is needed.
  struct MuxConfig {
    bool convertible = false;
    unsigned sub_frames = 1;
    AdtsFormat format;

    friend bool operator==(const MuxConfig&, const MuxConfig&) = default;
  };

  [[nodiscard]] static std::optional<MuxConfig> read_mux_config(
      base::BitReader& reader) noexcept;
  [[nodiscard]] static bool read_layer(base::BitReader& reader,
                                       bool audio_mux_version,
                                       MuxConfig& config) noexcept;
  /// Takes what a unit carries; false where it is not believed.
  bool accept(const std::optional<MuxConfig>& carried) noexcept;
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

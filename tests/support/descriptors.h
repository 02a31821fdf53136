// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "support/bytes.h"

namespace xg2g::test {

/// A descriptor loop, written as a sum: `language("deu") + ac3_descriptor()`.
/// A bare string is a language.
class Descriptors {
 public:
  Descriptors() = default;
  Descriptors(const char* language);  // NOLINT(*-explicit-*)
  Descriptors(std::uint8_t tag, View payload);

  friend Descriptors operator+(Descriptors left, const Descriptors& right) {
    put(left.bytes_, right.bytes_);
    return left;
  }
  [[nodiscard]] const Bytes& bytes() const noexcept { return bytes_; }

 private:
  Bytes bytes_;
};

/// ISO_639_language_descriptor (ISO/IEC 13818-1, 2.6.18).
[[nodiscard]] Descriptors language(std::string_view code,
                                   std::uint8_t audio_type = 0);
/// registration_descriptor (2.6.8): "AC-3", "EAC3", "HDMV".
[[nodiscard]] Descriptors registration(std::string_view format_identifier);
/// AC-3_descriptor and enhanced_AC-3_descriptor (ETSI EN 300 468, annex D).
[[nodiscard]] Descriptors ac3_descriptor();
[[nodiscard]] Descriptors eac3_descriptor();
/// AC-3 audio descriptor of ATSC A/52, annex A: tag 0x81.
[[nodiscard]] Descriptors atsc_ac3_descriptor();
/// stream_identifier_descriptor (EN 300 468, 6.2.39).
[[nodiscard]] Descriptors stream_identifier(std::uint8_t component_tag);
/// teletext_descriptor (6.2.43): one initial page, magazine 1, page 0x00.
[[nodiscard]] Descriptors teletext(std::string_view language_code);
/// subtitling_descriptor (6.2.41): normal subtitles, composition page 1.
[[nodiscard]] Descriptors subtitling(std::string_view language_code);
/// service_descriptor (6.2.33) of a digital television service.
[[nodiscard]] Descriptors service(std::string_view provider,
                                  std::string_view name);
/// short_event_descriptor (6.2.37).
[[nodiscard]] Descriptors short_event(std::string_view language_code,
                                      std::string_view name,
                                      std::string_view text);

}  // namespace xg2g::test

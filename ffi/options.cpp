// SPDX-License-Identifier: MIT
#include "options.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace xg2g::ffi {
namespace {

using Refusal = std::optional<std::string>;

/// Says that `value` of the option `name` is outside of lowest to highest.
Refusal check_range(std::string_view name, int value, int lowest, int highest) {
  if (value >= lowest && value <= highest) return std::nullopt;
  return std::string(name) + " " + std::to_string(value) +
         " is not possible: " + std::to_string(lowest) + " to " +
         std::to_string(highest) + " is";
}

bool is_language(std::string_view code) noexcept {
  return (code.size() == 2 || code.size() == 3) &&
         std::ranges::all_of(code, [](char letter) {
           return (letter >= 'a' && letter <= 'z') ||
                  (letter >= 'A' && letter <= 'Z');
         });
}

Refusal read_languages(const char* list, std::vector<std::string>& languages) {
  std::string_view rest = list == nullptr ? "" : list;
  while (!rest.empty()) {
    const std::string_view code = rest.substr(0, rest.find(','));
    if (!is_language(code)) {
      return "language '" + std::string(code) +
             "' is not possible: three letters of ISO 639-2 or two of "
             "ISO 639-1 are, as in \"deu,eng\"";
    }
    languages.emplace_back(code);
    rest.remove_prefix(std::min(code.size() + 1, rest.size()));
  }
  return std::nullopt;
}

Refusal check_values(const xg2g_remux_options& options) {
  if (auto bad = check_range("program", options.program, 0, 65535)) return bad;
  if (auto bad = check_range("dual_mono", options.dual_mono, 0, 2)) return bad;
  return check_range("drc_percent", options.drc_percent, 0, 100);
}

}  // namespace

xg2g_remux_options default_options() noexcept {
  xg2g_remux_options options{};
  options.struct_size = sizeof options;
  options.sample_rate = 48'000;
  options.channels = 2;
  options.bit_rate = 192'000;
  options.drc_percent = 100;
  return options;
}

std::optional<std::string> read_options(const xg2g_remux_options* options,
                                        remux::Options& result) {
  constexpr std::size_t kLeast =
      offsetof(xg2g_remux_options, sample_rate) + sizeof(std::int32_t);
  if (options == nullptr || options->struct_size < kLeast) {
    return "options is NULL or was not filled by xg2g_remux_options_init()";
  }
  xg2g_remux_options given = default_options();
  std::memcpy(&given, options,
              std::min<std::size_t>(options->struct_size, sizeof given));
  constexpr std::size_t kLanguagesEnd =
      offsetof(xg2g_remux_options, languages) + sizeof given.languages;
  if (options->struct_size < kLanguagesEnd) given.languages = nullptr;
  if (auto refusal = check_values(given)) return refusal;
  if (auto refusal = read_languages(given.languages, result.languages)) {
    return refusal;
  }
  result.format = {
      .sample_rate = given.sample_rate,
      .channels = given.channels,
      .bit_rate = given.bit_rate,
      .dual_mono = static_cast<audio::DualMono>(given.dual_mono),
      .drc_percent = given.drc_percent,
  };
  if (auto refusal = audio::check(result.format)) return refusal->message;
  result.program = static_cast<std::uint16_t>(given.program);
  result.first_only = given.first_only != 0;
  return std::nullopt;
}

}  // namespace xg2g::ffi

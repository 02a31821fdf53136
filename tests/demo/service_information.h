// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "support/bytes.h"

namespace xg2g::demo {

struct Event {
  std::uint16_t id;
  unsigned minute;  ///< Of the broadcast, which begins at 20:15.
  unsigned minutes;
  std::string name;
  std::string text;
};

/// Service description section of one television service (ETSI EN 300 468,
/// 5.2.3).
[[nodiscard]] test::Bytes make_sdt(std::uint16_t service_id,
                                   const std::string& provider,
                                   const std::string& name);

/// Event information, present and following (5.2.4): two sections.
[[nodiscard]] std::vector<test::Bytes> make_eit(std::uint16_t service_id,
                                                const Event& present,
                                                const Event& following,
                                                std::uint8_t version);

}  // namespace xg2g::demo

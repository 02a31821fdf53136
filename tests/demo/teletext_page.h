// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "support/bytes.h"

namespace xg2g::demo {

/// Teletext page 100 with `header` (up to 32 characters) and `rows` (up to 40
/// each, from row 1 on) as the payload of one PES packet: data_identifier and
/// EBU data units (ETSI EN 300 472, 4.3). With the 45-byte PES header that the
/// standard asks for it fills whole transport packets.
[[nodiscard]] test::Bytes make_teletext_payload(
    const std::string& header, const std::vector<std::string>& rows);

}  // namespace xg2g::demo

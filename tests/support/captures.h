// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "support/bytes.h"

namespace xg2g::test {

/// The folder of recorded streams: XG2G_CAPTURES_DIR, or shared/captures
/// beside the source tree. Nothing where neither is there; tests are then
/// skipped.
[[nodiscard]] std::optional<std::filesystem::path> captures_folder();

/// Every recorded stream, sorted by name; empty where the folder is absent.
[[nodiscard]] std::vector<std::filesystem::path> all_captures();

/// A recorded stream's bytes; nothing where it is absent.
[[nodiscard]] std::optional<Bytes> read_capture(std::string_view name);

/// A file's bytes; empty where it cannot be read.
[[nodiscard]] Bytes read_file(const std::filesystem::path& path);

}  // namespace xg2g::test

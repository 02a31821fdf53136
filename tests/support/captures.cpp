// SPDX-License-Identifier: MIT
#include "support/captures.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace xg2g::test {

namespace fs = std::filesystem;

std::optional<fs::path> captures_folder() {
  const char* named = std::getenv("XG2G_CAPTURES_DIR");
  const fs::path folder =
      named != nullptr ? fs::path(named)
                       : fs::path(XG2G_SOURCE_DIR) / "../shared/captures";
  if (!fs::is_directory(folder)) return std::nullopt;
  return folder;
}

std::vector<fs::path> all_captures() {
  std::vector<fs::path> out;
  const auto folder = captures_folder();
  if (!folder) return out;
  for (const auto& entry : fs::directory_iterator(*folder)) {
    if (entry.path().extension() == ".ts") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::optional<Bytes> read_capture(std::string_view name) {
  const auto folder = captures_folder();
  if (!folder || !fs::exists(*folder / name)) return std::nullopt;
  return read_file(*folder / name);
}

Bytes read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return Bytes(std::istreambuf_iterator<char>(file), {});
}

}  // namespace xg2g::test

// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace xg2g::bench {

/// What was measured on: processor, compiler, date, a line.
[[nodiscard]] std::string describe_machine();

/// Seconds of processor time that this process has used.
[[nodiscard]] double processor_time();

/// Runs a program to its end with its output thrown away; the seconds of
/// processor time it took, 0 where it failed.
[[nodiscard]] double processor_time_of(const std::vector<std::string>& command);

/// The program `name` beside the one that runs, "" where there is none.
[[nodiscard]] std::string find_beside(const std::string& name);
/// The program `name` on PATH, "" where there is none.
[[nodiscard]] std::string find_on_path(const std::string& name);

}  // namespace xg2g::bench

// SPDX-License-Identifier: MIT
#pragma once

namespace xg2g::test {

/// Of this thread's calls of posix_memalign(), which is where the shipped
/// FFmpeg's allocations end, those after `count` that succeed fail: `failures`
/// of them.
void fail_memalign(long count, long failures);
/// Lets all succeed again; how many have failed.
long stop_failing_memalign();

}  // namespace xg2g::test

// SPDX-License-Identifier: MIT
//
// posix_memalign() of the whole program, in front of the system's own or, with
// a sanitizer, of the sanitizer's.
#include "failing_memalign.h"

#include <dlfcn.h>

#include <cerrno>
#include <cstddef>

namespace {

thread_local long calls_left = 0;
thread_local long failures_left = 0;
thread_local long failed = 0;

using Memalign = int(void**, std::size_t, std::size_t);

Memalign* system_memalign() {
  static const auto found =
      reinterpret_cast<Memalign*>(dlsym(RTLD_NEXT, "posix_memalign"));
  return found;
}

}  // namespace

namespace xg2g::test {

void fail_memalign(long count, long failures) {
  calls_left = count;
  failures_left = failures;
  failed = 0;
}

long stop_failing_memalign() {
  failures_left = 0;
  return failed;
}

}  // namespace xg2g::test

extern "C" int posix_memalign(void** block, std::size_t alignment,
                              std::size_t size) noexcept {
  if (failures_left > 0 && calls_left-- <= 0) {
    --failures_left;
    ++failed;
    return ENOMEM;
  }
  return system_memalign()(block, alignment, size);
}

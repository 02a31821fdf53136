// SPDX-License-Identifier: MIT
//
// operator new of the whole program. The archive's own objects call it too.
#include "failing_new.h"

#include <cstddef>
#include <cstdlib>
#include <new>
#include <stdexcept>

namespace {

thread_local long calls_left = -1;  // -1: none fails
thread_local bool failed = false;
thread_local failure how = FAILURE_NO_MEMORY;

void* allocate(std::size_t size, std::size_t alignment) {
  if (calls_left == 0) {
    calls_left = -1;
    failed = true;
    if (how == FAILURE_DEFECT) throw std::logic_error("a defect");
    if (how == FAILURE_UNKNOWN) throw 42;
    throw std::bad_alloc();
  }
  if (calls_left > 0) --calls_left;
  void* block = nullptr;
  if (posix_memalign(&block, alignment, size) != 0) throw std::bad_alloc();
  return block;
}

}  // namespace

void failing_new_start(long count, enum failure failure) {
  calls_left = count;
  how = failure;
  failed = false;
}

int failing_new_stop(void) {
  calls_left = -1;
  return failed ? 1 : 0;
}

void* operator new(std::size_t size) {
  return allocate(size, alignof(std::max_align_t));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t) noexcept { std::free(block); }
void operator delete(void* block, std::align_val_t) noexcept {
  std::free(block);
}
void operator delete(void* block, std::size_t, std::align_val_t) noexcept {
  std::free(block);
}

// SPDX-License-Identifier: MIT
//
// malloc and its like of the whole program, in front of glibc's own.
#include "counting_malloc.h"

#include <malloc.h>

#include <algorithm>
#include <cerrno>

extern "C" {
// What glibc exports for this purpose.
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* block);
}

namespace {

thread_local bool counting = false;
thread_local xg2g::test::Allocations counted;

void* add(void* block) {
  if (!counting || block == nullptr) return block;
  ++counted.calls;
  counted.live += malloc_usable_size(block);
  counted.peak = std::max(counted.peak, counted.live);
  return block;
}

void remove(void* block) {
  if (!counting || block == nullptr) return;
  ++counted.frees;
  // Blocks from before the count may go during it.
  counted.live -= std::min(counted.live, malloc_usable_size(block));
}

}  // namespace

namespace xg2g::test {

void start_counting() {
  counted = {};
  counting = true;
}

void resume_counting() { counting = true; }

Allocations stop_counting() {
  counting = false;
  return counted;
}

}  // namespace xg2g::test

extern "C" {

void* malloc(std::size_t size) { return add(__libc_malloc(size)); }

void* calloc(std::size_t count, std::size_t size) {
  return add(__libc_calloc(count, size));
}

void* realloc(void* block, std::size_t size) {
  remove(block);
  return add(__libc_realloc(block, size));
}

void* memalign(std::size_t alignment, std::size_t size) {
  return add(__libc_memalign(alignment, size));
}

void* aligned_alloc(std::size_t alignment, std::size_t size) {
  return memalign(alignment, size);
}

int posix_memalign(void** block, std::size_t alignment, std::size_t size) {
  void* made = memalign(alignment, size);
  if (made == nullptr) return ENOMEM;
  *block = made;
  return 0;
}

void free(void* block) {
  remove(block);
  __libc_free(block);
}
}

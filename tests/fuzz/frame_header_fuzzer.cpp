// SPDX-License-Identifier: MIT
//
// A header is decided by its first bytes, more of them change nothing, and
// what it says is within bounds.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "es/frame_header.h"
#include "es/latm_header.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void check(const xg2g::es::FrameHeader& header) {
  require(header.codec != xg2g::es::Codec::kUnknown);
  require(header.size > 3 && header.size <= xg2g::es::kLoasMaxSize);
  require(header.sample_rate <= 96'000);
  require(header.samples <= 4096);
  require(header.channels <= 8);
  require(header.dialnorm >= -31 && header.dialnorm <= 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace xg2g::es;
  const std::span<const std::uint8_t> bytes(data, size);
  const auto header = parse_frame_header(bytes);
  if (header) check(*header);
  if (size >= kFrameHeaderSize) {
    require(parse_frame_header(bytes.first(kFrameHeaderSize)) == header);
  }
  for (std::size_t i = 0; i < size && i < kFrameHeaderSize; ++i) {
    const auto shorter = parse_frame_header(bytes.first(i));
    require(!shorter || shorter == header);
  }
  // TrueHD is known by its fifth byte on; what stands before it is free.
  const Codec undecoded = recognize_undecoded(bytes);
  require(undecoded == Codec::kUnknown || undecoded == Codec::kTrueHd ||
          !header);
  return 0;
}

// SPDX-License-Identifier: MIT
#include "remux/stream_state.h"

#include <gtest/gtest.h>

namespace xg2g::remux {
namespace {

constexpr StreamKind kDecoded{Handling::kDecode, es::Codec::kAc3,
                              Medium::kSound, "AC-3"};
constexpr StreamKind kWatched{Handling::kWatch, es::Codec::kUnknown,
                              Medium::kData, "private data"};

TEST(CarriesAdts, HoldsForWhatIsAac) {
  for (const auto state :
       {StreamState::kTranscoded, StreamState::kConverted, StreamState::kAac}) {
    EXPECT_TRUE(carries_adts(state, kDecoded));
    EXPECT_TRUE(carries_adts(state, kWatched));
  }
}

TEST(CarriesAdts, IsTrustedWhereACodecWasAnnounced) {
  EXPECT_TRUE(carries_adts(StreamState::kWaiting, kDecoded));
  EXPECT_FALSE(carries_adts(StreamState::kWaiting, kWatched));
}

TEST(CarriesAdts, DoesNotHoldForWhatPasses) {
  for (const auto state :
       {StreamState::kOther, StreamState::kUnsupported, StreamState::kScrambled,
        StreamState::kNotSelected, StreamState::kUnrecognized,
        StreamState::kTooMany, StreamState::kUntimed}) {
    EXPECT_FALSE(carries_adts(state, kDecoded));
  }
}

}  // namespace
}  // namespace xg2g::remux

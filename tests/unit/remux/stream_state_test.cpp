// SPDX-License-Identifier: MIT
#include "remux/stream_state.h"

#include <gtest/gtest.h>

#include "audio_run.h"

namespace xg2g::remux {
namespace {

TEST(StreamState, CarriesAdtsWhereAacLeaves) {
  for (const auto state : {StreamState::kTranscoded, StreamState::kConverted,
                           StreamState::kAac}) {
    EXPECT_TRUE(carries_adts(state, kPrivateKind));
  }
  for (const auto state : {StreamState::kScrambled, StreamState::kUnsupported,
                           StreamState::kTooMany, StreamState::kOther}) {
    EXPECT_FALSE(carries_adts(state, kMp2Kind));
  }
}

TEST(StreamState, TrustsWhatIsAnnouncedUntilThePayloadHasCome) {
  EXPECT_TRUE(carries_adts(StreamState::kWaiting, kMp2Kind));
  EXPECT_FALSE(carries_adts(StreamState::kWaiting, kPrivateKind));
}

}  // namespace
}  // namespace xg2g::remux

// SPDX-License-Identifier: MIT
#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace xg2g::base {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return Error{"3 is odd; an even number is needed"};
  return number / 2;
}

TEST(Result, HoldsAValue) {
  Result<int> result = half(4);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.value(), 2);
}

TEST(Result, HoldsTheReasonWhyThereIsNone) {
  const Result<int> result = half(3);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().message, "3 is odd; an even number is needed");
}

TEST(Result, GivesItsValueAway) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
  const std::unique_ptr<int> owned = std::move(result.value());
  EXPECT_EQ(*owned, 5);
}

TEST(Result, TellsAnErrorFromAValueThatIsText) {
  EXPECT_TRUE(Result<std::string>(std::string("text")).ok());
  EXPECT_FALSE(Result<std::string>(Error{"text"}).ok());
}

}  // namespace
}  // namespace xg2g::base

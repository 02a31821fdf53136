// SPDX-License-Identifier: MIT
#include "ts/descriptor.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/descriptors.h"

namespace xg2g::ts {
namespace {

using test::Bytes;

/// The tags of a loop in order, as far as it can be read.
std::vector<int> tags(test::View loop) {
  std::vector<int> found;
  while (const auto descriptor = next_descriptor(loop)) {
    found.push_back(descriptor->tag);
  }
  return found;
}

TEST(NextDescriptor, TakesOneOffTheFront) {
  const Bytes bytes = {0x0A, 2, 0x11, 0x22, 0x52, 0};
  test::View loop = bytes;
  const auto descriptor = next_descriptor(loop);
  ASSERT_TRUE(descriptor.has_value());
  EXPECT_TRUE(descriptor->is(DescriptorTag::kLanguage));
  EXPECT_EQ(descriptor->body.data(), bytes.data() + 2);
  EXPECT_EQ(descriptor->body.size(), 2U);
  EXPECT_EQ(descriptor->bytes.data(), bytes.data());
  EXPECT_EQ(descriptor->bytes.size(), 4U);
  EXPECT_EQ(loop.data(), bytes.data() + 4);
}

TEST(NextDescriptor, WalksALoopAsFarAsItsLengthsHold) {
  struct Case {
    const char* name;
    Bytes loop;
    std::vector<int> tags;
  };
  const std::vector<Case> cases = {
      {"nothing", {}, {}},
      {"a tag alone", {0x0A}, {}},
      {"an empty body", {0x6A, 0}, {0x6A}},
      {"a length one past the end", {0x6A, 2, 0}, {}},
      {"a good one and a cut one", {0x52, 1, 7, 0x0A, 4, 'd', 'e'}, {0x52}},
      {"a good one and a lone byte", {0x52, 1, 7, 0x0A}, {0x52}},
      {"two of a kind", {0x05, 0, 0x05, 0}, {0x05, 0x05}},
  };
  for (const Case& test : cases) {
    SCOPED_TRACE(test.name);
    EXPECT_EQ(tags(test.loop), test.tags);
  }
}

TEST(NextDescriptor, TakesTheLongestBody) {
  Bytes bytes = {0x7F, 255};
  bytes.resize(2 + 255);
  test::View loop = bytes;
  const auto descriptor = next_descriptor(loop);
  ASSERT_TRUE(descriptor.has_value());
  EXPECT_EQ(descriptor->body.size(), 255U);
  EXPECT_TRUE(loop.empty());
}

TEST(NextDescriptor, LeavesACutDescriptorInTheLoop) {
  const Bytes bytes = {0x0A, 4, 'd'};
  test::View loop = bytes;
  EXPECT_FALSE(next_descriptor(loop).has_value());
  EXPECT_EQ(loop.size(), bytes.size());
}

TEST(FindDescriptor, GivesTheFirstOfItsTag) {
  const Bytes loop = {0x52, 1, 1, 0x6A, 1, 2, 0x6A, 1, 3};
  const auto found = find_descriptor(loop, DescriptorTag::kAc3);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->body[0], 2);
}

TEST(FindDescriptor, FindsNothingBehindAWrongLength) {
  const Bytes loop = {0x52, 9, 1, 0x6A, 0};
  EXPECT_FALSE(find_descriptor(loop, DescriptorTag::kAc3).has_value());
}

TEST(IsRegistered, ReadsTheFormatIdentifier) {
  const auto loop = test::language("deu") + test::registration("AC-3");
  EXPECT_TRUE(is_registered(loop.bytes(), "AC-3"));
  EXPECT_FALSE(is_registered(loop.bytes(), "EAC3"));
}

TEST(IsRegistered, LooksAtEveryRegistration) {
  const auto loop = test::registration("HDMV") + test::registration("AC-3");
  EXPECT_TRUE(is_registered(loop.bytes(), "HDMV"));
  EXPECT_TRUE(is_registered(loop.bytes(), "AC-3"));
}

TEST(IsRegistered, AllowsAdditionalIdentificationInfo) {
  const Bytes loop = {0x05, 6, 'E', 'A', 'C', '3', 0x01, 0x02};
  EXPECT_TRUE(is_registered(loop, "EAC3"));
}

TEST(IsRegistered, NeedsAllFourCharacters) {
  const Bytes loop = {0x05, 3, 'A', 'C', '-'};
  EXPECT_FALSE(is_registered(loop, "AC-3"));
}

}  // namespace
}  // namespace xg2g::ts

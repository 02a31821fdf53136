// SPDX-License-Identifier: MIT
#include "audio/matrix.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace xg2g::audio {
namespace {

using enum Role;

Layout layout(std::vector<Role> roles) {
  Layout layout;
  for (const Role role : roles) layout.roles[layout.count++] = role;
  return layout;
}

const MixLevels kLevels = {0.6F, 0.4F};
constexpr float k3dB = kMinus3dB;

struct Case {
  const char* name;
  Layout in;
  int out;
  std::vector<std::vector<float>> gains;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> kCases = {
      {"stereo", layout({kLeft, kRight}), 2, {{1, 0}, {0, 1}}},
      {"mono on both sides", layout({kCentre}), 2, {{1}, {1}}},
      {"mono to mono", layout({kCentre}), 1, {{1}}},
      {"stereo to mono", layout({kLeft, kRight}), 1, {{0.5F, 0.5F}}},
      {"3/2 with LFE",
       layout({kLeft, kRight, kCentre, kLfe, kSideLeft, kSideRight}),
       2,
       {{1, 0, 0.6F, 0, 0.4F, 0}, {0, 1, 0.6F, 0, 0, 0.4F}}},
      {"3/1",
       layout({kLeft, kRight, kCentre, kBackCentre}),
       2,
       {{1, 0, 0.6F, 0.4F * k3dB}, {0, 1, 0.6F, 0.4F * k3dB}}},
      {"2/1",
       layout({kLeft, kRight, kBackCentre}),
       2,
       {{1, 0, 0.4F * k3dB}, {0, 1, 0.4F * k3dB}}},
      {"2/2",
       layout({kLeft, kRight, kSideLeft, kSideRight}),
       2,
       {{1, 0, 0.4F, 0}, {0, 1, 0, 0.4F}}},
      {"3/2 to mono",
       layout({kLeft, kRight, kCentre, kLfe, kSideLeft, kSideRight}),
       1,
       {{0.5F, 0.5F, 0.6F, 0, 0.2F, 0.2F}}},
      {"7.1",
       layout({kLeft, kRight, kCentre, kLfe, kBackLeft, kBackRight, kSideLeft,
               kSideRight}),
       2,
       {{1, 0, 0.6F, 0, 0.4F, 0, 0.4F, 0}, {0, 1, 0.6F, 0, 0, 0.4F, 0, 0.4F}}},
      {"stereo to 5.1",
       layout({kLeft, kRight}),
       6,
       {{1, 0}, {0, 1}, {0, 0}, {0, 0}, {0, 0}, {0, 0}}},
      {"mono to 5.1", layout({kCentre}), 6, {{0}, {0}, {1}, {0}, {0}, {0}}},
      {"5.1 with side surround to 5.1",
       layout({kLeft, kRight, kCentre, kLfe, kSideLeft, kSideRight}),
       6,
       {{1, 0, 0, 0, 0, 0},
        {0, 1, 0, 0, 0, 0},
        {0, 0, 1, 0, 0, 0},
        {0, 0, 0, 1, 0, 0},
        {0, 0, 0, 0, 1, 0},
        {0, 0, 0, 0, 0, 1}}},
      {"7.1 to 5.1",
       layout({kLeft, kRight, kCentre, kLfe, kBackLeft, kBackRight, kSideLeft,
               kSideRight}),
       6,
       {{1, 0, 0, 0, 0, 0, 0, 0},
        {0, 1, 0, 0, 0, 0, 0, 0},
        {0, 0, 1, 0, 0, 0, 0, 0},
        {0, 0, 0, 1, 0, 0, 0, 0},
        {0, 0, 0, 0, k3dB, 0, 1, 0},
        {0, 0, 0, 0, 0, k3dB, 0, 1}}},
      {"5.1 with back surround to 7.1",
       layout({kLeft, kRight, kCentre, kLfe, kBackLeft, kBackRight}),
       8,
       {{1, 0, 0, 0, 0, 0},
        {0, 1, 0, 0, 0, 0},
        {0, 0, 1, 0, 0, 0},
        {0, 0, 0, 1, 0, 0},
        {0, 0, 0, 0, 0, 0},
        {0, 0, 0, 0, 0, 0},
        {0, 0, 0, 0, 1, 0},
        {0, 0, 0, 0, 0, 1}}},
      {"3/2 to 4.0",
       layout({kLeft, kRight, kCentre, kSideLeft, kSideRight}),
       4,
       {{1, 0, 0, 0, 0},
        {0, 1, 0, 0, 0},
        {0, 0, 1, 0, 0},
        {0, 0, 0, k3dB, k3dB}}},
      {"3/1 to 5.0",
       layout({kLeft, kRight, kCentre, kBackCentre}),
       5,
       {{1, 0, 0, 0},
        {0, 1, 0, 0},
        {0, 0, 1, 0},
        {0, 0, 0, k3dB},
        {0, 0, 0, k3dB}}},
      {"3/2 to 3.0",
       layout({kLeft, kRight, kCentre, kSideLeft, kSideRight}),
       3,
       {{1, 0, 0, 0.4F, 0}, {0, 1, 0, 0, 0.4F}, {0, 0, 1, 0, 0}}},
      {"wide, high and what nobody knows",
       layout({kLeft, kRight, kExtraLeft, kExtraCentre, kNone}),
       2,
       {{1, 0, k3dB, 0.6F * k3dB, 0}, {0, 1, 0, 0.6F * k3dB, 0}}},
  };
  return kCases;
}

TEST(MixMatrix, FollowsTheDownmixOfA52) {
  for (const Case& it : cases()) {
    const Matrix matrix = mix_matrix(it.in, output_layout(it.out), kLevels);
    for (std::size_t o = 0; o < it.gains.size(); ++o) {
      for (std::size_t i = 0; i < it.gains[o].size(); ++i) {
        EXPECT_NEAR(matrix[o][i], it.gains[o][i], 1e-6)
            << it.name << " " << o << " " << i;
      }
    }
  }
}

TEST(DualMonoMatrix, PutsTheChosenServiceOnBothSides) {
  const Layout stereo = output_layout(2);
  const Matrix left = dual_mono_matrix(stereo, DualMono::kLeft);
  EXPECT_EQ(left[0][0], 1);
  EXPECT_EQ(left[1][0], 1);
  EXPECT_EQ(left[0][1] + left[1][1], 0);
  const Matrix right = dual_mono_matrix(stereo, DualMono::kRight);
  EXPECT_EQ(right[0][1], 1);
  EXPECT_EQ(right[1][1], 1);
  EXPECT_EQ(right[0][0] + right[1][0], 0);
  const Matrix both = dual_mono_matrix(stereo, DualMono::kBoth);
  EXPECT_EQ(both[0][0], 1);
  EXPECT_EQ(both[1][1], 1);
  EXPECT_EQ(both[0][1] + both[1][0], 0);
}

TEST(DualMonoMatrix, KeepsTheLevelInMono) {
  const Matrix left = dual_mono_matrix(output_layout(1), DualMono::kLeft);
  EXPECT_EQ(left[0][0], 1);
  EXPECT_EQ(left[0][1], 0);
}

double decibels(int dialnorm) {
  return 20 * std::log10(static_cast<double>(dialogue_gain(dialnorm)));
}

TEST(DialogueGain, BringsDialogueToMinus23) {
  EXPECT_NEAR(decibels(-23), 0, 1e-5);
  EXPECT_NEAR(decibels(-24), 1, 1e-5);
  EXPECT_NEAR(decibels(-18), -5, 1e-5);
}

TEST(DialogueGain, IsBounded) {
  EXPECT_NEAR(decibels(-30), 4, 1e-5);
  EXPECT_NEAR(decibels(-1), -20, 1e-5);
}

TEST(DialogueGain, IsOneWhereNothingWasSaid) {
  EXPECT_EQ(dialogue_gain(0), 1);
  EXPECT_EQ(dialogue_gain(-31), 1);
}

}  // namespace
}  // namespace xg2g::audio

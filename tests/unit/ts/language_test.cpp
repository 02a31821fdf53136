// SPDX-License-Identifier: MIT
#include "ts/language.h"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

#include "support/bytes.h"
#include "ts/iso_639.h"

namespace xg2g::ts {
namespace {

LanguageCode code_of(std::string_view text) {
  const test::Bytes bytes(text.begin(), text.end());
  return read_language(test::View(bytes).first<3>());
}

TEST(ReadLanguage, KeepsTheLettersAsTheyCome) {
  EXPECT_STREQ(code_of("deu").data(), "deu");
  EXPECT_STREQ(code_of("GeR").data(), "GeR");
}

TEST(ReadLanguage, ReplacesWhatCannotBePrinted) {
  EXPECT_STREQ(code_of(std::string_view("\0e\xFF", 3)).data(), "?e?");
}

TEST(IsDetermined, HoldsForThreeLettersThatNameALanguage) {
  EXPECT_TRUE(is_determined(code_of("deu")));
  EXPECT_TRUE(is_determined(code_of("QAA")));
  EXPECT_FALSE(is_determined(LanguageCode{}));
  EXPECT_FALSE(is_determined(code_of("und")));
  EXPECT_FALSE(is_determined(code_of("UND")));
  EXPECT_FALSE(is_determined(code_of("   ")));
  EXPECT_FALSE(is_determined(code_of("d1u")));
}

TEST(IsSameLanguage, HoldsAcrossThePartsOfTheStandard) {
  for (const auto code : {"deu", "ger", "de", "DEU", "Ger", "DE"}) {
    EXPECT_TRUE(is_same_language(code, "deu")) << code;
    EXPECT_TRUE(is_same_language("ger", code)) << code;
    EXPECT_FALSE(is_same_language(code, "fra")) << code;
  }
  EXPECT_TRUE(is_same_language("fre", "fr"));
  EXPECT_TRUE(is_same_language("zho", "chi"));
}

TEST(IsSameLanguage, HoldsForCodesInNoTable) {
  EXPECT_TRUE(is_same_language("qaa", "QAA"));
  EXPECT_FALSE(is_same_language("qaa", "qab"));
  EXPECT_FALSE(is_same_language("", "und"));
}

TEST(Iso639, NamesEachCodeOnce) {
  std::set<std::string_view> codes;
  std::size_t two_letters = 0;
  for (const Iso639Row& row : kIso639) {
    EXPECT_TRUE(codes.insert(row.code).second) << row.code;
    EXPECT_EQ(row.terminology.size(), 3U) << row.code;
    if (row.code.size() == 2) ++two_letters;
  }
  EXPECT_EQ(two_letters, 184U);
  EXPECT_EQ(codes.size(), 184U + 20U);
  for (const Iso639Row& row : kIso639) {
    EXPECT_FALSE(codes.contains(row.terminology)) << row.terminology;
  }
}

}  // namespace
}  // namespace xg2g::ts

// SPDX-License-Identifier: MIT

// check_json < TEXT: succeeds where standard input is one JSON value (RFC
// 8259) in valid UTF-8 of printable characters, and white space around it.

#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

namespace {

/// Each function takes what its name says off the front, or answers false.
class Checker {
 public:
  explicit Checker(std::string_view text) : text_(text) {}

  bool document() { return value() && (space(), text_.empty()); }

 private:
  void space() {
    const std::size_t end = text_.find_first_not_of(" \t\r\n");
    text_.remove_prefix(end == std::string_view::npos ? text_.size() : end);
  }

  bool take(std::string_view word) {
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }

  bool take_one_of(std::string_view set) {
    if (text_.empty() || set.find(text_[0]) == std::string_view::npos) {
      return false;
    }
    text_.remove_prefix(1);
    return true;
  }

  bool value() {
    space();
    if (text_.starts_with('{')) return list("{", "}", &Checker::member);
    if (text_.starts_with('[')) return list("[", "]", &Checker::value);
    if (text_.starts_with('"')) return string();
    return take("true") || take("false") || take("null") || number();
  }

  bool list(std::string_view open, std::string_view close,
            bool (Checker::*item)()) {
    if (!take(open)) return false;
    space();
    if (take(close)) return true;
    do {
      if (!(this->*item)()) return false;
      space();
    } while (take(","));
    return take(close);
  }

  bool member() {
    space();
    if (!string()) return false;
    space();
    return take(":") && value();
  }

  bool digits() {
    constexpr std::string_view kDigits = "0123456789";
    if (!take_one_of(kDigits)) return false;
    while (take_one_of(kDigits)) continue;
    return true;
  }

  bool number() {
    take("-");
    if (!take("0") && !digits()) return false;
    if (take(".") && !digits()) return false;
    if (!take_one_of("eE")) return true;
    take_one_of("+-");
    return digits();
  }

  bool string() {
    if (!take("\"")) return false;
    while (!take("\"")) {
      if (!character()) return false;
    }
    return true;
  }

  bool character() {
    if (take("\\")) return take("u") ? hex() : take_one_of("\"\\/bfnrt");
    if (text_.empty()) return false;
    const auto first = static_cast<unsigned char>(text_[0]);
    if (first < 0x80) {
      text_.remove_prefix(1);
      return first >= 0x20;
    }
    return continued(first < 0xC2   ? 0u
                     : first < 0xE0 ? 2u
                     : first < 0xF0 ? 3u
                                    : 4u);
  }

  bool continued(std::size_t size) {
    if (size == 0 || text_.size() < size) return false;
    for (const char next : text_.substr(1, size - 1)) {
      if ((static_cast<unsigned char>(next) & 0xC0u) != 0x80u) return false;
    }
    text_.remove_prefix(size);
    return true;
  }

  bool hex() {
    for (int i = 0; i < 4; ++i) {
      if (!take_one_of("0123456789abcdefABCDEF")) return false;
    }
    return true;
  }

  std::string_view text_;
};

}  // namespace

int main() {
  const std::string text(std::istreambuf_iterator<char>(std::cin), {});
  if (Checker(text).document()) return 0;
  std::fputs("check_json: this is not JSON\n", stderr);
  return 1;
}

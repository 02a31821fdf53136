// SPDX-License-Identifier: MIT
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace xg2g::base {

/// Why something that input or a caller asked for cannot be had: one sentence
/// that names the value and what is allowed.
struct Error {
  std::string message;
};

/// A value, or the reason there is none.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::move(value)) {}      // NOLINT(*-explicit-*)
  Result(Error error) : content_(std::move(error)) {}  // NOLINT(*-explicit-*)

  [[nodiscard]] bool ok() const noexcept { return content_.index() == 0; }
  [[nodiscard]] T& value() noexcept {
    assert(ok());
    return *std::get_if<T>(&content_);
  }
  [[nodiscard]] const Error& error() const noexcept {
    assert(!ok());
    return *std::get_if<Error>(&content_);
  }

 private:
  std::variant<T, Error> content_;
};

}  // namespace xg2g::base

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/byte_queue.h"

namespace xg2g::es {

/// What happens between two bytes of an elementary stream.
struct Mark {
  enum class Type : std::uint8_t {
    kPesStart,
    kLoss,     ///< Packets are said to be missing.
    kEnd,      ///< Nothing follows; what does all the same is another stream.
    kSurplus,  ///< What follows stands behind PES_packet_length.
  };
  Type type = Type::kPesStart;
  std::uint64_t position = 0;  ///< Of the byte behind it, since the beginning.
  std::optional<std::uint64_t> pts = {};  ///< kPesStart.
  bool discontinuity = false;             ///< kPesStart: of its timestamps.
  /// That are missing (kLoss), or stand behind the mark (kSurplus).
  std::uint64_t bytes = 0;
  bool open = false;  ///< kSurplus: there may be more of them.
};

/// Elementary stream bytes that wait, with the marks between them, in order.
class MarkedBytes {
 public:
  using Type = Mark::Type;

  /// Reserves room for `capacity` bytes.
  explicit MarkedBytes(std::size_t capacity);

  void append(std::span<const std::uint8_t> bytes) { queue_.append(bytes); }
  /// Appends bytes that stand behind PES_packet_length.
  void append_surplus(std::span<const std::uint8_t> bytes);
  /// Adds a mark behind the last byte. One of the same type that is there
  /// already becomes this one, with the bytes of both.
  void mark(Mark mark);

  /// Forgets the bytes before `position`, and the marks that were taken.
  void forget_before(std::uint64_t position) noexcept;
  void clear() noexcept;

  [[nodiscard]] std::uint64_t end() const noexcept {
    return begin_ + queue_.size();
  }
  struct Window {
    std::span<const std::uint8_t> bytes;
    bool closed = false;  ///< A loss or the end stands behind them.
    bool ended = false;   ///< It is the end.

    /// True where there are fewer bytes than that, and more may come.
    [[nodiscard]] bool wants(std::size_t size) const noexcept {
      return bytes.size() < size && !closed;
    }
  };
  /// The bytes from `from` up to the next mark of one of `types`, or the end.
  [[nodiscard]] Window window(std::uint64_t from,
                              std::initializer_list<Type> types) const noexcept;
  /// The next mark at `position` or before, which is then taken; nothing where
  /// there is none, or it is of surplus.
  [[nodiscard]] std::optional<Mark> take(std::uint64_t position) noexcept;
  /// The first mark, of those that were not taken, that is of one of `types`;
  /// nullptr where there is none. Valid until the next change.
  [[nodiscard]] Mark* find(std::initializer_list<Type> types) noexcept;
  [[nodiscard]] const Mark* find(
      std::initializer_list<Type> types) const noexcept;
  /// The first PES start at `from` or behind, before `to`; or nullptr.
  [[nodiscard]] const Mark* find_pes_start(std::uint64_t from,
                                           std::uint64_t to) const noexcept;

  /// Removes the losses at `from` or behind, before `to`.
  void remove_losses(std::uint64_t from, std::uint64_t to) noexcept;
  /// Makes the surplus that find() gave a part of the stream up to `position`.
  void keep_surplus(Mark* surplus, std::uint64_t position) noexcept;
  /// Removes it with its bytes, and what may still come of it.
  void drop_surplus(Mark* surplus) noexcept;

 private:
  [[nodiscard]] std::vector<Mark>::iterator waiting() noexcept;
  void remove(Mark* mark) noexcept;

  base::ByteQueue queue_;
  std::uint64_t begin_ = 0;  ///< Position of the first byte in queue_.
  std::vector<Mark> marks_;
  std::size_t taken_ = 0;         ///< Of marks_.
  bool refuses_surplus_ = false;  ///< Until the next PES packet.
};

}  // namespace xg2g::es

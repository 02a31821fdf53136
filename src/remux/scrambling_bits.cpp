// SPDX-License-Identifier: MIT
#include "remux/scrambling_bits.h"

#include <utility>

#include "es/framer.h"
#include "es/pes_header.h"
#include "es/pes_reader.h"
#include "remux/first_look.h"

namespace xg2g::remux {
namespace {

using ts::Packet;

/// What may wait: two frames of any codec are less.
constexpr std::size_t kMostWaiting = std::size_t{24} * 1024;
constexpr base::ClockTicks kLongestWait = std::chrono::seconds(1);

/// True where a PES packet of sound begins that is not scrambled itself.
bool begins_sound(const Packet& packet) noexcept {
  constexpr std::uint8_t kPesScrambling = 0x30;  // PES_scrambling_control
  const auto payload = packet.payload();
  return look_at(packet) == FirstLook::kMaybeSound &&
         es::pes_header_size(payload) && (payload[6] & kPesScrambling) == 0;
}

}  // namespace

/// What nothing is announced to: a frame counts where another follows it.
struct ScramblingBits::Trial {
  es::PesReader pes;
  es::Framer framer{es::Codec::kUnknown};
};

ScramblingBits::ScramblingBits() = default;
ScramblingBits::~ScramblingBits() = default;

void ScramblingBits::push(const Packet& packet, base::ClockTicks now) {
  if (waiting_.empty()) since_ = now;
  waiting_.append(packet.bytes());
  if (packet.transport_error() || !packet.has_payload()) {
    // There is nothing in it that can be relied on.
  } else if (packet.scrambled()) {
    judge(packet);
  } else {
    clear_ = true;
    believe();
  }
  const bool longest =
      waiting_.size() > kMostWaiting || now - since_ > kLongestWait;
  if (undecided() && longest) {
    in_vain_ = belief_ == Belief::kTrying;
    believe();
  }
}

void ScramblingBits::judge(const Packet& packet) {
  if (std::exchange(clear_, false)) {
    belief_ = Belief::kUnasked;
    in_vain_ = false;
  }
  if (packet.unit_start()) {
    if (!begins_sound(packet)) return believe();
    const bool tries = belief_ == Belief::kUnasked ||
                       (belief_ == Belief::kScrambled && !in_vain_);
    if (tries) {
      belief_ = Belief::kTrying;
      trial_ = std::make_unique<Trial>();
    }
  }
  if (belief_ == Belief::kTrying) try_frames(packet);
}

void ScramblingBits::try_frames(const Packet& packet) {
  es::Framer& framer = trial_->framer;
  framer.push(trial_->pes.push(packet.payload(), packet.unit_start()));
  while (framer.next()) {
  }
  if (framer.codec() == es::Codec::kUnknown) return;
  belief_ = Belief::kClear;
  trial_.reset();
}

void ScramblingBits::strip_pcr() {
  const std::size_t last = waiting_.size() - ts::kPacketSize;
  ts::PacketCopy rest(ts::packet_at(waiting_.view(), last));
  rest.remove_pcr();
  waiting_.erase(last, ts::kPacketSize);
  waiting_.append(rest.packet().bytes());
}

std::optional<Packet> ScramblingBits::next() {
  if (given_) waiting_.consume(ts::kPacketSize);
  given_ = false;
  if (waiting_.empty()) return std::nullopt;
  const Packet packet = ts::packet_at(waiting_.view(), 0);
  if (undecided()) return std::nullopt;
  given_ = true;
  return belief_ == Belief::kClear ? packet.taken_for_clear() : packet;
}

void ScramblingBits::believe() noexcept {
  belief_ = Belief::kScrambled;
  trial_.reset();
}

}  // namespace xg2g::remux

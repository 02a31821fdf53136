// SPDX-License-Identifier: MIT
#include "remux/pmt_relay.h"

#include <utility>

#include "ts/pmt.h"

namespace xg2g::remux {
namespace {

/// Packets that may wait for the first section, several times the longest.
constexpr std::size_t kMostPackets = 32;

}  // namespace

void PmtRelay::push(const ts::Packet& packet) {
  if (continuity_.last() == ts::Continuity::kNone) {
    last_passed_ = packet.counter_before();
  }
  packets_.append(packet.bytes());
  if (packet.transport_error() || packet.scrambled()) return;
  const auto step =
      continuity_.step(packet.continuity_counter(), packet.has_payload(),
                       packet.discontinuity());
  if (step == ts::ContinuityStep::kDuplicate) return;
  if (step == ts::ContinuityStep::kLoss) reader_.lose();
  reader_.push(packet.payload(), packet.unit_start());
}

bool PmtRelay::waits() const noexcept {
  return !known_ && reader_.gathering(ts::kPmtTableId) &&
         packets_.size() <= kMostPackets * ts::kPacketSize;
}

void PmtRelay::strip_pcrs() {
  const base::ByteQueue packets = std::exchange(packets_, {});
  const auto bytes = packets.view();
  for (std::size_t at = 0; at < bytes.size(); at += ts::kPacketSize) {
    const ts::Packet packet = ts::packet_at(bytes, at);
    packets_.append(ts::without_time(packet).packet().bytes());
  }
}

void PmtRelay::passed() noexcept {
  const auto bytes = packets_.view();
  for (std::size_t at = 0; at < bytes.size(); at += ts::kPacketSize) {
    const ts::Packet packet = ts::packet_at(bytes, at);
    if (packet.has_payload()) last_passed_ = packet.continuity_counter();
  }
  packets_.clear();
  sections_.clear();
}

void PmtRelay::replaced() noexcept {
  replaces_ = true;
  mends_ = false;
  packets_.clear();
  sections_.clear();
}

}  // namespace xg2g::remux

// SPDX-License-Identifier: MIT
#include "remux/pid_writer.h"

namespace xg2g::remux {

void PidWriter::begin_behind(std::uint8_t counter) noexcept {
  if (!last_) last_ = counter;
}

void PidWriter::pass(const ts::Packet& packet) {
  context_->times.read(packet);
  if (counter_ == nullptr) {
    if (packet.has_payload()) last_ = packet.continuity_counter();
    context_->output.write(packet.bytes());
    return;
  }
  ts::Packetizer(pid_, *counter_, context_->output).renumbered(packet);
}

void PidWriter::pcr(const ts::Packet& packet) {
  if (packet.pcr_bytes().empty()) return;
  context_->continuity.write_pcr(packet, last_.value_or(0x0F),
                                 context_->output);
}

ts::ContinuityCounter& PidWriter::own_counter() {
  if (counter_ == nullptr) {
    counter_ = &context_->continuity.adopt(pid_, last_.value_or(0x0F));
  }
  return *counter_;
}

}  // namespace xg2g::remux

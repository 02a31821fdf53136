// SPDX-License-Identifier: MIT
#include "timetable.h"

#include <algorithm>
#include <utility>

namespace xg2g::test {
namespace {

constexpr Time kTick = kSecond / 25;

/// An access unit delimiter, then bytes that are never a start code.
Bytes make_picture(Time time) {
  Bytes bytes{0, 0, 0, 1, 0x09, 0xF0, 0, 0, 0, 1, 0x41};
  for (std::size_t i = 0; i < 900; ++i) {
    put(bytes, (i * 37 + static_cast<std::size_t>(time)) % 199 + 1);
  }
  return bytes;
}

}  // namespace

Timetable& Timetable::at(Time time, Action action) {
  entries_.push_back({time, std::move(action)});
  return *this;
}

Timetable& Timetable::psi(const ProgramMap& map, Time from, Time to,
                          const SectionOptions& options) {
  for (Time time = from; time < to; time += kSecond / 10) {
    at(time, [=](StreamBuilder& b) {
      b.pat({{1, kPmt}}).pmt(1, kPmt, map, options);
    });
  }
  return *this;
}

Timetable& Timetable::picture(std::uint16_t pid, Time from, Time to) {
  for (Time time = from; time < to; time += kTick) {
    at(time, [=](StreamBuilder& b) {
      b.pes(pid, 0xE0, static_cast<std::uint64_t>(time + kSecond / 5),
            make_picture(time),
            {.unbounded = true, .pcr = static_cast<std::uint64_t>(time) * 300});
    });
  }
  return *this;
}

Timetable& Timetable::sound(std::uint16_t pid,
                            const std::vector<PesPayload>& payloads,
                            std::uint8_t stream_id, const PesOptions& options) {
  Time time = 0;
  for (const PesPayload& payload : payloads) {
    if (payload.pts) time = static_cast<Time>(*payload.pts) - kSecond / 10;
    at(time, [=](StreamBuilder& b) {
      b.pes(pid, stream_id, payload.pts, payload.bytes, options);
    });
  }
  return *this;
}

Timetable& Timetable::teletext(std::uint16_t pid, Time from, Time to) {
  for (Time time = from; time < to; time += kTick) {
    at(time, [=](StreamBuilder& b) {
      Bytes data{0x10};  // data_identifier
      data.resize(139, 0x55);
      b.pes(pid, 0xBD, static_cast<std::uint64_t>(time), data,
            {.header_stuffing = 31});
    });
  }
  return *this;
}

Bytes Timetable::write() const {
  StreamBuilder builder;
  write(builder);
  return builder.take();
}

void Timetable::write(StreamBuilder& builder) const {
  std::vector<Entry> entries = entries_;
  std::ranges::stable_sort(entries, {}, &Entry::time);
  for (const Entry& entry : entries) entry.action(builder);
}

ProgramMap television(std::vector<PmtStream> sounds) {
  ProgramMap map{.pcr_pid = kVideo, .streams = {{0x1B, kVideo}}};
  for (PmtStream& sound : sounds) map.streams.push_back(std::move(sound));
  return map;
}

Timetable broadcast(const PmtStream& announced,
                    const std::vector<PesPayload>& payloads,
                    std::uint8_t stream_id) {
  Time end = kStart;
  for (const PesPayload& payload : payloads) {
    end = std::max(end, static_cast<Time>(payload.pts.value_or(0)));
  }
  Timetable table;
  table.psi(television({announced}), kStart, end);
  table.picture(kVideo, kStart, end);
  table.sound(announced.pid, payloads, stream_id);
  return table;
}

Timetable mp2_broadcast(double seconds) {
  return broadcast({0x03, kAudio, "deu"}, Track(kMp2, seconds).aligned());
}

}  // namespace xg2g::test

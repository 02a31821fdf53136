// SPDX-License-Identifier: MIT
#include "demo/service_information.h"

#include "support/descriptors.h"
#include "support/sections.h"

namespace xg2g::demo {
namespace {

using test::Bytes;
using test::put;

constexpr std::uint16_t kTransportStreamId = 1;
constexpr std::uint16_t kOriginalNetworkId =
    0xFF01;  // ETSI TS 101 162: private

unsigned to_bcd(unsigned value) { return value / 10 << 4 | value % 10; }

/// Hours, minutes and seconds in BCD (EN 300 468, annex C).
void put_time(Bytes& out, unsigned minutes) {
  put(out, to_bcd(minutes / 60));
  put(out, to_bcd(minutes % 60));
  put(out, 0);
}

void put_loop(Bytes& out, unsigned flags, const test::Descriptors& loop) {
  put(out, flags | loop.bytes().size(), 2);
  put(out, loop.bytes());
}

Bytes make_event(std::uint16_t service_id, const Event& event, bool present,
                 std::uint8_t version) {
  constexpr unsigned kDay = 61'041;  // Modified Julian Date: 1 January 2026
  constexpr unsigned kStart = 20 * 60 + 15;
  constexpr unsigned kRunning = 4u << 13;
  constexpr unsigned kNotRunning = 1u << 13;
  Bytes body;
  put(body, kTransportStreamId, 2);
  put(body, kOriginalNetworkId, 2);
  put(body, 1);     // segment_last_section_number
  put(body, 0x4E);  // last_table_id
  put(body, event.id, 2);
  put(body, kDay, 2);
  put_time(body, kStart + event.minute);
  put_time(body, event.minutes);
  put_loop(body, present ? kRunning : kNotRunning,
           test::short_event("eng", event.name, event.text));
  const std::uint8_t number = present ? 0 : 1;
  return test::make_section(0x4E, service_id, body,
                            {.version = version, .number = number, .last = 1});
}

}  // namespace

Bytes make_sdt(std::uint16_t service_id, const std::string& provider,
               const std::string& name) {
  constexpr unsigned kRunning = 4u << 13;
  Bytes body;
  put(body, kOriginalNetworkId, 2);
  put(body, 0xFF);
  put(body, service_id, 2);
  put(body, 0xFD);  // EIT_present_following_flag
  put_loop(body, kRunning, test::service(provider, name));
  return test::make_section(0x42, kTransportStreamId, body);
}

std::vector<Bytes> make_eit(std::uint16_t service_id, const Event& present,
                            const Event& following, std::uint8_t version) {
  return {make_event(service_id, present, true, version),
          make_event(service_id, following, false, version)};
}

}  // namespace xg2g::demo

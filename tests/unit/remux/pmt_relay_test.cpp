// SPDX-License-Identifier: MIT
#include "remux/pmt_relay.h"

#include <gtest/gtest.h>

#include "support/stream_builder.h"

namespace xg2g::remux {
namespace {

using test::Bytes;
using test::StreamBuilder;

constexpr std::uint16_t kPid = 0x100;

Bytes long_section() { return test::make_section(0x02, 1, Bytes(400, 0x11)); }

std::size_t push(PmtRelay& relay, const Bytes& packets) {
  std::size_t sections = 0;
  for (std::size_t at = 0; at < packets.size(); at += ts::kPacketSize) {
    relay.push(ts::packet_at(packets, at));
    for (auto s = relay.next_section(); !s.empty(); s = relay.next_section()) {
      relay.keep(s);
      ++sections;
    }
  }
  return sections;
}

TEST(PmtRelay, WaitsWhileTheFirstSectionIsUnderWay) {
  StreamBuilder builder;
  builder.section(kPid, long_section());
  const Bytes packets = builder.take();
  PmtRelay relay(kPid);
  EXPECT_FALSE(relay.waits());
  (void)push(relay, Bytes(packets.begin(), packets.begin() + 188));
  EXPECT_TRUE(relay.waits());
  (void)push(relay, Bytes(packets.begin() + 188, packets.end()));
  EXPECT_FALSE(relay.waits());
}

TEST(PmtRelay, WaitsForNothingOnceAPmtIsKnown) {
  StreamBuilder builder;
  builder.section(kPid, long_section());
  PmtRelay relay(kPid);
  relay.know();
  (void)push(relay, Bytes(builder.bytes().begin(),
                          builder.bytes().begin() + ts::kPacketSize));
  EXPECT_FALSE(relay.waits());
}

TEST(PmtRelay, LetsOtherTablesGo) {
  StreamBuilder builder;
  builder.section(kPid, test::make_section(0x42, 1, Bytes(400, 0x11)));
  PmtRelay relay(kPid);
  (void)push(relay, Bytes(builder.bytes().begin(),
                          builder.bytes().begin() + ts::kPacketSize));
  EXPECT_FALSE(relay.waits());
}

TEST(PmtRelay, TakesPcrsOutOfPacketsThatWait) {
  StreamBuilder builder;
  builder.packet(kPid, Bytes(150, 0x11), {.unit_start = true, .pcr = 27});
  PmtRelay relay(kPid);
  (void)push(relay, builder.take());
  EXPECT_TRUE(ts::packet_at(relay.packets(), 0).pcr());
  relay.strip_pcrs();
  EXPECT_FALSE(ts::packet_at(relay.packets(), 0).pcr());
  EXPECT_EQ(ts::packet_at(relay.packets(), 0).payload().size(), 150U);
}

TEST(PmtRelay, WaitsForNoMoreThan32Packets) {
  StreamBuilder builder;
  for (int i = 0; i < 33; ++i) builder.packet(kPid, Bytes(184, 0x11));
  PmtRelay relay(kPid);
  EXPECT_EQ(push(relay, builder.take()), 0U);
  EXPECT_FALSE(relay.waits());
}

TEST(PmtRelay, KeepsPacketsAndSectionsAsTheyCame) {
  StreamBuilder builder;
  builder.section(kPid, long_section());
  const Bytes packets = builder.take();
  PmtRelay relay(kPid);
  EXPECT_EQ(push(relay, packets), 1U);
  EXPECT_EQ(Bytes(relay.packets().begin(), relay.packets().end()), packets);
  EXPECT_EQ(Bytes(relay.sections().begin(), relay.sections().end()),
            long_section());
  relay.passed();
  EXPECT_TRUE(relay.packets().empty());
  EXPECT_TRUE(relay.sections().empty());
  EXPECT_EQ(relay.last_passed(), 2);
  EXPECT_FALSE(relay.replaces());
}

TEST(PmtRelay, KnowsTheCounterBeforeItsFirstPacket) {
  StreamBuilder builder;
  builder.continuity(kPid, 7).section(kPid, long_section());
  PmtRelay relay(kPid);
  (void)push(relay, builder.take());
  relay.replaced();
  EXPECT_EQ(relay.last_passed(), 6);
  EXPECT_TRUE(relay.replaces());
}

TEST(PmtRelay, GivesNoSectionThatLostAPacket) {
  StreamBuilder builder;
  builder.fault(kPid, test::Fault::kDrop, 1, 1);
  builder.section(kPid, long_section()).section(kPid, long_section());
  PmtRelay relay(kPid);
  EXPECT_EQ(push(relay, builder.take()), 1U);
}

TEST(PmtRelay, ReadsADuplicateOnce) {
  StreamBuilder builder;
  builder.fault(kPid, test::Fault::kDuplicate, 1, 1);
  builder.section(kPid, long_section());
  PmtRelay relay(kPid);
  EXPECT_EQ(push(relay, builder.take()), 1U);
}

}  // namespace
}  // namespace xg2g::remux

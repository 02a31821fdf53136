// SPDX-License-Identifier: MIT
#include "remux/psi_filter.h"

#include <gtest/gtest.h>

#include "support/stream_builder.h"
#include "support/stream_reader.h"

namespace xg2g::remux {
namespace {

using test::Bytes;
using test::StreamBuilder;

constexpr std::uint16_t kPmt = 0x100;
const test::ProgramMap kMap{0x101, {{0x03, 0x102}}};

/// A filter for PAT and one PMT PID, and what it writes.
struct Psi {
  StreamBuilder builder;
  bool adts = false;
  EventLog events;
  ContinuityStore continuity;
  ts::PacketOutput output;
  PsiFilter filter{2, [this](std::uint16_t) { return adts; }, events,
                   continuity, output};

  /// PAT and PMT that go on behind those before.
  Bytes psi(const test::SectionOptions& options = {}) {
    builder.pat({{1, kPmt}}).pmt(1, kPmt, kMap, options);
    return builder.take();
  }
  /// True if one of the packets changed the map.
  bool push(const Bytes& packets) {
    bool updated = false;
    for (std::size_t at = 0; at < packets.size(); at += ts::kPacketSize) {
      const ts::Packet packet = ts::packet_at(packets, at);
      if (packet.pid() == 0) {
        updated = filter.read_pat(packet) || updated;
        continue;
      }
      updated = filter.read_pmt(packet) || updated;
      filter.write_pmt(packet.pid());
    }
    return updated;
  }
  Bytes take() {
    Bytes out(64 * 188);
    output.open(out);
    out.resize(output.close());
    return out;
  }
};

Bytes pmt_of(const Bytes& stream) {
  return test::StreamReader(stream).bytes(kPmt);
}

std::uint8_t announced_type(const Bytes& out) {
  const test::StreamReader reader(out);
  return reader.sections(kPmt).back().bytes.at(12);
}

TEST(PsiFilter, PassesAPmtThatIsTrue) {
  Psi run;
  const Bytes in = run.psi();
  EXPECT_TRUE(run.push(in));
  EXPECT_EQ(run.take(), pmt_of(in));
}

TEST(PsiFilter, ReplacesAPmtThatIsNot) {
  Psi run;
  run.adts = true;
  (void)run.push(run.psi());
  EXPECT_EQ(announced_type(run.take()), 0x0F);
}

TEST(PsiFilter, TakesARepetitionForNothingNew) {
  Psi run;
  (void)run.push(run.psi());
  EXPECT_FALSE(run.push(run.psi()));
}

TEST(PsiFilter, SaysAtOnceWhatHasChanged) {
  Psi run;
  (void)run.push(run.psi());
  run.adts = true;
  run.filter.announce_changes();
  Bytes out = run.take();
  EXPECT_EQ(out.size(), 2 * ts::kPacketSize);
  EXPECT_EQ(announced_type(out), 0x0F);
  EXPECT_EQ(test::StreamReader(out).continuity_errors(), 0U);
  run.filter.announce_changes();
  EXPECT_TRUE(run.take().empty());
}

TEST(PsiFilter, SaysNothingBeforeTheFirstPmt) {
  Psi run;
  run.adts = true;
  run.filter.announce_changes();
  EXPECT_TRUE(run.take().empty());
}

TEST(PsiFilter, CountsDamage) {
  Psi run;
  (void)run.push(run.psi());
  EXPECT_FALSE(run.push(run.psi({.version = 1, .damaged_crc = true})));
  EXPECT_EQ(run.filter.errors(), 1U);
}

TEST(PsiFilter, WritesWhatWaitsAtTheEnd) {
  test::ProgramMap map = kMap;
  map.descriptors = test::Descriptors(0xC0, Bytes(250));
  StreamBuilder builder;
  builder.pat({{1, kPmt}}).pmt(1, kPmt, map);
  Bytes in = builder.take();
  in.resize(2 * ts::kPacketSize);
  Psi run;
  (void)run.push(in);
  EXPECT_TRUE(run.take().empty());
  run.filter.finish();
  EXPECT_EQ(run.take(), pmt_of(in));
}

TEST(PsiFilter, ForgetsTheMapOnReset) {
  Psi run;
  (void)run.push(run.psi());
  run.filter.reset();
  EXPECT_TRUE(run.filter.map().programs().empty());
  EXPECT_TRUE(run.push(run.psi()));
}

}  // namespace
}  // namespace xg2g::remux

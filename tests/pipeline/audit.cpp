// SPDX-License-Identifier: MIT
#include "audit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace xg2g::test {
namespace {

/// Packets of all PIDs but these, one behind the other.
Bytes others(const StreamReader& reader, const std::set<std::uint16_t>& pids) {
  Bytes bytes;
  for (const ReadPacket& packet : reader.packets()) {
    if (!pids.contains(packet.pid)) put(bytes, packet.bytes);
  }
  return bytes;
}

std::vector<std::uint64_t> pcr_values(const StreamReader& reader,
                                      std::uint16_t pid) {
  std::vector<std::uint64_t> values;
  for (const ReadPcr& pcr : reader.pcrs(pid)) values.push_back(pcr.value);
  return values;
}

void expect_aac(const StreamReader& out, std::uint16_t pid) {
  for (const ReadPacket& packet : out.packets(pid)) {
    if (packet.scrambling != 0) return;  // Not all of it was replaced.
  }
  for (const ReadPes& pes : out.pes(pid)) {
    EXPECT_TRUE(pes.pts && pes.aligned && pes.length_ok);
    EXPECT_GT(pes.declared_length, 0);
    const auto frames = read_adts(pes.payload);
    ASSERT_TRUE(frames);
    ASSERT_EQ(frames->size(), 1U);
    EXPECT_EQ(frames->front().profile, 1U);
  }
}

}  // namespace

void expect_clean(View in, View out,
                  const std::vector<std::uint16_t>& replaced) {
  const StreamReader before(in);
  const StreamReader after(out);
  ASSERT_TRUE(after.in_sync());
  std::set<std::uint16_t> ours(replaced.begin(), replaced.end());
  for (const auto& [number, pid] : before.pat()) ours.insert(pid);
  EXPECT_TRUE(others(before, ours) == others(after, ours));
  EXPECT_EQ(after.psi_errors(), 0U);
  for (const std::uint16_t pid : ours) {
    EXPECT_EQ(after.continuity_errors(pid), 0U) << pid;
    EXPECT_EQ(pcr_values(before, pid), pcr_values(after, pid)) << pid;
  }
  for (const std::uint16_t pid : replaced) expect_aac(after, pid);
}

std::vector<std::int64_t> times(View stream, std::uint16_t pid) {
  std::vector<std::int64_t> out;
  for (const ReadPes& pes : StreamReader(stream).pes(pid)) {
    out.push_back(static_cast<std::int64_t>(pes.pts.value_or(0)));
  }
  return out;
}

void expect_even(const std::vector<std::int64_t>& times) {
  ASSERT_FALSE(times.empty());
  for (std::size_t n = 0; n < times.size(); ++n) {
    const auto frames = static_cast<std::int64_t>(n);
    ASSERT_EQ(times[n], times[0] + frames * 1'920) << "frame " << n;
  }
}

std::vector<std::size_t> places(View stream, std::uint16_t pid,
                                std::uint16_t passing) {
  std::vector<std::size_t> out;
  std::size_t before = 0;
  const StreamReader reader(stream);
  for (const ReadPacket& packet : reader.packets()) {
    if (packet.pid == passing) ++before;
    if (packet.pid == pid) out.push_back(before);
  }
  return out;
}

std::vector<std::pair<std::size_t, std::uint64_t>> pcr_places(
    View stream, std::uint16_t pid, std::uint16_t passing) {
  std::vector<std::pair<std::size_t, std::uint64_t>> out;
  std::size_t before = 0;
  const StreamReader reader(stream);
  for (const ReadPacket& packet : reader.packets()) {
    if (packet.pid == passing) ++before;
    if (packet.pid == pid && packet.pcr) out.emplace_back(before, *packet.pcr);
  }
  return out;
}

std::vector<std::uint8_t> types(View stream, std::uint16_t pid) {
  std::vector<std::uint8_t> out;
  for (const ReadPmt& pmt : StreamReader(stream).pmts(1)) {
    const ReadEs* es = pmt.find(pid);
    out.push_back(es == nullptr ? std::uint8_t{0} : es->stream_type);
  }
  return out;
}

}  // namespace xg2g::test

// SPDX-License-Identifier: MIT
#include "audio/sound_path.h"

#include <array>
#include <cstdlib>
#include <new>
#include <utility>

#include "audio/matrix.h"

namespace xg2g::audio {
namespace {

using base::Ticks;

/// Room for two seconds of frames, one that waited and one that is filled, at
/// the 1.5 times the bit rate that single frames may take, and for what is
/// ready besides.
std::size_t queue_bytes(const Format& format) noexcept {
  return static_cast<std::size_t>(format.bit_rate) / 8 * 3 + 16 * 1024;
}

base::ClockTicks duration(std::int64_t samples, int rate) noexcept {
  if (rate == 0) return {};
  constexpr std::int64_t kClock = base::ClockTicks::period::den;
  return base::ClockTicks(samples * kClock / rate);
}

}  // namespace

SoundPath::SoundPath(const Format& format, SoundPast past,
                     std::unique_ptr<AvPool> pool,
                     std::unique_ptr<Encoder> encoder)
    : pool_(std::move(pool)),
      format_(format),
      queue_(queue_bytes(format)),
      counters_(past.counters),
      mode_(past.mode),
      timeline_(format.sample_rate),
      chain_(format, std::move(encoder), queue_),
      encoded_before_(past.counters.frames_out) {
  if (!past.latm) return;
  latm_ = *std::move(past.latm);
  encoded_before_ -= latm_.frames();
}

base::Result<std::unique_ptr<SoundPath>> SoundPath::open(const Format& format,
                                                         SoundPast past) {
  auto pool = std::make_unique<AvPool>();
  // The scope ends before the pool changes hands: what fails then goes without.
  auto encoder = [&] {
    const PoolScope scope(*pool);
    return Encoder::open(format);
  }();
  if (pool->take_failure()) throw std::bad_alloc();
  if (!encoder.ok()) return encoder.error();
  return std::unique_ptr<SoundPath>(new SoundPath(
      format, std::move(past), std::move(pool), std::move(encoder.value())));
}

SoundPast SoundPath::past() {
  SoundPast past{mode_, {}, counters_};
  if (converts()) past.latm = std::move(latm_);
  return past;
}

/// Runs `step` with libav* on the pool. Where an allocation of its failed, no
/// one knows what was left out: the path is of no more use.
template <typename Step>
void SoundPath::with_pool(Step step) {
  const PoolScope scope(*pool_);
  step();
  if (pool_->take_failure()) throw std::bad_alloc();
}

void SoundPath::push(const es::AccessUnit& unit) {
  with_pool([&] { take(unit); });
}

void SoundPath::flush() {
  with_pool([&] { finish(); });
}

void SoundPath::take(const es::AccessUnit& unit) {
  using State = es::LatmConverter::State;
  const State state = unit.header.codec == es::Codec::kAacLatm
                          ? latm_.learn(unit.bytes)
                          : State::kSettled;
  const Length announced = announced_length(unit);
  const auto length = duration(announced.samples, announced.rate);
  gate_.push({unit, length, state == State::kUnknown},
             state == State::kSettled);
  gate_.set_length(length);
  while (const auto next = gate_.next()) pass(*next);
  counters_.untimed += gate_.take_dropped();
  count_frames();
}

void SoundPath::pass(const UnitGate::Unit& entry) {
  const es::AccessUnit& unit = entry.unit;
  const auto pts = unroll(unit.pts);
  if (unit.header.codec == es::Codec::kAacLatm) {
    latm_.settle();
    if (mode_ != Mode::kEncodes && latm_.convertible()) {
      return convert(unit, pts);
    }
    if (entry.opaque) return gate_.leave_out(entry);
  }
  const auto follows = converts() && !pts ? latm_.position() : pts;
  if (converts()) chain_.follow_others();
  mode_ = Mode::kEncodes;
  transcode(unit, follows);
}

void SoundPath::convert(const es::AccessUnit& unit, std::optional<Ticks> pts) {
  const auto result = latm_.push(unit, pts, queue_);
  if (result.verdict.placement == Timeline::Placement::kUntimed) {
    ++counters_.untimed;
    return;
  }
  mode_ = Mode::kConverts;
  report(result.verdict, static_cast<int>(latm_.sample_rate()));
  if (result.damaged) return report_damage();
  ++counters_.frames_in;
}

void SoundPath::transcode(const es::AccessUnit& unit,
                          std::optional<Ticks> pts) {
  const auto decoded = decode(unit, pts);
  const auto length = length_of(unit, decoded);
  if (!length) {
    report_damage();
    timeline_.doubt();
    return;
  }
  place(unit, pts, decoded, *length);
}

/// Nothing where the unit is damaged.
std::optional<Decoded> SoundPath::decode(const es::AccessUnit& unit,
                                         std::optional<Ticks> pts) {
  const bool said_to_be_lost = unit.missing > 0 || unit.lost;
  const bool lost = said_to_be_lost && !timeline_.expects(pts);
  if (decoder_ == nullptr || !decoder_->decodes(unit.header)) {
    decoder_ = Decoder::open(unit.header, format_.drc_percent);
    timeline_.change();
    new_decoder_ = true;
    last_ = {};
  } else if (lost) {
    decoder_->reset();
  }
  if (decoder_ == nullptr || (unit.doubtful && lost)) return {};
  return decoder_->decode(unit.bytes);
}

/// As far as it is known before a unit is decoded.
SoundPath::Length SoundPath::announced_length(
    const es::AccessUnit& unit) const {
  if (unit.header.samples > 0 && unit.header.sample_rate > 0) {
    return {unit.header.samples, static_cast<int>(unit.header.sample_rate)};
  }
  if (unit.header.codec == es::Codec::kAacLatm) {
    return {latm_.unit_samples(), static_cast<int>(latm_.sample_rate())};
  }
  return last_;
}

/// The length of a frame, damaged or not; nothing where it cannot be told.
std::optional<SoundPath::Length> SoundPath::length_of(
    const es::AccessUnit& unit, const std::optional<Decoded>& decoded) {
  if (decoded) {
    last_ = {static_cast<std::int64_t>(decoded->sound.count), decoded->rate};
    return last_;
  }
  const Length length = announced_length(unit);
  if (length.rate == 0) return {};
  return length;
}

/// The time of a unit on the line that those before it stand on.
std::optional<Ticks> SoundPath::unroll(std::optional<std::uint64_t> pts) const {
  if (!pts) return {};
  const auto here = converts() ? latm_.position() : timeline_.position();
  return here ? base::unroll(*pts, *here)
              : Ticks(static_cast<std::int64_t>(*pts));
}

void SoundPath::place(const es::AccessUnit& unit, std::optional<Ticks> pts,
                      const std::optional<Decoded>& decoded, Length length) {
  const std::int64_t due = timeline_.due();
  if (decoded && !(decoded->layout == layout_)) timeline_.change();
  const auto verdict =
      timeline_.place({.pts = pts,
                       .samples = length.samples,
                       .rate = length.rate,
                       .missing = std::int64_t{unit.missing} * length.samples,
                       .lost = unit.lost,
                       .discontinuity = unit.discontinuity});
  if (verdict.placement == Timeline::Placement::kUntimed) {
    ++counters_.untimed;
    return;
  }
  report(verdict, format_.sample_rate);
  if (!continues(verdict, decoded)) chain_.cut(due);
  if (verdict.placement == Timeline::Placement::kAnchor) {
    chain_.anchor(timeline_.anchor());
    if (decoder_ != nullptr) decoder_->trust_crc();
  }
  shift(verdict.shift, due + verdict.shift);
  if (decoded) {
    ++counters_.frames_in;
    set_input(unit, *decoded);
    chain_.pass(decoded->sound, timeline_);
  } else {
    report_damage();
    chain_.fill(timeline_.due());
  }
}

/// False where what is heard next has nothing to do with what was.
bool SoundPath::continues(
    const Timeline::Verdict& verdict,
    const std::optional<Decoded>& decoded) const noexcept {
  return verdict.placement == Timeline::Placement::kNext &&
         verdict.shift == 0 && decoded && !new_decoder_ &&
         decoded->rate == chain_.rate() && decoded->layout == layout_;
}

void SoundPath::set_input(const es::AccessUnit& unit, const Decoded& decoded) {
  new_decoder_ = false;
  layout_ = decoded.layout;
  const Layout out = output_layout(format_.channels);
  const bool two_services = unit.header.dual_mono && layout_.count >= 2;
  Matrix matrix = two_services ? dual_mono_matrix(out, format_.dual_mono)
                               : mix_matrix(layout_, out, decoded.levels);
  const std::array<float, 2> gains = {
      dialogue_gain(unit.header.dialnorm),
      dialogue_gain(two_services ? unit.header.dialnorm2
                                 : unit.header.dialnorm)};
  for (auto& row : matrix) {
    for (std::size_t i = 0; i < row.size(); ++i) row[i] *= gains[i == 1];
  }
  chain_.set_input(decoded.rate, layout_.count, matrix);
}

/// Makes what follows stand at sample `due`, `samples` away from what came.
void SoundPath::shift(std::int64_t samples, std::int64_t due) {
  if (samples > 0) chain_.fill(due);
  if (samples < 0) chain_.drop(due);
}

/// Reports a jump, and a gap or an overlap in samples at `rate`.
void SoundPath::report(const Timeline::Verdict& verdict, int rate) {
  using Type = TrackEvent::Type;
  if (verdict.jump) {
    ++counters_.discontinuities;
    events_.push({Type::kDiscontinuity, verdict.error.count()});
  }
  if (verdict.shift == 0) return;
  const std::int64_t ticks = verdict.shift * Ticks::period::den / rate;
  ++(ticks < 0 ? counters_.overlaps : counters_.gaps);
  events_.push({ticks < 0 ? Type::kOverlap : Type::kGap, std::abs(ticks)});
}

void SoundPath::count_frames() {
  counters_.frames_out = encoded_before_ + latm_.frames() + chain_.frames();
  for (auto n = chain_.take_failures(); n > 0; --n) report_damage();
}

void SoundPath::report_damage() {
  ++counters_.concealed;
  events_.push({TrackEvent::Type::kDamage, 1});
}

void SoundPath::finish() {
  gate_.reset();  // Nothing will tell any more where these stand.
  counters_.untimed += gate_.take_dropped();
  chain_.cut(timeline_.due());
  chain_.finish();
  count_frames();
  timeline_.reset();
  latm_.reset();
  if (decoder_ != nullptr) decoder_->reset();
}

}  // namespace xg2g::audio

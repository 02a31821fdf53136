// SPDX-License-Identifier: MIT
#include "audio/track.h"

#include <stdexcept>
#include <utility>

#include "audio/sound_path.h"

namespace xg2g::audio {

base::Result<std::unique_ptr<Track>> Track::open(const Format& format) {
  if (auto error = check(format)) return *std::move(error);
  auto path = SoundPath::open(format, {});
  if (!path.ok()) return path.error();
  return std::unique_ptr<Track>(new Track(format, std::move(path.value())));
}

Track::Track(const Format& format, std::unique_ptr<SoundPath> path)
    : format_(format), path_(std::move(path)) {}

Track::~Track() = default;

void Track::push(const es::AccessUnit& unit) {
  if (!is_open()) {
    auto path = SoundPath::open(format_, std::move(*past_));
    if (!path.ok()) throw std::runtime_error(path.error().message);
    path_ = std::move(path.value());
    past_.reset();
  }
  path_->push(unit);
}

std::optional<AacFrame> Track::next() {
  return is_open() ? path_->next() : std::nullopt;
}

void Track::flush() {
  if (is_open()) path_->flush();
}

void Track::close() {
  if (!is_open()) return;
  past_ = std::make_unique<SoundPast>(path_->past());
  path_.reset();
}

bool Track::converts() const noexcept {
  return is_open() ? path_->converts()
                   : past_->mode == SoundPast::Mode::kConverts;
}

const TrackCounters& Track::counters() const noexcept {
  return is_open() ? path_->counters() : past_->counters;
}

std::optional<TrackEvent> Track::next_event() {
  return is_open() ? path_->next_event() : std::nullopt;
}

}  // namespace xg2g::audio

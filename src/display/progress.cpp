#include "display/progress.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>

#include "base/amount.h"

namespace rehome::display {

namespace {

constexpr auto k_terminal_every = std::chrono::milliseconds(200);
constexpr auto k_log_every = std::chrono::seconds(10);

std::string time_left(std::int64_t rows_left, double rows_per_second) {
  if (rows_per_second <= 0) return "";
  const auto seconds =
      static_cast<std::int64_t>(static_cast<double>(rows_left) / rows_per_second) + 1;
  if (seconds < 60) return fmt::format(", {} s left", seconds);
  if (seconds < 3600) return fmt::format(", {} min left", seconds / 60 + 1);
  return fmt::format(", {} h {} min left", seconds / 3600, seconds % 3600 / 60);
}

}  // namespace

Progress::Progress()
    : terminal_(isatty(STDERR_FILENO) == 1), drawer_([this] { draw_until_ended(); }) {}

Progress::~Progress() { end(); }

void Progress::end() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  wake_.notify_all();
  if (!drawer_.joinable()) return;
  drawer_.join();
  if (settled_ > 0) fmt::print(stderr, "{}\n", settled_line());
}

void Progress::draw_until_ended() {
  std::unique_lock lock(mutex_);
  const auto every = terminal_ ? std::chrono::milliseconds(k_terminal_every)
                               : std::chrono::milliseconds(k_log_every);
  while (!wake_.wait_for(lock, every, [this] { return ended_; })) draw();
  clear_line();
}

void Progress::draw() {
  if (entity_.empty() && settled_ == 0) return;
  const std::string text = entity_.empty() ? settled_line() : line();
  if (terminal_) {
    fmt::print(stderr, "\r\033[K{}", text);
  } else {
    fmt::print(stderr, "{}\n", text);
  }
  std::fflush(stderr);
}

void Progress::clear_line() const {
  if (terminal_) fmt::print(stderr, "\r\033[K");
}

std::string Progress::line() const {
  const double seconds = std::chrono::duration<double>(Clock::now() - started_).count();
  const double rate = seconds > 0 ? static_cast<double>(rows_) / seconds : 0;
  const std::int64_t percent = rows_expected_ > 0 ? rows_ * 100 / rows_expected_ : 100;
  std::string text =
      fmt::format("{:<20} {:>3} %  {} of {}, {} rows/s", entity_, percent,
                  base::group_digits(rows_), base::write_amount(rows_expected_, "row", "rows"),
                  base::group_digits(static_cast<std::int64_t>(rate)));
  if (held_ > 0) text += fmt::format(", {} held", base::group_digits(held_));
  if (rows_ < rows_expected_) text += time_left(rows_expected_ - rows_, rate);
  return text;
}

std::string Progress::settled_line() const {
  return fmt::format("{:<20}        {} inserted, held before", "settle",
                     base::write_amount(settled_, "row", "rows"));
}

void Progress::on(const events::RunStarted& event) {
  const std::lock_guard lock(mutex_);
  if (event.run_id == 0) {
    fmt::print(stderr, "dry run of {}: nothing is written\n", event.mapping);
  } else {
    fmt::print(stderr, "run {} of {}\n", event.run_id, event.mapping);
  }
  if (event.batches_taken_over > 0) {
    fmt::print(stderr, "an earlier run left {} open: this one goes on there\n",
               base::write_amount(event.batches_taken_over, "batch", "batches"));
  }
}

void Progress::on(const events::EntityStarted& event) {
  const std::lock_guard lock(mutex_);
  entity_ = event.entity;
  rows_expected_ = event.rows_expected;
  rows_ = 0;
  held_ = 0;
  started_ = Clock::now();
}

void Progress::on(const events::BatchFinished& event) {
  const std::lock_guard lock(mutex_);
  // Batches outside an entity's time are those of rows that are taken again.
  if (entity_.empty()) {
    settled_ += event.inserted;
    return;
  }
  rows_ += event.source_rows;
  held_ += event.held;
}

void Progress::on(const events::EntityFinished&) {
  const std::lock_guard lock(mutex_);
  clear_line();
  fmt::print(stderr, "{}\n", line());
  entity_.clear();
}

void Progress::on(const events::DeletesBraked& event) {
  const std::lock_guard lock(mutex_);
  clear_line();
  fmt::print(stderr,
             "STOPPED BEFORE DELETING: {} of the {} of {} in the target are gone from the source; "
             "none of them is touched\n",
             base::group_digits(event.gone), base::write_amount(event.placed, "row", "rows"),
             event.entity);
}

void Progress::on(const events::RowsRemoved& event) {
  const std::lock_guard lock(mutex_);
  clear_line();
  fmt::print(stderr, "{:<20}        {} gone from the source deleted or marked\n", event.entity,
             base::write_amount(event.rows, "row", "rows"));
}

}  // namespace rehome::display

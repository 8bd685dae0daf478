#include "move/breaker.h"

#include <fmt/format.h>

namespace rehome::move {

namespace {

constexpr std::int64_t k_in_a_row_max = 20;
constexpr std::int64_t k_rows_min = 1000;
constexpr std::int64_t k_percent_max = 5;

}  // namespace

void Breaker::note_success(std::int64_t rows) {
  const std::lock_guard lock(mutex_);
  rows_ += rows;
  if (rows > 0) in_a_row_ = 0;
}

void Breaker::note_passed() {
  const std::lock_guard lock(mutex_);
  in_a_row_ = 0;
}

void Breaker::note_refusal(const std::string& sqlstate, const std::string& constraint) {
  const std::lock_guard lock(mutex_);
  if (!open_because_.empty()) throw BreakerOpen(open_because_);
  ++rows_;
  ++refused_;
  const std::string cause = sqlstate + (constraint.empty() ? "" : " " + constraint);
  in_a_row_ = cause == last_cause_ ? in_a_row_ + 1 : 1;
  last_cause_ = cause;
  const bool too_many = rows_ >= k_rows_min && refused_ * 100 > rows_ * k_percent_max;
  if (!opens_) return;
  if (in_a_row_ < k_in_a_row_max && !too_many) return;
  open_because_ = fmt::format(
      "{}: {} of the first {} rows were refused, the last {} in a row with {}: this "
      "looks like the mapping, not "
      "like the rows; what was refused last is not kept",
      entity_, refused_, rows_, in_a_row_, cause);
  throw BreakerOpen(open_because_);
}

}  // namespace rehome::move

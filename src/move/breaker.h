// Stops a run that refuses rows for one systematic reason before it fills the quarantine.
//
// Counted are only rows a server refuses now, in the order of their keys: never those held by a
// ref, a map or a rule. Shared by all workers of an entity; any thread.
#pragma once

#include <cstdint>
#include <mutex>
#include <stdexcept>
#include <string>

namespace rehome::move {

class BreakerOpen : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Breaker {
 public:
  // `opens`: false for rows that were refused before, and are tried again.
  explicit Breaker(std::string entity, bool opens = true)
      : entity_(std::move(entity)), opens_(opens) {}

  void note_success(std::int64_t rows);
  // Rows that pass, and are counted elsewhere, end a row of refusals.
  void note_passed();
  // Throws BreakerOpen: 20 in a row with one SQLSTATE and constraint and no success between, or
  // more than 5 % of the entity's first 1,000 or more rows.
  void note_refusal(const std::string& sqlstate, const std::string& constraint);

 private:
  std::mutex mutex_;
  std::string entity_;
  bool opens_;
  std::int64_t rows_ = 0;
  std::int64_t refused_ = 0;
  std::int64_t in_a_row_ = 0;
  std::string last_cause_;
  std::string open_because_;  // a sentence: all workers say the same
};

}  // namespace rehome::move

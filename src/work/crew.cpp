#include "work/crew.h"

#include <utility>

namespace rehome::work {

Crew::~Crew() {
  stop();
  threads_.clear();
}

void Crew::add(std::function<void(std::stop_token)> function) {
  threads_.emplace_back([this, function = std::move(function)] {
    try {
      function(stop_.get_token());
    } catch (...) {
      keep(std::current_exception());
      stop();
    }
  });
}

void Crew::keep(std::exception_ptr failure) {
  const std::lock_guard lock(mutex_);
  if (!first_) first_ = std::move(failure);
}

void Crew::join() {
  for (auto& each : threads_) each.join();
  threads_.clear();
  if (first_) std::rethrow_exception(std::exchange(first_, nullptr));
}

}  // namespace rehome::work

// Threads, and how they end: the first exception stops the others and is rethrown by `join`.
//
// Promise: no thread outlives the Crew. Every function given to it must return soon after its stop
// token is set.
#pragma once

#include <exception>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace rehome::work {

class Crew {
 public:
  Crew() = default;
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  void add(std::function<void(std::stop_token)> function);
  void stop() { stop_.request_stop(); }
  std::stop_token token() const { return stop_.get_token(); }
  // Waits for all and rethrows the first exception.
  void join();

 private:
  void keep(std::exception_ptr failure);

  std::stop_source stop_;
  std::mutex mutex_;
  std::exception_ptr first_;  // guarded by mutex_
  std::vector<std::jthread> threads_;
};

}  // namespace rehome::work

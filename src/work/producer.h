// A thread that makes items ahead of the one that uses them.
//
// Promise: no more than `capacity` is made ahead; an exception of the function comes out of `next`
// after the items made before it; no thread outlives the Producer. Threading: the function runs in
// the Producer's thread, everything else belongs to one other.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <optional>
#include <thread>
#include <utility>

#include "work/bounded_queue.h"

namespace rehome::work {

template <class Item>
class Producer {
 public:
  // Hands over an item of that size; false when nobody wants more, and the function should return.
  using Give = std::function<bool(Item, std::size_t)>;

  // `capacity` in the unit of the sizes given, for example bytes.
  Producer(std::size_t capacity, std::function<void(const Give&)> produce)
      : queue_(capacity), thread_([this, produce = std::move(produce)] { run(produce); }) {}
  ~Producer() {
    stop();
    if (thread_.joinable()) thread_.join();
  }
  Producer(const Producer&) = delete;
  Producer& operator=(const Producer&) = delete;

  // Waits for the next item; nothing, and no thread any more, at the end.
  std::optional<Item> next() {
    if (auto item = queue_.pop()) return item;
    if (thread_.joinable()) thread_.join();
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
    return std::nullopt;
  }

  // Nobody wants more. A function that waits for something else has to be woken otherwise.
  void stop() { queue_.close(); }

 private:
  void run(const std::function<void(const Give&)>& produce) {
    try {
      produce([this](Item item, std::size_t size) { return queue_.push(std::move(item), size); });
    } catch (...) {
      failure_ = std::current_exception();
    }
    queue_.close();
  }

  BoundedQueue<Item> queue_;
  std::exception_ptr failure_;  // written by the thread, read after it has ended
  std::thread thread_;          // last: it uses all of the above
};

}  // namespace rehome::work

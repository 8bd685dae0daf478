// A queue between two threads that holds so much and no more.
//
// Promise: what is pushed comes out in the same order; nobody waits any longer once it is closed.
// Threading: one or more threads at either end.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace rehome::work {

template <class Item>
class BoundedQueue {
 public:
  // `capacity` in the unit of the sizes given to `push`, for example bytes.
  explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

  // Waits for room; one item larger than the queue waits until it is empty. False when the queue
  // was closed: the item is not taken.
  bool push(Item item, std::size_t size) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || held_ == 0 || held_ + size <= capacity_; });
    if (closed_) return false;
    held_ += size;
    items_.emplace_back(std::move(item), size);
    changed_.notify_all();
    return true;
  }

  // Waits for an item; nothing when the queue is closed and empty.
  std::optional<Item> pop() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || !items_.empty(); });
    if (items_.empty()) return std::nullopt;
    auto [item, size] = std::move(items_.front());
    items_.pop_front();
    held_ -= size;
    changed_.notify_all();
    return std::move(item);
  }

  // What is in the queue still comes out.
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::pair<Item, std::size_t>> items_;  // all below guarded by mutex_
  const std::size_t capacity_;
  std::size_t held_ = 0;
  bool closed_ = false;
};

}  // namespace rehome::work

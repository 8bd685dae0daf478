// How far a run is: one live line on a terminal, else a line every 10 s. Everything goes to stderr.
//
// Threading: events may come from any thread; a thread of its own draws.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "events/events.h"

namespace rehome::display {

class Progress : public events::EventSink {
 public:
  Progress();
  ~Progress() override;

  void on(const events::RunStarted& event) override;
  void on(const events::EntityStarted& event) override;
  void on(const events::BatchFinished& event) override;
  void on(const events::EntityFinished& event) override;
  void on(const events::DeletesBraked& event) override;
  void on(const events::RowsRemoved& event) override;

  // Draws no more.
  void end();

 private:
  using Clock = std::chrono::steady_clock;

  void draw_until_ended();
  void draw();
  std::string line() const;
  std::string settled_line() const;
  void clear_line() const;

  const bool terminal_;
  std::mutex mutex_;  // guards everything below
  std::condition_variable wake_;
  bool ended_ = false;
  std::string entity_;
  std::int64_t rows_expected_ = 0;
  std::int64_t rows_ = 0;
  std::int64_t held_ = 0;
  std::int64_t settled_ = 0;  // rows put into the target after their entity had ended
  Clock::time_point started_{};
  std::thread drawer_;
};

}  // namespace rehome::display

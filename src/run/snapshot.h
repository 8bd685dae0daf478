// One moment of the source, shared by every reader of a run.
//
// Promise: the tables are locked (ACCESS SHARE) before the snapshot is taken, so a TRUNCATE or
// rewriting ALTER waits instead of leaving the snapshot empty. Two sessions keep it, so that
// workers can still import it when one is lost. A background thread keeps the second alive and sees
// whether somebody's DDL waits for us: after 5 s it asks the run to stop, because the application
// waits behind it.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "pg/connection.h"
#include "plan/plan.h"
#include "work/crew.h"

namespace rehome::run {

class Snapshot {
 public:
  // `yield`: called once, from another thread, with a sentence: why the run has to stop.
  Snapshot(const std::string& url, const std::string& application, const plan::Plan& plan,
           std::function<void(const char*)> yield);
  ~Snapshot();

  const std::string& id() const { return id_; }
  // The transactions it sees, as pg_current_snapshot() writes them.
  const std::string& sees() const { return sees_; }
  // The first keeper, inside the snapshot: for the thread that made it.
  pg::Connection& keeper() { return *first_; }

 private:
  void watch(const std::stop_token& stop);
  void watch_until_stopped(const std::stop_token& stop);
  bool ddl_waits();

  std::unique_ptr<pg::Connection> first_;
  std::unique_ptr<pg::Connection> second_;
  std::unique_ptr<pg::Connection> monitor_;
  std::string id_;
  std::string sees_;
  std::function<void(const char*)> yield_;
  work::Crew crew_;  // last: its thread ends before the connections do
};

}  // namespace rehome::run

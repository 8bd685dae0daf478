// One moment of the source for all readers, and no longer than the application can bear.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "pg/session.h"
#include "run/lab.h"
#include "run/snapshot.h"

namespace rehome::run {

namespace {

class Notes : public tests::Lab {
 public:
  Notes()
      : Lab("CREATE TABLE note (id integer PRIMARY KEY); INSERT INTO note VALUES (1), (2)",
            "CREATE TABLE notes (id uuid PRIMARY KEY)",
            "  notes:\n    from: note n\n    to: notes\n    key: n.id\n    columns: {}\n") {}
};

std::string count_in(tests::Lab& lab, const Snapshot& snapshot) {
  pg::Connection reader(pg::Side::source, lab.source().url(), "reader");
  pg::prepare_source_session(reader, "public");
  pg::begin_source(reader, snapshot.id());
  return std::string(reader.execute({"count", "SELECT count(*) FROM note"}).text(0, 0));
}

}  // namespace

TEST_CASE("what is written later is in no reader's sight, and TRUNCATE has to wait") {
  Notes lab;
  const Snapshot snapshot(lab.source().url(), "rehome", lab.plan(), [](auto&&...) {});
  lab.source().run("INSERT INTO note VALUES (3)");
  CHECK(count_in(lab, snapshot) == "2");
  CHECK_THROWS_AS(lab.source().run("SET lock_timeout = '50ms'; TRUNCATE note"), std::runtime_error);
}

TEST_CASE("the snapshot survives the loss of one keeper") {
  Notes lab;
  Snapshot snapshot(lab.source().url(), "rehome", lab.plan(), [](auto&&...) {});
  lab.source().run(
      "INSERT INTO note VALUES (3); SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
      "WHERE application_name = 'rehome' AND pid <> " +
      std::to_string(snapshot.keeper().backend_pid()));
  CHECK(count_in(lab, snapshot) == "2");
  std::this_thread::sleep_for(std::chrono::milliseconds(700));  // the watcher has noticed
  CHECK(snapshot.keeper().execute({"count", "SELECT count(*) FROM note"}).text(0, 0) == "2");
}

TEST_CASE("somebody's DDL that waits makes the run yield, but not at once") {
  Notes lab;
  std::atomic<int> yields{0};
  const auto begin = std::chrono::steady_clock::now();
  auto snapshot = std::make_unique<Snapshot>(lab.source().url(), "rehome", lab.plan(),
                                             [&](auto&&...) { ++yields; });
  std::thread application([&] { lab.source().run("ALTER TABLE note ADD COLUMN words text"); });
  while (yields == 0 && std::chrono::steady_clock::now() - begin < std::chrono::seconds(20)) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  CHECK(yields == 1);
  CHECK(std::chrono::steady_clock::now() - begin > std::chrono::seconds(5));
  snapshot.reset();
  application.join();
  CHECK(lab.source().value("SELECT count(words) FROM note") == "0");
}

}  // namespace rehome::run

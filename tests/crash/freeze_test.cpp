// A process that does not die but sleeps: while its session lives no other may run, and when it
// wakes after another has taken its place it changes nothing.
#include <doctest/doctest.h>

#include <csignal>

#include "crash/people.h"

namespace rehome::tests {

namespace {

// Two batches of offices; seven of people, of which five are refused once and one of these twice;
// two parts of notes.
constexpr int k_locks_before_third_part_of_notes = 2 + 7 + 5 + 1 + 2 + 1;

std::string undisturbed_digest() {
  People people;
  REQUIRE(people.sync().exit_code == k_something_open);
  return people.digest();
}

void terminate(People& people, const std::string& which) {
  people.target().run(
      "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name LIKE '" +
      which + "'");
}

}  // namespace

TEST_SUITE("freeze") {
  TEST_CASE("beside a frozen run no second one starts; once the first is dead, one goes on") {
    const std::string expected = undisturbed_digest();
    People people;
    const auto frozen = people.start("batch_before_commit=stop@3");
    REQUIRE(frozen->wait_until_frozen());

    const Ending second = people.sync();
    INFO(second.error_output);
    CHECK(second.exit_code == 1);
    const std::string run_and_host = people.target().value(
        "SELECT 'run ' || run_id || ' is still going on host ' || host || ', pid ' || pid FROM "
        "rehome.run");
    CHECK(second.error_output.find(run_and_host) != std::string::npos);
    CHECK(run_and_host.find(std::to_string(frozen->pid())) != std::string::npos);
    CHECK(people.target().value("SELECT count(*) FROM rehome.run") == "1");

    frozen->send(SIGKILL);
    CHECK(frozen->wait().signal == SIGKILL);
    people.wait_for_sessions_to_end();
    CHECK(people.sync().exit_code == k_something_open);
    CHECK(people.digest() == expected);
  }

  TEST_CASE("a run that wakes up after its sessions were cut off fails and changes nothing") {
    const std::string expected = undisturbed_digest();
    for (const char* failpoint : {"batch_leased", "batch_before_commit", "batch_committed"}) {
      CAPTURE(failpoint);
      People people;
      const auto frozen = people.start(std::string(failpoint) + "=stop@4");
      REQUIRE(frozen->wait_until_frozen());
      terminate(people, "rehome%");
      CHECK(people.sync().exit_code == k_something_open);
      CHECK(people.digest() == expected);

      frozen->send(SIGCONT);
      const Ending woken = frozen->wait();
      INFO(woken.error_output);
      CHECK(woken.exit_code == 6);
      CHECK(people.digest() == expected);
      CHECK(
          people.target().value("SELECT string_agg(state, ' ' ORDER BY run_id) FROM rehome.run") ==
          "abandoned done");
    }
  }

  // Only the control session dies: the worker's own session still holds the lock of its batch, and
  // the next run waits for it. What the worker commits then counts; the child batch that this
  // COMMIT brings is not among those the next run takes over.
  TEST_CASE("a worker that outlived its run's session commits its batch, and no batch after it") {
    const std::string expected = undisturbed_digest();
    People people;
    const auto frozen = people.start("batch_before_commit=stop@11,batch_locked=stop@" +
                                     std::to_string(k_locks_before_third_part_of_notes));
    REQUIRE(frozen->wait_until_frozen());
    terminate(people, "rehome");
    const auto second = people.start();
    while (people.target().value(
               "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = "
               "current_database()") == "0") {
    }
    frozen->send(SIGCONT);
    REQUIRE_FALSE(frozen->wait_until_frozen());  // it never holds the lock of the child
    const Ending ending = second->wait();
    INFO(ending.error_output);
    CHECK(ending.exit_code == k_something_open);
    CHECK(people.digest() == expected);
    CHECK(people.target().value(
              "SELECT count(*) FROM rehome.batch WHERE run_id = 1 AND state = 'done'") == "11");
    CHECK(people.sync().exit_code == k_something_open);
    CHECK(people.moved_by_last_run() == "0");
  }
}

}  // namespace rehome::tests

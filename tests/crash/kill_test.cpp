// kill -9 at every failpoint, then the same command again: nothing is lost, nothing comes twice,
// and a further run finds nothing to move.
#include <doctest/doctest.h>

#include <csignal>
#include <map>
#include <set>

#include "crash/people.h"

namespace rehome::tests {

namespace {

const char* const k_batch_failpoints[] = {"batch_leased",        "batch_locked",
                                          "batch_copied",        "batch_settled_carefully",
                                          "batch_before_commit", "batch_committed"};
const char* const k_run_failpoints[] = {"run_opened",         "snapshot_taken", "entity_cut",
                                        "refs_before_commit", "refs_filled",    "all_moved",
                                        "account_read"};

// Of the removal of gone rows, and of finding those that others have deleted.
const char* const k_leaving_failpoints[] = {"absence_before_commit", "brakes_applied",
                                            "removal_locked", "removal_before_commit",
                                            "removal_committed"};

// An undisturbed run: what must come out, and how often it passes each failpoint.
struct Undisturbed {
  std::string digest;
  std::map<std::string, int> hits;
};

std::map<std::string, int> count_hits(const std::string& error_output) {
  std::map<std::string, int> hits;
  const std::string word = "failpoint ";
  for (auto at = error_output.find(word); at != std::string::npos;
       at = error_output.find(word, at + 1)) {
    const auto begin = at + word.size();
    ++hits[error_output.substr(begin, error_output.find('\n', at) - begin)];
  }
  return hits;
}

Undisturbed run_undisturbed(People& people) {
  std::string failpoints;
  for (const char* each : k_batch_failpoints) failpoints += std::string(each) + "=tell,";
  for (const char* each : k_run_failpoints) failpoints += std::string(each) + "=tell,";
  for (const char* each : k_leaving_failpoints) failpoints += std::string(each) + "=tell,";
  const Ending ending = people.sync(failpoints);
  INFO(ending.error_output);
  REQUIRE(ending.exit_code == k_something_open);
  return {people.digest(), count_hits(ending.error_output)};
}

// What a second run finds: rows that came, changed, went, and were held.
void make_second_run(People& people) {
  REQUIRE(people.sync().exit_code == k_something_open);
  people.change_source();
  people.change_target();
}

void kill_and_continue(People& people, const std::string& failpoint, int hit,
                       const std::string& expected) {
  const std::string failpoints = failpoint + "=kill@" + std::to_string(hit);
  INFO("again: SOURCE_URL='" << people.source().url() << "' TARGET_URL='" << people.target().url()
                             << "' REHOME_FAILPOINTS=" << failpoints << " " REHOME_PROGRAM
                             << " sync -f " REHOME_SOURCE_DIR "/tests/crash/people/rehome.yaml"
                             << " (KEEP_DB=1 keeps both databases)");
  const Ending killed = people.sync(failpoints);
  INFO(killed.error_output);
  REQUIRE_MESSAGE(killed.signal == SIGKILL, "the failpoint was not hit");
  people.wait_for_sessions_to_end();
  const Ending resumed = people.sync();
  INFO(resumed.error_output);
  CHECK(resumed.exit_code == k_something_open);
  CHECK(people.digest() == expected);
}

void run_idly(People& people, const std::string& expected) {
  const Ending idle = people.sync();
  INFO(idle.error_output);
  CHECK(idle.exit_code == k_something_open);
  CHECK(people.moved_by_last_run() == "0");
  CHECK(people.digest() == expected);
}

std::set<int> first_middle_last(int hits) { return {1, (hits + 1) / 2, hits}; }

}  // namespace

TEST_SUITE("kill_first_load") {
  TEST_CASE("a first load that is killed goes on where it was") {
    const Undisturbed undisturbed = [] {
      People people;
      return run_undisturbed(people);
    }();
    for (const char* failpoint : k_batch_failpoints) {
      for (const int hit : first_middle_last(undisturbed.hits.at(failpoint))) {
        People people;
        kill_and_continue(people, failpoint, hit, undisturbed.digest);
        if (hit == undisturbed.hits.at(failpoint)) run_idly(people, undisturbed.digest);
      }
    }
    for (const char* failpoint : k_run_failpoints) {
      People people;
      kill_and_continue(people, failpoint, (undisturbed.hits.at(failpoint) + 1) / 2,
                        undisturbed.digest);
    }
  }
}

TEST_SUITE("kill_second_run") {
  TEST_CASE("a second run that is killed goes on where it was") {
    const Undisturbed undisturbed = [] {
      People people;
      make_second_run(people);
      return run_undisturbed(people);
    }();
    // The last batch of this run takes held rows again whose parent has come.
    const auto& hits = undisturbed.hits;
    const std::vector<std::pair<std::string, int>> places = {
        {"batch_locked", 1},
        {"batch_before_commit", hits.at("batch_before_commit") / 2},
        {"batch_before_commit", hits.at("batch_before_commit")},
        {"batch_committed", hits.at("batch_committed") / 2},
        {"batch_committed", hits.at("batch_committed")},
        {"refs_before_commit", hits.at("refs_before_commit")},
        {"absence_before_commit", 1},
        {"brakes_applied", 1},
        {"removal_locked", 1},
        {"removal_before_commit", 1},
        {"removal_before_commit", hits.at("removal_before_commit")},
        {"removal_committed", 1},
        {"removal_committed", hits.at("removal_committed")}};
    for (const auto& [failpoint, hit] : places) {
      People people;
      make_second_run(people);
      kill_and_continue(people, failpoint, hit, undisturbed.digest);
      run_idly(people, undisturbed.digest);
    }
  }
}

}  // namespace rehome::tests

// Runs, leases and the fence between a run and its predecessors.
#include <doctest/doctest.h>

#include "ledger/batch.h"
#include "ledger/run.h"
#include "pg/session.h"
#include "run/lab.h"

namespace rehome::ledger {

namespace {

class Notes : public tests::Lab {
 public:
  Notes()
      : Lab("CREATE TABLE note (id integer PRIMARY KEY, words text)",
            "CREATE TABLE notes (id uuid PRIMARY KEY, legacy_id integer UNIQUE, words text)",
            "  notes:\n    from: note n\n    to: notes\n    key: {n.id: legacy_id}\n    columns: "
            "{words: n.words}\n") {}
  const plan::Entity& notes() const { return entity("notes"); }
};

std::vector<plan::KeySet> two_ranges() {
  std::vector<plan::KeySet> ranges(2);
  ranges[0].upto = {"10"};
  ranges[1].after = {"10"};
  return ranges;
}

// The first statement of a batch's transaction.
void begin_and_lock(pg::Connection& target, const Batch& batch) {
  pg::begin_target(target, "");
  lock_batch(target, batch);
}

bool may_write(pg::Connection& target, const Batch& batch) {
  try {
    begin_and_lock(target, batch);
    target.commit();
    return true;
  } catch (const LeaseLost&) {
    target.rollback();
    return false;
  }
}

}  // namespace

TEST_CASE("while a run lives a second one is refused, and told who lives") {
  Notes lab;
  auto first = lab.connect_target();
  CHECK(lab.open_run(*first) == 1);
  const auto second = lab.connect_target();
  CHECK_THROWS_WITH_AS(open_run(*second, tests::lab_facts()),
                       "run 1 is still going on host some-host, pid 4711", RunInProgress);
  CHECK_FALSE(second->in_transaction());

  close_run(*first, 1, "done", 0, "");
  CHECK(open_run(*second, tests::lab_facts()) == 2);
}

TEST_CASE("a run whose session is gone is abandoned by the next") {
  Notes lab;
  auto first = lab.connect_target();
  lab.open_run(*first);
  const std::string pid = std::to_string(first->backend_pid());
  first.reset();
  while (lab.target().value("SELECT count(*) FROM pg_stat_activity WHERE pid = " + pid) != "0") {
  }
  const auto second = lab.connect_target();
  CHECK(open_run(*second, tests::lab_facts()) == 2);
  CHECK(lab.target().value("SELECT string_agg(state, ' ' ORDER BY run_id) FROM rehome.run") ==
        "abandoned running");
}

TEST_CASE("a run on another source is refused") {
  Notes lab;
  const auto control = lab.connect_target();
  close_run(*control, lab.open_run(*control), "done", 0, "");
  RunFacts facts = tests::lab_facts();
  SUBCASE("another server") { facts.source_system = "other"; }
  SUBCASE("another database") { facts.source_database = "other"; }
  CHECK_THROWS_AS(open_run(*control, facts), OtherSource);
  facts = tests::lab_facts();
  facts.source_system = "";  // its role may not read the identifier
  CHECK(open_run(*control, facts) == 2);
}

TEST_CASE("each batch is leased once, also when two ask at the same time") {
  Notes lab;
  const auto control = lab.connect_target();
  const int run_id = lab.open_run(*control);
  add_batches(*control, run_id, lab.notes(), two_ranges());
  const auto one = lab.connect_target();
  const auto two = lab.connect_target();
  one->execute({"begin", "BEGIN"});
  const auto first = lease(*one, run_id, lab.notes(), 1);
  const auto second = lease(*two, run_id, lab.notes(), 2);  // does not wait for the first
  one->commit();
  REQUIRE(first.has_value());
  REQUIRE(second.has_value());
  CHECK(first->keys.upto == plan::KeyText{"10"});
  CHECK_FALSE(first->keys.after.has_value());
  CHECK(second->keys.after == plan::KeyText{"10"});
  CHECK_FALSE(lease(*one, run_id, lab.notes(), 1).has_value());
}

TEST_CASE("a batch is leased ahead only when one is left for each of the others") {
  Notes lab;
  const auto control = lab.connect_target();
  const int run_id = lab.open_run(*control);
  add_batches(*control, run_id, lab.notes(), two_ranges());
  CHECK_FALSE(lease(*control, run_id, lab.notes(), 1, 2).has_value());
  CHECK(lease(*control, run_id, lab.notes(), 1, 1).has_value());
  CHECK_FALSE(lease(*control, run_id, lab.notes(), 1, 1).has_value());
  CHECK(lease(*control, run_id, lab.notes(), 2).has_value());
}

TEST_CASE("keys of every form come back from a batch as they went in") {
  Notes lab;
  const auto control = lab.connect_target();
  const int run_id = lab.open_run(*control);
  plan::KeySet keys;
  keys.after = plan::KeyText{"a \"b\" {c}", "\\ ä", ""};
  keys.upto = plan::KeyText{"NULL", "x,y", "1"};
  keys.bucket = 3;
  keys.buckets = 8;
  keys.listed = true;
  keys.keys = {{"1", "a"}, {"2", "\"\n\""}};
  add_batches(*control, run_id, lab.notes(), {keys});
  const auto batch = lease(*control, run_id, lab.notes(), 1);
  REQUIRE(batch.has_value());
  CHECK(batch->keys.after == keys.after);
  CHECK(batch->keys.upto == keys.upto);
  CHECK(batch->keys.bucket == 3);
  CHECK(batch->keys.buckets == 8);
  CHECK(batch->keys.listed);
  CHECK(batch->keys.keys == keys.keys);
}

TEST_CASE("the next run takes over what is unfinished, and nobody may write under the old lease") {
  Notes lab;
  auto first = lab.connect_target();
  const int run_id = lab.open_run(*first);
  add_batches(*first, run_id, lab.notes(), two_ranges());
  const auto worker = lab.connect_target();
  const auto leased = lease(*worker, run_id, lab.notes(), 1);
  CHECK(may_write(*worker, *leased));
  close_run(*first, run_id, "failed", 1, "");

  const int next = open_run(*first, tests::lab_facts());
  CHECK(take_over(*first, next) == 2);
  CHECK_FALSE(may_write(*worker, *leased));
  CHECK_FALSE(lease(*worker, run_id, lab.notes(), 1).has_value());
  CHECK(take_over(*first, next) == 0);
}

TEST_CASE("a batch that is split off while the next run opens is nobody's") {
  Notes lab;
  const auto control = lab.connect_target();
  const int run_id = lab.open_run(*control);
  add_batches(*control, run_id, lab.notes(), two_ranges());
  const auto worker = lab.connect_target();
  auto batch = lease(*worker, run_id, lab.notes(), 1);
  begin_and_lock(*worker, *batch);
  close_run(*control, run_id, "failed", 1, "");
  open_run(*control, tests::lab_facts());
  const Batch child = split_batch(*worker, *batch, {"5"});
  finish_batch(*worker, *batch, {});
  worker->commit();
  CHECK_FALSE(may_write(*worker, child));
}

TEST_CASE("splitting leaves no key out and none twice") {
  Notes lab;
  const auto control = lab.connect_target();
  const int run_id = lab.open_run(*control);
  add_batches(*control, run_id, lab.notes(), two_ranges());
  auto batch = lease(*control, run_id, lab.notes(), 7);
  begin_and_lock(*control, *batch);
  const Batch child = split_batch(*control, *batch, {"4"});
  CHECK(batch->keys.upto == plan::KeyText{"10"});  // until that is committed
  CHECK(
      control->execute({"read end", "SELECT upto_key FROM rehome.batch ORDER BY batch_id LIMIT 1"})
          .text(0, 0) == "{4}");
  CHECK(child.keys.after == plan::KeyText{"4"});
  CHECK(child.keys.upto == plan::KeyText{"10"});
  plan::KeySet listed;
  listed.listed = true;
  listed.keys = {{"3"}};
  const Batch other = add_child(*control, *batch, listed);
  CHECK(other.keys.keys == listed.keys);
  finish_batch(*control, *batch, {});
  control->commit();
  CHECK(may_write(*control, child));
  CHECK(may_write(*control, other));
  CHECK(lab.target().rows("SELECT state, upto_key::text, worker_id::text FROM rehome.batch WHERE "
                          "parent_batch IS NOT NULL ORDER BY batch_id") ==
        std::vector<std::vector<std::string>>{{"leased", "{10}", "7"}, {"leased", "NULL", "7"}});
}

TEST_CASE("counts are summed by entity over finished batches of the run only") {
  Notes lab;
  const auto control = lab.connect_target();
  const int run_id = lab.open_run(*control);
  add_batches(*control, run_id, lab.notes(), {{}, {}, {}});
  BatchCounts counts;
  counts.source_rows = 10;
  counts.unchanged = 1;
  counts.inserted = 2;
  counts.kept = 3;
  counts.held = 1;
  counts.excluded = {{"old", 2}, {"test", 1}};
  counts.gone = 5;
  counts.bytes = 1000;
  for (int batch = 0; batch < 2; ++batch)
    finish_batch(*control, *lease(*control, run_id, lab.notes(), 1), counts);
  const auto totals = read_counts(*control, run_id);
  REQUIRE(totals.size() == 1);
  const BatchCounts& total = totals.at("notes");
  CHECK(total.source_rows == 20);
  CHECK(total.unchanged == 2);
  CHECK(total.inserted == 4);
  CHECK(total.kept == 6);
  CHECK(total.held == 2);
  CHECK(total.excluded == std::map<std::string, std::int64_t>{{"old", 4}, {"test", 2}});
  CHECK(total.gone == 10);
  CHECK(total.bytes == 2000);
  CHECK(read_counts(*control, run_id + 1).empty());
}

}  // namespace rehome::ledger

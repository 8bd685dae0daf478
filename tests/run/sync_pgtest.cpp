// Whole runs, as a user would see them: what is in the target, in the ledger and in the account
// afterwards.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "move/breaker.h"
#include "run/lab.h"
#include "run/sync.h"

namespace rehome::run {

namespace {

using tests::Lab;

const char* const k_things_source =
    "CREATE TABLE thing (id integer PRIMARY KEY, size integer, words text); ";
const char* const k_things_target =
    "CREATE TABLE things (id uuid PRIMARY KEY, legacy_id integer UNIQUE, size integer, words "
    "text); ";
const char* const k_things =
    "  things:\n    from: thing t\n    to: things\n    key: {t.id: legacy_id}\n    columns:\n      "
    "size: t.size\n      words: t.words\n";

class Sink : public events::EventSink {
 public:
  void on(const events::BatchFinished&) override { ++batches; }
  std::atomic<int> batches{0};
};

SyncResult sync(const Lab& lab, int workers = 2) {
  Sink sink;
  Interruption interruption;
  return run::sync(lab.compiled(), {workers, "test"}, sink, interruption);
}

std::string problems_of(const SyncResult& result) {
  std::string all;
  for (const auto& entity : result.account.entities) {
    for (const auto& each : entity.problems) all += each + "\n";
  }
  return all;
}

std::string causes(Lab& lab) {
  return lab.target().value(
      "SELECT string_agg(concat_ws(' ', key, reason, sqlstate, constraint_name), '; ' ORDER BY "
      "key) FROM (SELECT legacy_key->>'id' AS key, * "
      "FROM rehome.quarantine) AS q");
}

std::string run_states(Lab& lab) {
  return lab.target().value("SELECT string_agg(state, ' ' ORDER BY run_id) FROM rehome.run");
}

}  // namespace

TEST_CASE("every kind of constraint holds the row it refuses, with the server's words") {
  Lab lab(
      "CREATE TABLE thing (id integer PRIMARY KEY, size integer, words text, parent integer); "
      "INSERT INTO thing SELECT i, i, 'word ' || i, 1 FROM generate_series(1, 40) AS i;"
      "UPDATE thing SET words = NULL WHERE id = 3; UPDATE thing SET words = 'far too long for it' "
      "WHERE id = 5;"
      "UPDATE thing SET size = -1 WHERE id = 7; UPDATE thing SET parent = 9 WHERE id = 9; UPDATE "
      "thing SET size = 12 WHERE id = 13;"
      "UPDATE thing SET words = 'trigger' WHERE id = 17; UPDATE thing SET size = 30 WHERE id = 31",
      "CREATE TABLE parent (id integer PRIMARY KEY); INSERT INTO parent VALUES (1);"
      "CREATE TABLE things (id uuid PRIMARY KEY, legacy_id integer UNIQUE, size integer CONSTRAINT "
      "size_is_positive CHECK (size > 0) UNIQUE, "
      "words varchar(12) NOT NULL, parent integer CONSTRAINT parent_is_there REFERENCES parent, "
      "CONSTRAINT sizes_apart EXCLUDE USING btree ((size / 2) WITH =) WHERE (size > 28 AND size < "
      "32));"
      "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.words = "
      "'trigger' THEN RAISE EXCEPTION 'not this one'; END IF; "
      "RETURN NEW; END $$; CREATE TRIGGER refuse BEFORE INSERT ON things FOR EACH ROW EXECUTE "
      "FUNCTION refuse()",
      "  things:\n    from: thing t\n    to: things\n    key: {t.id: legacy_id}\n    columns:\n    "
      "  size: {sql: t.size, unique: {losers: hold}}\n"
      "      words: t.words\n      parent: t.parent\n",
      "{ignore: {target: []}}");
  const SyncResult result = sync(lab);
  CHECK(problems_of(result) == "");
  CHECK(result.exit_code == ExitCode::open);
  CHECK(causes(lab) ==
        "13 unique 23505 things_size_key; 17 refused P0001; 3 not_null 23502; 31 unique 23505 "
        "things_size_key; 5 loss; 7 refused "
        "23514 size_is_positive; "
        "9 refused 23503 parent_is_there");
  CHECK(lab.target().value("SELECT count(*) FROM things") == "33");
  CHECK(lab.target()
            .value("SELECT detail FROM rehome.quarantine WHERE sqlstate = 'P0001'")
            .starts_with("not this one"));
  CHECK(lab.target().value(
            "SELECT image->>'words' FROM rehome.quarantine WHERE sqlstate = 'P0001'") == "trigger");
}

TEST_CASE("rows that a trigger refuses or drops are found among many") {
  for (const char* action : {"RAISE EXCEPTION 'no'", "RETURN NULL"}) {
    CAPTURE(action);
    Lab lab(std::string(k_things_source) +
                "INSERT INTO thing SELECT i, i, 'w' FROM generate_series(1, 500) AS i",
            std::string(k_things_target) +
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.size "
                "IN (17, 250, 499) THEN " +
                action +
                "; END IF; RETURN NEW; END $$; CREATE TRIGGER refuse BEFORE INSERT ON things FOR "
                "EACH ROW EXECUTE FUNCTION refuse()",
            k_things);
    const SyncResult result = sync(lab);
    CHECK(problems_of(result) == "");
    CHECK(lab.target().value("SELECT string_agg(legacy_key->>'id', ' ' ORDER BY quarantine_id) "
                             "FROM rehome.quarantine") == "17 250 499");
    CHECK(lab.target().value("SELECT count(*) FROM things") == "497");
    CHECK(lab.target().value("SELECT count(*) FROM rehome.quarantine WHERE message ~ '[a-z]$'") ==
          "3");
  }
}

TEST_CASE(
    "more refused rows than savepoints leave the rest to a child batch; scattered, they are not "
    "twenty in a row") {
  Lab lab(std::string(k_things_source) +
              "INSERT INTO thing SELECT i, i, 'w' FROM generate_series(1, 900) AS i",
          std::string(k_things_target) +
              "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.size % "
              "36 = 0 THEN RAISE EXCEPTION 'no'; END IF; "
              "RETURN NEW; END $$; CREATE TRIGGER refuse BEFORE INSERT ON things FOR EACH ROW "
              "EXECUTE FUNCTION refuse()",
          k_things);
  const SyncResult result = sync(lab);
  CHECK(problems_of(result) == "");
  CHECK(lab.target().value("SELECT count(*) FROM things") == "875");
  CHECK(lab.target().value("SELECT count(*) FROM rehome.quarantine") == "25");
  CHECK(lab.target().value("SELECT count(*) > 0 FROM rehome.batch WHERE parent_batch IS NOT NULL "
                           "AND state = 'done'") == "t");
}

TEST_CASE(
    "one cause that refuses row after row stops the run, which keeps nothing of it and can be "
    "continued") {
  Lab lab(std::string(k_things_source) +
              "INSERT INTO thing SELECT i, i, 'w' FROM generate_series(1, 100) AS i",
          std::string(k_things_target) + "ALTER TABLE things ADD CONSTRAINT few CHECK (size <= 40)",
          k_things, "{batch_rows: 40}");
  CHECK_THROWS_AS(sync(lab, 1), move::BreakerOpen);
  CHECK(run_states(lab) == "failed");
  CHECK(lab.target().value("SELECT count(*) FROM things") == "34");  // the first of three batches
  CHECK(lab.target().value("SELECT count(*) FROM rehome.quarantine") == "0");
  lab.target().run("ALTER TABLE things DROP CONSTRAINT few");
  lab.compile_again();
  CHECK(sync(lab).exit_code == ExitCode::done);
  CHECK(lab.target().value("SELECT count(*) FROM things") == "100");
}

TEST_CASE("rows on which an expression fails are held, the others move") {
  Lab lab(std::string(k_things_source) +
              "INSERT INTO thing SELECT i, i % 50, 'w' FROM generate_series(1, 100) AS i",
          k_things_target,
          "  things:\n    from: thing t\n    to: things\n    key: {t.id: legacy_id}\n    "
          "columns:\n      size: 100 / t.size\n      words: t.words\n",
          "{batch_rows: 30}");
  const SyncResult result = sync(lab);
  CHECK(problems_of(result) == "");
  CHECK(causes(lab) == "100 expression 22012; 50 expression 22012");
  CHECK(lab.target().value("SELECT count(*) FROM things") == "98");
}

TEST_CASE("an expression that fails on every row stops the run") {
  Lab lab(std::string(k_things_source) +
              "INSERT INTO thing SELECT i, 0, 'w' FROM generate_series(1, 100) AS i",
          k_things_target,
          "  things:\n    from: thing t\n    to: things\n    key: {t.id: legacy_id}\n    "
          "columns:\n      size: 100 / t.size\n      words: t.words\n");
  CHECK_THROWS_AS(sync(lab), move::BreakerOpen);
  CHECK(run_states(lab) == "failed");
}

// Neither the row nor its hash can be read in any encoding, so the ledger could not keep it either.
TEST_CASE("bytes that are no text of any encoding fail the run with the server's code") {
  Lab lab(std::string(k_things_source) +
              "INSERT INTO thing SELECT i, i, 'w' FROM generate_series(1, 60) AS i;"
              "UPDATE thing SET words = E'\\xff' WHERE id IN (20, 41)",
          k_things_target, k_things, "{}", "ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0");
  CHECK_THROWS_WITH_AS(sync(lab), doctest::Contains("22021"), pg::Error);
  CHECK(run_states(lab) == "failed");
}

TEST_CASE(
    "a lock of the application is waited for, in the middle of a batch and when refs are filled") {
  Lab lab(
      "CREATE TABLE thing (id integer PRIMARY KEY, boss integer, parent integer); "
      "INSERT INTO thing SELECT i, 51 - i, 1 FROM generate_series(1, 50) AS i",
      "CREATE TABLE parent (id integer PRIMARY KEY); INSERT INTO parent VALUES (1);"
      "CREATE TABLE things (id uuid PRIMARY KEY, legacy_id integer UNIQUE, boss_id uuid REFERENCES "
      "things, parent integer REFERENCES parent)",
      "  things:\n    from: thing t\n    to: things\n    key: {t.id: legacy_id}\n    columns:\n    "
      "  boss_id: {ref: things, key: t.boss, missing: leave_empty}\n"
      "      parent: t.parent\n",
      "{batch_rows: 20}");
  std::atomic<bool> locked{false};
  std::thread application([&] {
    const auto session = lab.connect_target("application");
    session->execute({"lock", "BEGIN; SELECT 1 FROM parent FOR UPDATE"});
    locked = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(1300));
    session->execute({"let go", "COMMIT"});
  });
  while (!locked) std::this_thread::yield();
  const SyncResult result = sync(lab);
  application.join();
  CHECK(problems_of(result) == "");
  CHECK(result.exit_code == ExitCode::done);
  CHECK(lab.target().value("SELECT count(boss_id) FROM things") == "50");
  // A batch that was taken again is counted once.
  CHECK(lab.target().value("SELECT sum(inserted) FROM rehome.batch") == "50");
}

TEST_CASE("a ref that the target refuses to fill stays open, and the others are filled") {
  Lab lab(
      "CREATE TABLE thing (id integer PRIMARY KEY, boss integer); "
      "INSERT INTO thing SELECT i, CASE WHEN i IN (7, 30) THEN i ELSE 51 - i END FROM "
      "generate_series(1, 50) AS i",
      "CREATE TABLE things (id uuid PRIMARY KEY, legacy_id integer UNIQUE, boss_id uuid REFERENCES "
      "things CHECK (boss_id <> id))",
      "  things:\n    from: thing t\n    to: things\n    key: {t.id: legacy_id}\n    columns: "
      "{boss_id: {ref: things, key: t.boss, missing: leave_empty}}\n");
  const SyncResult result = sync(lab);
  CHECK(problems_of(result) == "");
  CHECK(result.exit_code == ExitCode::open);
  CHECK(lab.target().value("SELECT count(boss_id) FROM things") == "48");
  CHECK(lab.target().value(
            "SELECT string_agg(legacy_key->>'id', ' ' ORDER BY legacy_key) FROM rehome.open_ref") ==
        "30 7");
}

TEST_CASE("a connection that is lost fails the run, and the next one finishes") {
  Lab lab(std::string(k_things_source) +
              "INSERT INTO thing SELECT i, i, 'w' FROM generate_series(1, 400) AS i",
          std::string(k_things_target) +
              "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM "
              "pg_sleep(0.002); RETURN NEW; END $$; "
              "CREATE TRIGGER slow BEFORE INSERT ON things FOR EACH ROW EXECUTE FUNCTION slow()",
          k_things, "{batch_rows: 40}");
  std::atomic<bool> ended{false};
  std::thread enemy([&] {
    const auto session = lab.connect_target("enemy");
    while (!ended) {
      const auto cut =
          session->execute({"cut",
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                            "application_name LIKE 'rehome run %' AND datname = current_database() "
                            "AND query LIKE 'COPY%things%' LIMIT 1"});
      if (cut.count() > 0) return;
    }
  });
  std::string sqlstate = "none";
  try {
    sync(lab);
  } catch (const pg::Error& error) {
    sqlstate = error.sqlstate();
  }
  ended = true;
  enemy.join();
  CHECK((sqlstate.empty() || sqlstate == "57P01"));
  CHECK(run_states(lab) == "failed");
  const std::string committed = lab.target().value("SELECT count(*) FROM things");
  CHECK(lab.target().value(
            "SELECT coalesce(sum(inserted), 0) FROM rehome.batch WHERE state = 'done'") ==
        committed);
  const SyncResult next = sync(lab);
  CHECK(problems_of(next) == "");
  CHECK(next.exit_code == ExitCode::done);
  CHECK(run_states(lab) == "failed done");
}

TEST_CASE("an interrupted run stops at a batch's border, and the next one takes its batches over") {
  Lab lab(std::string(k_things_source) +
              "INSERT INTO thing SELECT i, i, 'w' FROM generate_series(1, 400) AS i",
          k_things_target, k_things, "{batch_rows: 20}");
  class Impatient : public events::EventSink {
   public:
    explicit Impatient(Interruption& interruption) : interruption_(interruption) {}
    void on(const events::BatchFinished&) override { interruption_.request("a test"); }

   private:
    Interruption& interruption_;
  };
  Interruption interruption;
  Impatient sink(interruption);
  const SyncResult result = run::sync(lab.compiled(), {2, "test"}, sink, interruption);
  CHECK(result.exit_code == ExitCode::interrupted);
  CHECK(result.stopped_because == "a test");
  CHECK(lab.target().value("SELECT count(*) <= 40 FROM things") == "t");
  CHECK(run_states(lab) == "interrupted");
  CHECK(sync(lab).exit_code == ExitCode::done);
  CHECK(lab.target().value(
            "SELECT string_agg(DISTINCT state, ' ') FROM rehome.batch WHERE run_id = 1") ==
        "done void");
  CHECK(lab.target().value("SELECT count(*) FROM things") == "400");
}

TEST_CASE("a worker that fails stops one that waits for a lock") {
  Lab lab(std::string(k_things_source) +
              "INSERT INTO thing SELECT i, i, 'w' FROM generate_series(1, 100) AS i",
          std::string(k_things_target) +
              "ALTER TABLE things ADD CONSTRAINT few CHECK (size <= 50);"
              "CREATE TABLE gate (id int PRIMARY KEY); INSERT INTO gate VALUES (1);"
              "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.size = 1 "
              "THEN PERFORM 1 FROM gate FOR UPDATE; END IF; RETURN NEW; END $$; "
              "CREATE TRIGGER wait BEFORE INSERT ON things FOR EACH ROW EXECUTE FUNCTION wait()",
          k_things, "{batch_rows: 50}");
  const auto application = lab.connect_target("application");
  application->execute({"lock", "BEGIN; SELECT 1 FROM gate FOR UPDATE"});
  const auto begin = std::chrono::steady_clock::now();
  CHECK_THROWS_AS(sync(lab), move::BreakerOpen);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
  CHECK(run_states(lab) == "failed");
}

TEST_CASE("a row without key that came after the check is held, and the sum closes") {
  Lab lab(
      "CREATE TABLE thing (id integer UNIQUE, size integer, words text); INSERT INTO thing SELECT "
      "i, i, 'w' FROM generate_series(1, 30) AS i",
      k_things_target, k_things, "{batch_rows: 10}");
  lab.source().run("INSERT INTO thing VALUES (NULL, 1, 'late')");
  const SyncResult result = sync(lab);
  CHECK(result.account.closed());
  REQUIRE(result.account.entities.size() == 1);
  CHECK(result.account.entities.front().held == 1);
}

TEST_CASE("a trigger that changes keys is named, and nothing crashes") {
  Lab lab(std::string(k_things_source) +
              "INSERT INTO thing SELECT i, i, 'w' FROM generate_series(1, 30) AS i",
          std::string(k_things_target) +
              "CREATE FUNCTION own() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.id := "
              "gen_random_uuid(); RETURN NEW; END $$; "
              "CREATE TRIGGER own BEFORE INSERT ON things FOR EACH ROW EXECUTE FUNCTION own()",
          k_things);
  CHECK_THROWS_WITH_AS(sync(lab), doctest::Contains("does a trigger change them?"),
                       std::runtime_error);
  CHECK(lab.target().value("SELECT count(*) FROM things") == "0");
  CHECK(run_states(lab) == "failed");
}

TEST_CASE("the next row the application adds gets an id of its own") {
  for (const char* highest : {"1", "30"}) {
    CAPTURE(highest);
    Lab lab(std::string(k_things_source) +
                "INSERT INTO thing SELECT i, i, 'w' FROM generate_series(1, " + highest + ") AS i",
            "CREATE TABLE things (id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, size "
            "integer, words text)",
            "  things:\n    from: thing t\n    to: things\n    key: t.id\n    columns:\n      id: "
            "t.id\n      size: t.size\n      words: t.words\n");
    CHECK(sync(lab).exit_code == ExitCode::done);
    lab.target().run("INSERT INTO things (size) VALUES (0)");
    CHECK(lab.target().value("SELECT max(id) FROM things") ==
          std::to_string(std::stoi(highest) + 1));
  }
}

TEST_CASE("many held rows with large images do not fit one statement, and need not") {
  Lab lab(
      std::string(k_things_source) +
          "INSERT INTO thing SELECT i, NULL, repeat('x', 400000) FROM generate_series(1, 800) AS i",
      "CREATE TABLE things (id uuid PRIMARY KEY, legacy_id integer UNIQUE, size integer NOT NULL, "
      "words text)",
      k_things);
  const SyncResult result = sync(lab);
  CHECK(problems_of(result) == "");
  CHECK(lab.target().value(
            "SELECT count(*) FROM rehome.quarantine WHERE length(image->>'words') = 400000") ==
        "800");
}

}  // namespace rehome::run

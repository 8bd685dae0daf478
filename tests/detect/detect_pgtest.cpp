// Cutting covers every key exactly once, also keys that come later; comparing finds what is new,
// changed, held, gone and back.
#include <doctest/doctest.h>

#include <algorithm>

#include "detect/compare.h"
#include "detect/cut.h"
#include "run/lab.h"

namespace rehome::detect {

namespace {

struct KeyCase {
  const char* name;
  const char* columns;  // of the source's table
  const char* key;      // in the mapping
  const char* values;   // of row number i
  const char* later;    // of a row that comes after the cut, below, between and above the others
  bool ranged;
};

const KeyCase k_cases[] = {
    {"integer", "id integer PRIMARY KEY", "t.id", "i * 3", "VALUES (-5), (4), (100000)", true},
    {"bigint", "id bigint PRIMARY KEY", "t.id", "i * 3000000000",
     "VALUES (-5), (4), (9223372036854775807)", true},
    {"negative smallint", "id smallint PRIMARY KEY", "t.id", "i - 120", "VALUES (-32768), (32767)",
     true},
    {"uuid", "id uuid PRIMARY KEY", "t.id", "md5(i::text)::uuid",
     "VALUES ('00000000-0000-0000-0000-000000000000'::uuid), (md5('x')::uuid), "
     "('ffffffff-ffff-ffff-ffff-ffffffffffff')",
     true},
    {"composite", "id integer, part integer, PRIMARY KEY (id, part)", "[t.id, t.part]",
     "i / 7, i % 7", "VALUES (-1, 5), (3, 100), (3, -100), (900, 0)", true},
    {"text", "id text PRIMARY KEY", "t.id", "chr(60 + i % 60) || i || 'ä'",
     "VALUES (''), ('M-5'), ('Ω'), (E'\\u00e9')", false},
    {"composite with text", "id integer, part text, PRIMARY KEY (id, part)", "[t.id, t.part]",
     "i / 7, chr(65 + i % 7)", "VALUES (-1, 'a'), (3, 'zz'), (900, '')", false},
};

class Keys : public tests::Lab {
 public:
  explicit Keys(const KeyCase& each)
      : Lab(std::string("CREATE TABLE thing (") + each.columns + "); INSERT INTO thing SELECT " +
                each.values + " FROM generate_series(1, 235) AS i",
            "CREATE TABLE things (number uuid PRIMARY KEY)",
            std::string("  things:\n    from: thing t\n    to: things\n    key: ") + each.key +
                "\n    columns: {}\n",
            "{batch_rows: 10}") {}
};

}  // namespace

TEST_CASE("batches cover all keys exactly once, also those that come later") {
  for (const KeyCase& each : k_cases) {
    CAPTURE(each.name);
    Keys lab(each);
    const plan::Entity& entity = lab.entity("things");
    CHECK(entity.ranged == each.ranged);
    const auto source = lab.connect_source();
    const Cut cut = detect::cut(*source, entity, 1);
    CHECK(cut.source_rows == 235);
    CHECK(cut.batches.size() >= (each.ranged ? 23 : 3));
    source->rollback();
    lab.source().run(std::string("INSERT INTO thing ") + each.later);

    std::vector<std::vector<std::string>> found;
    for (const plan::KeySet& batch : cut.batches) {
      const auto rows = source->execute({"keys", plan::keys_statement(entity, batch)});
      for (int row = 0; row < rows.count(); ++row) {
        std::vector<std::string> key;
        for (int part = 0; part < rows.columns(); ++part) key.emplace_back(rows.text(row, part));
        found.push_back(std::move(key));
      }
    }
    auto all = lab.source().rows("SELECT * FROM thing");
    std::sort(found.begin(), found.end());
    std::sort(all.begin(), all.end());
    CHECK(found == all);
  }
}

TEST_CASE("ranges are of one size, none is empty, and there is one for each worker") {
  Keys lab(k_cases[0]);
  const auto source = lab.connect_source();
  const auto sizes = [&](int workers) {
    std::vector<int> counts;
    for (const plan::KeySet& each : detect::cut(*source, lab.entity("things"), workers).batches)
      counts.push_back(
          source->execute({"keys", plan::keys_statement(lab.entity("things"), each)}).count());
    return counts;
  };
  // 235 keys, 10 to a batch: 24 ranges of 10, the last of what is left.
  std::vector<int> wanted(24, 10);
  wanted.back() = 5;
  CHECK(sizes(1) == wanted);

  source->rollback();
  lab.source().run("DELETE FROM thing; INSERT INTO thing SELECT generate_series(1, 8)");
  CHECK(sizes(2) == std::vector<int>{8});  // too few to be worth two transactions
}

TEST_CASE("an empty table is one batch, which holds what comes later") {
  Keys lab(k_cases[0]);
  lab.source().run("TRUNCATE thing");
  const Cut cut = detect::cut(*lab.connect_source(), lab.entity("things"), 1);
  CHECK(cut.source_rows == 0);
  REQUIRE(cut.batches.size() == 1);
  CHECK_FALSE(cut.batches[0].after.has_value());
  CHECK_FALSE(cut.batches[0].upto.has_value());
}

namespace {

class Compared : public tests::Lab {
 public:
  explicit Compared(const std::string& key_type = "integer")
      : Lab("CREATE TABLE thing (id " + key_type +
                " PRIMARY KEY, a integer, b integer, hidden boolean NOT NULL DEFAULT false);"
                "INSERT INTO thing SELECT i, i, 2 * i FROM generate_series(1, 10) AS i",
            "CREATE TABLE things (number uuid PRIMARY KEY, a integer, b integer)",
            "  things:\n    from: thing t\n    to: things\n    key: t.id\n    exclude: {hidden: "
            "t.hidden}\n    columns: {a: t.a, b: t.b}\n"),
        control_(connect_target()) {
    open_run(*control_);
  }

  // The ledger as a run would have left it: all rows here but key 9, which is held.
  void remember() {
    const auto source = connect_source();
    const auto rows = source->execute({"hashes", plan::key_hash_statement(entity("things"), {})});
    for (int row = 0; row < rows.count(); ++row) {
      const std::string key(rows.text(row, 0));
      const bool held = key == "9";
      target().run(
          "INSERT INTO rehome.ledger_things (source_hash, row_hash, target_number, legacy_id, "
          "state, written_run) VALUES (" +
          std::string(rows.text(row, 1)) + ", " + (held ? "NULL" : "1") + ", " +
          (held ? "NULL" : "gen_random_uuid()") + ", '" + key + "', '" + (held ? "held" : "here") +
          "', 1)");
    }
  }

  // Of the row as the source has it now.
  std::string hash(const std::string& key) {
    plan::KeySet only;
    only.listed = true;
    only.keys = {{key}};
    const std::string statement = plan::key_hash_statement(entity("things"), only);
    return std::string(connect_source()->execute({"hash", statement}).text(0, 1));
  }

  ledger::Difference compare(const plan::KeySet& keys = {}) {
    return detect::compare(*connect_source(), *control_, entity("things"), keys);
  }

 private:
  std::unique_ptr<pg::Connection> control_;
};

std::string texts(std::vector<plan::KeyText> keys) {
  std::sort(keys.begin(), keys.end());
  std::string all;
  for (const auto& each : keys) all += (all.empty() ? "" : " ") + each.front();
  return all;
}

}  // namespace

TEST_CASE("what the ledger has never seen is new as a whole, and only exclusions are counted") {
  Compared lab;
  lab.source().run("UPDATE thing SET hidden = true WHERE id > 7");
  const auto difference = lab.compare();
  CHECK(difference.whole);
  CHECK(difference.counts.source_rows == 3);
  CHECK(difference.counts.excluded == std::map<std::string, std::int64_t>{{"hidden", 3}});
}

TEST_CASE("without a change there is nothing to do") {
  for (const char* type : {"integer", "text"}) {
    Compared lab(type);
    lab.remember();
    const auto difference = lab.compare();
    CHECK((!difference.whole && difference.fresh.empty() && difference.back.empty() &&
           difference.gone.empty()));
    CHECK(difference.counts.source_rows == 10);
    CHECK(difference.counts.unchanged == 9);
    CHECK(difference.counts.held == 1);
  }
}

TEST_CASE("new, changed, held, gone, excluded and returned rows are told apart") {
  for (const char* type : {"integer", "text"}) {
    CAPTURE(type);
    Compared lab(type);
    lab.remember();
    lab.source().run(
        "INSERT INTO thing VALUES (11, 1, 1), (12, 1, 1); UPDATE thing SET a = 0 WHERE id::text IN "
        "('2', '9'); DELETE FROM thing WHERE id::text = '4';"
        "UPDATE thing SET hidden = true WHERE id::text = '5'");
    lab.target().run(
        "UPDATE rehome.ledger_things SET state = 'gone' WHERE legacy_id::text = '6';"
        "UPDATE rehome.ledger_things SET state = 'gone', target_number = NULL WHERE "
        "legacy_id::text = '7'");
    const auto difference = lab.compare();
    CHECK_FALSE(difference.whole);
    CHECK(texts(difference.fresh) ==
          "11 12 7 9");  // 7 has no target row any more, 9 was held in another version
    CHECK(texts(difference.gone) == "4 5");
    CHECK(texts(difference.back) == "6");
    CHECK(difference.counts.unchanged == 5);  // 1 3 6 8 10
    CHECK(texts(difference.changed) == "2");
    CHECK(difference.counts.kept == 0);
    CHECK(difference.counts.held == 0);
    CHECK(difference.counts.gone == 2);
    CHECK(difference.counts.excluded == std::map<std::string, std::int64_t>{{"hidden", 1}});
    // All driving rows but those that are derived again, which the mover counts.
    CHECK(difference.counts.source_rows == 11 - 5);
  }
}

TEST_CASE("values that change places are found") {
  SUBCASE("between two rows") {
    Compared lab;
    lab.remember();
    lab.source().run("UPDATE thing SET a = 3 - a, b = 6 - b WHERE id IN (1, 2)");
    CHECK(texts(lab.compare().changed) == "1 2");
  }
  SUBCASE("between two columns of one row") {
    Compared lab;
    lab.remember();
    lab.source().run("UPDATE thing SET a = b, b = a WHERE id = 5");
    CHECK(texts(lab.compare().changed) == "5");
  }
  SUBCASE("between two keys") {
    Compared lab;
    lab.remember();
    lab.source().run(
        "UPDATE thing SET id = -id WHERE id IN (1, 2); UPDATE thing SET id = 3 + id WHERE id < 0");
    CHECK(texts(lab.compare().changed) == "1 2");
  }
}

TEST_CASE("a version that was refused is not tried again, unless the target changed it, too") {
  Compared lab;
  lab.remember();
  lab.source().run("UPDATE thing SET a = 0 WHERE id IN (2, 3, 4)");
  lab.target().run("UPDATE rehome.ledger_things SET refused_hash = " + lab.hash("2") +
                   " WHERE legacy_id = 2;" +
                   "UPDATE rehome.ledger_things SET refused_hash = 1 WHERE legacy_id IN (3, 5);");
  auto difference = lab.compare();
  CHECK(texts(difference.changed) == "3 4");  // 3 is refused in yet another version
  CHECK(texts(difference.reverted) == "5");   // back in the version that is here
  CHECK(difference.counts.kept == 1);
  CHECK(difference.counts.unchanged == 6);
  lab.target().run(
      "INSERT INTO rehome.quarantine (entity, legacy_key, reason, message, run_id, batch_id) "
      "VALUES "
      "('things', '{\"id\": \"2\"}', 'conflict', '', 1, 1)");
  CHECK(texts(lab.compare().changed) == "2 3 4");
}

TEST_CASE("refused versions alone need no comparison row by row") {
  Compared lab;
  lab.remember();
  lab.source().run("UPDATE thing SET a = 0 WHERE id = 2");
  lab.target().run("UPDATE rehome.ledger_things SET refused_hash = " + lab.hash("2") +
                   " WHERE legacy_id = 2");
  const auto difference = lab.compare();
  CHECK((difference.changed.empty() && difference.reverted.empty()));
  CHECK(difference.counts.kept == 1);
  CHECK(difference.counts.unchanged == 8);
  CHECK(difference.counts.held == 1);
}

TEST_CASE("a batch sees only its own keys") {
  Compared lab;
  lab.remember();
  lab.source().run("DELETE FROM thing WHERE id IN (3, 8); INSERT INTO thing VALUES (20, 1, 1)");
  plan::KeySet keys;
  keys.after = {"2"};
  keys.upto = {"5"};
  const auto difference = lab.compare(keys);
  CHECK(texts(difference.gone) == "3");
  CHECK(difference.fresh.empty());
  CHECK(difference.counts.unchanged == 2);
}

}  // namespace rehome::detect

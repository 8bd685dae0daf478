// Ledger rows, quarantine and images.
#include <doctest/doctest.h>

#include <algorithm>

#include "ledger/batch.h"
#include "ledger/family.h"
#include "ledger/key.h"
#include "ledger/placed.h"
#include "ledger/quarantine.h"
#include "ledger/rows.h"
#include "ledger/undo.h"
#include "pg/session.h"
#include "run/lab.h"

namespace rehome::ledger {

namespace {

using Table = std::vector<std::vector<std::string>>;

std::string int4(std::int32_t value) {
  std::string bytes;
  pg::append_int32(bytes, value);
  return bytes;
}

plan::KeySet listed(std::vector<plan::KeyText> keys) {
  plan::KeySet set;
  set.listed = true;
  set.keys = std::move(keys);
  return set;
}

// Composite on both sides.
class Lines : public tests::Lab {
 public:
  Lines()
      : Lab("CREATE TABLE line (number integer, code text, words text, PRIMARY KEY (number, code))",
            "CREATE TABLE lines (number integer, code text, words text, PRIMARY KEY (number, "
            "code))",
            "  lines:\n    from: line l\n    to: lines\n    key: [l.number, l.code]\n    columns: "
            "{number: l.number, code: l.code, words: l.words}\n"),
        control_(connect_target()),
        run_id_(open_run(*control_)) {}
  const plan::Entity& lines() const { return entity("lines"); }
  pg::Connection& control() { return *control_; }
  int run_id() const { return run_id_; }

  void fill(bool hashed) {
    RowBuffer buffer(lines(), run_id_);
    const std::string one = int4(1);
    const std::string two = int4(2);
    const std::vector<pg::Field> here = {one, "a \"b\""};
    const std::vector<pg::Field> held = {two, ""};
    buffer.add_here(here, here, 100, hashed ? std::optional<std::int64_t>(-5) : std::nullopt);
    buffer.add_held(held, {}, 23);
    CHECK(buffer.count() == 2);
    CHECK(buffer.unhashed().size() == (hashed ? 0 : 1));
    if (!hashed) buffer.set_row_hash(pack_key(here), -5, {});
    buffer.copy_to(*control_);
    hold_rows(*control_, lines(), run_id_, 1, {held_row({"2", ""}, "map")});
  }

  static HeldRow held_row(plan::KeyText key, std::string reason) {
    HeldRow row;
    row.key = std::move(key);
    row.reason = std::move(reason);
    row.message = "a message";
    return row;
  }

 private:
  std::unique_ptr<pg::Connection> control_;
  int run_id_;
};

}  // namespace

TEST_CASE("ledger rows with composite keys are what was added, hashed before or afterwards") {
  for (const bool hashed : {true, false}) {
    Lines lab;
    lab.fill(hashed);
    CHECK(lab.target().rows("SELECT legacy_number, legacy_code, target_number, target_code, "
                            "source_hash, row_hash, state, inserted_run, written_run "
                            "FROM rehome.ledger_lines ORDER BY 1") ==
          Table{{"1", "a \"b\"", "1", "a \"b\"", "100", "-5", "here", "1", "1"},
                {"2", "", "NULL", "NULL", "23", "NULL", "held", "NULL", "1"}});
    const Summary summary = read_summary(lab.control(), lab.lines(), {});
    CHECK(summary.here == 1);
    CHECK(summary.held == 1);
    CHECK(summary.gone == 0);
    CHECK(summary.hash_sum == "123");
    const KnownRows known = read_known(lab.control(), lab.lines(), listed({{"2", ""}}));
    REQUIRE(known.size() == 1);
    CHECK(unpack_key(lab.lines(), known.begin()->first) == plan::KeyText{"2", ""});
    CHECK(known.begin()->second.source_hash == 23);
    CHECK(known.begin()->second.state == State::held);
  }
}

TEST_CASE("a hash for a row that was not sent, and a row without hash, are errors and no crash") {
  Lines lab;
  RowBuffer buffer(lab.lines(), lab.run_id());
  const std::string one = int4(1);
  const std::vector<pg::Field> key = {one, "a"};
  const std::vector<pg::Field> other = {one, "b"};
  buffer.add_here(key, key, 1, std::nullopt);
  CHECK_THROWS_AS(buffer.set_row_hash(pack_key(other), 1, {}), std::runtime_error);
  CHECK_THROWS_AS(buffer.copy_to(lab.control()), std::runtime_error);
}

TEST_CASE("quarantine keeps one row per key: the last cause") {
  Lines lab;
  HeldRow row = Lines::held_row({"1", "a"}, "map");
  row.sqlstate = "23514";
  row.parent_entity = "lines";
  row.parent_key_json = R"({"number": "7", "code": "x"})";
  row.image = R"({"words": "\u0007 'quoted' \\ ä"})";
  row.detail = "not UTF-8: \xff";
  hold_rows(lab.control(), lab.lines(), 1, 5, {row});
  CHECK(lab.target().rows("SELECT legacy_key->>'code', reason, sqlstate, parent_key->>'number', "
                          "image->>'words', detail FROM rehome.quarantine") ==
        Table{{"a", "map", "23514", "7", "\a 'quoted' \\ ä", "not UTF-8: \xEF\xBF\xBD"}});
  hold_rows(lab.control(), lab.lines(), 2, 6,
            {Lines::held_row({"1", "a"}, "loss"), Lines::held_row({"1", "b"}, "loss")});
  CHECK(lab.target().rows("SELECT legacy_key->>'code', reason, sqlstate, parent_entity, image, "
                          "run_id, batch_id FROM rehome.quarantine ORDER BY 1") ==
        Table{{"a", "loss", "NULL", "NULL", "NULL", "2", "6"},
              {"b", "loss", "NULL", "NULL", "NULL", "2", "6"}});
}

TEST_CASE("held rows are found by key, and grouped by cause") {
  Lines lab;
  hold_rows(lab.control(), lab.lines(), 1, 1,
            {Lines::held_row({"1", "a"}, "map"), Lines::held_row({"2", "a"}, "map"),
             Lines::held_row({"3", "a"}, "loss")});
  const auto groups = read_held_groups(lab.control(), "lines");
  REQUIRE(groups.size() == 2);
  CHECK(groups[0].reason == "map");
  CHECK(groups[0].count == 2);
  CHECK(read_held(lab.control(), "lines", R"({"number": "3", "code": "a"})")->reason == "loss");
  CHECK_FALSE(read_held(lab.control(), "lines", "3").has_value());
}

TEST_CASE("rows that go leave the quarantine, and keep their place while their target row stands") {
  Lines lab;
  lab.fill(true);
  lab.target().run("INSERT INTO lines VALUES (1, 'a \"b\"', NULL)");
  mark_gone(lab.control(), lab.lines(), {}, 2);
  CHECK(lab.target().rows("SELECT state, target_number, written_run FROM rehome.ledger_lines ORDER "
                          "BY legacy_number") == Table{{"gone", "1", "2"}, {"gone", "NULL", "2"}});
  CHECK(lab.target().value("SELECT count(*) FROM rehome.quarantine") == "0");
  // The held one has no target row: it is as good as unknown.
  CHECK(read_known(lab.control(), lab.lines(), {}).size() == 1);
  CHECK(mark_back(lab.control(), lab.lines(), {}, 3) == 1);
  CHECK(lab.target().rows(
            "SELECT state, written_run FROM rehome.ledger_lines ORDER BY legacy_number") ==
        Table{{"here", "3"}, {"gone", "2"}});
}

TEST_CASE("rows that are derived again are forgotten, but never those that are here") {
  Lines lab;
  lab.fill(true);
  forget_unplaced(lab.control(), lab.lines(), {});
  CHECK(lab.target().rows("SELECT legacy_number, state FROM rehome.ledger_lines") ==
        Table{{"1", "here"}});
  CHECK(lab.target().value("SELECT count(*) FROM rehome.quarantine") == "0");
}

TEST_CASE("a held row is released once, though two of its refs lead to the parent it waits for") {
  Family lab;
  HeldRow row;
  row.key = {"3"};
  row.reason = "parent_held";
  row.message = "waits";
  row.parent_entity = "people";
  row.parent_key_json = R"({"id": "2"})";
  hold_rows(lab.control(), lab.entity("people"), 1, 1, {row});
  CHECK(read_released(lab.control(), lab.entity("people"), lab.plan()).empty());
  lab.place("people", 2);
  CHECK(read_released(lab.control(), lab.entity("people"), lab.plan()) ==
        std::vector<plan::KeyText>{{"3"}});
}

namespace {

// Entity `people` with rows 1 to 3 in the target, each under the ledger's eye.
class ThreePeople : public Family {
 public:
  ThreePeople() {
    for (const int key : {1, 2, 3}) place("people", key);
  }
  const plan::Entity& people() const { return entity("people"); }
  Table ledger() {
    return target().rows(
        "SELECT legacy_id, source_hash, refused_hash, written_run FROM rehome.ledger_people ORDER "
        "BY 1");
  }
};

}  // namespace

TEST_CASE("rows that are here are read with what is known of them") {
  ThreePeople lab;
  note_refused(lab.control(), lab.people(), 2, {{{"2"}, 7, {}}, {{"3"}, 8, {}}});
  HeldRow row;
  row.key = {"3"};
  row.reason = "conflict";
  row.message = "both";
  hold_rows(lab.control(), lab.people(), 2, 1, {row});
  const PlacedRows placed = read_placed(lab.control(), lab.people(), listed({{"2"}, {"3"}, {"9"}}));
  REQUIRE(placed.size() == 2);
  const Placed& second = placed.at(int4(2));
  CHECK(second.refused_hash == 7);
  CHECK_FALSE(second.asked_again);
  CHECK(second.row_hash.has_value());
  CHECK(placed.at(int4(3)).asked_again);
  const Summary summary = read_summary(lab.control(), lab.people(), {});
  CHECK(summary.refused == 2);
  CHECK(summary.asked_again == 1);
  CHECK(summary.hash_sum == "16");  // 1, and the refused ones
}

TEST_CASE(
    "a row in its new version forgets what was refused and left open; one passed over keeps its "
    "hash") {
  ThreePeople lab;
  note_refused(lab.control(), lab.people(), 2, {{{"1"}, 7, {}}, {{"2"}, 8, {}}, {{"3"}, 9, {}}});
  for (const char* key : {"1", "2", "3"}) {
    HeldRow row;
    row.key = {key};
    row.reason = "refused";
    hold_rows(lab.control(), lab.people(), 2, 1, {row});
  }
  lab.leave_open("people", 1, "boss_id", "people", 9);
  const std::string hashes =
      "SELECT string_agg((l.row_hash = " + plan::row_hash_expression(lab.people()) +
      ")::text, ' ' ORDER BY l.legacy_id) FROM rehome.ledger_people AS l JOIN "
      "people AS t ON t.id = l.target_id";
  lab.target().run("UPDATE people SET friend_id = id");
  note_current(lab.control(), lab.people(), 5, {{{"1"}, 7, {}}});
  note_passed_over(lab.control(), lab.people(), 5, {{{"2"}, 8, {}}});
  forget_refused(lab.control(), lab.people(), 5, listed({{"3"}}));
  CHECK(lab.ledger() ==
        Table{{"1", "7", "NULL", "5"}, {"2", "8", "NULL", "5"}, {"3", "1", "NULL", "5"}});
  CHECK(lab.target().value(hashes) == "true false false");
  CHECK(lab.target().value("SELECT count(*) FROM rehome.quarantine") == "0");
  CHECK(lab.target().value("SELECT count(*) FROM rehome.open_ref") == "0");
}

TEST_CASE("images are the target's rows as texts, and the ledger's, before they are written") {
  ThreePeople lab;
  lab.control().execute({"stage",
                         "CREATE TEMPORARY TABLE staged AS SELECT legacy_id AS ordinal, id FROM "
                         "people WHERE legacy_id < 3"});
  lab.target().run("DELETE FROM rehome.ledger_people WHERE legacy_id = 1");
  keep_images(lab.control(), lab.people(), {4, 44}, "update", {{2, {"2"}}});
  keep_images(lab.control(), lab.people(), {4, 44}, "adopt", {{1, {"1"}}});
  CHECK(lab.target().rows("SELECT run_id, batch_id, entity, legacy_key->>'id', target_table, kind, "
                          "image->>'legacy_id', image->>'boss_id', ledger_row->>'written_run' "
                          "FROM rehome.undo ORDER BY undo_id") ==
        Table{{"4", "44", "people", "2", "public.people", "update", "2", "NULL", "1"},
              {"4", "44", "people", "1", "public.people", "adopt", "1", "NULL", "NULL"}});
}

TEST_CASE("an adoption that writes nothing is noted, with the ledger's row if there was one") {
  ThreePeople lab;
  AdoptionNotes notes(lab.people());
  notes.copy_to(lab.control());
  notes.add({4, 44}, {"1"}, "");
  notes.add({4, 44}, {"2"}, R"({"state": "held"})");
  notes.copy_to(lab.control());
  CHECK(lab.target().rows("SELECT run_id, batch_id, entity, legacy_key->>'id', target_table, kind, "
                          "image, ledger_row->>'state' FROM rehome.undo ORDER BY undo_id") ==
        Table{{"4", "44", "people", "1", "public.people", "adopt", "NULL", "NULL"},
              {"4", "44", "people", "2", "public.people", "adopt", "NULL", "held"}});
}

}  // namespace rehome::ledger

#include <doctest/doctest.h>

#include <vector>

#include "ledger/family.h"
#include "ledger/open_ref.h"

namespace rehome::ledger {

namespace {

using Table = std::vector<std::vector<std::string>>;

}  // namespace

TEST_CASE("open refs are filled when their parent arrives, each of one row on its own") {
  Family lab;
  lab.place("people", 1);
  lab.leave_open("people", 1, "boss_id", "people", 2);
  lab.leave_open("people", 1, "friend_id", "people", 3);
  CHECK(lab.fill("people") == 0);
  lab.place("people", 2);
  CHECK(lab.fill("people") == 1);
  CHECK(lab.target().rows("SELECT column_name FROM rehome.open_ref") == Table{{"friend_id"}});
  lab.place("people", 3);
  CHECK(lab.fill("people") == 1);
  CHECK(lab.target().value("SELECT count(*) FROM rehome.open_ref") == "0");
  CHECK(lab.target().rows("SELECT right(boss_id::text, 1), right(friend_id::text, 1) FROM people "
                          "WHERE legacy_id = 1") == Table{{"2", "3"}});
  CHECK(
      lab.target().value("SELECT row_hash = hash_record_extended(ROW(record_send(ROW(t.legacy_id, "
                         "t.boss_id, t.friend_id))), 0) "
                         "FROM rehome.ledger_people AS l JOIN people AS t ON t.id = l.target_id "
                         "WHERE l.legacy_id = 1") == "t");
}

TEST_CASE(
    "what was there before an open ref was filled is kept, unless the run itself has made the "
    "row") {
  Family lab;
  lab.place("people", 1);
  lab.place("people", 2);
  lab.place("people", 3);
  lab.target().run("UPDATE rehome.ledger_people SET inserted_run = 99 WHERE legacy_id = 1");
  lab.leave_open("people", 1, "boss_id", "people", 2);
  lab.leave_open("people", 3, "boss_id", "people", 2);
  CHECK(lab.fill("people") == 2);
  CHECK(lab.target().rows(
            "SELECT legacy_key->>'id', kind, image->>'legacy_id', image->>'boss_id', "
            "ledger_row->>'inserted_run', open_refs->'boss_id'->'key'->>'id' FROM rehome.undo") ==
        Table{{"1", "settle", "1", "NULL", "99", "2"}});
}

TEST_CASE("a row that others have changed is still known as changed when its open ref is filled") {
  Family lab;
  lab.place("people", 1);
  lab.leave_open("people", 1, "boss_id", "people", 2);
  lab.target().run("UPDATE people SET friend_id = id");
  const std::string left = "SELECT row_hash FROM rehome.ledger_people WHERE legacy_id = 1";
  const std::string before = lab.target().value(left);
  lab.place("people", 2);
  CHECK(lab.fill("people") == 1);
  CHECK(lab.target().value(left) == before);
}

TEST_CASE("a ref to several entities is filled from the one it names") {
  Family lab;
  lab.place("mails", 1);
  lab.place("mails", 2);
  lab.leave_open("mails", 1, "recipient_id", "people", 1);
  lab.leave_open("mails", 2, "recipient_id", "offices", 1);
  lab.place("offices", 1);
  CHECK(lab.fill("mails") == 1);
  CHECK(lab.target().value(
            "SELECT legacy_id || ' ' || recipient_id FROM mails WHERE recipient_id IS NOT NULL") ==
        "2 00000000-0000-0000-2000-000000000001");
  lab.place("people", 1);
  CHECK(lab.fill("mails") == 1);
  CHECK(lab.target().value("SELECT recipient_id FROM mails WHERE legacy_id = 1") ==
        "00000000-0000-0000-1000-000000000001");
}

}  // namespace rehome::ledger

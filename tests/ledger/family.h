// A lab with refs of every kind. One thread.
#pragma once

#include <memory>
#include <string>

#include "ledger/batch.h"
#include "ledger/open_ref.h"
#include "run/lab.h"

namespace rehome::ledger {

// refs of every kind: two to one parent, to itself, and by type.
class Family : public tests::Lab {
 public:
  Family()
      : Lab("CREATE TABLE person (id integer PRIMARY KEY, boss integer, friend integer); CREATE "
            "TABLE office (id integer PRIMARY KEY);"
            "CREATE TABLE mail (id integer PRIMARY KEY, kind integer, other integer);"
            "INSERT INTO person SELECT i, i, i FROM generate_series(1, 3) AS i",
            "CREATE TABLE people (id uuid PRIMARY KEY, legacy_id integer UNIQUE, boss_id uuid "
            "REFERENCES people, friend_id uuid REFERENCES people);"
            "CREATE TABLE offices (id uuid PRIMARY KEY, legacy_id integer UNIQUE);"
            "CREATE TABLE mails (id uuid PRIMARY KEY, legacy_id integer UNIQUE, recipient_id uuid)",
            "  people:\n    from: person p\n    to: people\n    key: {p.id: legacy_id}\n    "
            "columns:\n"
            "      boss_id: {ref: people, key: p.boss, missing: leave_empty}\n      friend_id: "
            "{ref: people, key: p.friend, missing: leave_empty}\n"
            "  offices:\n    from: office o\n    to: offices\n    key: {o.id: legacy_id}\n    "
            "columns: {}\n"
            "  mails:\n    from: mail m\n    to: mails\n    key: {m.id: legacy_id}\n    columns:\n"
            "      recipient_id: {ref: {by: m.kind, cases: {1: people, 2: offices}, else: "
            "quarantine}, key: m.other, missing: leave_empty}\n"),
        control_(connect_target()),
        run_id_(open_run(*control_)) {}
  pg::Connection& control() { return *control_; }

  // Puts a row into the target and the ledger, as the mover does.
  void place(const std::string& name, int key) {
    const std::string id = "00000000-0000-0000-" +
                           std::string(name == "people"    ? "1"
                                       : name == "offices" ? "2"
                                                           : "3") +
                           "000-" + std::string(11, '0') + std::to_string(key);
    target().run("INSERT INTO " + name + " (id, legacy_id) VALUES ('" + id + "', " +
                 std::to_string(key) + "); INSERT INTO rehome.ledger_" + name +
                 " (source_hash, row_hash, target_id, legacy_id, state, inserted_run, written_run) "
                 "VALUES (1, 1, '" +
                 id + "', " + std::to_string(key) + ", 'here', 1, 1); UPDATE rehome.ledger_" +
                 name + " AS l SET row_hash = " + plan::row_hash_expression(entity(name)) +
                 " FROM " + name + " AS t WHERE t.id = l.target_id AND t.id = '" + id + "'");
  }

  void leave_open(const std::string& name, int key, const std::string& column,
                  const std::string& parent, int parent_key) {
    note_open_refs(*control_, entity(name), run_id_, 1,
                   {{{std::to_string(key)},
                     column,
                     parent,
                     "{\"id\": \"" + std::to_string(parent_key) + "\"}"}});
  }

  std::int64_t fill(const std::string& name) {
    std::int64_t filled = 0;
    for (const plan::Ref& ref : entity(name).refs) {
      for (const plan::RefTarget& each : ref.targets) {
        filled +=
            fill_open_refs(*control_, {entity(name), ref, each, entity(each.entity)}, run_id_);
      }
    }
    return filled;
  }

 private:
  std::unique_ptr<pg::Connection> control_;
  int run_id_;
};

}  // namespace rehome::ledger

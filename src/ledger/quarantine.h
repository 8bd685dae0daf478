// Why rows are held.
//
// Row values stand here and nowhere else: in `image` and `detail`. One thread per connection.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/undo.h"
#include "pg/connection.h"
#include "plan/statements.h"

namespace rehome::ledger {

struct HeldRow {
  plan::KeyText key;
  std::string
      reason;  // short and stable: map, join:p, refuse:no_name, loss, parent, unique, refused …
  std::string message;  // without row values
  std::string place;    // of the mapping: file:line:column
  std::string sqlstate;
  std::string constraint;
  std::string detail;  // the server's own words; may hold row values
  std::string parent_entity;
  plan::KeyText parent_key;  // with parent_entity
  std::string parent_key_json;
  std::string image;  // JSON object of the driving row's columns as text
};

void hold_rows(pg::Connection& target, const plan::Entity& entity, int run_id,
               std::int64_t batch_id, const std::vector<HeldRow>& rows);
// Rows without a legacy key have no place in the ledger, and one quarantine row for all of them.
// None when there are none.
void hold_keyless(pg::Connection& target, const plan::Entity& entity, const BatchPlace& place,
                  std::int64_t rows);

// Legacy keys of held rows of `entity` that wait for a parent, whether it is here or not.
std::vector<plan::KeyText> read_waiting(pg::Connection& target, const plan::Entity& entity);

// Legacy keys of held rows of `entity` whose parent has arrived since.
std::vector<plan::KeyText> read_released(pg::Connection& target, const plan::Entity& entity,
                                         const plan::Plan& plan);

// Legacy keys of rows that may be adopted when a parent comes.
std::vector<plan::KeyText> read_awaiting(pg::Connection& target, const plan::Entity& entity);

// Legacy keys of rows that were refused because another had their unique value; none when no row of
// the entity was updated since the last run that came to its end, and so let go of a value.
std::vector<plan::KeyText> read_refused_unique(pg::Connection& target, const plan::Entity& entity);

struct HeldGroup {
  std::string entity;
  std::string reason;
  std::string message;
  std::string place;
  std::string sqlstate;
  std::string constraint;
  std::string parent_entity;
  std::int64_t count = 0;  // rows of the source
  std::string first_key;   // JSON
};

// By entity and cause, in the order of names; `entity` empty: all.
std::vector<HeldGroup> read_held_groups(pg::Connection& target, const std::string& entity);

// One held row with everything known of it.
struct HeldDetail {
  std::string entity;
  std::string key;  // JSON
  std::string reason;
  std::string message;
  std::string place;
  std::string sqlstate;
  std::string constraint;
  std::string detail;
  std::string parent_entity;
  std::string parent_key;  // JSON
  std::string image;       // JSON
  std::string held_at;
  int run_id = 0;
  std::int64_t rows = 1;  // of the source
};

// `key`: the text of a one-column key, or the JSON object of any.
std::optional<HeldDetail> read_held(pg::Connection& target, const std::string& entity,
                                    const std::string& key);

}  // namespace rehome::ledger

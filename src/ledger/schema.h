// Schema `rehome` on the target: the only writer of its tables is this room.
//
// Promise: every function here leaves the schema in a documented state (docs/ledger.md). Threading:
// as the connection given.
#pragma once

#include <optional>
#include <string>

#include "base/uuid.h"
#include "pg/connection.h"
#include "plan/plan.h"

namespace rehome::ledger {

// True if the schema is there at all.
bool exists(pg::Connection& target);

// Creates or upgrades the schema. A schema of a newer release is refused with std::runtime_error.
void install(pg::Connection& target);

// Creates the ledger table of an entity if it is not there, and notes the entity and how its rows
// are hashed: where that has changed, the hashes follow, and so does the type of a key that has
// grown. Throws std::runtime_error when the entity was moved in another form before: by another
// mapping, with another legacy key, or to another table that still stands.
void install_entity(pg::Connection& target, const plan::Plan& plan, const plan::Entity& entity,
                    int run_id);
// Makes the target key unique in that table, and gone rows easy to find, if that is not done yet:
// after the entity's batches, because an index over rows that are there costs a fifth of one that
// grows with each of them. Meanwhile the target's own primary key watches.
void index_entity(pg::Connection& target, const plan::Entity& entity);

// The secret all derived ids are made with: the mapping's pinned one, else made once and kept.
base::Uuid read_or_make_namespace(pg::Connection& target, const std::optional<std::string>& pinned);

// Longer names are cut, and told apart by a hash.
std::string bounded_name(const std::string& name);
// `rehome.ledger_<entity>`, at most 63 bytes, quoted.
std::string table_of(const plan::Entity& entity);
// SQL of its key columns under alias `l`: l.legacy_id … and l.target_id …
std::vector<std::string> legacy_columns(const plan::Entity& entity, std::string_view alias);
std::vector<std::string> target_columns(const plan::Entity& entity, std::string_view alias);

// The legacy key as quarantine keeps it: jsonb_build_object('id', l.legacy_id::text, …)
std::string key_object(const plan::Entity& entity, std::string_view alias);

// The target's row `t` is that of the ledger's row `l`.
std::string same_target_row(const plan::Entity& entity, std::string_view ledger_alias = "l",
                            std::string_view row_alias = "t");

// True of a ledger row that has its target row: moved, adopted or left so by a rule.
std::string claims_row(std::string_view ledger_alias);

// SQL over a row `t` of the entity's target table, where several entities fill it: true of the rows
// that this one answers for. Empty: all are its own.
std::string answers_for(const plan::Plan& plan, const plan::Entity& entity);

// Where a ref finds what it holds: in the parent's ledger, or, when that does not have the column,
// in its row of the target.
struct ParentValue {
  std::string from;   // what stands after FROM; the ledger is `p`
  std::string value;  // may be NULL when it is no key
};
ParentValue parent_value(const plan::Entity& parent, const std::string& column);

// True of the ledger's row `alias` whose key the JSON object `json` is: an indexed look-up.
std::string key_matches(const plan::Entity& entity, std::string_view alias, std::string_view json);

// The ledger would point at rows that are not there: a std::runtime_error.
[[noreturn]] void refuse_changed_key(const plan::Entity& entity);

// A statement that takes rows out of quarantine: those that `changed` gives as legacy_key.
std::string leave_quarantine(const plan::Entity& entity);
// The same for their open refs.
std::string close_open_refs(const plan::Entity& entity);

// True of a ledger row whose cause to be held or kept is in the target, where it may pass without
// the source changing: the row there was changed, too, or differs, or is not known for certain.
std::string is_asked_again(const plan::Entity& entity, std::string_view alias);

// True of a ledger row whose target row children can refer to: here, or held and yet in the target.
std::string has_target_row(const plan::Entity& entity, std::string_view alias);

// True of a ledger row that has had a target row of its own, and for all the ledger knows has it
// still: here, or gone and not deleted.
std::string points_at_row(const plan::Entity& entity, std::string_view alias);
std::string is_not_deleted(std::string_view alias);

}  // namespace rehome::ledger

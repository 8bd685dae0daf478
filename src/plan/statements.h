// The SQL texts that play a plan. Each is complete and readable; ranges and keys are quoted
// literals, because COPY takes no parameters. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plan/plan.h"

namespace rehome::plan {

// One legacy key: the text form of each of its columns.
using KeyText = std::vector<std::string>;

// The driving rows of one batch. Everything unset means all rows.
struct KeySet {
  std::optional<KeyText> after;  // exclusive lower end
  std::optional<KeyText> upto;   // inclusive upper end
  int bucket = 0;                // of `buckets`; both 0: not by hash
  int buckets = 0;
  bool listed = false;  // only those of `keys`
  std::vector<KeyText> keys;
  bool without_key = false;  // the rows that have none; every other set leaves them out
};

// --- at the source ---

// The rows of the target as far as the source can make them, in key order. Fields: key,
// source_hash, decision (0, or -(n+1) for Entity::holds[n]), then Entity::fields. Excluded rows are
// left out. With `except`, without those keys.
sql::Fragment derive_statement(const Entity& entity, const KeySet& keys,
                               const std::vector<KeyText>& except = {});
// The same as COPY … TO STDOUT (FORMAT binary).
sql::Fragment copy_out(const sql::Fragment& statement);
// key columns, source_hash: of the rows derive_statement would give.
std::string key_hash_statement(const Entity& entity, const KeySet& keys);
// count, sum of source_hash as text.
std::string source_summary_statement(const Entity& entity, const KeySet& keys);
// number of the exclusion (0: taken), count: of all driving rows.
std::string decisions_statement(const Entity& entity, const KeySet& keys);
// The same, and how many of these rows may have changed since `latest` was the latest change. The
// entity has a detection.
std::string changes_statement(const Entity& entity, const KeySet& keys, const std::string& latest);
// The latest change, as text; NULL when there is none.
std::string latest_change_statement(const Entity& entity);
// count(*) of the rows that have a place in the sum, whatever the mapping says of joins and
// exclusions: the driving rows, or all that `each` gives for them.
std::string source_count_statement(const Entity& entity);
// With `each`: count(*) of the driving rows, and of those that it gives nothing for.
std::string each_count_statement(const Entity& entity);
// key columns as text, jsonb object of column::text: the images of driving rows for the quarantine.
std::string images_statement(const Entity& entity, const KeySet& keys);
// Of the rows of the set that no exclusion leaves out, the `rows`-th key in order, as text.
std::string cut_statement(const Entity& entity, const KeySet& left, std::int64_t rows);
// Keys of rows that lose a unique value to a row with a lower key.
std::string losers_statement(const Entity& entity, const UniqueCheck& check);
// Keys of rows that share the natural key with others, and the key of one of these as texts.
std::string rivals_statement(const Entity& entity);
// One row when the expressions of a derivation can all be computed for these keys; fails where it
// would.
std::string probe_source_statement(const Entity& entity, const KeySet& keys);
// Keys of all rows that no exclusion leaves out, as the ledger keeps them.
std::string source_keys_statement(const Entity& entity);
// Key texts in order.
std::string keys_statement(const Entity& entity, const KeySet& keys);
// The same, excluded rows included.
std::string existing_keys_statement(const Entity& entity, const KeySet& keys);

// --- at the target ---

std::string copy_in_statement(const Entity& entity);
// A temporary table `pg_temp.staged` of the same columns without their limits, with an ordinal.
std::string stage_statement(const Entity& entity);
std::string copy_staged_statement(const Entity& entity);
// The following speak of the staged rows whose ordinals are in the array $1.
// INSERT … SELECT of these rows.
std::string insert_staged_statement(const Entity& entity);
// Marks rows a probe refuses: `UPDATE … SET refusal = <number> WHERE … refusal IS NULL`.
std::string probe_statement(const Entity& entity, std::size_t probe);
// Locks the target's rows with their keys, in the order of these.
std::string lock_staged_statement(const Entity& entity);
// ordinal, row_hash of the target's row with its key, and the indexes of Entity::columns whose
// stored value is another one, as text with commas; where the newer side wins, which that is:
// `source`, `target`, `same`, `no source time` or `no target time`; where edits are merged, the
// bases that the stored values make, and those that the staged ones would, as texts with commas.
// Without those the target does not have.
std::string compare_staged_statement(const Entity& entity);
// Writes these columns (indexes), and the audit with them; with `unmark`, what takes a mark off,
// too.
std::string update_staged_statement(const Entity& entity, const std::vector<std::size_t>& columns,
                                    bool unmark = false);
// True for columns an update may write: no key, no made id, and owned by the source. The audit
// changes with another column only.
bool is_updated(const Entity& entity, const Column& column);
// True if edits of both sides are merged column by column: the ledger keeps a base of each.
bool keeps_bases(const Entity& entity);
// The columns that have one, as indexes of Entity::columns: those an update may write.
std::vector<std::size_t> base_columns(const Entity& entity);
// For each of these the base that alias t's stored value makes: 4 bytes of a hash.
std::vector<std::string> base_expressions(const Entity& entity);
// An array of them.
std::string bases_expression(const Entity& entity);
// Of `rows`, the target's as `t`, those that carry a legacy key or a natural one: target_<column>,
// row_hash (NULL where the mover cannot compute it), owner_<n> (the legacy key as texts, or NULLs)
// and by_<n>.
std::string found_statement(const Entity& entity, std::string_view rows);
// ordinal, target key, owner_<n>, both with texts: staged rows and the rows of `found`, a table of
// found_statement's columns, that have the same natural key.
std::string match_staged_statement(const Entity& entity, std::string_view found);
// Makes staged rows, whose legacy keys are $2 …, the owners of the rows of `found` that they match,
// if these have no other, and gives them their target keys; ordinal.
std::string claim_matches_statement(const Entity& entity, std::string_view found);
// `w`, the rows of $1, as `s`, the staged rows, with `t`, the target's rows of their keys.
std::string staged_with_stored(const Entity& entity);
// --- at the target, of rows that are gone ---

// `pg_temp.leaving_<entity>`: their keys as in the ledger, and `refusal`, NULL for those that go.
std::string leaving_table(const Entity& entity);
std::string create_leaving_statement(const Entity& entity);
// The row under alias `row` of the target's table is the one under alias `leaving`.
std::string same_leaving_row(const Entity& entity, std::string_view row, std::string_view leaving);
// A row under alias `child` refers to the one under alias `parent`.
std::string refers(const Referrer& referrer, std::string_view child, std::string_view parent);
std::string lock_leaving_statement(const Entity& entity);
// The following know which entities' rows leave in the same transaction.
// Refuses, as number `referrer`, those that a row refers to which stays.
std::string referred_statement(const Entity& entity, std::size_t referrer,
                               const std::vector<const Entity*>& together);
// Of rows refused so: legacy key, the first such row's key as JSON, and how many others there are.
std::string name_referrers_statement(const Entity& entity, std::size_t referrer,
                                     const std::vector<const Entity*>& together);
// Deletes all that are not refused, and counts them by entity.
std::string remove_statement(const std::vector<const Entity*>& together);
// Writes the mark into those that are not refused.
std::string mark_statement(const Entity& entity);
// Sets no row: for asking whether the target takes these values.
std::string set_statement(const Entity& entity, const std::vector<Setting>& settings);

// Target key columns, row_hash and, where edits are merged, bases of the rows with these target
// keys; one array parameter per key column.
std::string row_hash_statement(const Entity& entity);
// True of the rows of the target's table that the entity shares it by; empty when it does not.
std::string share_condition(const Entity& entity, std::string_view alias);
// The record_send formula over `columns` of alias `t`.
std::string row_hash_expression(const Entity& entity);

// --- shared by both servers ---

// `hash_record_extended(row(record_send(row(…))), salt)`, or its form for servers before 14.
std::string hash_expression(const std::vector<std::string>& values, std::uint64_t salt,
                            int server_version);
// True if the server has hash_record_extended (14 and later).
bool has_record_hash(int server_version);
// The condition that a key is in the set. `columns`: SQL of the key's columns there.
std::string key_condition(const std::vector<std::string>& columns,
                          const std::vector<KeyColumn>& key, const KeySet& keys);
// ` ORDER BY …` of the key. Not for bare names: after ORDER BY these mean what is selected.
std::string key_order(const std::vector<std::string>& columns, const std::vector<KeyColumn>& key);

}  // namespace rehome::plan

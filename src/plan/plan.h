// The plan: a mapping compiled against both catalogs. Everything that moves or compares rows plays
// it, and nothing else builds SQL from mapping facts.
//
// Promise: immutable once compiled; any thread may read it. The same inputs give the same plan,
// byte for byte.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "catalog/catalog.h"
#include "mapping/mapping.h"
#include "sql/fragment.h"

namespace rehome::plan {

using catalog::Oid;

// One part of the legacy key: how the source computes it and how the ledger keeps it.
struct KeyColumn {
  std::string name;          // e.g. id; the ledger's column is legacy_<name>
  sql::Fragment value;       // of the type below
  Oid type = 0;              // a built-in type; also of the ledger's column
  std::string type_text;     // e.g. integer
  std::string order_suffix;  // ` COLLATE "C"` for text, else empty
  bool nullable = false;     // rows without it are held, all of them together
  base::Position position;
};

// A column of the target table's key, or of what stands for it.
struct TargetKeyColumn {
  std::string name;
  Oid type = 0;
  std::string type_text;
};

enum class IdSource {
  derived,   // a uuid made from entity and legacy key
  sequence,  // reserved from the column's sequence
  mapped,    // a column of the mapping
};

// How one value leaves the source and enters the target.
enum class Wire {
  bytes,  // the source's binary form is the target's
  text,   // text, read by the receive function of an enumeration, citext …
  jsonb,  // JSON text, one version byte put before it
};

struct Column {
  std::string name;  // in the target
  Wire wire = Wire::bytes;
  Oid wire_type = 0;        // what the source sends; compared with Describe before a byte moves
  std::string target_type;  // with modifier, for people
  std::string source_type;  // what the expression has, for people
  sql::Fragment value;      // empty for refs and derived ids
  std::shared_ptr<const mapping::Flight> flight;
  std::optional<std::size_t> ref;            // index into Entity::refs
  std::optional<mapping::UuidVersion> uuid;  // a derived id
  bool hashed_id = false;  // the default for keys that are no integers: as v5 in shape, keyed as v8
  bool audit = false;
  bool nullable = true;
  mapping::Owner owner = mapping::Owner::source;
  std::optional<mapping::Losers> unique_losers;
  bool stable = true;  // the stored bytes are the sent bytes
  Oid hash_type = 0;   // its type inside row_hash; 0: as text
  base::Position position;
};

struct RefTarget {
  std::string entity;
  std::size_t first_field = 0;  // of its key in the derived row
  std::size_t field_count = 0;
  std::string column;  // of the parent's table: what the ref holds
  bool is_key = true;  // that is the parent's whole key in the target
};

struct Ref {
  std::string column;  // in the target
  std::vector<RefTarget> targets;
  mapping::Missing missing = mapping::Missing::quarantine;
  bool deferred = false;  // part of a cycle or to the entity itself: left open, then settled
  bool knotted = false;   // the same where it may not be empty: the parent may come in the same
                          // transaction
  std::string immediate_constraint;  // a foreign key of it that cannot wait for that; or empty
  base::Position position;
};

// A reason the source gives for holding a row; its number is -(index + 1).
struct Hold {
  std::string reason;
  std::string message;
  sql::Fragment when;
  base::Position position;
};

struct Exclusion {
  std::string name;
  sql::Fragment when;
  base::Position position;
};

// A unique constraint of the target whose duplicates the source can show beforehand.
struct UniqueCheck {
  std::string constraint;
  std::vector<std::string> columns;   // in the target; losers may leave the last one empty
  std::vector<sql::Fragment> values;  // equal where the target's are; several for a ref's key
  mapping::Losers losers = mapping::Losers::hold;
  bool nulls_not_distinct = false;  // two NULLs are duplicates
  base::Position position;
};

// How rows are taken that were in the target before: by the legacy key, where the target keeps it,
// and by a natural key.
struct Adoption {
  mapping::Differs differs = mapping::Differs::quarantine;
  std::vector<std::size_t> by;  // indexes into Entity::columns: the natural key
  std::optional<UniqueCheck>
      rivals;  // how source rows that share it are found; none: proven unique
};

// When a row was changed, on either side, where the newer one wins.
struct ChangedAt {
  std::string source_text;  // as the mapping has it
  sql::Fragment source;     // of the type below
  Oid type = 0;
  std::string type_text;
  std::size_t field = 0;  // of the derived row
  std::string column;     // of the target's table
  std::string staged_name;
};

// Facts for the careful road: a constraint that one statement can probe.
struct Probe {
  enum class Kind { not_null, length, enumeration, check, foreign_key, unique };
  Kind kind = Kind::not_null;
  std::string constraint;  // the server's name for it
  std::string sqlstate;
  std::vector<std::string> columns;
  std::string condition;  // SQL over the staged row `s`, true when the row is bad; empty for unique
  std::vector<base::Position> positions;  // of the columns
};

// A column in the form the careful road's temporary table keeps it.
struct StagedColumn {
  std::string name;
  std::string staged_type;  // built-in, without modifier
  std::string
      cast;  // what an assignment does not do by itself: `::public.order_status`; never a length
  std::string staged_name;  // as the target's, unless the staging table has a column of that name
  std::string stored_type;  // as the target stores it, with modifier; text for types of its own
};

// A constant that only this entity's rows of the target table have.
struct Share {
  std::string column;
  std::string value;  // text
};

// Rows of another table, or of this one, that refer to an entity's rows: by a foreign key of the
// target, or by a ref of the mapping that the target has no foreign key for.
struct Referrer {
  sql::QualifiedName table;
  std::string constraint;  // empty: a ref without foreign key
  std::vector<std::string> columns;
  std::vector<std::string> referenced_columns;
  std::vector<std::string> key;       // the primary key of `table`; it names a row
  std::vector<std::string> entities;  // those that fill `table`
  bool deletes_cascade = false;
  bool can_use_schema = true;
  bool can_select = true;
  bool row_security = false;
};

// `column = value`, where the value is a literal.
struct Setting {
  std::string column;
  std::string value;
  base::Position position;
};

// What happens to target rows whose driving row is gone.
struct Removal {
  mapping::DeletePolicy policy = mapping::DeletePolicy::report;
  double percent_max = 1;  // of the entity's rows; of more gone ones none is removed
  std::vector<Setting> mark;
  std::vector<Setting> unmark;
  std::vector<Referrer> referrers;    // for DeletePolicy::remove
  std::vector<std::string> together;  // entities whose rows may refer to ours and ours to theirs,
                                      // itself included: such rows go in one transaction
  base::Position position;
};

struct Input {
  std::string text;  // SQL of one input of source_hash
};

struct UnprovenJoin {
  std::string alias;
  base::Position position;
};

// How the source tells that rows have not changed.
struct Detection {
  std::string column;               // of the driving table
  std::string value;                // the same as SQL
  std::string type;                 // of it, as SQL
  std::string overlap;              // SQL of what is taken off the latest change that was seen
  std::string sane;                 // SQL that is true of no value from the future
  std::string sample;               // a value, for people
  std::vector<std::string> unseen;  // other tables that the rows are made from
  base::Position position;
};

struct Entity {
  std::string name;
  base::Position position;
  std::vector<UnprovenJoin> unproven_joins;  // no unique index shows that they find one row
  sql::QualifiedName source_table;
  std::string alias;
  sql::Fragment driving;  // FROM clause of the rows that have a key, without the word: the driving
                          // table, and what `each` makes of its rows
  sql::Fragment each;     // that, as a derived table; empty without `each`
  sql::Fragment from;     // with the joins
  sql::QualifiedName target_table;
  sql::QualifiedName stands_for;  // in a rehearsal: the table that target_table stands in for
  int knot = 0;                   // entities of the same number, other than 0, move together
  std::vector<KeyColumn> key;
  std::vector<Share> share;  // empty: not only rows with certain values are ours
  std::vector<TargetKeyColumn> target_key;
  IdSource id_source = IdSource::derived;
  std::string sequence;  // for IdSource::sequence
  std::vector<std::size_t>
      legacy_columns;           // indexes into columns, one for each part of the key; or none
  std::vector<Column> columns;  // in COPY order, target key included
  std::vector<std::size_t>
      fields;  // for each column its field in the derived row; k_no_field for ids and refs
  std::size_t field_count = 0;  // key, hash, decision, time of uuid v7, values, time of change, ref
                                // keys
  std::optional<std::size_t> time_field;  // microseconds since 2000-01-01
  std::vector<Ref> refs;
  std::vector<sql::Fragment>
      ref_keys;  // the last fields of the derived row, in the type of the parent's key
  std::vector<Oid> ref_key_types;
  sql::Fragment time;  // uuid v7: its field, when there is one
  std::vector<Exclusion> exclusions;
  std::vector<Hold> holds;
  std::vector<UniqueCheck> unique_checks;
  // A constraint of the target by which two rows may clash without the source showing it: an index
  // on an expression, say. The rows then go one batch after the other, so that the first in key
  // order wins, and not who commits first. Empty: none.
  std::string sequential_because;
  std::vector<Probe> probes;
  std::vector<StagedColumn> staged;
  std::vector<Input> inputs;                  // of source_hash, key first
  std::vector<std::string> image_columns;     // of the driving row
  bool ranged = true;                         // key order has an index: ranges, else hash buckets
  bool reads_back_row_hash = false;           // stored bytes may differ from sent ones
  std::vector<std::string> row_hash_columns;  // target columns in row_hash, in order
  std::vector<std::string> stored_columns;    // all of the target table: what an undo keeps
  mapping::Conflicts conflicts = mapping::Conflicts::hold;  // when both sides changed
  std::optional<ChangedAt> changed_at;  // only if the newer side wins, there or in adoption
  Adoption adoption;
  std::optional<Detection> detection;
  Removal removal;                             // of rows that are gone
  mapping::Lost lost = mapping::Lost::report;  // rows that others have deleted
  std::vector<std::string>
      sequences;  // of the target table's written columns: (column, sequence) as "column\nsequence"
  int batch_rows = 20000;
  std::int64_t batch_bytes = 16 << 20;
  int source_version = 0;  // of the servers, because hashing differs before 14
  int target_version = 0;
  std::uint64_t salt = 0;  // of source_hash: the fingerprint of what derives this entity

  const Column* find_column(std::string_view column) const;
  bool is_rehearsed() const { return !stands_for.name.empty(); }
  // What the table is called, whoever stands in for it.
  const sql::QualifiedName& real_table() const {
    return is_rehearsed() ? stands_for : target_table;
  }
  // True if there may be rows that have no key.
  bool may_lack_key() const;
  // True if a row of the target can be known for the row of a legacy key.
  bool adopts() const { return !legacy_columns.empty() || !adoption.by.empty(); }
};

// How many of the first of these entities form one knot; 1 when the first is alone.
std::size_t count_tied(std::span<const Entity> entities);

inline constexpr std::size_t k_no_field = static_cast<std::size_t>(-1);
// Fields of a derived row after the key.
inline constexpr std::size_t k_hash_offset = 0;
inline constexpr std::size_t k_decision_offset = 1;

struct Plan {
  std::string name;
  int source_version = 0;
  int target_version = 0;
  std::string source_schema;
  std::string target_schema;
  std::string target_search_path;
  std::vector<Entity> entities;                   // parents first; those of a knot side by side
  std::vector<sql::QualifiedName> source_tables;  // all that are read: locked before the snapshot
  std::string fingerprint;                        // hex, of the whole mapping's meaning
  std::optional<std::string> uuid_namespace;      // pinned by the mapping

  const Entity* find_entity(std::string_view entity) const;
  // The texts of source_tables.
  std::vector<std::string> source_table_texts() const;
};

}  // namespace rehome::plan

// What a column of the mapping may hold. A construct is one small named thing in one file of
// mapping/constructs/: how it is written, the SQL it becomes at the source, what it does to a value
// in flight, and its documentation. Adding one adds a file and a line in constructs.inc (see
// construct_registry.h).
//
// Promise: constructs are immutable and know neither catalog nor server; `derive` is pure.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mapping/text.h"
#include "sql/fragment.h"

namespace rehome::mapping {

// A reason to hold a row, found by the source itself: `when` is a boolean expression.
struct Refusal {
  std::string reason;   // short stable name, e.g. map, json, join, refuse:no_name
  std::string message;  // a sentence without row values, e.g. "status has no value for this code"
  sql::Fragment when;
  base::Position position;
};

// What happens to one value between the two servers, row by row. `in` is the text the source sent.
class Flight {
 public:
  virtual ~Flight() = default;
  // Stable name for the plan's readable forms and the fingerprint, e.g. "json(invalid=quarantine)".
  virtual std::string text() const = 0;

  enum class Outcome { value, null, refused };
  struct Result {
    Outcome outcome = Outcome::value;
    std::string_view reason;  // of a refusal, e.g. "not JSON: unexpected end"; no row values
  };
  // Writes the value's text form to `out` (cleared before). Must not keep `in`. Thread-safe.
  virtual Result apply(std::string_view in, std::string& out) const = 0;
};

enum class Missing { quarantine, leave_empty };

// One parent a ref may lead to. `key`: one SQL expression per legacy key column of the parent; NULL
// when the row does not point there.
struct RefTarget {
  Text entity;
  std::vector<sql::Fragment> key;
};

struct RefDerivation {
  std::vector<RefTarget>
      targets;  // more than one for a polymorphic ref; at most one has a non-NULL key
  Missing missing = Missing::quarantine;
  bool missing_written = false;  // not only the default
  std::optional<Text> column;    // another unique column of the parent's table instead of its key
};

enum class UuidVersion { v4, v5, v7, v8 };

struct UuidDerivation {
  UuidVersion version = UuidVersion::v8;
  std::optional<sql::Fragment> time;  // v7: a timestamptz expression
};

// Facts that plan hands to a construct; all texts are SQL-ready.
struct DeriveContext {
  std::string column;       // the target column's name
  std::string target_type;  // format_type of the target column without modifier, e.g. order_status,
                            // text, jsonb
  bool target_is_json = false;              // json or jsonb
  std::string source_table;                 // qualified text of the driving table
  std::string alias;                        // of the driving row
  std::vector<std::string> source_columns;  // of the driving table, in order (for audit)
  std::vector<std::string> key_columns;     // legacy key, names
};

struct Derivation {
  sql::Fragment value;  // SQL evaluated at the source; empty for ref and uuid
  bool value_is_text =
      false;  // `value` yields text that is the input syntax of the target type (labels, JSON text)
  std::vector<Refusal> refusals;
  std::shared_ptr<const Flight> flight;
  std::optional<RefDerivation> ref;
  std::optional<UuidDerivation> uuid;
  bool audit = false;                         // outside row_hash, written only with another column
  bool declared_loss = false;                 // no round-trip test: the mapping says it may lose
  bool leaves_empty = false;                  // the mapping says NULL where there is no other value
  std::optional<std::size_t> max_characters;  // of a text that cannot be longer
};

class Construct {
 public:
  Construct(std::string name, base::Position position)
      : name_(std::move(name)), position_(std::move(position)) {}
  virtual ~Construct() = default;
  Construct(const Construct&) = delete;
  Construct& operator=(const Construct&) = delete;

  const std::string& name() const { return name_; }
  // Of the column's value in the mapping file.
  const base::Position& position() const { return position_; }

  // Every SQL expression the user wrote in it: typed by the source, its names checked, its inputs
  // hashed.
  virtual std::vector<const Expression*> expressions() const { return {}; }
  // Entities it points at.
  virtual std::vector<Text> referenced_entities() const { return {}; }
  // Another column it needs (same_as).
  virtual std::optional<Text> needed_column() const { return std::nullopt; }
  // Columns of the driving table that are secret (audit's except): they must exist, and no image of
  // a held row has them.
  virtual std::vector<Text> excepted_columns() const { return {}; }
  virtual Derivation derive(const DeriveContext& context) const = 0;

  // A value map, for the check that asks the source for its distinct values.
  struct ValueMap {
    const Expression* of = nullptr;
    // Source value → target value; nothing stands for NULL (`~`) on both sides.
    std::vector<std::pair<std::optional<std::string>, std::optional<std::string>>> values;
    std::vector<base::Position> positions;  // of the target values, one for each of `values`
    bool has_else = false;
    base::Position position;
  };
  virtual std::optional<ValueMap> value_map() const { return std::nullopt; }

 private:
  std::string name_;
  base::Position position_;
};

}  // namespace rehome::mapping

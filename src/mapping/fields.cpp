#include "mapping/fields.h"

#include <fmt/format.h>

namespace rehome::mapping {

namespace {

constexpr bool k_required = true;

Field words(std::string_view name, std::string_view doc, std::vector<std::string_view> allowed,
            bool required = false) {
  return {name, FieldKind::word, doc, required, std::move(allowed)};
}

Field object(std::string_view name, FieldKind kind, std::string_view doc, const Shape& shape,
             bool required = false) {
  return {name, kind, doc, required, {}, &shape};
}

Field not_yet(std::string_view name, std::string_view doc) {
  return {name, FieldKind::other, doc, false, {}, nullptr, true};
}

Field deletes_field() {
  return {"deletes",
          FieldKind::choice,
          "Target rows of rows that left the source: `report` counts them, `delete` deletes them, "
          "a map with `mark` and `unmark` marks them; default `report`",
          false,
          {"report", "delete"},
          &deletes_shape()};
}

Field max_deletes_field() {
  return {"max_deletes", FieldKind::percent,
          "When more of an entity's rows are gone than this, none of them is deleted or marked; "
          "default `1%`"};
}

Field lost_field() {
  return words("lost",
               "Rows that others have deleted from the target: `report` counts them, `restore` "
               "inserts them again; default `report`",
               {"report", "restore"});
}

Field conflicts_field() {
  return words("conflicts",
               "A row that changed on both sides: `hold` leaves it as it is and puts the source's "
               "version into quarantine; or one side wins, or that which `newest` finds; `merge` "
               "decides by column; default `hold`",
               {"hold", "source_wins", "target_wins", "newest", "merge"});
}

Field changed_at_field() {
  return object("changed_at", FieldKind::object,
                "When a row was changed on either side; `newest` asks for it", changed_at_shape());
}

std::string join_words(const std::vector<std::string_view>& list) {
  std::string text;
  for (const std::string_view word : list) {
    if (!text.empty()) text += " \\| ";
    text.append("`").append(word).append("`");
  }
  return text;
}

}  // namespace

const Shape& mapping_shape() {
  static const Shape shape{
      "the mapping",
      {{"version", FieldKind::count, "Version of the language: 1", k_required},
       {"name", FieldKind::text, "What reports and the ledger call this move; keep it", k_required},
       object("source", FieldKind::object, "The database the rows come from", source_shape(),
              k_required),
       object("target", FieldKind::object, "The database the rows go to", target_shape(),
              k_required),
       object("defaults", FieldKind::object, "What holds for every entity", defaults_shape()),
       {"uuid_namespace", FieldKind::text,
        "Pins the secret from which target uuids are made; left out, the first run draws one and "
        "keeps it in "
        "schema `rehome`"},
       object("entities", FieldKind::objects, "What is moved: name → entity", entity_shape(),
              k_required)}};
  return shape;
}

const Shape& source_shape() {
  static const Shape shape{"`source`",
                           {{"url", FieldKind::text,
                             "Connection string of libpq: a URI or `key=value` words", k_required},
                            {"schema", FieldKind::name, "Schema of the tables; default `public`"},
                            {"naive_timestamps", FieldKind::text,
                             "Time zone of `timestamp without time zone` values that become "
                             "`timestamptz`; no default"}}};
  return shape;
}

const Shape& target_shape() {
  static const Shape shape{
      "`target`",
      {{"url", FieldKind::text, "Connection string of libpq: a URI or `key=value` words",
        k_required},
       {"schema", FieldKind::name, "Schema of the tables; default `public`"},
       {"search_path", FieldKind::text,
        "search_path the application's triggers run in; default: what the role has configured"}}};
  return shape;
}

const Shape& defaults_shape() {
  static const Shape shape{
      "`defaults`",
      {{"batch_rows", FieldKind::count, "Rows per batch; default 20000"},
       {"batch_bytes", FieldKind::size,
        "A batch ends earlier when its rows weigh this much; default `16MB`"},
       deletes_field(),
       max_deletes_field(),
       lost_field(),
       conflicts_field(),
       changed_at_field(),
       object("ignore", FieldKind::object,
              "What is left out on purpose, so that `check` does not ask", ignore_shape()),
       object("adopt", FieldKind::object, "Rows that were in the target before",
              default_adopt_shape())}};
  return shape;
}

namespace {

Field differs_field() {
  return words(
      "differs",
      "A row that is not what the source makes of it: `quarantine` (default) leaves it and "
      "holds the source's row; or one side wins, or that which `newest` finds",
      {"quarantine", "source_wins", "target_wins", "newest"});
}

}  // namespace

const Shape& default_adopt_shape() {
  static const Shape shape{"`adopt`", {differs_field()}};
  return shape;
}

const Shape& adopt_shape() {
  static const Shape shape{"`adopt`",
                           {{"by", FieldKind::names,
                             "Target columns whose values together name a row, where the target "
                             "keeps no legacy key"},
                            differs_field()}};
  return shape;
}

const Shape& ignore_shape() {
  static const Shape shape{
      "`ignore`",
      {{"target", FieldKind::names, "Target columns left to the target's own default"},
       {"source_tables", FieldKind::names, "Source tables that are not moved"}}};
  return shape;
}

const Shape& deletes_shape() {
  static const Shape shape{
      "`deletes`",
      {{"mark", FieldKind::settings, "Target column → what it becomes when the row is gone",
        k_required},
       {"unmark", FieldKind::settings,
        "Target column → what it becomes when the row comes back; columns that the mapping fills "
        "get the source's value instead"}}};
  return shape;
}

const Shape& detect_shape() {
  static const Shape shape{
      "`detect`",
      {{"updated_at", FieldKind::expression,
        "A column of the driving table that says when a row was changed last, by time or by an "
        "ever growing integer: batches in which none is later than what was seen are only counted",
        k_required},
       {"overlap", FieldKind::text,
        "How far before the latest change seen another may still appear, `30min` (`s`, `min`, `h`, "
        "`d`); default `10min`, of times without zone `2h`; of an integer a number, without "
        "default"}}};
  return shape;
}

const Shape& changed_at_shape() {
  static const Shape shape{
      "`changed_at`",
      {{"source", FieldKind::expression, "At the source: a time, a date or a number that grows",
        k_required},
       {"target", FieldKind::name, "In the target: a column of the same kind", k_required}}};
  return shape;
}

const Shape& entity_shape() {
  static const Shape shape{
      "an entity",
      {{"from", FieldKind::text, "The one driving table and its alias: `dispatch_file f`",
        k_required},
       {"each", FieldKind::expressions,
        "Several rows per driving row: name → expression that gives them; a second name for "
        "`ordinality` numbers them"},
       object("join", FieldKind::objects, "Further tables: alias → join, each at most one row",
              join_shape()),
       {"to", FieldKind::name, "The target table", k_required},
       {"key", FieldKind::key,
        "What identifies a driving row for ever, and where the target keeps it", k_required},
       {"share", FieldKind::constants,
        "Where several entities fill one table: target column → constant that only this one's "
        "rows have"},
       {"exclude", FieldKind::expressions,
        "name → predicate: rows that are not moved, counted by name; the first name that is true "
        "counts"},
       {"refuse", FieldKind::expressions,
        "name → predicate: rows that are held in quarantine under this name"},
       {"columns", FieldKind::columns, "target column → expression or construct", k_required},
       {"batch_rows", FieldKind::count, "Rows per batch of this entity"},
       deletes_field(),
       max_deletes_field(),
       lost_field(),
       object("detect", FieldKind::object,
              "What tells, without comparing the rows, that nothing has changed", detect_shape()),
       conflicts_field(),
       changed_at_field(),
       object("adopt", FieldKind::object,
              "How rows are taken that were in the target before rehome", adopt_shape()),
       not_yet("was", "The entity's earlier name")}};
  return shape;
}

const Shape& join_shape() {
  static const Shape shape{
      "a join",
      {{"table", FieldKind::name, "The joined table", k_required},
       {"on", FieldKind::expression,
        "The condition: its own columns, the driving row's and those of earlier joins", k_required},
       words("one",
             "`required`: a driving row without partner is held; `optional`: its columns are NULL",
             {"required", "optional"}, k_required),
       object("pick", FieldKind::object, "Which row, when there may be several", pick_shape())}};
  return shape;
}

const Shape& pick_shape() {
  static const Shape shape{
      "`pick`",
      {{"order", FieldKind::expression, "The row with the lowest value is taken", k_required}}};
  return shape;
}

const Shape& unique_shape() {
  static const Shape shape{"`unique`",
                           {words("losers",
                                  "Rows whose unique value another row has: `hold` them, or "
                                  "`leave_empty` the column; the lowest key wins",
                                  {"hold", "leave_empty"}, k_required),
                            not_yet("order", "Another order than the key's")}};
  return shape;
}

const Shape& column_options_shape() {
  static const Shape shape{
      "a column",
      {words("owner",
             "`target`: written once, when the row is inserted, then left to the application",
             {"source", "target"}),
       object("unique", FieldKind::object, "What happens to rows that share a unique value",
              unique_shape())}};
  return shape;
}

std::string describe(const Field& field) {
  switch (field.kind) {
    case FieldKind::text:
      return "text";
    case FieldKind::name:
      return "name";
    case FieldKind::expression:
      return "SQL";
    case FieldKind::count:
      return "number";
    case FieldKind::size:
      return "size";
    case FieldKind::percent:
      return "percentage";
    case FieldKind::word:
      return join_words(field.words);
    case FieldKind::choice:
      return join_words(field.words) + " \\| map";
    case FieldKind::settings:
      return "map: column → value";
    case FieldKind::names:
      return "list of names";
    case FieldKind::expressions:
      return "map: name → SQL";
    case FieldKind::constants:
      return "map: name → constant";
    case FieldKind::object:
    case FieldKind::objects:
      return "map";
    case FieldKind::columns:
      return "map";
    case FieldKind::key:
      return "SQL, list or map";
    case FieldKind::other:
      return "see meaning";
  }
  return {};
}

std::string write_field_table(const std::vector<Field>& fields) {
  std::string table = "| key | value | meaning |\n|---|---|---|\n";
  for (const Field& field : fields) {
    if (field.not_yet) continue;
    table += fmt::format("| `{}`{} | {} | {} |\n", field.name, field.required ? " (required)" : "",
                         describe(field), field.doc);
  }
  return table;
}

}  // namespace rehome::mapping

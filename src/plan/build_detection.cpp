// The column that tells when a row was changed last, and what it cannot tell.
#include <fmt/format.h>

#include <set>

#include "plan/build_entity.h"
#include "plan/type_text.h"

namespace rehome::plan {

namespace {

constexpr Oid k_date = 1082;
constexpr Oid k_timestamp = 1114;
constexpr Oid k_timestamptz = 1184;
constexpr std::string_view k_default_overlap = "10 minutes";
// Clocks of a zone go back by an hour in autumn.
constexpr std::string_view k_default_naive_overlap = "2 hours";

bool is_time(Oid type) { return type == k_date || type == k_timestamp || type == k_timestamptz; }

// A clock that runs ahead must not hide what comes after it. Where nobody says what zone a time is
// of, it is taken to be of the last one in which it is still that early.
std::string not_in_the_future(const std::string& value, Oid type, const mapping::Mapping& mapping) {
  if (is_integer(type)) return "true";
  const auto& zone = mapping.source.naive_timestamps;
  std::string now = "transaction_timestamp()";
  if (type != k_timestamptz)
    now += " AT TIME ZONE " + sql::quote_literal(zone ? zone->value : "Etc/GMT+12");
  if (type == k_date) now = "(" + now + ")::date";
  return fmt::format("{} <= {}", value, now);
}

std::string write_overlap(const std::optional<mapping::Overlap>& overlap, Oid type) {
  if (is_integer(type)) return fmt::format("{}::int8", overlap ? overlap->amount : 0);
  if (!overlap) {
    return fmt::format("interval '{}'",
                       type == k_timestamptz ? k_default_overlap : k_default_naive_overlap);
  }
  return fmt::format("interval '{} {}'", overlap->amount, overlap->unit);
}

// Tables whose rows may change while the driving row does not.
std::vector<std::string> list_unseen(const DraftEntity& drafted) {
  std::set<std::string> tables;
  for (const DraftJoin& each : drafted.joins) tables.insert(each.table->name.name);
  const auto add = [&](const mapping::Expression& expression) {
    for (const auto& each : expression.parsed.tables) tables.insert(each.name);
  };
  for (const auto& each : drafted.entity->exclude) add(each.when);
  for (const auto& each : drafted.entity->refuse) add(each.when);
  for (const mapping::Column& column : drafted.entity->columns) {
    for (const mapping::Expression* each : column.construct->expressions()) add(*each);
  }
  return {tables.begin(), tables.end()};
}

}  // namespace

void build_detection(Draft& draft, const DraftEntity& drafted, Entity& entity) {
  if (!drafted.entity->detect) return;
  const mapping::Detect& detect = *drafted.entity->detect;
  const mapping::Text& written = detect.updated_at.text;
  const catalog::Column* column = find_plain_column(drafted, detect.updated_at);
  if (column == nullptr) {
    return draft.error("E2110", written,
                       fmt::format("`updated_at` must be a column of {}, and nothing else",
                                   drafted.source->name.name));
  }
  if (!is_time(column->type) && !is_integer(column->type)) {
    return draft.error("E2110", written,
                       fmt::format("{} says neither a time nor an integer", column->name),
                       "date, timestamp, timestamptz, smallint, integer or bigint");
  }
  const auto& overlap = detect.overlap;
  const bool integer = is_integer(column->type);
  if (integer && !overlap) {
    return draft.error(
        "E2111", written,
        fmt::format("{} is an integer: nobody knows how far its changes overlap", column->name),
        "overlap: 1000, say; 0 if every change is visible at once");
  }
  if (overlap && integer != overlap->unit.empty()) {
    return draft.error(
        "E2111", overlap->position, 1,
        fmt::format("the overlap of {} is a {}", column->name, integer ? "number" : "time"),
        integer ? "overlap: 1000, say" : "overlap: 10min");
  }
  const std::string value = sql::qualified_column(entity.alias, column->name);
  entity.detection = Detection{column->name,
                               value,
                               builtin_type_text(column->type, -1),
                               write_overlap(overlap, column->type),
                               not_in_the_future(value, column->type, draft.mapping),
                               integer ? "1000" : "2026-01-01",
                               list_unseen(drafted),
                               written.position};
}

}  // namespace rehome::plan

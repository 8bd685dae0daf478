// Who wins where both sides changed a row, and how the times are compared that say which is newer.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "plan/build_entity.h"
#include "plan/type_text.h"

namespace rehome::plan {

namespace {

constexpr Oid k_int8 = 20;
constexpr Oid k_date = 1082;
constexpr Oid k_timestamp = 1114;
constexpr Oid k_timestamptz = 1184;

bool tells_order(Oid type) {
  return is_integer(type) || type == k_date || type == k_timestamp || type == k_timestamptz;
}

class ChangedAtBuilder {
 public:
  ChangedAtBuilder(Draft& draft, const DraftEntity& drafted, const TypeAnswer& source)
      : draft_(draft),
        changed_(*drafted.changed_at),
        column_(*drafted.target->find_column(changed_.target.value)),
        stored_(draft.target.find_stored_type(column_.type)),
        source_(source) {}

  // Nothing after a finding.
  std::optional<ChangedAt> build() {
    const Oid stored = stored_ != nullptr ? stored_->oid : 0;
    if (!tells_order(source_.oid)) {
      refuse(fmt::format("`{}` is {}: it does not say when a row was changed",
                         changed_.source.text.value, source_.text),
             k_kinds);
    } else if (!tells_order(stored)) {
      refuse(fmt::format("{} is {}: it does not say when a row was changed", column_.name,
                         column_.type_text),
             k_kinds);
    } else if (source_.oid == stored || (is_integer(source_.oid) && is_integer(stored))) {
      return make(is_integer(stored) ? k_int8 : stored, changed_.source.fragment());
    } else if (source_.oid == k_timestamp && stored == k_timestamptz) {
      return build_zoned();
    } else {
      refuse_unlike(stored == k_timestamp && source_.oid == k_timestamptz
                        ? fmt::format("say in which zone the target writes it: ({} at time zone "
                                      "'UTC')",
                                      changed_.source.text.value)
                        : fmt::format("write a cast to {}, if it is the same in another form",
                                      column_.type_text));
    }
    return std::nullopt;
  }

 private:
  static constexpr const char* k_kinds =
      "timestamptz, timestamp, date and integers do, the same on both sides";

  std::optional<ChangedAt> build_zoned() {
    const auto& zone = draft_.mapping.source.naive_timestamps;
    if (zone) {
      return make(k_timestamptz, sql::Fragment("(") + changed_.source.fragment() +
                                     ") AT TIME ZONE " + sql::quote_literal(zone->value));
    }
    refuse_unlike("name the zone once: source.naive_timestamps: America/Los_Angeles");
    return std::nullopt;
  }

  ChangedAt make(Oid type, const sql::Fragment& value) const {
    ChangedAt made;
    made.source_text = changed_.source.text.value;
    made.type = type;
    made.type_text = builtin_type_text(type, -1);
    made.source = sql::Fragment("(") + value + sql::Fragment(")::" + made.type_text);
    made.column = column_.name;
    return made;
  }

  void refuse_unlike(std::string hint) {
    refuse(fmt::format("`{}` is {}, {} is {}: which is newer cannot be told",
                       changed_.source.text.value, source_.text, column_.name, column_.type_text),
           std::move(hint));
  }

  void refuse(std::string message, std::string hint) {
    draft_.error("E2307", changed_.source.text, std::move(message), std::move(hint));
  }

  Draft& draft_;
  const mapping::ChangedAt& changed_;
  const catalog::Column& column_;
  const catalog::Type* stored_;
  const TypeAnswer& source_;
};

}  // namespace

void build_conflicts(Draft& draft, const DraftEntity& drafted, const TypeAnswers& answers,
                     Entity& entity) {
  entity.conflicts = draft.mapping.conflicts_of(*drafted.entity).word;
  if (drafted.changed_at == nullptr) return;
  const TypeAnswer* answer = find_answer(answers, entity.name, "changed_at");
  auto changed =
      ChangedAtBuilder(draft, drafted, answer != nullptr ? *answer : TypeAnswer{}).build();
  if (!changed || draft.mapping.find_newest(*drafted.entity) == nullptr) return;
  changed->field = entity.field_count++;
  // The staging table has a column for each of the entity's.
  changed->staged_name = "changed_at";
  while (entity.find_column(changed->staged_name) != nullptr) changed->staged_name += "_";
  entity.changed_at = std::move(changed);
}

const TypeAnswer* find_answer(const TypeAnswers& answers, const std::string& entity,
                              const std::string& item) {
  const auto found = answers.find(entity + "/" + item);
  return found == answers.end() ? nullptr : &found->second;
}

}  // namespace rehome::plan

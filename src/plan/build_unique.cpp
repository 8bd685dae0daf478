// Which unique values of the target two source rows may share.
#include <fmt/format.h>

#include <algorithm>

#include "base/suggestion.h"
#include "plan/build_entity.h"
#include "plan/type_text.h"

namespace rehome::plan {

namespace {

using catalog::TypeKind;

constexpr Oid k_text = 25;
constexpr Oid k_bpchar = 1042;
constexpr Oid k_varchar = 1043;

// One column of a unique index, as the entity fills it.
struct UniqueColumn {
  const Column* column = nullptr;
  const DraftColumn* drafted = nullptr;
  const catalog::Type* stored = nullptr;
};

// Types that the target compares as the source does.
bool compares_alike(Oid source, const catalog::Type& target) {
  const auto is_plain_text = [](Oid type) { return type == k_text || type == k_varchar; };
  return target.is_builtin() &&
         (source == target.oid || (is_plain_text(source) && is_plain_text(target.oid)) ||
          (is_integer(source) && is_integer(target.oid)));
}

class UniqueBuilder {
 public:
  UniqueBuilder(Draft& draft, const DraftEntity& drafted, Entity& entity)
      : draft_(draft), drafted_(drafted), entity_(entity) {}

  void run() {
    for (const catalog::Index& each : drafted_.target->indexes) {
      if (!each.unique || !each.valid || is_made_here(each)) continue;
      if (!is_unique_key(each) || !add(each)) note_unseen(each.name);
    }
    for (const catalog::Constraint& each : drafted_.target->constraints) {
      if (each.kind == catalog::ConstraintKind::exclusion) note_unseen(each.name);
    }
    check_options();
  }

  // Source rows that have one natural key between them are found like those that share a unique
  // value.
  void build_natural_key(const mapping::Adopt& adopt) {
    std::vector<UniqueColumn> columns;
    UniqueCheck check;
    for (const mapping::Text& each : adopt.by) {
      const UniqueColumn column = find(each.value);
      if (column.column == nullptr) {
        report_missing(each);
        continue;
      }
      entity_.adoption.by.push_back(
          static_cast<std::size_t>(column.column - entity_.columns.data()));
      if (column.stored == nullptr || !is_comparable(*column.stored)) {
        draft_.error("E2802", each,
                     fmt::format("values of {} cannot be compared by =: it names no row",
                                 column.column->target_type),
                     "adopt by other columns");
      } else if (!add_values(column, check)) {
        draft_.error("E2802", each,
                     fmt::format("{} is not made at the source: which of its rows share a value "
                                 "cannot be told beforehand",
                                 each.value),
                     "adopt by columns that are expressions, or refs to one entity");
      }
      columns.push_back(column);
    }
    if (columns.size() != adopt.by.size() || is_proven(columns)) return;
    check.constraint = "the natural key";
    check.position = adopt.position;
    entity_.adoption.rivals = std::move(check);
  }

 private:
  void report_missing(const mapping::Text& name) {
    if (drafted_.target->find_column(name.value) == nullptr) {
      return draft_.error(
          "E2105", name,
          fmt::format("no column {} in {} of the target", name.value, drafted_.target->name.text()),
          base::did_you_mean(name.value, drafted_.target->column_names()));
    }
    draft_.error("E2801", name,
                 fmt::format("nothing fills {}: no row could be known by it", name.value),
                 "adopt by columns of the mapping");
  }

  static bool is_comparable(const catalog::Type& type) {
    constexpr std::string_view k_without_order =
        " json xml point line lseg path polygon box circle txid_snapshot ";
    std::string_view name = type.name;
    if (name.starts_with('_')) name.remove_prefix(1);
    return k_without_order.find(fmt::format(" {} ", name)) == std::string_view::npos;
  }

  void note_unseen(const std::string& constraint) {
    if (entity_.sequential_because.empty()) entity_.sequential_because = constraint;
  }

  // True if no value of the source takes part in it: two rows cannot clash, or it is not ours.
  bool is_made_here(const catalog::Index& index) const {
    if (index.partial || index.has_expressions) return false;
    bool never_equal = false;
    bool from_source = false;
    for (const std::string& each : index.columns) {
      const Column* column = entity_.find_column(each);
      if (column == nullptr) {
        const catalog::Column* stored = drafted_.target->find_column(each);
        never_equal = never_equal || (!stored->has_default && !index.nulls_not_distinct);
      } else {
        never_equal = never_equal || column->uuid || (column->value.empty() && !column->ref);
        from_source = true;
      }
    }
    return never_equal || !from_source;
  }

  // False when the source cannot show which rows share these values.
  bool add(const catalog::Index& index) {
    std::vector<UniqueColumn> columns;
    for (const std::string& each : index.columns) {
      const UniqueColumn column = find(each);
      if (column.column == nullptr || column.stored == nullptr) return false;
      columns.push_back(column);
    }
    // The one that losers leave empty goes last.
    std::stable_partition(columns.begin(), columns.end(),
                          [](const auto& each) { return !each.column->unique_losers; });
    UniqueCheck check;
    for (const UniqueColumn& each : columns) {
      if (!add_values(each, check)) return false;
    }
    if (is_proven(columns) && !index.nulls_not_distinct) return true;
    check.constraint = index.name;
    check.losers = columns.back().column->unique_losers.value_or(mapping::Losers::hold);
    check.nulls_not_distinct = index.nulls_not_distinct;
    check.position = columns.back().column->position;
    entity_.unique_checks.push_back(std::move(check));
    return true;
  }

  UniqueColumn find(const std::string& name) const {
    for (std::size_t index = 0; index < entity_.columns.size(); ++index) {
      if (entity_.columns[index].name != name) continue;
      const DraftColumn& drafted = drafted_.columns[index];
      return {&entity_.columns[index], &drafted,
              draft_.target.find_stored_type(drafted.target->type)};
    }
    return {};
  }

  // False when the value is not made at the source.
  bool add_values(const UniqueColumn& unique, UniqueCheck& check) const {
    const Column& column = *unique.column;
    if (column.ref) {
      // One legacy key of the parent is one value of the ref. Where a row may have several parents,
      // NULLs would hide duplicates.
      const Ref& ref = entity_.refs[*column.ref];
      if (ref.targets.size() != 1 || !tells_parents_apart(ref.targets.front())) return false;
      const std::size_t first = entity_.field_count - entity_.ref_keys.size();
      for (std::size_t part = 0; part < ref.targets[0].field_count; ++part) {
        check.values.push_back(entity_.ref_keys[ref.targets[0].first_field - first + part]);
      }
    } else if (column.value.empty() || column.flight) {
      return false;
    } else {
      check.values.push_back(comparable(unique));
    }
    check.columns.push_back(column.name);
    return true;
  }

  bool tells_parents_apart(const RefTarget& target) const {
    return target.is_key || draft_.find_entity(target.entity)->target->is_unique({target.column});
  }

  // Equal at the source where the target finds them equal.
  static sql::Fragment comparable(const UniqueColumn& unique) {
    const sql::Fragment& value = unique.column->value;
    if (unique.stored->name == "citext" && !unique.stored->is_builtin())
      return sql::Fragment("lower(") + value + ")";
    if (unique.stored->oid == k_bpchar) return sql::Fragment("rtrim(") + value + ", ' ')";
    return value;
  }

  // True if the source's own constraints show that no two rows share these values.
  bool is_proven(const std::vector<UniqueColumn>& columns) const {
    if (drafted_.each) return false;
    std::vector<std::string> source_columns;
    for (const UniqueColumn& each : columns) {
      const std::vector<const mapping::Expression*> values = expressions(each);
      for (std::size_t part = 0; part < values.size(); ++part) {
        const catalog::Column* plain = find_plain_column(drafted_, *values[part]);
        if (plain != nullptr && is_kept(*plain, each, part)) source_columns.push_back(plain->name);
      }
    }
    return drafted_.source->is_unique(source_columns);
  }

  // What the value is, if it is nothing but that.
  static std::vector<const mapping::Expression*> expressions(const UniqueColumn& unique) {
    if (unique.drafted->key_part != nullptr) return {&unique.drafted->key_part->source};
    if (unique.drafted->mapped == nullptr) return {};
    const mapping::Construct& construct = *unique.drafted->mapped->construct;
    if (construct.name() != "sql" && !unique.column->ref) return {};
    return construct.expressions();
  }

  // True if different values of the source stay different.
  bool is_kept(const catalog::Column& plain, const UniqueColumn& unique, std::size_t part) const {
    const catalog::Type* from = draft_.source.find_stored_type(plain.type);
    if (from == nullptr) return false;
    if (!unique.column->ref) return compares_alike(from->oid, *unique.stored);
    const Ref& ref = entity_.refs[*unique.column->ref];
    const std::size_t first = entity_.field_count - entity_.ref_keys.size();
    const Oid to = entity_.ref_key_types[ref.targets[0].first_field - first + part];
    return from->oid == to || (is_integer(from->oid) && is_integer(to));
  }

  void check_options() {
    for (const Column& each : entity_.columns) {
      if (!each.unique_losers) continue;
      if (*each.unique_losers == mapping::Losers::leave_empty && !each.nullable) {
        draft_.error(
            "E2701", each.position, 1,
            fmt::format("{} is NOT NULL: who loses its value cannot leave it empty", each.name),
            "write losers: hold");
      }
      const bool covered = std::any_of(
          drafted_.target->indexes.begin(), drafted_.target->indexes.end(), [&](const auto& index) {
            return is_unique_key(index) && std::find(index.columns.begin(), index.columns.end(),
                                                     each.name) != index.columns.end();
          });
      if (covered) continue;
      draft_.error("E2702", each.position, 1,
                   fmt::format("no unique index of {} has {}: nobody can lose its value",
                               drafted_.target->name.text(), each.name),
                   "leave out unique:, or make the index");
    }
  }

  Draft& draft_;
  const DraftEntity& drafted_;
  Entity& entity_;
};

}  // namespace

void build_adoption(Draft& draft, const DraftEntity& drafted, Entity& entity) {
  const auto& adopt = drafted.entity->adopt;
  entity.adoption.differs = draft.mapping.differs_of(*drafted.entity).word;
  if (!adopt) return;
  UniqueBuilder(draft, drafted, entity).build_natural_key(*adopt);
  if (!entity.legacy_columns.empty() || !adopt->by.empty()) return;
  draft.error("E2803", adopt->position, 1,
              fmt::format("nothing tells which row of {} is whose: it keeps no legacy key",
                          drafted.target->name.text()),
              "write by: [column, …], or name the column that keeps the key: {o.id: legacy_id}");
}

void build_unique_checks(Draft& draft, const DraftEntity& drafted, Entity& entity) {
  UniqueBuilder(draft, drafted, entity).run();
}

}  // namespace rehome::plan

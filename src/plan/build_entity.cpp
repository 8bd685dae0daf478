#include "plan/build_entity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "plan/conversion.h"
#include "plan/fingerprint.h"
#include "plan/statements.h"
#include "plan/type_text.h"

namespace rehome::plan {

namespace {

constexpr Oid k_bool = 16;
constexpr Oid k_text = 25;
constexpr Oid k_timestamp = 1114;
constexpr Oid k_timestamptz = 1184;

// Types the ledger keeps as they are, and whose order an index can walk in ranges: int2 int4 int8
// uuid.
constexpr std::array<Oid, 4> k_native_types = {21, 23, 20, 2950};

// text, varchar, char(n), and a constant whose type nobody has asked for.
bool is_text(Oid type) { return type == k_text || type == 1043 || type == 1042 || type == 705; }

bool is_native(Oid type) {
  return std::find(k_native_types.begin(), k_native_types.end(), type) != k_native_types.end();
}

// All other types are kept as text.
KeyColumn make_key_column(const mapping::KeyPart& part, const std::string& name,
                          const TypeAnswer& answer) {
  KeyColumn key;
  key.name = name;
  const bool native = is_native(answer.oid);
  key.type = native ? answer.oid : k_text;
  key.type_text = builtin_type_text(key.type, -1);
  key.value = part.source.fragment() + sql::Fragment("::" + key.type_text);
  if (key.type == k_text) key.order_suffix = " COLLATE \"C\"";
  key.position = part.source.text.position;
  return key;
}

class EntityBuilder {
 public:
  EntityBuilder(Draft& draft, const DraftEntity& drafted, const TypeAnswers& answers)
      : draft_(draft), drafted_(drafted), answers_(answers) {}

  Entity build() {
    begin();
    check_predicates();
    for (const DraftColumn& each : drafted_.columns) build_column(each);
    build_conflicts(draft_, drafted_, answers_, entity_);
    place_ref_keys();
    build_target_key();
    build_row_hash();
    build_staged();
    build_inputs(draft_, drafted_, entity_);
    build_probes(drafted_, entity_);
    build_unique_checks(draft_, drafted_, entity_);
    build_adoption(draft_, drafted_, entity_);
    build_removal(draft_, drafted_, entity_);
    build_detection(draft_, drafted_, entity_);
    return std::move(entity_);
  }

 private:
  void begin() {
    const mapping::Entity& mapped = *drafted_.entity;
    entity_.name = mapped.name.value;
    entity_.position = mapped.name.position;
    entity_.source_table = drafted_.source->name;
    entity_.alias = mapped.alias.value;
    entity_.driving = drafted_.driving;
    entity_.each = drafted_.each_rows;
    entity_.from = drafted_.from;
    entity_.target_table = drafted_.target->name;
    entity_.stands_for = drafted_.target->stands_for;
    entity_.key = drafted_.key;
    entity_.id_source = drafted_.id_source;
    entity_.batch_rows = mapped.batch_rows.value_or(draft_.mapping.defaults.batch_rows);
    entity_.batch_bytes = draft_.mapping.defaults.batch_bytes;
    entity_.salt = entity_salt(draft_.mapping, mapped);
    entity_.image_columns = image_columns();
    entity_.stored_columns = drafted_.target->column_names();
    entity_.ranged = key_is_ranged();
    entity_.source_version = draft_.source.server_version;
    entity_.target_version = draft_.target.server_version;
    entity_.field_count = entity_.key.size() + 2;
    for (const DraftJoin& each : drafted_.joins) {
      if (!each.proven_single)
        entity_.unproven_joins.push_back({each.join->alias.value, each.join->alias.position});
    }
    for (const mapping::Share& each : mapped.share)
      entity_.share.push_back({each.column.value, each.value});
    for (const mapping::Predicate& each : mapped.exclude) {
      entity_.exclusions.push_back(
          {each.name.value, each.when.fragment() + sql::Fragment(" IS TRUE"), each.name.position});
    }
    for (const mapping::Refusal& each : drafted_.holds) {
      entity_.holds.push_back({each.reason, each.message, each.when, each.position});
    }
  }

  std::vector<std::string> image_columns() const {
    std::vector<std::string> columns = drafted_.source->column_names();
    for (const mapping::Column& each : drafted_.entity->columns) {
      for (const mapping::Text& secret : each.construct->excepted_columns())
        std::erase(columns, secret.value);
    }
    return columns;
  }

  bool key_is_ranged() const {
    std::vector<std::string> columns;
    for (std::size_t index = 0; index < drafted_.key.size(); ++index) {
      const auto* plain = find_plain_column(drafted_, drafted_.entity->key[index].source);
      if (plain == nullptr || !is_native(drafted_.key[index].type)) return false;
      columns.push_back(plain->name);
    }
    return drafted_.source->has_index_on(columns);
  }

  void check_predicates() {
    const auto check = [&](const std::string& item, const base::Position& at,
                           const std::string& what) {
      const TypeAnswer* answer = find_answer(answers_, entity_.name, item);
      if (answer == nullptr || answer->oid == k_bool) return;
      draft_.error("E2305", at, 1, fmt::format("{} is {}, not a condition", what, answer->text),
                   "compare it with something, e.g. … is not null");
    };
    for (const mapping::Predicate& each : drafted_.entity->exclude) {
      check("exclude " + each.name.value, each.when.text.position, each.name.value);
    }
    for (const mapping::Predicate& each : drafted_.entity->refuse) {
      check("refuse " + each.name.value, each.when.text.position, each.name.value);
    }
  }

  void build_column(const DraftColumn& drafted) {
    Column column;
    column.name = drafted.target->name;
    column.target_type = drafted.target->type_text;
    column.nullable = is_nullable(draft_.target, *drafted.target);
    column.position = drafted.position;
    column.audit = drafted.derivation.audit;
    column.flight = drafted.derivation.flight;
    if (drafted.mapped != nullptr) {
      column.owner = drafted.mapped->owner;
      column.unique_losers = drafted.mapped->unique_losers;
    }
    const catalog::Type* type = draft_.target.find_type(drafted.target->type);
    column.hash_type = type != nullptr && type->is_builtin() ? type->oid : 0;
    std::size_t field = k_no_field;
    if (drafted.derivation.uuid) {
      build_uuid(drafted, column);
    } else if (drafted.derivation.ref) {
      column.wire_type = drafted.target->type;
      column.ref = entity_.refs.size();
      entity_.refs.push_back({column.name,
                              {},
                              drafted.derivation.ref->missing,
                              false,
                              false,
                              find_immediate_constraint(*drafted_.target, column.name),
                              drafted.position});
    } else if (!drafted.derivation.value.empty()) {
      build_value(drafted, column);
      field = find_field(column);
      if (field == k_no_field) field = entity_.field_count++;
    } else {
      column.wire_type = drafted.target->type;
      entity_.sequence = drafted.target->sequence;
    }
    if (drafted.key_part != nullptr) entity_.legacy_columns.push_back(entity_.columns.size());
    if (!drafted.target->sequence.empty() && !drafted.derivation.value.empty()) {
      entity_.sequences.push_back(column.name + "\n" + drafted.target->sequence);
    }
    entity_.columns.push_back(std::move(column));
    entity_.fields.push_back(field);
  }

  // The same value is computed and sent once, however many columns take it.
  std::size_t find_field(const Column& column) const {
    for (std::size_t index = 0; index < entity_.columns.size(); ++index) {
      const Column& other = entity_.columns[index];
      const bool same =
          other.value.text() == column.value.text() && other.wire_type == column.wire_type;
      if (same && entity_.fields[index] != k_no_field) return entity_.fields[index];
    }
    return k_no_field;
  }

  void build_uuid(const DraftColumn& drafted, Column& column) {
    column.uuid = drafted.derivation.uuid->version;
    column.wire_type = drafted.target->type;
    if (column.uuid == mapping::UuidVersion::v7) {
      if (!drafted.derivation.uuid->time) {
        draft_.error("E2601", drafted.position, 1, "a uuid of version 7 needs a time",
                     "write {uuid: v7, time: created_at}");
      }
      entity_.time_field = entity_.field_count++;
      if (drafted.derivation.uuid->time) build_time(drafted);
    }
    // Only integer keys fit the low 48 bits of the ordered form; others get an unordered one.
    const bool integer_key = entity_.key.size() == 1 && is_integer(entity_.key[0].type);
    if (column.uuid == mapping::UuidVersion::v8 && !integer_key) {
      column.uuid = mapping::UuidVersion::v5;
      column.hashed_id = true;
    }
  }

  // A cast would take the session's time zone for a time that has none.
  void build_time(const DraftColumn& drafted) {
    const sql::Fragment& time = *drafted.derivation.uuid->time;
    const std::string& name = drafted.target->name;
    const TypeAnswer* answer = find_answer(answers_, entity_.name, "time " + name);
    const auto& zone = draft_.mapping.source.naive_timestamps;
    entity_.time = sql::Fragment("(") + time + ")::timestamptz";
    if (answer == nullptr || answer->oid == k_timestamptz) return;
    if (answer->oid == k_timestamp && zone) {
      entity_.time =
          sql::Fragment("((") + time + ") AT TIME ZONE " + sql::quote_literal(zone->value) + ")";
    } else {
      draft_.error(
          "E2301", drafted.position, 1,
          fmt::format("the time of {} is {}, not timestamp with time zone", name, answer->text),
          answer->oid == k_timestamp
              ? "name the zone once: source.naive_timestamps: America/Los_Angeles"
              : "say in which zone: (… at time zone 'America/Los_Angeles')");
    }
  }

  void build_value(const DraftColumn& drafted, Column& column) {
    const TypeAnswer* answer = find_answer(answers_, entity_.name, "column " + column.name);
    ConversionRequest request;
    request.value = drafted.derivation.value;
    if (answer != nullptr) request.from = *answer;
    // A flight turns text into text; what the target makes of it is text again.
    request.in_flight = column.flight != nullptr;
    request.value_is_text = drafted.derivation.value_is_text || request.in_flight;
    request.declared_loss = drafted.derivation.declared_loss;
    request.max_characters = drafted.derivation.max_characters;
    request.is_label = check_labels(draft_, drafted);
    if (draft_.mapping.source.naive_timestamps)
      request.naive_zone = draft_.mapping.source.naive_timestamps->value;
    const Conversion conversion = convert(request, *drafted.target, draft_.target);
    if (!conversion.refusal.empty()) {
      draft_.error("E2301", drafted.position, 1, conversion.refusal, conversion.hint);
      return;
    }
    column.source_type = answer != nullptr ? answer->text : "";
    column.value = conversion.value;
    column.wire = conversion.wire;
    column.wire_type = conversion.wire_type;
    column.stable = conversion.stable;
    for (const Loss& each : conversion.losses) {
      entity_.holds.push_back({"loss", each.message, each.when, drafted.position});
    }
  }

  // Ref keys stand after all values: one group of fields per parent a ref may lead to.
  void place_ref_keys() {
    for (std::size_t index = 0; index < drafted_.columns.size(); ++index) {
      if (!entity_.columns[index].ref) continue;
      Ref& ref = entity_.refs[*entity_.columns[index].ref];
      for (const mapping::RefTarget& each : drafted_.columns[index].derivation.ref->targets) {
        check_ref_key(entity_.columns[index].name, ref.targets.size(), each);
        ref.targets.push_back(make_ref_target(each, *drafted_.columns[index].derivation.ref));
        place_ref_key(each);
      }
    }
  }

  RefTarget make_ref_target(const mapping::RefTarget& target,
                            const mapping::RefDerivation& ref) const {
    const std::vector<std::string>& key = draft_.find_entity(target.entity.value)->target_key;
    const std::string column = ref.column ? ref.column->value : key.front();
    const bool is_key = key == std::vector<std::string>{column};
    return {target.entity.value, entity_.field_count, target.key.size(), column, is_key};
  }

  // A cast to integer rounds, and the row would get another parent without a word.
  void check_ref_key(const std::string& column, std::size_t number,
                     const mapping::RefTarget& target) {
    const DraftEntity* parent = draft_.find_entity(target.entity.value);
    for (std::size_t part = 0; part < target.key.size(); ++part) {
      const KeyColumn& key = parent->key[part];
      const TypeAnswer* answer =
          find_answer(answers_, entity_.name, fmt::format("ref {} {} {}", column, number, part));
      if (answer == nullptr || !is_native(key.type) || answer->oid == key.type) continue;
      if (is_text(answer->oid) || (is_integer(answer->oid) && is_integer(key.type))) continue;
      draft_.error("E2407", target.entity,
                   fmt::format("this ref gives {}, the key of {} is {}", answer->text,
                               target.entity.value, key.type_text),
                   "write the cast you mean");
    }
  }

  void place_ref_key(const mapping::RefTarget& target) {
    const DraftEntity* parent = draft_.find_entity(target.entity.value);
    for (std::size_t part = 0; part < target.key.size(); ++part) {
      entity_.ref_keys.push_back(sql::Fragment("(") + target.key[part] +
                                 sql::Fragment(")::" + parent->key[part].type_text));
      entity_.ref_key_types.push_back(parent->key[part].type);
      ++entity_.field_count;
    }
  }

  void build_target_key() {
    for (const std::string& name : drafted_.target_key) {
      const catalog::Column* column = drafted_.target->find_column(name);
      const catalog::Type* stored = draft_.target.find_stored_type(column->type);
      const bool builtin = stored != nullptr && stored->is_builtin();
      const Oid type = builtin ? stored->oid : k_text;
      entity_.target_key.push_back({name, type, builtin_type_text(type, -1)});
    }
  }

  void build_row_hash() {
    for (const Column& each : entity_.columns) {
      if (each.audit || each.owner == mapping::Owner::target || each.uuid) continue;
      entity_.row_hash_columns.push_back(each.name);
      if (!each.stable) entity_.reads_back_row_hash = true;
    }
    if (drafted_.target->has_insert_trigger()) entity_.reads_back_row_hash = true;
    // Only the newer formula is known to the mover.
    if (!has_record_hash(entity_.target_version)) entity_.reads_back_row_hash = true;
    if (keeps_bases(entity_)) entity_.reads_back_row_hash = true;
  }

  void build_staged() {
    for (const Column& each : entity_.columns) {
      const catalog::Column* target = drafted_.target->find_column(each.name);
      const catalog::Type* stored = draft_.target.find_stored_type(target->type);
      const bool builtin = stored != nullptr && stored->is_builtin();
      // An explicit cast cuts a text to its length in silence, so only what needs one gets one.
      const std::string cast = builtin || stored == nullptr
                                   ? ""
                                   : "::" + sql::QualifiedName{stored->schema, stored->name}.text();
      entity_.staged.push_back(
          {each.name, builtin ? builtin_type_text(stored->oid, -1) : "text", cast,
           staged_name(each.name),
           builtin ? builtin_type_text(stored->oid, draft_.target.stored_modifier(*target))
                   : "text"});
    }
  }

  // The staging table has columns of its own.
  std::string staged_name(const std::string& column) const {
    std::string name = column;
    while (name == "ordinal" || name == "refusal" ||
           (name != column && entity_.find_column(name) != nullptr)) {
      name += "_";
    }
    return name;
  }

  Draft& draft_;
  const DraftEntity& drafted_;
  const TypeAnswers& answers_;
  Entity entity_;
};

}  // namespace

namespace {

bool may_be_null(const DraftEntity& entity, const mapping::Expression& key) {
  const catalog::Column* column = find_plain_column(entity, key);
  if (column == nullptr) column = find_each_column(entity, key);
  return column == nullptr || !column->not_null;
}

}  // namespace

void resolve_key_types(Draft& draft, const TypeAnswers& answers) {
  for (DraftEntity& entity : draft.entities) {
    for (std::size_t part = 0; part < entity.entity->key.size(); ++part) {
      const TypeAnswer* answer =
          find_answer(answers, entity.entity->name.value, fmt::format("key {}", part));
      entity.key.push_back(make_key_column(entity.entity->key[part], entity.key_names[part],
                                           answer != nullptr ? *answer : TypeAnswer{}));
      entity.key.back().nullable = may_be_null(entity, entity.entity->key[part].source);
    }
  }
}

Entity build_entity(Draft& draft, const DraftEntity& drafted, const TypeAnswers& answers) {
  return EntityBuilder(draft, drafted, answers).build();
}

}  // namespace rehome::plan

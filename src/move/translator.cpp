#include "move/translator.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ensure.h"
#include "base/hash.h"
#include "ledger/key.h"

namespace rehome::move {

namespace {

constexpr plan::Oid k_text = 25;
constexpr plan::Oid k_int8 = 20;
constexpr plan::Oid k_int4 = 23;
// Between PostgreSQL's epoch (2000) and that of Unix.
constexpr std::int64_t k_epoch_difference_ms = 946684800000;

void append_field(std::string& bytes, const pg::Field& value) {
  pg::RowWriter writer(bytes);
  if (value) {
    writer.field(*value);
  } else {
    writer.null();
  }
}

}  // namespace

Translator::Translator(const plan::Entity& entity, const Losers& losers, base::IdMaker ids,
                       const Coming* coming)
    : entity_(entity), coming_(coming), losers_(losers), ids_(std::move(ids)) {
  for (const plan::Column& column : entity.columns) {
    const auto& hashed = entity.row_hash_columns;
    in_row_hash_.push_back(std::find(hashed.begin(), hashed.end(), column.name) != hashed.end());
    const auto part =
        std::find_if(entity.target_key.begin(), entity.target_key.end(),
                     [&](const plan::TargetKeyColumn& each) { return each.name == column.name; });
    target_key_part_.push_back(
        part == entity.target_key.end()
            ? std::nullopt
            : std::optional(static_cast<std::size_t>(part - entity.target_key.begin())));
  }
  crossing_.key_fields.resize(entity.key.size());
  crossing_.target_key.resize(entity.target_key.size());
}

void Translator::look_up_in(const RefMaps& parents) {
  parents_.clear();
  for (const plan::Ref& ref : entity_.refs) {
    auto& maps = parents_.emplace_back();
    for (const plan::RefTarget& each : ref.targets) {
      const auto found = parents.find({each.entity, each.column});
      base::ensure(found != parents.end(), "a ref whose parents were not read");
      maps.push_back(found->second.get());
    }
  }
}

plan::KeyText Translator::key_text() const { return ledger::key_text(entity_, fields_); }

bool Translator::hold(std::string reason, std::string message, const base::Position& position) {
  held_ = {};
  held_.key = key_text();
  held_.reason = std::move(reason);
  held_.message = std::move(message);
  held_.place = base::write_position(position);
  return false;
}

bool Translator::translate(std::span<const pg::Field> fields,
                           const std::vector<std::string>* target_key) {
  base::ensure(fields.size() == entity_.field_count,
               "a derived row with another number of fields than the plan");
  fields_ = fields;
  target_key_ = target_key;
  const std::size_t parts = entity_.key.size();
  crossing_.source_hash = pg::read_int64(*fields[parts + plan::k_hash_offset]);
  crossing_.key = ledger::pack_key(fields.first(parts));
  for (std::size_t part = 0; part < parts; ++part) crossing_.key_fields[part].assign(*fields[part]);
  crossing_.changed_at.clear();
  if (entity_.changed_at) append_field(crossing_.changed_at, fields[entity_.changed_at->field]);
  open_refs_.clear();

  const std::int32_t decision = pg::read_int32(*fields[parts + plan::k_decision_offset]);
  if (decision < 0) {
    const plan::Hold& cause = entity_.holds[static_cast<std::size_t>(-decision - 1)];
    return hold(cause.reason, cause.message, cause.position);
  }
  body_.clear();
  record_.clear();
  pg::append_int32(record_, static_cast<std::int32_t>(entity_.row_hash_columns.size()));
  for (std::size_t index = 0; index < entity_.columns.size(); ++index) {
    if (!add_column(index)) return false;
  }
  crossing_.row_hash.reset();
  if (!entity_.reads_back_row_hash)
    crossing_.row_hash = static_cast<std::int64_t>(base::postgres_hash(record_, 0));
  return true;
}

bool Translator::add_column(std::size_t index) {
  const plan::Column& column = entity_.columns[index];
  pg::Field value;
  if (!make_value(index, value)) return false;
  if (const plan::UniqueCheck* lost = find_lost(column)) {
    if (lost->losers != mapping::Losers::leave_empty) {
      hold("unique", fmt::format("{} is the value of a row with a lower key already", column.name),
           column.position);
      held_.sqlstate = "23505";
      held_.constraint = lost->constraint;
      return false;
    }
    value.reset();
  }
  if (!value && !column.nullable) {
    hold("not_null", fmt::format("{} would be NULL", column.name), column.position);
    held_.sqlstate = "23502";
    return false;
  }
  if (target_key_part_[index]) {
    base::ensure(value.has_value(), "a target key that is NULL");
    if (!take_key(index, *value)) return false;
  }
  append(column, value);
  if (in_row_hash_[index] && !entity_.reads_back_row_hash) append_to_record(column, value);
  return true;
}

// A row that is in the target keeps its key: others may refer to it.
bool Translator::take_key(std::size_t index, std::string_view value) {
  const std::size_t part = *target_key_part_[index];
  if (target_key_ != nullptr && (*target_key_)[part] != value) {
    const plan::Column& column = entity_.columns[index];
    return hold("key",
                fmt::format("{} would change, and is the row's key in the target", column.name),
                column.position);
  }
  crossing_.target_key[part].assign(value);
  return true;
}

bool Translator::make_value(std::size_t index, pg::Field& value) {
  const plan::Column& column = entity_.columns[index];
  if (column.ref) return make_ref(column, value);
  if (entity_.fields[index] == plan::k_no_field) {
    if (target_key_ != nullptr && target_key_part_[index]) {
      value = (*target_key_)[*target_key_part_[index]];
      return true;
    }
    if (column.uuid == mapping::UuidVersion::v7 && !check_time(column)) return false;
    value = make_id(column);
    return true;
  }
  value = fields_[entity_.fields[index]];
  return column.flight == nullptr || !value || fly(column, value);
}

bool Translator::fly(const plan::Column& column, pg::Field& value) {
  scratch_.clear();
  const mapping::Flight::Result result = column.flight->apply(*value, scratch_);
  if (result.outcome == mapping::Flight::Outcome::refused) {
    return hold("value", fmt::format("{}: {}", column.name, result.reason), column.position);
  }
  if (result.outcome == mapping::Flight::Outcome::null) {
    value.reset();
  } else {
    value = scratch_;
  }
  return true;
}

bool Translator::make_ref(const plan::Column& column, pg::Field& value) {
  const plan::Ref& ref = entity_.refs[*column.ref];
  for (std::size_t target = 0; target < ref.targets.size(); ++target) {
    const plan::RefTarget& each = ref.targets[target];
    const auto key = fields_.subspan(each.first_field, each.field_count);
    const bool absent =
        std::any_of(key.begin(), key.end(), [](const pg::Field& part) { return !part; });
    if (absent) continue;  // a NULL legacy key is a NULL ref
    value = parents_[*column.ref][target]->find(key);
    if (!value && ref.knotted && coming_ != nullptr) value = coming_->find(each.entity, key);
    return value || miss_parent(column, target);
  }
  return true;
}

// True if the row may go without it.
bool Translator::miss_parent(const plan::Column& column, std::size_t target) {
  const plan::Ref& ref = entity_.refs[*column.ref];
  const plan::RefTarget& to = ref.targets[target];
  const RefMap& parents = *parents_[*column.ref][target];
  const plan::Entity& parent = parents.entity();
  const auto key = fields_.subspan(to.first_field, to.field_count);
  plan::KeyText parent_key;
  for (std::size_t part = 0; part < key.size(); ++part)
    parent_key.push_back(ledger::field_text(parent.key[part].type, *key[part]));
  const std::string parent_json = ledger::key_json(parent, parent_key);
  if (ref.missing == mapping::Missing::leave_empty || ref.deferred) {
    open_refs_.push_back({key_text(), column.name, to.entity, parent_json});
    return true;
  }
  if (parents.is_empty(key)) {
    hold("parent_empty",
         fmt::format("{} refers to a row of {} whose {} is empty", column.name, to.entity,
                     to.column),
         ref.position);
  } else {
    hold("parent", fmt::format("{} refers to a row of {} that is not here", column.name, to.entity),
         ref.position);
  }
  held_.parent_entity = to.entity;
  held_.parent_key = std::move(parent_key);
  held_.parent_key_json = parent_json;
  return false;
}

// A uuid of version 7 has 48 bits for the time, in milliseconds since 1970 (RFC 9562, 5.7).
bool Translator::check_time(const plan::Column& column) {
  if (!fields_[*entity_.time_field]) {
    return hold("not_null", fmt::format("{} is made from a time, which is NULL", column.name),
                column.position);
  }
  const std::int64_t time_ms = id_time_ms();
  if (time_ms >= 0 && time_ms < std::int64_t{1} << 48) return true;
  return hold("value",
              fmt::format("{}: a uuid of version 7 has times from 1970 to 10889", column.name),
              column.position);
}

std::int64_t Translator::id_time_ms() const {
  const std::int64_t time_us = pg::read_int64(*fields_[*entity_.time_field]);
  const std::int64_t cut = time_us % 1000 < 0 ? 1 : 0;  // down, before 2000 too
  return time_us / 1000 - cut + k_epoch_difference_ms;
}

pg::Field Translator::make_id(const plan::Column& column) {
  id_scratch_.clear();
  if (!column.uuid) {
    const auto former = former_keys_.find(crossing_.key);
    if (former != former_keys_.end()) return former->second.front();
    base::ensure(!reserved_ids_.empty(), "no id of the sequence was reserved for this row");
    const std::int64_t id = reserved_ids_.front();
    reserved_ids_.pop_front();
    if (column.wire_type == k_int8) {
      pg::append_int64(id_scratch_, id);
    } else if (column.wire_type == k_int4) {
      pg::append_int32(id_scratch_, static_cast<std::int32_t>(id));
    } else {
      pg::append_int16(id_scratch_, static_cast<std::int16_t>(id));
    }
    return id_scratch_;
  }
  base::Uuid uuid{};
  switch (*column.uuid) {
    case mapping::UuidVersion::v4:
      uuid = base::make_random_uuid();
      break;
    case mapping::UuidVersion::v5:
      uuid = column.hashed_id ? ids_.make_hashed(ledger::id_key(entity_, key_text()))
                              : ids_.make_named(ledger::id_key(entity_, key_text()));
      break;
    case mapping::UuidVersion::v7:
      uuid = ids_.make_timed(id_time_ms(), ledger::id_key(entity_, key_text()));
      break;
    case mapping::UuidVersion::v8:
      uuid = ids_.make_ordered(ledger::read_integer(entity_.key[0].type, *fields_[0]));
      break;
  }
  id_scratch_.assign(uuid.begin(), uuid.end());
  return id_scratch_;
}

void Translator::append(const plan::Column& column, const pg::Field& value) {
  pg::RowWriter writer(body_);
  if (!value) {
    writer.null();
  } else if (column.wire == plan::Wire::jsonb) {
    writer.jsonb(*value);
  } else {
    writer.field(*value);
  }
}

// record_send: for each field the oid of its type, its length and its bytes.
void Translator::append_to_record(const plan::Column& column, const pg::Field& value) {
  pg::append_int32(record_,
                   static_cast<std::int32_t>(column.hash_type == 0 ? k_text : column.hash_type));
  append_field(record_, value);
}

const plan::UniqueCheck* Translator::find_lost(const plan::Column& column) const {
  for (std::size_t index = 0; index < losers_.size(); ++index) {
    if (losers_[index].empty()) continue;
    const plan::UniqueCheck& check = entity_.unique_checks[index];
    if (check.columns.back() != column.name || !losers_[index].contains(crossing_.key)) continue;
    return &check;
  }
  return nullptr;
}

}  // namespace rehome::move

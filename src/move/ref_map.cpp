#include "move/ref_map.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ensure.h"
#include "ledger/key.h"
#include "ledger/rows.h"
#include "ledger/schema.h"

namespace rehome::move {

namespace {

constexpr plan::Oid k_uuid = 2950;

}  // namespace

std::shared_ptr<RefMap> RefMap::make(const plan::Entity& parent, const std::string& column) {
  auto map = std::make_shared<RefMap>();
  map->entity_ = &parent;
  const auto key = std::find_if(parent.target_key.begin(), parent.target_key.end(),
                                [&](const auto& each) { return each.name == column; });
  // Only then do all values have one width.
  const bool flat =
      key != parent.target_key.end() && (ledger::is_integer(key->type) || key->type == k_uuid);
  if (flat && parent.key.size() == 1 && ledger::is_integer(parent.key[0].type))
    map->integer_type_ = parent.key[0].type;
  return map;
}

std::shared_ptr<const RefMap> RefMap::read(pg::Connection& target, const plan::Entity& parent,
                                           const std::string& column) {
  const auto map = make(parent, column);
  if (map->integer_type_ != 0) {
    // Room for all of them at once: a vector that grows would need twice its size for a moment.
    const auto rows =
        target.execute({"count parents", fmt::format("SELECT count(*) FROM {} AS p WHERE {}",
                                                     ledger::table_of(parent),
                                                     ledger::has_target_row(parent, "p"))});
    map->keys_.reserve(static_cast<std::size_t>(rows.integer(0, 0)));
  }
  const auto keys = ledger::legacy_columns(parent, "p");
  const ledger::ParentValue from = ledger::parent_value(parent, column);
  const std::string statement = fmt::format(
      "COPY (SELECT {0}, {1} FROM {2} WHERE {3} ORDER BY {0}) TO STDOUT (FORMAT binary)",
      sql::join(keys, ", "), from.value, from.from, ledger::has_target_row(parent, "p"));
  pg::CopyOut copy = target.copy_out({"read parents", statement});
  pg::RowReader reader;
  while (const auto message = copy.read()) {
    const auto fields = reader.read(*message);
    if (!fields.empty()) map->add(fields.first(keys.size()), fields[keys.size()]);
  }
  return map;
}

void RefMap::add(std::span<const pg::Field> key, const pg::Field& value) {
  if (!value) {
    empty_.insert(ledger::pack_key(key));
  } else if (integer_type_ == 0) {
    packed_.emplace(ledger::pack_key(key), *value);
  } else {
    if (keys_.empty()) {
      width_ = value->size();
      ids_.reserve(width_ * keys_.capacity());
    }
    base::ensure(value->size() == width_, "target keys of one table with different widths");
    keys_.push_back(ledger::read_integer(integer_type_, *key[0]));
    ids_.append(*value);
  }
}

std::optional<std::string_view> RefMap::find(std::span<const pg::Field> key) const {
  if (integer_type_ != 0) return find_integer(ledger::read_integer(integer_type_, *key[0]));
  const auto found = packed_.find(ledger::pack_key(key));
  if (found == packed_.end()) return std::nullopt;
  return std::string_view(found->second);
}

std::optional<std::string_view> RefMap::find_integer(std::int64_t key) const {
  const auto found = std::lower_bound(keys_.begin(), keys_.end(), key);
  if (found == keys_.end() || *found != key) return std::nullopt;
  const auto index = static_cast<std::size_t>(found - keys_.begin());
  return std::string_view(ids_).substr(index * width_, width_);
}

bool RefMap::is_empty(std::span<const pg::Field> key) const {
  return !empty_.empty() && empty_.contains(ledger::pack_key(key));
}

std::size_t RefMap::size() const { return integer_type_ != 0 ? keys_.size() : packed_.size(); }

Coming Coming::all() {
  Coming coming;
  coming.all_ = true;
  return coming;
}

void Coming::add(const std::string& entity, std::string packed_key, std::string target_key) {
  rows_[entity].emplace(std::move(packed_key), std::move(target_key));
}

std::optional<std::string_view> Coming::find(const std::string& entity,
                                             std::span<const pg::Field> key) const {
  if (all_) return std::string_view();
  const auto rows = rows_.find(entity);
  if (rows == rows_.end()) return std::nullopt;
  const auto found = rows->second.find(ledger::pack_key(key));
  if (found == rows->second.end()) return std::nullopt;
  return std::string_view(found->second);
}

RefMaps read_ref_maps(pg::Connection& target, const plan::Plan& plan, const plan::Entity& entity) {
  RefMaps maps;
  for (const plan::Ref& ref : entity.refs) {
    for (const plan::RefTarget& each : ref.targets) {
      auto& map = maps[{each.entity, each.column}];
      if (!map) map = RefMap::read(target, *plan.find_entity(each.entity), each.column);
    }
  }
  return maps;
}

}  // namespace rehome::move

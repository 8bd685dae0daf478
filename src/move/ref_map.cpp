#include "move/ref_map.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ensure.h"
#include "ledger/key.h"
#include "ledger/rows.h"
#include "ledger/schema.h"
#include "plan/statements.h"

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

std::shared_ptr<RefMap> RefMap::read(pg::Connection& target, const plan::Entity& parent,
                                     const std::string& column) {
  auto map = make(parent, column);
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

void RefMap::retain(pg::Connection& source) {
  std::vector<bool> wanted(keys_.size());
  std::unordered_map<std::string, std::string> kept;
  std::unordered_set<std::string> empty;
  pg::CopyOut copy =
      source.copy_out({"read keys of the source", "COPY (" + plan::source_keys_statement(*entity_) +
                                                      ") TO STDOUT (FORMAT binary)"});
  pg::RowReader reader;
  while (const auto message = copy.read()) {
    const auto key = reader.read(*message);
    if (key.empty()) continue;
    if (!empty_.empty()) empty.insert(empty_.extract(ledger::pack_key(key)));
    if (integer_type_ == 0) {
      kept.insert(packed_.extract(ledger::pack_key(key)));
    } else if (const auto place = find_place(ledger::read_integer(integer_type_, *key[0]))) {
      wanted[*place] = true;
    }
  }
  packed_ = std::move(kept);
  empty_ = std::move(empty);
  retain_places(wanted);
}

void RefMap::retain_places(const std::vector<bool>& wanted) {
  std::size_t next = 0;
  for (std::size_t place = 0; place < keys_.size(); ++place) {
    if (!wanted[place]) continue;
    if (next < place) {
      keys_[next] = keys_[place];
      std::copy_n(ids_.begin() + static_cast<std::ptrdiff_t>(place * width_), width_,
                  ids_.begin() + static_cast<std::ptrdiff_t>(next * width_));
    }
    ++next;
  }
  keys_.resize(next);
  ids_.resize(next * width_);
}

std::optional<std::string_view> RefMap::find(std::span<const pg::Field> key) const {
  if (integer_type_ != 0) {
    const auto place = find_place(ledger::read_integer(integer_type_, *key[0]));
    if (!place) return std::nullopt;
    return std::string_view(ids_).substr(*place * width_, width_);
  }
  const auto found = packed_.find(ledger::pack_key(key));
  if (found == packed_.end()) return std::nullopt;
  return std::string_view(found->second);
}

std::optional<std::size_t> RefMap::find_place(std::int64_t key) const {
  const auto found = std::lower_bound(keys_.begin(), keys_.end(), key);
  if (found == keys_.end() || *found != key) return std::nullopt;
  return static_cast<std::size_t>(found - keys_.begin());
}

bool RefMap::is_empty(std::span<const pg::Field> key) const {
  return !empty_.empty() && empty_.contains(ledger::pack_key(key));
}

std::size_t RefMap::size() const {
  return (integer_type_ != 0 ? keys_.size() : packed_.size()) + empty_.size();
}

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

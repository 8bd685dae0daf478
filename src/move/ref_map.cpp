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

std::shared_ptr<const RefMap> RefMap::read(pg::Connection& target, const plan::Entity& parent) {
  auto map = std::make_shared<RefMap>();
  map->entity_ = &parent;
  // Only then do all target keys have one width.
  const plan::Oid id_type = parent.target_key.front().type;
  const bool flat = ledger::is_integer(id_type) || id_type == k_uuid;
  const bool integer = flat && parent.key.size() == 1 && ledger::is_integer(parent.key[0].type);
  if (integer) map->integer_type_ = parent.key[0].type;
  const auto keys = ledger::legacy_columns(parent, "l");
  const std::string table = ledger::table_of(parent);
  if (integer) {
    // Room for all of them at once: a vector that grows would need twice its size for a moment.
    const auto rows = target.execute(
        {"count parents", fmt::format("SELECT count(*) FROM {} WHERE state = 'here'", table)});
    map->keys_.reserve(static_cast<std::size_t>(rows.integer(0, 0)));
  }
  const std::string statement = fmt::format(
      "COPY (SELECT {0}, {1} FROM {2} AS l WHERE state = 'here' ORDER BY {0}) TO STDOUT (FORMAT "
      "binary)",
      sql::join(keys, ", "), ledger::target_columns(parent, "l").front(), table);
  pg::CopyOut copy = target.copy_out({"read parents", statement});
  pg::RowReader reader;
  while (const auto message = copy.read()) {
    const auto fields = reader.read(*message);
    if (fields.empty()) continue;
    const std::string_view id = *fields[keys.size()];
    if (!integer) {
      map->packed_.emplace(ledger::pack_key(fields.first(keys.size())), id);
      continue;
    }
    if (map->keys_.empty()) {
      map->width_ = id.size();
      map->ids_.reserve(id.size() * map->keys_.capacity());
    }
    base::ensure(id.size() == map->width_ || map->width_ == 0,
                 "target keys of one table with different widths");
    map->keys_.push_back(ledger::read_integer(map->integer_type_, *fields[0]));
    map->ids_.append(id);
  }
  return map;
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

std::size_t RefMap::size() const { return integer_type_ != 0 ? keys_.size() : packed_.size(); }

}  // namespace rehome::move

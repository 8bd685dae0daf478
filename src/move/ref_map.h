// Legacy key → what refs to one parent hold, most often its target key; in memory while its
// children move.
//
// Promise: about 24 bytes a row for one integer key and a uuid. Read once, cut down at most once,
// then immutable: any thread may look up.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "pg/binary.h"
#include "pg/connection.h"
#include "plan/plan.h"

namespace rehome::move {

class RefMap {
 public:
  // All rows of `parent` that are in the target, also those that are held and have not been
  // adopted, and `column` of them.
  static std::shared_ptr<RefMap> read(pg::Connection& target, const plan::Entity& parent,
                                      const std::string& column);

  // Forgets the rows that the source does not have, or excludes.
  void retain(pg::Connection& source);

  // The bytes of the column.
  std::optional<std::string_view> find(std::span<const pg::Field> key) const;
  // True if the row is here, and its column NULL.
  bool is_empty(std::span<const pg::Field> key) const;
  std::size_t size() const;
  const plan::Entity& entity() const { return *entity_; }

 private:
  static std::shared_ptr<RefMap> make(const plan::Entity& parent, const std::string& column);
  void add(std::span<const pg::Field> key, const pg::Field& value);
  std::optional<std::size_t> find_place(std::int64_t key) const;
  void retain_places(const std::vector<bool>& wanted);

  const plan::Entity* entity_ = nullptr;
  plan::Oid integer_type_ = 0;      // 0: keys are kept packed in `packed_`
  std::size_t width_ = 0;           // of every target key in `ids_`
  std::vector<std::int64_t> keys_;  // ascending
  std::string ids_;
  std::unordered_map<std::string, std::string> packed_;
  std::unordered_set<std::string> empty_;  // packed keys
};

// By parent and its column.
using RefMaps = std::map<std::pair<std::string, std::string>, std::shared_ptr<RefMap>>;

// Rows of a knot that come in the same transaction as those that refer to them, or in one before
// it.
class Coming {
 public:
  // Takes every row for one that comes, to see what could go if it did.
  static Coming all();

  void add(const std::string& entity, std::string packed_key, std::string target_key);
  // The bytes of the target key.
  std::optional<std::string_view> find(const std::string& entity,
                                       std::span<const pg::Field> key) const;

 private:
  std::unordered_map<std::string, std::unordered_map<std::string, std::string>> rows_;
  bool all_ = false;
};

// All that the refs of `entity` lead to.
RefMaps read_ref_maps(pg::Connection& target, const plan::Plan& plan, const plan::Entity& entity);

}  // namespace rehome::move

// Legacy key → target key of one parent, in memory while its children move.
//
// Promise: about 24 bytes a row for one integer key and a uuid. Read once, then immutable: any
// thread may look up.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pg/binary.h"
#include "pg/connection.h"
#include "plan/plan.h"

namespace rehome::move {

class RefMap {
 public:
  // All rows of `parent` that are here.
  static std::shared_ptr<const RefMap> read(pg::Connection& target, const plan::Entity& parent);

  // The bytes of the (one) target key column.
  std::optional<std::string_view> find(std::span<const pg::Field> key) const;
  std::size_t size() const;
  const plan::Entity& entity() const { return *entity_; }

 private:
  std::optional<std::string_view> find_integer(std::int64_t key) const;

  const plan::Entity* entity_ = nullptr;
  plan::Oid integer_type_ = 0;      // 0: keys are kept packed in `packed_`
  std::size_t width_ = 0;           // of every target key in `ids_`
  std::vector<std::int64_t> keys_;  // ascending
  std::string ids_;
  std::unordered_map<std::string, std::string> packed_;
};

using RefMaps = std::unordered_map<std::string, std::shared_ptr<const RefMap>>;

}  // namespace rehome::move

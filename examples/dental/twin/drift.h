#pragma once
// The words t2 is written in: rows picked from the plain ones of a world, each at most once, and
// statements that log in drift.log what they changed. Not thread-safe.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "world.h"

namespace dental {

using Ids = std::vector<std::int64_t>;

// Hands out the ids of one group of a layout, in the order of their ranks.
class Picker {
 public:
  Picker(const Layout& layout, std::size_t group) : layout_(layout), group_(group) {}

  // At most `count` ids that were not handed out before.
  Ids take(std::uint64_t count);
  // The same ids from the end of the group again and again, for parents and models.
  std::int64_t any(std::uint64_t number) const;

 private:
  const Layout& layout_;
  std::size_t group_;
  std::uint64_t next_ = 0;
};

// Ids that follow the last one of a table.
class Fresh {
 public:
  Fresh(const Layout& layout, std::int64_t stride)
      : next_(layout.id_at(layout.rows() - 1) + stride), stride_(stride) {}

  std::int64_t next() {
    next_ += stride_;
    return next_ - stride_;
  }

 private:
  std::int64_t next_;
  std::int64_t stride_;
};

// One transaction in the making.
class Transaction {
 public:
  explicit Transaction(int number) : number_(number) {}

  // `statement` without RETURNING; `change` is inserted, updated or deleted.
  void change(std::string_view table, std::string_view change, std::string_view column,
              std::string_view statement);
  // Nothing, when there are no ids.
  void update(std::string_view table, std::string_view column, std::string_view assignments,
              const Ids& ids);
  void remove(std::string_view table, const Ids& ids);
  // Copies of rows: `values` are expressions over the model `m` and the pair `v(id, model)`.
  void insert(std::string_view table, std::string_view columns, std::string_view values,
              const std::vector<std::pair<std::int64_t, std::int64_t>>& id_and_model);
  // A statement that changes no mapped table.
  void plain(std::string_view statement);
  // BEGIN and all changes; what comes before COMMIT, and COMMIT.
  std::string changes(std::string_view what) const;
  std::string end() const;

 private:
  int number_;
  std::string body_;
};

std::string join(const Ids& ids);

// A statement: Django's sequence continues where the ids end.
std::string set_sequence(std::string_view table);

}  // namespace dental

// Which new rows of a knot can go, and in what order: each after the rows that it refers to, or
// together with them.
//
// Promise: pure; the same rows and refs, added in the same order, give the same groups. One thread.
#pragma once

#include <cstddef>
#include <vector>

namespace rehome::move {

class KnotGraph {
 public:
  using Row = std::size_t;  // from 0, in the order in which they are added

  Row add_row();
  void add_ref(Row child, Row parent);
  // The row cannot go, and so none that refers to it, however far away.
  void drop(Row row);

  const std::vector<Row>& parents_of(Row row) const { return parents_[row]; }

  // Rows that refer to each other in a circle are one group; parents come before their children.
  // Dropped rows, and all that cannot go without them, are left out.
  std::vector<std::vector<Row>> order() const;

 private:
  std::vector<bool> find_dropped() const;

  std::vector<std::vector<Row>> parents_;
  std::vector<bool> dropped_;
};

}  // namespace rehome::move

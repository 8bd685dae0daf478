#include "move/knot_graph.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

namespace rehome::move {

namespace {

using Row = KnotGraph::Row;
using Groups = std::vector<std::vector<Row>>;

KnotGraph make(std::size_t rows, const std::vector<std::pair<Row, Row>>& refs) {
  KnotGraph graph;
  for (std::size_t row = 0; row < rows; ++row) graph.add_row();
  for (const auto& [child, parent] : refs) graph.add_ref(child, parent);
  return graph;
}

// All rows that `row` refers to, however far away.
std::set<Row> reach(const KnotGraph& graph, Row row) {
  std::set<Row> reached;
  std::vector<Row> next = {row};
  while (!next.empty()) {
    const Row each = next.back();
    next.pop_back();
    for (const Row parent : graph.parents_of(each)) {
      if (reached.insert(parent).second) next.push_back(parent);
    }
  }
  return reached;
}

}  // namespace

TEST_CASE("rows that refer to each other go together, after their parents") {
  CHECK(make(3, {{0, 1}, {1, 2}}).order() == Groups{{2}, {1}, {0}});
  CHECK(make(3, {{0, 1}, {1, 0}, {2, 0}}).order() == Groups{{0, 1}, {2}});
  CHECK(make(2, {{0, 0}, {1, 0}}).order() == Groups{{0}, {1}});
  CHECK(make(0, {}).order().empty());
}

TEST_CASE("who refers to a row that cannot go stays behind, however far away") {
  KnotGraph graph = make(6, {{0, 1}, {1, 0}, {1, 2}, {3, 0}, {4, 5}});
  graph.drop(2);
  CHECK(graph.order() == Groups{{5}, {4}});
}

TEST_CASE("a chain as long as a table needs no deep stack") {
  constexpr std::size_t k_rows = 300000;
  std::vector<std::pair<Row, Row>> refs;
  for (Row row = 0; row + 1 < k_rows; ++row) refs.emplace_back(row, row + 1);
  const Groups groups = make(k_rows, refs).order();
  REQUIRE(groups.size() == k_rows);
  CHECK(groups.front() == std::vector<Row>{k_rows - 1});
  CHECK(groups.back() == std::vector<Row>{0});
}

TEST_CASE("random graphs: every group is a circle, and nothing comes before its parents") {
  const auto seed = std::random_device{}();
  MESSAGE("seed " << seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 200; ++round) {
    const std::size_t rows = 1 + random() % 12;
    std::vector<std::pair<Row, Row>> refs;
    for (std::size_t ref = random() % 20; ref > 0; --ref)
      refs.emplace_back(random() % rows, random() % rows);
    KnotGraph graph = make(rows, refs);
    const Row dropped = random() % rows;
    const bool drops = random() % 2 == 0;
    if (drops) graph.drop(dropped);

    std::set<Row> gone;
    std::set<Row> here;
    for (const auto& group : graph.order()) {
      here.insert(group.begin(), group.end());
      for (const Row row : group) {
        CHECK(gone.insert(row).second);
        const std::set<Row> reached = reach(graph, row);
        CHECK(std::includes(here.begin(), here.end(), reached.begin(), reached.end()));
        // Who is in the group is reached, and reaches back.
        for (const Row other : group) CHECK((other == row || reached.contains(other)));
      }
    }
    for (Row row = 0; row < rows; ++row) {
      const bool stays = drops && (row == dropped || reach(graph, row).contains(dropped));
      CHECK(gone.contains(row) != stays);
    }
  }
}

}  // namespace rehome::move

#include "move/knot_graph.h"

#include <algorithm>
#include <limits>

namespace rehome::move {

namespace {

constexpr std::size_t k_unseen = std::numeric_limits<std::size_t>::max();

// Tarjan's strongly connected components, with a stack of its own: a chain of refs may be as long
// as the table. They come out parents first.
class Grouping {
 public:
  Grouping(const std::vector<std::vector<KnotGraph::Row>>& parents,
           const std::vector<bool>& left_out)
      : parents_(parents),
        left_out_(left_out),
        number_(parents.size(), k_unseen),
        lowest_(parents.size()),
        waiting_(parents.size()) {}

  std::vector<std::vector<KnotGraph::Row>> run() {
    for (KnotGraph::Row row = 0; row < parents_.size(); ++row) {
      if (!left_out_[row] && number_[row] == k_unseen) walk(row);
    }
    return std::move(groups_);
  }

 private:
  struct Step {
    KnotGraph::Row row;
    std::size_t next_parent = 0;
  };

  void walk(KnotGraph::Row first) {
    enter(first);
    while (!path_.empty()) {
      Step& step = path_.back();
      const auto& parents = parents_[step.row];
      if (step.next_parent < parents.size()) {
        follow(step.row, parents[step.next_parent++]);
      } else {
        leave(step.row);
      }
    }
  }

  void enter(KnotGraph::Row row) {
    number_[row] = lowest_[row] = entered_++;
    path_.push_back({row});
    open_.push_back(row);
    waiting_[row] = true;
  }

  void follow(KnotGraph::Row row, KnotGraph::Row parent) {
    if (number_[parent] == k_unseen) {
      enter(parent);
    } else if (waiting_[parent]) {
      lowest_[row] = std::min(lowest_[row], number_[parent]);
    }
  }

  void leave(KnotGraph::Row row) {
    path_.pop_back();
    if (!path_.empty()) {
      std::size_t& lowest = lowest_[path_.back().row];
      lowest = std::min(lowest, lowest_[row]);
    }
    if (lowest_[row] == number_[row]) close_group(row);
  }

  void close_group(KnotGraph::Row first) {
    const auto begin = std::find(open_.rbegin(), open_.rend(), first).base() - 1;
    groups_.emplace_back(begin, open_.end());
    open_.erase(begin, open_.end());
    std::sort(groups_.back().begin(), groups_.back().end());
    for (const KnotGraph::Row each : groups_.back()) waiting_[each] = false;
  }

  const std::vector<std::vector<KnotGraph::Row>>& parents_;
  const std::vector<bool>& left_out_;
  std::vector<std::size_t> number_;
  std::vector<std::size_t> lowest_;
  std::vector<bool> waiting_;
  std::size_t entered_ = 0;
  std::vector<Step> path_;
  std::vector<KnotGraph::Row> open_;
  std::vector<std::vector<KnotGraph::Row>> groups_;
};

}  // namespace

KnotGraph::Row KnotGraph::add_row() {
  parents_.emplace_back();
  dropped_.push_back(false);
  return parents_.size() - 1;
}

void KnotGraph::add_ref(Row child, Row parent) { parents_[child].push_back(parent); }

void KnotGraph::drop(Row row) { dropped_[row] = true; }

std::vector<bool> KnotGraph::find_dropped() const {
  std::vector<std::vector<Row>> children(parents_.size());
  std::vector<Row> reached;
  for (Row row = 0; row < parents_.size(); ++row) {
    for (const Row parent : parents_[row]) children[parent].push_back(row);
    if (dropped_[row]) reached.push_back(row);
  }
  std::vector<bool> dropped = dropped_;
  while (!reached.empty()) {
    const Row row = reached.back();
    reached.pop_back();
    for (const Row child : children[row]) {
      if (dropped[child]) continue;
      dropped[child] = true;
      reached.push_back(child);
    }
  }
  return dropped;
}

std::vector<std::vector<KnotGraph::Row>> KnotGraph::order() const {
  const std::vector<bool> dropped = find_dropped();
  return Grouping(parents_, dropped).run();
}

}  // namespace rehome::move

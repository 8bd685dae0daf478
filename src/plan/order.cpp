#include "plan/order.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "plan/tie.h"

namespace rehome::plan {

namespace {

using Names = std::set<std::string>;

// A ref to the entity itself is left open, or resolved among the rows that come together.
void defer_self_references(Entity& entity) {
  for (Ref& ref : entity.refs) {
    if (!leads_to(ref, {entity.name})) continue;
    (may_be_empty(entity, ref) ? ref.deferred : ref.knotted) = true;
  }
}

// Those that are waiting, and whose rows must be there when this entity's rows come.
Names find_needed(const Entity& entity, const Names& waiting, bool even_if_empty) {
  Names needed;
  for (const Ref& ref : entity.refs) {
    if (ref.deferred || (!even_if_empty && may_be_empty(entity, ref))) continue;
    for (const RefTarget& each : ref.targets) {
      if (each.entity != entity.name && waiting.contains(each.entity)) needed.insert(each.entity);
    }
  }
  return needed;
}

void defer_waiting(Entity& entity, const Names& waiting) {
  for (Ref& ref : entity.refs) {
    if (leads_to(ref, waiting) && may_be_empty(entity, ref)) ref.deferred = true;
  }
}

// What cannot come before what, however far away.
std::map<std::string, Names> find_reach(const std::vector<Entity>& entities, const Names& waiting) {
  std::map<std::string, Names> reach;
  for (const Entity& each : entities) reach[each.name] = find_needed(each, waiting, false);
  for (bool grows = true; grows;) {
    grows = false;
    for (auto& [name, reached] : reach) {
      const std::size_t before = reached.size();
      for (const std::string& each : Names(reached))
        reached.insert(reach[each].begin(), reach[each].end());
      grows = grows || reached.size() > before;
    }
  }
  return reach;
}

// Every entity needs another one that is waiting, so some need each other, and nobody else.
Names find_knot(const std::vector<Entity>& entities, const Names& waiting) {
  const auto reach = find_reach(entities, waiting);
  for (const Entity& each : entities) {
    const Names& reached = reach.at(each.name);
    const bool closed = std::all_of(reached.begin(), reached.end(), [&](const std::string& other) {
      return reach.at(other).contains(each.name);
    });
    if (closed) return reached;
  }
  return {};
}

class Ordering {
 public:
  Ordering(std::vector<Entity>& entities, base::Diagnostics& findings)
      : entities_(entities), findings_(findings) {}

  void run() {
    for (Entity& each : entities_) {
      defer_self_references(each);
      waiting_.insert(each.name);
    }
    while (!entities_.empty()) {
      if (!take_one(true) && !take_one(false)) take_knot();
    }
    entities_ = std::move(ordered_);
  }

 private:
  // The first that needs no waiting entity; as a second choice, none that cannot be left open.
  bool take_one(bool even_if_empty) {
    const auto next = std::find_if(entities_.begin(), entities_.end(), [&](const Entity& each) {
      return find_needed(each, waiting_, even_if_empty).empty();
    });
    if (next == entities_.end()) return false;
    defer_waiting(*next, waiting_);
    std::vector<Entity> alone;
    alone.push_back(std::move(*next));
    entities_.erase(next);
    const auto& refs = alone.front().refs;
    const bool ties_itself =
        std::any_of(refs.begin(), refs.end(), [](const Ref& each) { return each.knotted; });
    if (ties_itself) tie(alone, ++knots_, findings_);
    place(std::move(alone));
    return true;
  }

  void take_knot() {
    const Names names = find_knot(entities_, waiting_);
    std::vector<Entity> members;
    std::vector<Entity> others;
    for (Entity& each : entities_)
      (names.contains(each.name) ? members : others).push_back(std::move(each));
    entities_ = std::move(others);
    for (Entity& each : members) defer_waiting(each, waiting_);
    tie(members, ++knots_, findings_);
    place(std::move(members));
  }

  void place(std::vector<Entity> entities) {
    for (Entity& each : entities) {
      waiting_.erase(each.name);
      ordered_.push_back(std::move(each));
    }
  }

  std::vector<Entity>& entities_;
  base::Diagnostics& findings_;
  Names waiting_;
  std::vector<Entity> ordered_;
  int knots_ = 0;
};

}  // namespace

bool leads_to(const Ref& ref, const Names& names) {
  return std::any_of(ref.targets.begin(), ref.targets.end(),
                     [&](const RefTarget& each) { return names.contains(each.entity); });
}

bool may_be_empty(const Entity& entity, const Ref& ref) {
  const Column* column = entity.find_column(ref.column);
  return column != nullptr && column->nullable;
}

void order_entities(std::vector<Entity>& entities, base::Diagnostics& findings) {
  Ordering(entities, findings).run();
}

}  // namespace rehome::plan

#include "plan/order.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace rehome::plan {

namespace {

bool is_nullable(const Entity& entity, const Ref& ref) {
  const Column* column = entity.find_column(ref.column);
  return column != nullptr && column->nullable;
}

void defer_self_references(Entity& entity) {
  for (Ref& ref : entity.refs) {
    for (const RefTarget& target : ref.targets) {
      if (target.entity == entity.name) ref.deferred = true;
    }
  }
}

// True if no undeferred ref leads to an entity that is still waiting.
bool is_ready(const Entity& entity, const std::set<std::string>& waiting) {
  for (const Ref& ref : entity.refs) {
    if (ref.deferred) continue;
    for (const RefTarget& target : ref.targets) {
      if (waiting.contains(target.entity)) return false;
    }
  }
  return true;
}

bool defer_nullable(Entity& entity, const std::set<std::string>& waiting) {
  bool all = true;
  for (Ref& ref : entity.refs) {
    const bool waits =
        std::any_of(ref.targets.begin(), ref.targets.end(),
                    [&](const RefTarget& each) { return waiting.contains(each.entity); });
    if (!waits || ref.deferred) continue;
    if (is_nullable(entity, ref)) {
      ref.deferred = true;
    } else {
      all = false;
    }
  }
  return all;
}

}  // namespace

void order_entities(std::vector<Entity>& entities, base::Diagnostics& findings) {
  std::set<std::string> waiting;
  for (Entity& each : entities) {
    defer_self_references(each);
    waiting.insert(each.name);
  }
  std::vector<Entity> ordered;
  while (!entities.empty()) {
    auto next = std::find_if(entities.begin(), entities.end(),
                             [&](const Entity& each) { return is_ready(each, waiting); });
    if (next == entities.end()) {
      next = std::find_if(entities.begin(), entities.end(),
                          [&](Entity& each) { return defer_nullable(each, waiting); });
    }
    if (next == entities.end()) {
      findings.push_back(
          {"E2501", base::Severity::error, entities.front().position, 1,
           fmt::format("entity {} is part of a cycle of refs that may not be empty",
                       entities.front().name),
           "make one of the columns nullable: it is left open and settled afterwards"});
      next = entities.begin();
    }
    waiting.erase(next->name);
    ordered.push_back(std::move(*next));
    entities.erase(next);
  }
  entities = std::move(ordered);
}

}  // namespace rehome::plan

#include "plan/order.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace rehome::plan {

namespace {

bool leads_to(const Ref& ref, const std::set<std::string>& names) {
  return std::any_of(ref.targets.begin(), ref.targets.end(),
                     [&](const RefTarget& each) { return names.contains(each.entity); });
}

bool may_be_empty(const Entity& entity, const Ref& ref) {
  const Column* column = entity.find_column(ref.column);
  return column != nullptr && column->nullable;
}

base::Diagnostic cycle_finding(const Ref& ref, std::string message) {
  return {"E2501",
          base::Severity::error,
          ref.position,
          1,
          std::move(message),
          "make one of these columns nullable: it is left open and filled afterwards"};
}

void defer_self_references(Entity& entity, base::Diagnostics& findings) {
  for (Ref& ref : entity.refs) {
    if (!leads_to(ref, {entity.name})) continue;
    ref.deferred = true;
    if (may_be_empty(entity, ref)) continue;
    findings.push_back(cycle_finding(
        ref, fmt::format("{} refers to rows of {} itself and may not be empty: no row could be "
                         "the first",
                         ref.column, entity.name)));
  }
}

// True if no ref that must be resolved at once leads to an entity that is still waiting.
bool is_ready(const Entity& entity, const std::set<std::string>& waiting) {
  return std::none_of(entity.refs.begin(), entity.refs.end(),
                      [&](const Ref& ref) { return !ref.deferred && leads_to(ref, waiting); });
}

// A ref that cannot be left open and leads to a waiting entity.
const Ref* find_obstacle(const Entity& entity, const std::set<std::string>& waiting) {
  for (const Ref& ref : entity.refs) {
    if (!ref.deferred && leads_to(ref, waiting) && !may_be_empty(entity, ref)) return &ref;
  }
  return nullptr;
}

void defer_waiting(Entity& entity, const std::set<std::string>& waiting) {
  for (Ref& ref : entity.refs) {
    if (leads_to(ref, waiting)) ref.deferred = true;
  }
}

std::vector<Entity>::iterator find_entity(std::vector<Entity>& entities, const std::string& name) {
  return std::find_if(entities.begin(), entities.end(),
                      [&](const Entity& each) { return each.name == name; });
}

// Follows refs that may not be empty until an entity comes up twice; says so, and gives one of the
// cycle.
std::vector<Entity>::iterator report_cycle(std::vector<Entity>& entities,
                                           const std::set<std::string>& waiting,
                                           base::Diagnostics& findings) {
  std::vector<std::pair<std::string, const Ref*>> path;
  auto current = entities.begin();
  const auto is_current = [&](const auto& each) { return each.first == current->name; };
  while (std::none_of(path.begin(), path.end(), is_current)) {
    const Ref* obstacle = find_obstacle(*current, waiting);
    path.emplace_back(current->name, obstacle);
    const auto next =
        std::find_if(obstacle->targets.begin(), obstacle->targets.end(),
                     [&](const RefTarget& each) { return waiting.contains(each.entity); });
    current = find_entity(entities, next->entity);
  }
  const auto first = std::find_if(path.begin(), path.end(), is_current);
  std::string cycle;
  for (auto each = first; each != path.end(); ++each) {
    cycle += fmt::format("{}.{} → ", each->first, each->second->column);
  }
  findings.push_back(cycle_finding(
      *first->second,
      fmt::format("a cycle of refs that may not be empty: {}{}", cycle, current->name)));
  return current;
}

}  // namespace

void order_entities(std::vector<Entity>& entities, base::Diagnostics& findings) {
  std::set<std::string> waiting;
  for (Entity& each : entities) {
    defer_self_references(each, findings);
    waiting.insert(each.name);
  }
  std::vector<Entity> ordered;
  while (!entities.empty()) {
    auto next = std::find_if(entities.begin(), entities.end(),
                             [&](const Entity& each) { return is_ready(each, waiting); });
    if (next == entities.end()) {
      next = std::find_if(entities.begin(), entities.end(), [&](const Entity& each) {
        return find_obstacle(each, waiting) == nullptr;
      });
      if (next == entities.end()) next = report_cycle(entities, waiting, findings);
      defer_waiting(*next, waiting);
    }
    waiting.erase(next->name);
    ordered.push_back(std::move(*next));
    entities.erase(next);
  }
  entities = std::move(ordered);
}

}  // namespace rehome::plan

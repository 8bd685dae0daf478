#include "plan/tie.h"

#include <fmt/format.h>

#include <algorithm>

namespace rehome::plan {

namespace {

using Names = std::set<std::string>;

constexpr std::string_view k_leave_open =
    "make one of these columns nullable: it is left open and filled afterwards";

class Tying {
 public:
  Tying(std::vector<Entity>& entities, int knot, base::Diagnostics& findings)
      : entities_(entities), knot_(knot), findings_(findings) {
    for (const Entity& each : entities) names_.insert(each.name);
  }

  void run() {
    for (Entity& entity : entities_) {
      entity.knot = knot_;
      check_adoption(entity);
      for (Ref& ref : entity.refs) {
        if (ref.deferred || !leads_to(ref, names_)) continue;
        ref.knotted = true;
        check_value(entity, ref);
      }
    }
    order();
  }

 private:
  // Rows that are in the target are left to their own batches, so it must be known which.
  void check_adoption(const Entity& entity) {
    if (entity.adoption.by.empty()) return;
    findings_.push_back({"E2503", base::Severity::error,
                         entity.columns[entity.adoption.by.front()].position, 1,
                         fmt::format("rows of {} come together with those they refer to, and only "
                                     "legacy keys tell beforehand which are in the target",
                                     entity.name),
                         "name the column that keeps the key: {o.id: legacy_id}; or make one of "
                         "the refs that lead in a circle nullable"});
  }

  // What it holds must be known before the parent is there.
  void check_value(const Entity& entity, const Ref& ref) {
    const bool is_key = std::all_of(ref.targets.begin(), ref.targets.end(),
                                    [](const RefTarget& each) { return each.is_key; });
    const auto& own = entity.target_key;
    const bool in_own_key = std::any_of(own.begin(), own.end(),
                                        [&](const auto& each) { return each.name == ref.column; });
    if (is_key && !in_own_key) return;
    findings_.push_back({"E2502", base::Severity::error, ref.position, 1,
                         fmt::format("{}.{} may not be empty, leads back to {}, and {}",
                                     entity.name, ref.column, entity.name,
                                     in_own_key ? "is part of the primary key"
                                                : "holds no primary key: nobody knows its value "
                                                  "before the parent is there"),
                         std::string(k_leave_open)});
  }

  // An entity comes after those that its foreign keys look for at once. Its own rows come in one
  // statement, and such keys look at its end.
  void order() {
    Names waiting = names_;
    std::vector<Entity> ordered;
    while (!entities_.empty()) {
      auto next = std::find_if(entities_.begin(), entities_.end(), [&](const Entity& each) {
        return find_immediate(each, waiting) == nullptr;
      });
      if (next == entities_.end()) {
        report_cycle(waiting);
        next = entities_.begin();
      }
      waiting.erase(next->name);
      ordered.push_back(std::move(*next));
      entities_.erase(next);
    }
    entities_ = std::move(ordered);
  }

  // A ref to another waiting entity whose foreign key cannot wait.
  static const Ref* find_immediate(const Entity& entity, Names waiting) {
    waiting.erase(entity.name);
    for (const Ref& ref : entity.refs) {
      if (ref.knotted && !ref.immediate_constraint.empty() && leads_to(ref, waiting)) return &ref;
    }
    return nullptr;
  }

  // Follows such refs until an entity comes up twice. Once is enough.
  void report_cycle(const Names& waiting) {
    if (reported_) return;
    reported_ = true;
    std::vector<std::pair<const Entity*, const Ref*>> path;
    const Entity* current = &entities_.front();
    const auto is_current = [&](const auto& each) { return each.first == current; };
    while (std::none_of(path.begin(), path.end(), is_current)) {
      const Ref* ref = find_immediate(*current, waiting);
      path.emplace_back(current, ref);
      const Names here = {current->name};
      const auto to = std::find_if(ref->targets.begin(), ref->targets.end(), [&](const auto& each) {
        return waiting.contains(each.entity) && !here.contains(each.entity);
      });
      current = &*std::find_if(entities_.begin(), entities_.end(),
                               [&](const Entity& each) { return each.name == to->entity; });
    }
    const auto first = std::find_if(path.begin(), path.end(), is_current);
    std::string cycle;
    for (auto each = first; each != path.end(); ++each)
      cycle += fmt::format("{}.{} → ", each->first->name, each->second->column);
    const Ref& ref = *first->second;
    findings_.push_back(
        {"E2501", base::Severity::error, ref.position, 1,
         fmt::format("a cycle of refs that may not be empty: {}{}", cycle, current->name),
         fmt::format("{}; or let its foreign key wait for the other rows: ALTER TABLE {} ALTER "
                     "CONSTRAINT {} DEFERRABLE",
                     k_leave_open, first->first->target_table.text(),
                     sql::quote_identifier(ref.immediate_constraint))});
  }

  std::vector<Entity>& entities_;
  const int knot_;
  base::Diagnostics& findings_;
  Names names_;
  bool reported_ = false;
};

}  // namespace

void tie(std::vector<Entity>& entities, int knot, base::Diagnostics& findings) {
  Tying(entities, knot, findings).run();
}

}  // namespace rehome::plan

#include "move/departures.h"

#include <algorithm>
#include <utility>

namespace rehome::move {

namespace {

// The entities of the plan from this one on.
bool is_moved_later(const plan::Plan& plan, const plan::Entity& entity, const plan::Entity& other) {
  const auto named = [](const std::string& name) {
    return [&name](const plan::Entity& each) { return each.name == name; };
  };
  const auto& all = plan.entities;
  return std::find_if(all.begin(), all.end(), named(other.name)) >=
         std::find_if(all.begin(), all.end(), named(entity.name));
}

}  // namespace

Departures::Departures(const plan::Plan& plan, const plan::Entity& entity,
                       std::shared_future<RefMaps> parents)
    : plan_(plan), entity_(entity), parents_(std::move(parents)) {}

void Departures::forget(pg::Connection& source) {
  std::call_once(asked_, [&] {
    for (const auto& [name, map] : parents_.get()) {
      if (map->size() > 0 && is_moved_later(plan_, entity_, map->entity())) map->retain(source);
    }
  });
}

}  // namespace rehome::move

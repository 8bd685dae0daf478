#include "mapping/mapping.h"

#include <algorithm>

namespace rehome::mapping {

const Column* Entity::find_column(std::string_view column) const {
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& candidate) {
    return candidate.name.value == column;
  });
  return found == columns.end() ? nullptr : &*found;
}

const Entity* Mapping::find_entity(std::string_view wanted) const {
  const auto found = std::find_if(entities.begin(), entities.end(),
                                  [&](const Entity& each) { return each.name.value == wanted; });
  return found == entities.end() ? nullptr : &*found;
}

}  // namespace rehome::mapping

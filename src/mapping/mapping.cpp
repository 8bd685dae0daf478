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

const ConflictPolicy& Mapping::conflicts_of(const Entity& entity) const {
  return entity.conflicts ? *entity.conflicts : defaults.conflicts;
}

const DifferPolicy& Mapping::differs_of(const Entity& entity) const {
  return entity.adopt && entity.adopt->differs ? *entity.adopt->differs : defaults.differs;
}

const base::Position* Mapping::find_newest(const Entity& entity) const {
  if (conflicts_of(entity).word == Conflicts::newest) return &conflicts_of(entity).position;
  const bool adopts = (entity.adopt && !entity.adopt->by.empty()) ||
                      std::any_of(entity.key.begin(), entity.key.end(), [](const KeyPart& part) {
                        return part.target_column.has_value();
                      });
  if (!adopts || differs_of(entity).word != Differs::newest) return nullptr;
  return &differs_of(entity).position;
}

const ChangedAt* Mapping::find_changed_at(const Entity& entity) const {
  if (entity.changed_at) return &*entity.changed_at;
  return find_newest(entity) != nullptr && defaults.changed_at ? &*defaults.changed_at : nullptr;
}

}  // namespace rehome::mapping

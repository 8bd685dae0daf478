// What a mapping means, as a number: the same text with other comments or spacing has the same one,
// and a new release of rehome spells its SQL differently without changing it.
#pragma once

#include <cstdint>
#include <string>

#include "mapping/mapping.h"

namespace rehome::plan {

// Hex, of all entities.
std::string fingerprint(const mapping::Mapping& mapping);

// Of one entity: the salt of its source hashes, so that an edited mapping derives again what it
// touches.
std::uint64_t entity_salt(const mapping::Mapping& mapping, const mapping::Entity& entity);

}  // namespace rehome::plan

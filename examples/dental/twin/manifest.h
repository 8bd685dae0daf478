#pragma once
// What a correct migration must make of the twin: every row that is held, excluded or left without
// a ref, every planted row that must arrive all the same, and the sums for each entity.

#include <string>
#include <string_view>
#include <vector>

#include "world.h"

namespace dental {

// The manifest of stage t1: JSON text, one planted row a line.
std::string make_manifest(const World& world);

// The same form for another stage, of counts and plants that are JSON already.
std::string format_manifest(const World& world, std::string_view stage, std::string_view counts,
                            const std::vector<std::string>& plants);

}  // namespace dental

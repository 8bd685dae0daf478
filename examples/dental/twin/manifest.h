#pragma once
// What a correct migration must make of the twin: every row that is held, excluded or left without
// a ref, every planted row that must arrive all the same, and the sums for each entity.

#include <string>

#include "world.h"

namespace dental {

// JSON text, one planted row a line.
std::string make_manifest(const World& world);

}  // namespace dental

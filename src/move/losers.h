// Rows that share a unique value with another: the lowest key wins, decided in the snapshot and not
// by who commits first.
#pragma once

#include "move/translator.h"
#include "pg/connection.h"

namespace rehome::move {

Losers find_losers(pg::Connection& source, const plan::Entity& entity);

}  // namespace rehome::move

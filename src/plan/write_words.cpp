#include "plan/write_words.h"

#include <fmt/format.h>

#include "base/amount.h"

namespace rehome::plan {

std::string count_entities(const Plan& plan) {
  return base::write_amount(static_cast<std::int64_t>(plan.entities.size()), "entity", "entities");
}

std::string place_of(const base::Position& position) {
  return fmt::format("{}:{}", position.file, position.line);
}

}  // namespace rehome::plan

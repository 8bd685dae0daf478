#include "plan/fingerprint.h"

#include <fmt/format.h>

#include "base/hash.h"

namespace rehome::plan {

namespace {

// Raised when a release gives the same mapping another meaning.
constexpr std::string_view k_version = "1";

std::string meaning(const mapping::Mapping& mapping, const mapping::Entity& entity) {
  const std::string zone =
      mapping.source.naive_timestamps ? mapping.source.naive_timestamps->value : std::string();
  return fmt::format("{}\n{}\n{}\n{}", k_version, zone, entity.name.value, entity.canonical);
}

}  // namespace

std::string fingerprint(const mapping::Mapping& mapping) {
  std::string all;
  for (const mapping::Entity& each : mapping.entities) all += meaning(mapping, each) + '\n';
  return fmt::format("{:016x}", base::hash64(all));
}

std::uint64_t entity_salt(const mapping::Mapping& mapping, const mapping::Entity& entity) {
  return base::hash64(meaning(mapping, entity));
}

}  // namespace rehome::plan

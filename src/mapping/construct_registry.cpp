#include "mapping/construct_registry.h"

#include <fmt/format.h>

#include <algorithm>

namespace rehome::mapping {

#define REHOME_CONSTRUCT(name) const ConstructKind& name##_construct();
#include "mapping/constructs.inc"
#undef REHOME_CONSTRUCT

const std::vector<const ConstructKind*>& construct_kinds() {
  static const std::vector<const ConstructKind*> kinds = {
#define REHOME_CONSTRUCT(name) &name##_construct(),
#include "mapping/constructs.inc"
#undef REHOME_CONSTRUCT
  };
  return kinds;
}

const ConstructKind* find_construct(std::string_view name) {
  const auto& kinds = construct_kinds();
  const auto found = std::find_if(kinds.begin(), kinds.end(),
                                  [&](const ConstructKind* kind) { return kind->name == name; });
  return found == kinds.end() ? nullptr : *found;
}

std::string write_construct_reference() {
  std::string text;
  for (const ConstructKind* kind : construct_kinds()) {
    if (!text.empty()) text += "\n";
    text += fmt::format("### `{}`\n\n{}\n\n{}", kind->name, kind->documentation,
                        write_field_table(kind->fields));
  }
  return text;
}

}  // namespace rehome::mapping

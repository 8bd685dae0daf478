// Labels of enumerations that stand in the mapping itself.
#include <fmt/format.h>

#include <algorithm>

#include "base/suggestion.h"
#include "plan/build_entity.h"

namespace rehome::plan {

namespace {

bool check_map(Draft& draft, const DraftColumn& column, const catalog::Type& type,
               const mapping::Construct::ValueMap& map) {
  for (std::size_t index = 0; index < map.values.size(); ++index) {
    const auto& to = map.values[index].second;
    if (!to || std::find(type.labels.begin(), type.labels.end(), *to) != type.labels.end())
      continue;
    draft.error("E2306", map.positions[index], static_cast<int>(to->size()),
                fmt::format("`{}` is no label of {}", *to, column.target->type_text),
                base::did_you_mean(*to, type.labels));
  }
  return !map.has_else;
}

bool check_constant(Draft& draft, const DraftColumn& column, const catalog::Type& type) {
  const std::string& written = column.derivation.value.text();
  const auto is_written = [&](const std::string& label) {
    return written == sql::quote_literal(label) + "::text";
  };
  if (written != "NULL::text" && std::none_of(type.labels.begin(), type.labels.end(), is_written)) {
    draft.error("E2306", column.position, 1,
                fmt::format("this is no label of {}", column.target->type_text),
                "it has " + sql::join(type.labels, ", "));
  }
  return true;
}

}  // namespace

bool check_labels(Draft& draft, const DraftColumn& column) {
  const catalog::Type* type = draft.target.find_stored_type(column.target->type);
  if (type == nullptr || type->kind != catalog::TypeKind::enumeration || column.mapped == nullptr)
    return false;
  const mapping::Construct& construct = *column.mapped->construct;
  if (const auto map = construct.value_map()) return check_map(draft, column, *type, *map);
  return construct.name() == "const" && check_constant(draft, column, *type);
}

}  // namespace rehome::plan

// All constructs a column may use. Adding one: its file in constructs/, and its line in
// constructs.inc.
//
// Promise: constant data; any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mapping/construct.h"
#include "mapping/fields.h"
#include "mapping/problems.h"
#include "mapping/yaml.h"

namespace rehome::mapping {

struct ConstructKind {
  std::string_view name;           // its key in the mapping, the first of `fields`
  std::string_view documentation;  // Markdown, with an example
  std::vector<Field> fields;
  // `node` is the column's map; its keys are known ones already. Null after reporting a problem.
  std::shared_ptr<const Construct> (*parse)(const Node& node, Problems& problems);
};

// In the order of the documentation.
const std::vector<const ConstructKind*>& construct_kinds();
const ConstructKind* find_construct(std::string_view name);

// The chapter of the reference that describes them.
std::string write_construct_reference();

// A plain string in place of a construct.
std::shared_ptr<const Construct> make_sql_construct(Expression expression);
// As {const: value}.
std::shared_ptr<const Construct> make_const_construct(const base::Position& position,
                                                      std::string value);
// `same_as` once the column it names is known: does whatever that column's construct does.
std::shared_ptr<const Construct> resolve_same_as(const Construct& same_as,
                                                 std::shared_ptr<const Construct> other);

}  // namespace rehome::mapping

// What the plan must know of built-in types: their kind, and their names as SQL casts to them.
#pragma once

#include <string>
#include <string_view>

#include "catalog/catalog.h"

namespace rehome::plan {

using catalog::Oid;

enum class TypeClass {
  text,
  integer,
  number,
  floating,
  boolean,
  timestamp,
  timestamptz,
  date,
  json,
  other
};

TypeClass class_of(Oid type);

bool is_integer(Oid type);

// Bytes of an integer type.
int integer_width(Oid type);

// Of numeric's modifier.
int numeric_precision(int modifier);
int numeric_scale(int modifier);

// `type` with modifier as SQL can cast to it on any server, e.g. numeric(5,4); built-in types only.
// Without modifier (-1) the cast neither cuts nor pads.
std::string builtin_type_text(Oid type, int modifier);

}  // namespace rehome::plan

// How a value of one type becomes a value of another without losing anything silently.
//
// Receive functions of binary COPY cut trailing spaces and round numbers and times without a word,
// and equal widths are reinterpreted, so every value is cast at the source, and where the cast may
// lose, a test goes with it that holds the row.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "plan/compile.h"
#include "plan/plan.h"
#include "plan/type_text.h"
#include "sql/fragment.h"

namespace rehome::plan {

struct Loss {
  std::string message;  // what would be lost, without row values
  sql::Fragment when;
};

struct Conversion {
  sql::Fragment value;
  Wire wire = Wire::bytes;
  Oid wire_type = 0;
  std::vector<Loss> losses;
  bool stable = true;  // the target stores exactly the bytes that are sent
  // Not empty: the two types do not go together; a sentence and what to write instead.
  std::string refusal;
  std::string hint;
};

struct ConversionRequest {
  sql::Fragment value;
  TypeAnswer from;
  bool value_is_text = false;  // input syntax of the target type, e.g. a label
  bool is_label = false;       // it is known to be NULL or a label of the target's enumeration
  bool in_flight = false;      // the text is another one when it arrives
  std::optional<std::size_t> max_characters;  // of a text that cannot be longer
  bool declared_loss = false;                 // the mapping says that it may lose
  std::string naive_zone;  // of source timestamps without zone; empty when not declared
};

Conversion convert(const ConversionRequest& request, const catalog::Column& to,
                   const catalog::Catalog& target);

}  // namespace rehome::plan

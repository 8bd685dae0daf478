// Which rows a batch holds, as SQL that both the source and the ledger understand.
#include <fmt/format.h>

#include "plan/statements.h"

namespace rehome::plan {

namespace {

std::string collated(const std::string& column, const KeyColumn& key) {
  return column + key.order_suffix;
}

std::string literal(const std::string& text, const KeyColumn& key) {
  return sql::quote_literal(text) + "::" + key.type_text;
}

std::string row_of(const std::vector<std::string>& parts) {
  return parts.size() == 1 ? parts.front() : "(" + sql::join(parts, ", ") + ")";
}

std::string compare(const std::vector<std::string>& columns, const std::vector<KeyColumn>& key,
                    std::string_view operation, const KeyText& value) {
  std::vector<std::string> left;
  std::vector<std::string> right;
  for (std::size_t part = 0; part < key.size(); ++part) {
    left.push_back(collated(columns[part], key[part]));
    right.push_back(literal(value[part], key[part]));
  }
  return fmt::format("{} {} {}", row_of(left), operation, row_of(right));
}

// Lengths go in front of the texts, so that ('a','bc') and ('ab','c') differ.
std::string bucket_number(const std::vector<std::string>& columns, int buckets) {
  std::vector<std::string> pieces;
  for (const std::string& each : columns)
    pieces.push_back(fmt::format("length({0}::text), {0}::text", each));
  // Hashed in UTF8, because the two servers may store texts in different encodings.
  return fmt::format(
      "abs(hashtextextended(encode(convert_to(concat_ws(':', {}), 'UTF8'), 'hex'), 0) % {})",
      sql::join(pieces, ", "), buckets);
}

std::string array_literal(const std::vector<KeyText>& keys) {
  std::string text = "{";
  for (const KeyText& each : keys) {
    if (text.size() > 1) text += ',';
    text += '"';
    for (const char character : each.front()) {
      if (character == '"' || character == '\\') text += '\\';
      text += character;
    }
    text += '"';
  }
  return text + "}";
}

std::string listed(const std::vector<std::string>& columns, const std::vector<KeyColumn>& key,
                   const std::vector<KeyText>& keys) {
  if (keys.empty()) return "false";
  if (key.size() == 1) {
    return fmt::format("{} = ANY ({}::{}[])", columns[0], sql::quote_literal(array_literal(keys)),
                       key[0].type_text);
  }
  std::vector<std::string> rows;
  for (const KeyText& each : keys) {
    std::vector<std::string> values;
    for (std::size_t part = 0; part < key.size(); ++part)
      values.push_back(literal(each[part], key[part]));
    rows.push_back("(" + sql::join(values, ", ") + ")");
  }
  return fmt::format("({}) IN (VALUES {})", sql::join(columns, ", "), sql::join(rows, ", "));
}

}  // namespace

std::string key_condition(const std::vector<std::string>& columns,
                          const std::vector<KeyColumn>& key, const KeySet& keys) {
  std::vector<std::string> terms;
  if (keys.listed) terms.push_back(listed(columns, key, keys.keys));
  if (keys.buckets > 0)
    terms.push_back(fmt::format("{} = {}", bucket_number(columns, keys.buckets), keys.bucket));
  if (keys.after) terms.push_back(compare(columns, key, ">", *keys.after));
  if (keys.upto) terms.push_back(compare(columns, key, "<=", *keys.upto));
  return terms.empty() ? "true" : sql::join(terms, " AND ");
}

std::string key_order(const std::vector<std::string>& columns, const std::vector<KeyColumn>& key) {
  std::vector<std::string> parts;
  for (std::size_t part = 0; part < key.size(); ++part)
    parts.push_back(collated(columns[part], key[part]));
  return " ORDER BY " + sql::join(parts, ", ");
}

}  // namespace rehome::plan

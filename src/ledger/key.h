// A legacy key in its three forms: fields of a binary row, texts, and the JSON object in quarantine
// ({"id": "123"}).
#pragma once

#include <span>
#include <string>

#include "base/uuid.h"
#include "pg/binary.h"
#include "pg/connection.h"
#include "plan/plan.h"
#include "plan/statements.h"

namespace rehome::ledger {

// The first fields of a derived row as texts. Keys are int2, int4, int8, uuid or text. Here as
// below, a key that is NULL is a std::runtime_error.
plan::KeyText key_text(const plan::Entity& entity, std::span<const pg::Field> fields);
// The first `parts` columns of a row that came as texts. None of them is NULL.
plan::KeyText read_key(const pg::Rows& rows, int row, std::size_t parts);
std::string field_text(plan::Oid type, std::string_view bytes);
// int2, int4 or int8.
bool is_integer(plan::Oid type);
std::int64_t read_integer(plan::Oid type, std::string_view bytes);

std::string key_json(const plan::Entity& entity, const plan::KeyText& key);
plan::KeyText parse_key_json(const plan::Entity& entity, std::string_view json);
plan::KeyText parse_target_key_json(const plan::Entity& entity, std::string_view json);
// False for texts that are no values of the key's types, e.g. `A-1` of an integer's.
bool is_key(const plan::Entity& entity, const plan::KeyText& key);
// What a derived id hashes.
std::vector<base::KeyText> id_key(const plan::Entity& entity, const plan::KeyText& key);
// A key as one string: the bytes of its only field, or of all, each with its length before it.
std::string pack_key(std::span<const pg::Field> fields);
plan::KeyText unpack_key(const plan::Entity& entity, std::string_view packed);
// The fields of a packed key of so many.
std::vector<std::string_view> split_key(std::string_view packed, std::size_t parts);
// `text` as one element of an array literal.
std::string quote_array_element(std::string_view text);
// For each of the columns that all these keys have, an array literal.
std::vector<std::string> column_arrays(const std::vector<plan::KeyText>& keys, std::size_t columns);
// A PostgreSQL array literal of texts.
std::string text_array_literal(const plan::KeyText& key);
plan::KeyText parse_text_array(std::string_view literal);

}  // namespace rehome::ledger

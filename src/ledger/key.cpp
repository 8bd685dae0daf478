#include "ledger/key.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/ensure.h"

namespace rehome::ledger {

namespace {

constexpr plan::Oid k_int8 = 20;
constexpr plan::Oid k_int2 = 21;
constexpr plan::Oid k_int4 = 23;
constexpr plan::Oid k_uuid = 2950;

// The check refuses keys that are NULL, but a row may come after it.
std::string_view value_of(const pg::Field& field) {
  if (!field)
    throw std::runtime_error(
        "a row of the source has no legacy key, it is NULL: run `rehome check`");
  return *field;
}

}  // namespace

bool is_integer(plan::Oid type) { return type == k_int2 || type == k_int4 || type == k_int8; }

std::int64_t read_integer(plan::Oid type, std::string_view bytes) {
  if (type == k_int2) return pg::read_int16(bytes);
  if (type == k_int4) return pg::read_int32(bytes);
  return pg::read_int64(bytes);
}

std::string field_text(plan::Oid type, std::string_view bytes) {
  if (is_integer(type)) return std::to_string(read_integer(type, bytes));
  if (type != k_uuid) return std::string(bytes);
  base::ensure(bytes.size() == sizeof(base::Uuid), "a uuid of another size than 16 bytes");
  base::Uuid uuid{};
  std::copy(bytes.begin(), bytes.end(), uuid.begin());
  return base::to_text(uuid);
}

plan::KeyText key_text(const plan::Entity& entity, std::span<const pg::Field> fields) {
  plan::KeyText key;
  for (std::size_t part = 0; part < entity.key.size(); ++part) {
    key.push_back(field_text(entity.key[part].type, value_of(fields[part])));
  }
  return key;
}

plan::KeyText read_key(const pg::Rows& rows, int row, std::size_t parts) {
  plan::KeyText key;
  for (int part = 0; part < static_cast<int>(parts); ++part) key.emplace_back(rows.text(row, part));
  return key;
}

std::string key_json(const plan::Entity& entity, const plan::KeyText& key) {
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  for (std::size_t part = 0; part < key.size(); ++part) object[entity.key[part].name] = key[part];
  return object.dump();
}

plan::KeyText parse_key_json(const plan::Entity& entity, std::string_view json) {
  const auto object = nlohmann::json::parse(json);
  plan::KeyText key;
  for (const auto& each : entity.key) key.push_back(object.at(each.name).get<std::string>());
  return key;
}

plan::KeyText parse_target_key_json(const plan::Entity& entity, std::string_view json) {
  const auto object = nlohmann::json::parse(json);
  plan::KeyText key;
  for (const auto& each : entity.target_key) key.push_back(object.at(each.name).get<std::string>());
  return key;
}

namespace {

template <typename Integer>
bool is_number(const std::string& text) {
  Integer value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end && std::to_string(value) == text;
}

bool is_key_part(plan::Oid type, const std::string& text) {
  if (type == k_int2) return is_number<std::int16_t>(text);
  if (type == k_int4) return is_number<std::int32_t>(text);
  if (type == k_int8) return is_number<std::int64_t>(text);
  return type != k_uuid || base::parse_uuid(text).has_value();
}

}  // namespace

bool is_key(const plan::Entity& entity, const plan::KeyText& key) {
  for (std::size_t part = 0; part < key.size(); ++part) {
    if (!is_key_part(entity.key[part].type, key[part])) return false;
  }
  return true;
}

std::vector<base::KeyText> id_key(const plan::Entity& entity, const plan::KeyText& key) {
  std::vector<base::KeyText> parts;
  for (std::size_t part = 0; part < key.size(); ++part) {
    const plan::Oid type = entity.key[part].type;
    parts.push_back({is_integer(type) ? 'i' : type == k_uuid ? 'u' : 't', key[part]});
  }
  return parts;
}

std::string quote_array_element(std::string_view text) {
  std::string quoted = "\"";
  for (const char character : text) {
    if (character == '"' || character == '\\') quoted += '\\';
    quoted += character;
  }
  return quoted + '"';
}

std::vector<std::string> column_arrays(const std::vector<plan::KeyText>& keys,
                                       std::size_t columns) {
  std::vector<std::string> arrays(columns, "{");
  for (const plan::KeyText& key : keys) {
    for (std::size_t part = 0; part < columns; ++part) {
      if (arrays[part].size() > 1) arrays[part] += ',';
      arrays[part] += quote_array_element(key[part]);
    }
  }
  for (std::string& each : arrays) each += '}';
  return arrays;
}

std::string text_array_literal(const plan::KeyText& key) {
  std::string literal = "{";
  for (const std::string& each : key) {
    if (literal.size() > 1) literal += ',';
    literal += quote_array_element(each);
  }
  return literal + "}";
}

std::vector<std::string_view> split_key(std::string_view packed, std::size_t parts) {
  if (parts == 1) return {packed};
  std::vector<std::string_view> fields;
  for (std::size_t part = 0; part < parts; ++part) {
    const auto size = static_cast<std::size_t>(pg::read_int32(packed.substr(0, 4)));
    fields.push_back(packed.substr(4, size));
    packed.remove_prefix(4 + size);
  }
  return fields;
}

std::string pack_key(std::span<const pg::Field> fields) {
  if (fields.size() == 1) return std::string(value_of(fields[0]));
  std::string packed;
  for (const pg::Field& each : fields) pg::RowWriter(packed).field(value_of(each));
  return packed;
}

plan::KeyText unpack_key(const plan::Entity& entity, std::string_view packed) {
  const std::vector<std::string_view> fields = split_key(packed, entity.key.size());
  plan::KeyText key;
  for (std::size_t part = 0; part < fields.size(); ++part)
    key.push_back(field_text(entity.key[part].type, fields[part]));
  return key;
}

plan::KeyText parse_text_array(std::string_view literal) {
  plan::KeyText key;
  std::string current;
  bool quoted = false;
  bool any = false;
  for (std::size_t index = 1; index + 1 < literal.size(); ++index) {
    const char character = literal[index];
    any = true;
    if (character == '\\') {
      current += literal[++index];
    } else if (character == '"') {
      quoted = !quoted;
    } else if (character == ',' && !quoted) {
      key.push_back(std::move(current));
      current.clear();
    } else {
      current += character;
    }
  }
  if (any) key.push_back(std::move(current));
  return key;
}

}  // namespace rehome::ledger

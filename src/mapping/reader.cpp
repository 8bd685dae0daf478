#include "mapping/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/ensure.h"
#include "base/suggestion.h"

namespace rehome::mapping {

namespace {

constexpr std::size_t k_max_name_bytes = 63;  // NAMEDATALEN - 1

std::string_view kind_name(const Node& node) {
  if (node.is_list()) return "a list";
  if (node.is_map()) return "a map";
  return node.is_null() ? "nothing" : "a single value";
}

// `{mime_type: coalesce(ext, name)}`: YAML cuts at the comma, which leaves a key like `name)`
// without value.
bool is_cut_at_comma(const Member& member) {
  const std::string& key = member.key.text;
  return member.value.is_null() && member.value.text.empty() &&
         (key.find(')') != std::string::npos || key.find('\'') != std::string::npos);
}

void report_unknown(const Member& member, std::string_view what, const std::vector<Field>& fields,
                    Problems& problems) {
  std::vector<std::string> known;
  for (const Field& field : fields) {
    if (!field.not_yet) known.emplace_back(field.name);
  }
  const std::string hint = is_cut_at_comma(member)
                               ? "inside { } a comma ends a value: put the expression in quotes, "
                                 "or give each key its own line"
                               : suggest_name(member.key.text, known);
  problems.add("E1102", member.key, fmt::format("unknown key `{}` in {}", member.key.text, what),
               hint);
}

void check_member(const Member& member, std::string_view what, const std::vector<Field>& fields,
                  Problems& problems) {
  const auto field = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& each) { return each.name == member.key.text; });
  if (field == fields.end()) {
    report_unknown(member, what, fields, problems);
  } else if (field->not_yet) {
    problems.add("E1103", member.key,
                 fmt::format("`{}` is not supported by this version", field->name),
                 "remove it; nothing is done silently in its place");
  }
}

void report_kind(const Node& node, std::string_view what, std::string_view wanted,
                 Problems& problems) {
  problems.add("E1202", node, fmt::format("{} must be {}, not {}", what, wanted, kind_name(node)));
}

bool check_text(const Node& node, std::string_view what, std::string_view wanted,
                Problems& problems) {
  if (node.is_scalar() && !node.is_null() && !node.text.empty()) return true;
  if (node.is_scalar() && !node.is_null()) {
    problems.add("E1202", node, fmt::format("{} must not be empty", what));
  } else {
    report_kind(node, what, wanted, problems);
  }
  return false;
}

// The byte of `text` at the place sql::advance() gives it when the text starts in line 1, column 1.
std::size_t offset_at(std::string_view text, const base::Position& place) {
  std::size_t offset = 0;
  for (int line = 1; line < place.line && offset < text.size(); ++offset) {
    if (text[offset] == '\n') ++line;
  }
  for (int column = 0; offset < text.size() && text[offset] != '\n'; ++offset) {
    const bool starts = (static_cast<unsigned char>(text[offset]) & 0xc0) != 0x80;
    if (starts && ++column == place.column) break;
  }
  return offset;
}

std::string unquote_name(const std::string& text) {
  if (text.size() < 3 || text.front() != '"' || text.back() != '"') return text;
  std::string name;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    name += text[i];
    if (text[i] == '"' && text[i + 1] == '"' && i + 2 < text.size()) ++i;
  }
  return name;
}

}  // namespace

std::string list_words(const std::vector<std::string_view>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text.append("`").append(words[i]).append("`");
  }
  return text;
}

std::string suggest_name(std::string_view word, const std::vector<std::string>& names) {
  constexpr std::size_t k_telling = 3;
  constexpr std::size_t k_most_listed = 20;
  std::string hint = word.size() < k_telling ? std::string() : base::did_you_mean(word, names);
  if (hint.empty() && !names.empty() && names.size() <= k_most_listed) {
    hint = "known here: " + list_words({names.begin(), names.end()});
  }
  return hint;
}

const Field& field_of(const Shape& shape, std::string_view name) {
  const auto found = std::find_if(shape.fields.begin(), shape.fields.end(),
                                  [&](const Field& field) { return field.name == name; });
  base::ensure(found != shape.fields.end(), "a field is read that no table lists");
  return *found;
}

bool check_members(const Node& node, const Shape& shape, Problems& problems) {
  return check_members(node, shape.name, shape.fields, problems);
}

bool check_members(const Node& node, std::string_view what, const std::vector<Field>& fields,
                   Problems& problems) {
  if (!node.is_map()) {
    report_kind(node, what, "a map of keys and values", problems);
    return false;
  }
  for (const Member& member : node.members) check_member(member, what, fields, problems);
  for (const Field& field : fields) {
    if (!field.required || node.find(field.name) != nullptr) continue;
    problems.add("E1104", node.position, fmt::format("`{}` is missing in {}", field.name, what),
                 fmt::format("`{}`: {}", field.name, field.doc));
  }
  return true;
}

std::optional<Text> read_text(const Node& node, std::string_view what, Problems& problems) {
  if (!check_text(node, what, "a text", problems)) return std::nullopt;
  return node.as_text();
}

std::optional<Text> read_name(const Node& node, std::string_view what, Problems& problems) {
  if (!check_text(node, what, "a name", problems)) return std::nullopt;
  Text name{unquote_name(node.text), node.position};
  if (name.value.size() > k_max_name_bytes) {
    problems.add("E1203", node, fmt::format("{} is longer than {} bytes", what, k_max_name_bytes),
                 "PostgreSQL has no longer names");
    return std::nullopt;
  }
  return name;
}

std::optional<Expression> read_expression(const Node& node, std::string_view what,
                                          Problems& problems) {
  if (!check_text(node, what, "an SQL expression", problems)) return std::nullopt;
  // Positions come back as places in the value, to be found again in the file.
  const base::Position start{node.position.file, 1, 1};
  auto parsed = sql::parse_expression(node.text, start);
  if (parsed) return Expression{node.as_text(), std::move(*parsed), node.anchors};

  for (base::Diagnostic& diagnostic : parsed.error()) {
    diagnostic.position =
        locate(node.as_text(), node.anchors, offset_at(node.text, diagnostic.position));
    problems.add(std::move(diagnostic));
  }
  return std::nullopt;
}

std::optional<std::int64_t> read_count(const Node& node, std::string_view what, std::int64_t most,
                                       Problems& problems) {
  if (!check_text(node, what, "a number", problems)) return std::nullopt;
  std::int64_t value = 0;
  const char* end = node.text.data() + node.text.size();
  const auto [stop, error] = std::from_chars(node.text.data(), end, value);
  if (error == std::errc() && stop == end && value >= 1 && value <= most) return value;
  problems.add("E1203", node, fmt::format("{} must be a whole number from 1 to {}", what, most));
  return std::nullopt;
}

std::optional<std::int64_t> read_size(const Node& node, std::string_view what, Problems& problems) {
  constexpr std::int64_t k_least = 64 << 10;
  constexpr std::int64_t k_most = 1 << 30;
  if (!check_text(node, what, "a size such as 16MB", problems)) return std::nullopt;
  std::int64_t value = 0;
  const char* end = node.text.data() + node.text.size();
  const auto [stop, error] = std::from_chars(node.text.data(), end, value);
  std::string_view unit(stop, static_cast<std::size_t>(end - stop));
  while (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
  int shift = -1;
  if (unit.empty() || unit == "B") shift = 0;
  if (unit == "kB" || unit == "KB") shift = 10;
  if (unit == "MB") shift = 20;
  if (unit == "GB") shift = 30;
  const bool fits = error == std::errc() && shift >= 0 && value > 0 && value <= (k_most >> shift);
  if (fits && (value << shift) >= k_least) return value << shift;
  problems.add("E1203", node, fmt::format("{} must be a size from 64kB to 1GB", what),
               "write a number and kB, MB or GB, such as 16MB");
  return std::nullopt;
}

std::optional<double> read_percent(const Node& node, std::string_view what, Problems& problems) {
  if (!check_text(node, what, "a percentage", problems)) return std::nullopt;
  double value = 0;
  const char* end = node.text.data() + node.text.size();
  const auto [stop, error] = std::from_chars(node.text.data(), end, value);
  if (error == std::errc() && std::string_view(stop, static_cast<std::size_t>(end - stop)) == "%" &&
      value >= 0 && value <= 100) {
    return value;
  }
  problems.add("E1203", node, fmt::format("{} must be a percentage from 0% to 100%", what),
               "such as 1%");
  return std::nullopt;
}

std::optional<std::string> read_word(const Node& node, const Field& field,
                                     const std::vector<std::string_view>& supported,
                                     Problems& problems) {
  const std::string what = fmt::format("`{}`", field.name);
  if (!check_text(node, what, list_words(field.words), problems)) return std::nullopt;
  if (std::find(field.words.begin(), field.words.end(), node.text) == field.words.end()) {
    problems.add("E1203", node, fmt::format("{} must be {}", what, list_words(field.words)));
    return std::nullopt;
  }
  if (!supported.empty() &&
      std::find(supported.begin(), supported.end(), node.text) == supported.end()) {
    problems.add("E1103", node,
                 fmt::format("`{}: {}` is not supported by this version", field.name, node.text),
                 fmt::format("this version knows {}", list_words(supported)));
    return std::nullopt;
  }
  return node.text;
}

std::vector<Text> read_names(const Node& node, std::string_view what, Problems& problems) {
  std::vector<Text> names;
  if (!node.is_list()) {
    report_kind(node, what, "a list of names", problems);
    return names;
  }
  for (const Node& item : node.items) {
    if (auto name = read_name(item, what, problems)) names.push_back(std::move(*name));
  }
  return names;
}

}  // namespace rehome::mapping

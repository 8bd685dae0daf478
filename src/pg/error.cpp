#include "pg/error.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace rehome::pg {

namespace {

// Classes whose primary messages quote values: `invalid input syntax for type integer: "…"`, and
// whatever a trigger or an external routine chose to say.
bool may_quote_values(std::string_view sqlstate) {
  constexpr std::array<std::string_view, 7> k_classes = {"22", "23", "38", "39", "44", "HV", "P0"};
  const std::string_view own_class = sqlstate.substr(0, 2);
  return std::find(k_classes.begin(), k_classes.end(), own_class) != k_classes.end() ||
         condition_name(sqlstate).empty();
}

std::string one_line(std::string_view text) {
  std::string line;
  for (const char character : text) {
    const bool space = character == '\n' || character == '\t' || character == ' ';
    if (!space) {
      line += character;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

// N of "COPY name, line N", in whatever language the server speaks: a comma, one word, a number.
std::optional<std::size_t> parse_copy_line(std::string_view line) {
  for (std::size_t comma = line.find(", "); comma != std::string_view::npos;
       comma = line.find(", ", comma + 1)) {
    const std::size_t space = line.find(' ', comma + 2);
    if (space == std::string_view::npos) return std::nullopt;
    const char* const end = line.data() + line.size();
    std::size_t number = 0;
    const auto [rest, failure] = std::from_chars(line.data() + space + 1, end, number);
    if (failure == std::errc() && (rest == end || *rest == ',' || *rest == ':')) return number;
  }
  return std::nullopt;
}

// Whatever code a function chose, its words may hold what it saw. The server says where it was in
// its own language; only a line of COPY can be told from that of a function.
bool may_be_raised(std::string_view context) {
  while (!context.empty()) {
    const std::size_t length = std::min(context.find('\n'), context.size());
    const std::string_view line = context.substr(0, length);
    if (line.substr(0, 5) != "COPY " || !parse_copy_line(line)) return true;
    context.remove_prefix(std::min(length + 1, context.size()));
  }
  return false;
}

std::string describe(const ErrorFields& fields) {
  if (fields.sqlstate.empty()) return one_line(fields.message);
  if (!may_be_raised(fields.context) && !may_quote_values(fields.sqlstate)) {
    return fields.sqlstate + " " + one_line(fields.message);
  }
  const std::string_view name = condition_name(fields.sqlstate);
  return fields.sqlstate + " " + std::string(name.empty() ? "raised by user code" : name);
}

std::string what_text(Side side, const std::string& statement, const ErrorFields& fields) {
  return std::string(side == Side::source ? "source " : "target ") + statement + ": " +
         describe(fields);
}

}  // namespace

Error::Error(Side side, std::string statement, ErrorFields fields)
    : std::runtime_error(what_text(side, statement, fields)),
      side_(side),
      statement_(std::move(statement)),
      fields_(std::move(fields)) {}

std::optional<std::size_t> Error::copy_line() const {
  // The server lists contexts from the innermost outwards: our own COPY is the last one.
  std::optional<std::size_t> found;
  std::string_view rest = fields_.context;
  while (!rest.empty()) {
    const std::size_t length = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, length);
    if (line.substr(0, 5) == "COPY ") {
      if (const auto number = parse_copy_line(line)) found = number;
    }
    rest.remove_prefix(std::min(length + 1, rest.size()));
  }
  return found;
}

}  // namespace rehome::pg

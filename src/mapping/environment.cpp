#include "mapping/environment.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace rehome::mapping {

namespace {

bool is_variable_name(std::string_view name) {
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
         std::all_of(name.begin(), name.end(),
                     [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

// What stands between `${` and `}`.
std::optional<std::string> look_up(std::string_view reference, const Node& node,
                                   const Environment& environment, Problems& problems) {
  const auto colon = reference.find(':');
  const std::string name(reference.substr(0, colon));
  const std::string_view option = colon == std::string_view::npos ? "" : reference.substr(colon, 2);
  const bool is_known_option = option.empty() || option == ":-" || option == ":?";
  if (!is_variable_name(name) || !is_known_option) {
    problems.add("E1204", node, "this is not a variable reference",
                 "write ${NAME}, ${NAME:-default} or ${NAME:?message}; a dollar sign itself is $$");
    return std::nullopt;
  }
  const std::string argument(option.empty() ? "" : reference.substr(colon + 2));
  auto value = environment(name);
  if (value && (option.empty() || !value->empty())) return value;
  if (option == ":-") return argument;
  const std::string message = argument.empty()
                                  ? fmt::format("the environment variable {} is not set", name)
                                  : fmt::format("{}: {}", name, argument);
  problems.add("E1204", node, message,
               fmt::format("set {} in the environment, or give a default: ${{{}:-…}}", name, name));
  return std::nullopt;
}

}  // namespace

std::optional<std::string> expand(const Node& node, const Environment& environment,
                                  Problems& problems) {
  std::string expanded;
  std::string_view rest = node.text;
  bool complete = true;
  for (auto dollar = rest.find('$'); dollar != std::string_view::npos; dollar = rest.find('$')) {
    expanded.append(rest.substr(0, dollar));
    rest.remove_prefix(dollar + 1);
    if (rest.substr(0, 1) == "$") {
      expanded += '$';
      rest.remove_prefix(1);
    } else if (rest.substr(0, 1) != "{") {
      expanded += '$';
    } else {
      const auto close = rest.find('}');
      if (close == std::string_view::npos) {
        problems.add("E1204", node, "a ${ is never closed",
                     "write ${NAME}; a dollar sign itself is $$");
        return std::nullopt;
      }
      const auto value = look_up(rest.substr(1, close - 1), node, environment, problems);
      complete = complete && value.has_value();
      expanded.append(value.value_or(""));
      rest.remove_prefix(close + 1);
    }
  }
  if (!complete) return std::nullopt;
  return expanded.append(rest);
}

}  // namespace rehome::mapping

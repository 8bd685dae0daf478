#include "base/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace rehome::base {

std::string write_position(const Position& position) {
  if (position.line == 0) return position.file;
  return fmt::format("{}:{}:{}", position.file, position.line, position.column);
}

Diagnostics sorted_by_position(Diagnostics diagnostics) {
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [](const Diagnostic& a, const Diagnostic& b) {
                     return std::tie(a.position.line, a.position.column) <
                            std::tie(b.position.line, b.position.column);
                   });
  return diagnostics;
}

bool has_errors(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& each) { return each.severity == Severity::error; });
}

SourceText::SourceText(std::string file, std::string text)
    : file_(std::move(file)), text_(std::move(text)) {}

std::string_view SourceText::line(int number) const {
  std::string_view rest = text_;
  for (int current = 1; current < number; ++current) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return {};
    rest.remove_prefix(end + 1);
  }
  if (number < 1) return {};
  return rest.substr(0, rest.find('\n'));
}

namespace {

std::string render_excerpt(const Diagnostic& diagnostic, std::string_view line) {
  const std::string number = std::to_string(diagnostic.position.line);
  const std::string margin(number.size(), ' ');
  const auto column = static_cast<std::size_t>(std::max(diagnostic.position.column, 1));
  const auto room = line.size() >= column ? line.size() - column + 1 : 1;
  const auto carets = std::clamp<std::size_t>(static_cast<std::size_t>(diagnostic.length), 1, room);
  return fmt::format("{} |\n{} | {}\n{} | {}{}\n", margin, number, line, margin,
                     std::string(column - 1, ' '), std::string(carets, '^'));
}

}  // namespace

std::string render(const Diagnostic& diagnostic, const SourceText& source) {
  const char* kind = diagnostic.severity == Severity::error ? "error" : "warning";
  std::string text = fmt::format("{}[{}]: {}\n", kind, diagnostic.code, diagnostic.message);
  const Position& at = diagnostic.position;
  if (!at.file.empty()) text += fmt::format("  --> {}\n", write_position(at));
  if (at.line > 0 && at.file == source.file()) {
    text += render_excerpt(diagnostic, source.line(at.line));
  }
  if (!diagnostic.hint.empty()) text += fmt::format("  = help: {}\n", diagnostic.hint);
  return text;
}

std::string render(const Diagnostics& diagnostics, const SourceText& source) {
  std::string text;
  for (const Diagnostic& each : sorted_by_position(diagnostics)) {
    if (!text.empty()) text += '\n';
    text += render(each, source);
  }
  return text;
}

}  // namespace rehome::base

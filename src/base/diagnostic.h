// What is wrong with the user's files, as values: collected, never thrown.
//
// Promise: a diagnostic says where (file, line, column), what, and what to do. Positions are
// 1-based; line 0 means "the file as a whole". Values only; safe to use from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rehome::base {

struct Position {
  std::string file;
  int line = 0;
  int column = 0;

  bool operator==(const Position&) const = default;
};

// `file:line:column`, or the file alone when the position is all of it.
std::string write_position(const Position& position);

enum class Severity { error, warning };

struct Diagnostic {
  std::string
      code;  // `E` and four digits; the first digit names the room group, fixed once printed
  Severity severity = Severity::error;
  Position position;
  int length = 1;  // columns the caret underlines
  std::string message;
  std::string hint;  // what to do; empty when there is nothing to add
};

using Diagnostics = std::vector<Diagnostic>;

// In the order of their lines and columns; those of one place stay as they came.
Diagnostics sorted_by_position(Diagnostics diagnostics);

// True if at least one of them is an error.
bool has_errors(const Diagnostics& diagnostics);

// The text of one file, kept so that a diagnostic can show the line it speaks of.
class SourceText {
 public:
  SourceText() = default;
  SourceText(std::string file, std::string text);

  const std::string& file() const { return file_; }
  const std::string& text() const { return text_; }
  // The line without its newline; empty outside the file.
  std::string_view line(int number) const;

 private:
  std::string file_;
  std::string text_;
};

// One diagnostic as several lines: `error[E1203]: message`, `  --> file:line:column`, the line with
// a caret below it (when `source` holds that file), `  = help: hint`.
std::string render(const Diagnostic& diagnostic, const SourceText& source);

// All of them, in the order of their positions, a blank line between two.
std::string render(const Diagnostics& diagnostics, const SourceText& source);

}  // namespace rehome::base

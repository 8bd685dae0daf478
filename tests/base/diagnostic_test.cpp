#include "base/diagnostic.h"

#include <doctest/doctest.h>

namespace rehome::base {
namespace {

Diagnostic diagnostic(int line, int column, int length) {
  Diagnostic result;
  result.code = "E1301";
  result.position = {"rehome.yaml", line, column};
  result.length = length;
  result.message = "syntax error";
  return result;
}

const SourceText k_source("rehome.yaml", "one: 1\ntwo: a +\n\nlast");

TEST_CASE("a diagnostic shows the line and points at it") {
  Diagnostic shown = diagnostic(2, 6, 3);
  shown.hint = "write more";
  CHECK(render(shown, k_source) ==
        "error[E1301]: syntax error\n"
        "  --> rehome.yaml:2:6\n"
        "  |\n"
        "2 | two: a +\n"
        "  |      ^^^\n"
        "  = help: write more\n");
}

TEST_CASE("the caret stays beside the line, even at its end") {
  CHECK(render(diagnostic(2, 9, 40), k_source).find("2 | two: a +\n  |         ^\n") !=
        std::string::npos);
  CHECK(render(diagnostic(1, 1, 40), k_source).find("  | ^^^^^^\n") != std::string::npos);
  CHECK(render(diagnostic(4, 1, 2), k_source).find("4 | last\n  | ^^\n") != std::string::npos);
}

TEST_CASE("what speaks of the whole file, or of another file, shows no line") {
  CHECK(render(diagnostic(0, 0, 1), k_source) == "error[E1301]: syntax error\n  --> rehome.yaml\n");
  Diagnostic elsewhere = diagnostic(2, 1, 1);
  elsewhere.position.file = "other.yaml";
  CHECK(render(elsewhere, k_source) == "error[E1301]: syntax error\n  --> other.yaml:2:1\n");
}

TEST_CASE("several are printed in the order of the file") {
  Diagnostic warning = diagnostic(1, 1, 1);
  warning.severity = Severity::warning;
  const std::string text = render({diagnostic(4, 1, 1), warning}, k_source);
  CHECK(text.find("warning[E1301]") == 0);
  CHECK(text.find("\n\nerror[E1301]") != std::string::npos);
}

TEST_CASE("only errors are errors") {
  Diagnostic warning = diagnostic(1, 1, 1);
  warning.severity = Severity::warning;
  CHECK_FALSE(has_errors({}));
  CHECK_FALSE(has_errors({warning}));
  CHECK(has_errors({warning, diagnostic(1, 1, 1)}));
}

TEST_CASE("lines of a text") {
  CHECK(k_source.line(1) == "one: 1");
  CHECK(k_source.line(3).empty());
  CHECK(k_source.line(4) == "last");
  CHECK(k_source.line(5).empty());
  CHECK(k_source.line(0).empty());
}

}  // namespace
}  // namespace rehome::base

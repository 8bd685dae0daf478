#include "report/printable.h"

#include <doctest/doctest.h>

namespace {

using rehome::report::quote_for_shell;
using rehome::report::write_printable;
using rehome::report::write_printable_lines;
using rehome::report::write_shell_word;

TEST_CASE("what a terminal would obey is shown instead") {
  CHECK(write_printable("red \x1b[31m") == "red \\x1b[31m");
  CHECK(write_printable("a\n  held forged\r\t\x7f") == "a\\n  held forged\\r\\t\\x7f");
  CHECK(write_printable("\xc2\x9b"
                        "2J") == "\\u009b2J");
  CHECK(write_printable("\xe2\x80\xae"
                        "gpj.exe") == "\\u202egpj.exe");
  CHECK(write_printable("\xe2\x81\xa6 \xe2\x80\xa8 \xef\xbb\xbf") == "\\u2066 \\u2028 \\ufeff");
  CHECK(write_printable(std::string_view("\0", 1)) == "\\x00");
}

TEST_CASE("what people write stays") {
  CHECK(write_printable("ünï 💥 é 中 \\ '\"") == "ünï 💥 é 中 \\ '\"");
  CHECK(write_printable_lines("two\nlines\x1b") == "two\nlines\\x1b");
}

TEST_CASE("bytes that are no UTF-8 are shown as bytes") {
  CHECK(write_printable("\xff|\xc2|\xc0\xaf|\xed\xa0\x80") ==
        "\\xff|\\xc2|\\xc0\\xaf|\\xed\\xa0\\x80");
  CHECK(write_printable("cut \xf0\x9f\x92") == "cut \\xf0\\x9f\\x92");
}

TEST_CASE("a word of a command can be pasted into a shell") {
  CHECK(write_shell_word("examples/dental/rehome.yaml") == "examples/dental/rehome.yaml");
  CHECK(write_shell_word("my file.yaml") == "'my file.yaml'");
  CHECK(write_shell_word("") == "''");
  CHECK(quote_for_shell("475") == "'475'");
  CHECK(quote_for_shell("it's") == "'it'\\''s'");
  CHECK(quote_for_shell("it's\x1b\\") == "$'it\\'s\\x1b\\\\'");
}

}  // namespace

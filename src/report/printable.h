// Text of others (row values, servers, file names) made fit for a terminal. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace rehome::report {

// What would move the cursor, begin a line, or turn the direction of writing is shown as an escape:
// `\n`, `\x1b`, `\u202e`. So are bytes that are no UTF-8. Everything else stays as it is.
std::string write_printable(std::string_view text);

// The same for text of several lines that we have broken ourselves: newlines stay.
std::string write_printable_lines(std::string_view text);

// One word of a shell command; quoted only where it must be.
std::string write_shell_word(std::string_view text);
// The same, quoted always.
std::string quote_for_shell(std::string_view text);

}  // namespace rehome::report

// Whether PostgreSQL's jsonb would take a text, and take all of it.
//
// Promise: pure, no allocation but for the keys of objects; any thread.
#pragma once

#include <string>
#include <string_view>

namespace rehome::mapping {

// Empty when the text is JSON that jsonb stores without loss; else a short reason without any of
// the text in it. The view is to constant memory.
std::string_view find_json_problem(std::string_view text);

// Appends `text` as a JSON string.
void append_json_string(std::string_view text, std::string& out);

}  // namespace rehome::mapping

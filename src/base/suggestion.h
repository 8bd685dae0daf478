// "Did you mean": the nearest of the names that exist.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rehome::base {

// The candidate a person most likely meant by `word`: the one with the longest common prefix first
// (if that prefix is at least four characters and two thirds of the word), else the one at the
// smallest edit distance (at most a third of the word's length). Nothing when no candidate is near.
// Ties: first in alphabetical order. Compares ignoring case.
std::optional<std::string> suggest(std::string_view word,
                                   const std::vector<std::string>& candidates);

// `did you mean X?`, or "" when nothing is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace rehome::base

// Checks for bugs of our own. Kept in release: the ledger makes an abort safe.
#pragma once

#include <string_view>

namespace rehome::base {

// Exit code of a process that found a bug in itself.
inline constexpr int k_exit_bug = 70;

// Prints `message` to stderr and ends the process with k_exit_bug when `condition` does not hold.
void ensure(bool condition, std::string_view message);

}  // namespace rehome::base

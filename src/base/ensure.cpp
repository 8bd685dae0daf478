#include "base/ensure.h"

#include <cstdio>
#include <cstdlib>

namespace rehome::base {

void ensure(bool condition, std::string_view message) {
  if (condition) return;
  std::fprintf(stderr, "rehome: internal error: %.*s\n", static_cast<int>(message.size()),
               message.data());
  std::fflush(stderr);
  std::_Exit(k_exit_bug);
}

}  // namespace rehome::base

// Named places where a test can make the program fail. Compiled into the test presets only; in
// release they are nothing.
//
// REHOME_FAILPOINTS="name=action[@hit][,…]": action is `kill` (SIGKILL), `stop` (SIGSTOP),
// `sleep<seconds>` (this thread only), `error` (an exception), `tell` (a line on stderr) or `do`
// (the code at the failpoint decides); hit counts from 1, and without it every hit acts. Any
// thread.
#pragma once

#include <string_view>

namespace rehome::work {

#if REHOME_FAILPOINTS
// True if the failpoint's action is `do` and this is its hit; kills, stops or throws for the other
// actions.
bool failpoint(std::string_view name);
#else
constexpr bool failpoint(std::string_view) { return false; }
#endif

}  // namespace rehome::work

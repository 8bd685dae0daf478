// `Result<T>`: a value, or everything that is wrong with the user's input.
#pragma once

#include <tl/expected.hpp>

#include "base/diagnostic.h"

namespace rehome::base {

template <typename T>
using Result = tl::expected<T, Diagnostics>;

}  // namespace rehome::base

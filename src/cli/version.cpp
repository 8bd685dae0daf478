#include "base/version.h"

#include <fmt/core.h>
#include <libpq-fe.h>

#include "cli/options.h"

namespace rehome::cli {

std::string write_version() {
  const int libpq = PQlibVersion();
  return fmt::format("rehome {} ({}), libpq {}.{}", base::k_version, base::k_commit, libpq / 10000,
                     libpq % 10000);
}

run::ExitCode version(const Options& options) {
  const int libpq = PQlibVersion();
  if (options.json) {
    fmt::print(
        "{{\"version\": \"{}\", \"commit\": \"{}\", \"compiler\": \"{}\", \"libpq\": \"{}.{}\"}}\n",
        base::k_version, base::k_commit, __VERSION__, libpq / 10000, libpq % 10000);
  } else {
    fmt::print("{}\n", write_version());
  }
  return run::ExitCode::done;
}

}  // namespace rehome::cli

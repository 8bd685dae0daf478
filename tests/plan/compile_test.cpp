// Every golden case, offline.
#include <doctest/doctest.h>

#include "plan/golden.h"

namespace rehome::plan {
namespace {

TEST_CASE("a mapping and two catalogs give the plan, or the errors, that were agreed on") {
  for (const auto& folder : golden_folders()) {
    CAPTURE(folder.filename().string());
    const auto source = catalog::parse_json(read_file(folder / "source.json"));
    const auto target = catalog::parse_json(read_file(folder / "target.json"));
    const Described described = parse_described(read_file(folder / "types.json"));
    check_golden(folder,
                 compile_case(read_file(folder / "rehome.yaml"), source, target, described));
  }
}

}  // namespace
}  // namespace rehome::plan

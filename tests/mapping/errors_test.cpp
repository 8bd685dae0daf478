// tests/mapping/errors/<case>/: rehome.yaml and what is printed about it. REHOME_BLESS=1 rewrites
// errors.txt.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "mapping/sample.h"

namespace rehome::mapping {
namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

TEST_CASE("every mistake is explained as it was agreed on") {
  std::set<std::filesystem::path> folders;
  for (const auto& each :
       std::filesystem::directory_iterator(REHOME_SOURCE_DIR "/tests/mapping/errors")) {
    folders.insert(each.path());
  }
  REQUIRE_FALSE(folders.empty());
  for (const auto& folder : folders) {
    CAPTURE(folder.filename().string());
    const std::string text = read(folder / "rehome.yaml");
    const auto result = load_text(text);
    const std::string printed =
        result ? "nothing is wrong\n"
               : base::render(result.error(), base::SourceText("rehome.yaml", text));
    if (std::getenv("REHOME_BLESS") != nullptr) std::ofstream(folder / "errors.txt") << printed;
    CHECK(printed == read(folder / "errors.txt"));
  }
}

}  // namespace
}  // namespace rehome::mapping

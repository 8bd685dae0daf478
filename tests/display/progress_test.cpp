#include "display/progress.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <functional>
#include <string>

namespace {

using rehome::display::Progress;

// What `act` prints to stderr.
std::string read_printed(const std::function<void()>& act) {
  std::FILE* const file = std::tmpfile();
  REQUIRE(file != nullptr);
  std::fflush(stderr);
  const int before = dup(STDERR_FILENO);
  dup2(fileno(file), STDERR_FILENO);
  act();
  std::fflush(stderr);
  dup2(before, STDERR_FILENO);
  close(before);
  std::rewind(file);
  std::array<char, 4096> text{};
  const std::size_t size = std::fread(text.data(), 1, text.size(), file);
  std::fclose(file);
  return {text.data(), size};
}

std::string play(std::int64_t settled) {
  return read_printed([settled] {
    Progress progress;
    progress.on(rehome::events::EntityStarted{"lines", 100, 1});
    progress.on(rehome::events::BatchFinished{"lines", 100, 20, 80, 0});
    progress.on(rehome::events::EntityFinished{"lines"});
    progress.on(rehome::events::BatchFinished{"lines", 0, settled, -settled, 0});
    progress.end();
  });
}

TEST_CASE("rows that are released after their entity have a line of their own") {
  const std::string text = play(60);
  CHECK(text.find("lines                100 %  100 of 100 rows") != std::string::npos);
  CHECK(text.find(", 80 held\n") != std::string::npos);
  CHECK(text.find("settle                      60 rows inserted, held before\n") !=
        std::string::npos);
}

TEST_CASE("nothing is said of settling when nothing was released") {
  CHECK(play(0).find("settle") == std::string::npos);
}

}  // namespace

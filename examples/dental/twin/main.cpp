// dental-twin: the synthetic twin of the dental case, on three days of its life.

#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "manifest.h"
#include "stages.h"

namespace dental {
namespace {

constexpr std::string_view k_usage =
    R"(usage: dental-twin --scale S --seed N --stage t0|t1|t2 WHERE [--manifest FILE]

  --scale S        1 is the real size (452,000 rows); 0.01 for tests, 10 for benchmarks
  --seed N         the same seed gives the same rows on any machine
  --help           print this

--stage t1: the source as it was on the day of the report.
  --to URL         fill the legacy tables there; makes them first in an empty database
  --foreign-keys   declare the foreign keys too, NOT VALID
  --files DIR      write DIR/<table>.copy instead, in COPY text format
  --manifest FILE  write what a correct migration must make of every planted row

--stage t0: the target as earlier scripts left it; the source that belongs to it is t1.
  --to URL         fill the tables of target.sql there, which must be empty
  --manifest FILE  write what is wrong with which row, and what a correct run must make of it

--stage t2: what happens to the source after that day, in 16 transactions.
  --to URL         play it on a source of stage t1; drift.step and drift.log there say what
                   was changed, and are committed with it
  --steps A-B      play only these; each can be played once, in this order. Step 14 is a second
                   session's: it begins before 15, and commits after it if both are played
  --pause-ms N     wait between two of them
  --script FILE    write the same as SQL for psql instead
)";

struct Options {
  double scale = 0;
  std::uint64_t seed = 0;
  bool has_seed = false;
  std::string stage;
  std::string url;
  std::string folder;
  std::string script;
  std::string manifest;
  bool foreign_keys = false;
  int first_step = 1;
  int last_step = 999;
  bool has_steps = false;
  int pause_ms = 0;
  bool help = false;
};

struct Usage : Failure {
  using Failure::Failure;
};

template <typename Number>
Number parse_number(std::string_view option, std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) {
    throw Usage(fmt::format("{}: not a number: {}", option, text));
  }
  return number;
}

void set_steps(Options& options, std::string_view value) {
  const std::size_t dash = value.find('-');
  options.first_step = parse_number<int>("--steps", value.substr(0, dash));
  options.last_step = dash == std::string_view::npos
                          ? options.first_step
                          : parse_number<int>("--steps", value.substr(dash + 1));
  options.has_steps = true;
}

void set_option(Options& options, std::string_view option, std::string_view value) {
  if (option == "--scale") {
    options.scale = parse_number<double>(option, value);
  } else if (option == "--seed") {
    options.seed = parse_number<std::uint64_t>(option, value);
    options.has_seed = true;
  } else if (option == "--stage") {
    options.stage = value;
  } else if (option == "--to") {
    options.url = value;
  } else if (option == "--files") {
    options.folder = value;
  } else if (option == "--script") {
    options.script = value;
  } else if (option == "--manifest") {
    options.manifest = value;
  } else if (option == "--steps") {
    set_steps(options, value);
  } else if (option == "--pause-ms") {
    options.pause_ms = parse_number<int>(option, value);
  } else {
    throw Usage(fmt::format("unknown option {}", option));
  }
}

void require_complete(const Options& options) {
  if (!(options.scale > 0 && options.scale <= 100)) {
    throw Usage("--scale must be more than 0 and at most 100");
  }
  if (!options.has_seed) {
    throw Usage("--seed is missing");
  }
  const bool t1 = options.stage == "t1";
  const bool t2 = options.stage == "t2";
  if (options.stage != "t0" && !t1 && !t2) {
    throw Usage("--stage must be t0, t1 or t2");
  }
  if ((!options.folder.empty() || options.foreign_keys) && !t1) {
    throw Usage("--files and --foreign-keys belong to --stage t1");
  }
  if ((!options.script.empty() || options.has_steps || options.pause_ms != 0) && !t2) {
    throw Usage("--script, --steps and --pause-ms belong to --stage t2");
  }
  if (!options.manifest.empty() && t2) {
    throw Usage("--stage t2 has no manifest: drift.log in the source says what it changed");
  }
  const int destinations = (options.url.empty() ? 0 : 1) + (options.folder.empty() ? 0 : 1) +
                           (options.script.empty() ? 0 : 1);
  if (destinations != 1) {
    throw Usage(t1   ? "give either --to or --files"
                : t2 ? "give either --to or --script"
                     : "--to is missing");
  }
}

Options parse_options(const std::vector<std::string_view>& arguments) {
  Options options;
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    if (arguments[at] == "--help") {
      options.help = true;
      return options;
    }
    if (arguments[at] == "--foreign-keys") {
      options.foreign_keys = true;
    } else if (at + 1 == arguments.size()) {
      throw Usage(fmt::format("{} needs a value", arguments[at]));
    } else {
      set_option(options, arguments[at], arguments[at + 1]);
      ++at;
    }
  }
  require_complete(options);
  return options;
}

void write_file(const std::string& path, std::string_view text) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  const bool written =
      file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  const bool closed = file != nullptr && std::fclose(file) == 0;
  if (!written || !closed) {
    throw Failure(fmt::format("cannot write {}", path));
  }
}

std::string make_t1(const World& world, const Options& options) {
  if (options.url.empty()) {
    Folder folder(options.folder);
    write_tables(world, folder);
  } else {
    fill_source(world, options.url, options.foreign_keys);
  }
  return make_manifest(world);
}

void make_t2(const World& world, const Options& options) {
  if (options.url.empty()) {
    write_file(options.script, make_script(world));
  } else {
    play_steps(world, options.url, options.first_step, options.last_step, options.pause_ms);
  }
}

void run(const Options& options) {
  const World world = make_world(options.seed, options.scale);
  if (options.stage == "t2") {
    make_t2(world, options);
    return;
  }
  const std::string manifest =
      options.stage == "t0" ? fill_target(world, options.url) : make_t1(world, options);
  if (!options.manifest.empty()) {
    write_file(options.manifest, manifest);
  }
}

}  // namespace
}  // namespace dental

int main(int count, char** values) {
  try {
    const dental::Options options =
        dental::parse_options(std::vector<std::string_view>(values + 1, values + count));
    if (options.help) {
      fmt::print("{}", dental::k_usage);
      return EXIT_SUCCESS;
    }
    dental::run(options);
    return EXIT_SUCCESS;
  } catch (const dental::Usage& usage) {
    fmt::print(stderr, "dental-twin: {}\n{}", usage.what(), dental::k_usage);
    return 2;
  } catch (const std::exception& failure) {
    fmt::print(stderr, "dental-twin: {}\n", failure.what());
    return EXIT_FAILURE;
  }
}

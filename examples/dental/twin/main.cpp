// dental-twin: fills a database, or a folder, with the synthetic twin of the dental case.

#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "manifest.h"
#include "schema.h"
#include "tables.h"

namespace dental {
namespace {

constexpr std::string_view k_usage =
    R"(usage: dental-twin --scale S --seed N --stage t1 (--to URL [--foreign-keys] | --files DIR)
                   [--manifest FILE]

  --scale S        1 is the real size (452,000 rows); 0.01 for tests, 10 for benchmarks
  --seed N         the same seed gives the same rows on any machine
  --stage t1       the source as it was on the day of the report; the only stage yet
  --to URL         fill the legacy tables there; makes them first in an empty database
  --foreign-keys   declare the foreign keys too, NOT VALID
  --files DIR      write DIR/<table>.copy instead, in COPY text format
  --manifest FILE  write what a correct migration must make of every planted row
)";

struct Options {
  double scale = 0;
  std::uint64_t seed = 0;
  bool has_seed = false;
  std::string stage;
  std::string url;
  std::string folder;
  std::string manifest;
  bool foreign_keys = false;
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
  } else if (option == "--manifest") {
    options.manifest = value;
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
  if (options.stage != "t1") {
    throw Usage("--stage must be t1");
  }
  if (options.url.empty() == options.folder.empty()) {
    throw Usage("give either --to or --files");
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

void write_tables(const World& world, Destination& destination) {
  for (const auto& write :
       {write_auth_group, write_content_type, write_course, write_user, write_user_groups,
        write_doctor_setting, write_office, write_office_doctors, write_patient, write_instruction,
        write_record, write_file}) {
    write(world, destination);
  }
}

// Django's sequences continue where the ids end.
constexpr std::string_view k_set_sequences = R"(
DO $$
DECLARE legacy name;
BEGIN
  FOR legacy IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), (SELECT max(id) FROM %I))',
                   quote_ident(legacy), 'id', legacy);
  END LOOP;
END $$)";

// Whether the legacy tables are there already; if so, they must be empty.
bool find_tables(Server& server) {
  if (server.read_value("SELECT to_regclass('dispatch_file')").empty()) {
    return false;
  }
  if (!server.read_value("SELECT 1 FROM auth_user LIMIT 1").empty()) {
    throw Failure("the legacy tables are not empty; take a fresh database");
  }
  return true;
}

void fill_database(const World& world, const Options& options) {
  Server server(options.url);
  const bool has_tables = find_tables(server);
  const std::string schema(k_source_schema);
  const std::size_t mark = schema.find("-- after the load");
  server.execute("BEGIN");
  if (!has_tables) {
    server.execute(schema.substr(0, mark));
  }
  write_tables(world, server);
  if (!has_tables) {
    server.execute(schema.substr(mark));
  }
  if (options.foreign_keys) {
    server.execute(std::string(k_source_foreign_keys));
  }
  server.execute(std::string(k_set_sequences));
  server.execute("COMMIT");
  server.execute("ANALYZE");
}

void write_manifest(const World& world, const std::string& path) {
  const std::string text = make_manifest(world);
  std::FILE* file = std::fopen(path.c_str(), "wb");
  const bool written =
      file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  const bool closed = file != nullptr && std::fclose(file) == 0;
  if (!written || !closed) {
    throw Failure(fmt::format("cannot write {}", path));
  }
}

void run(const Options& options) {
  const World world = make_world(options.seed, options.scale);
  if (options.url.empty()) {
    Folder folder(options.folder);
    write_tables(world, folder);
  } else {
    fill_database(world, options);
  }
  if (!options.manifest.empty()) {
    write_manifest(world, options.manifest);
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

// Golden cases cannot rot: their catalogs and types are what real servers say, and real servers
// take every statement of their plans.
#include <doctest/doctest.h>

#include <algorithm>

#include "plan/live.h"
#include "plan/write.h"

namespace rehome::plan {
namespace {

using catalog::Catalog;

constexpr Oid k_first_renumbered = 90000;

// What differs from one server to the next, or from one day to the next, made equal. Types of the
// database's own get numbers by their names.
std::map<Oid, Oid> renumber(const Catalog& catalog) {
  std::map<std::pair<std::string, std::string>, Oid> names;
  for (const auto& [oid, type] : catalog.types) {
    if (!type.is_builtin()) names[{type.schema, type.name}] = oid;
  }
  std::map<Oid, Oid> numbers;
  for (const auto& [name, oid] : names) {
    numbers[oid] = k_first_renumbered + static_cast<Oid>(numbers.size());
  }
  return numbers;
}

Oid replaced(Oid oid, const std::map<Oid, Oid>& numbers) {
  const auto found = numbers.find(oid);
  return found == numbers.end() ? oid : found->second;
}

Catalog normalise(Catalog catalog, const std::string& name, const std::map<Oid, Oid>& numbers) {
  catalog.server_version = 150000;
  catalog.system_identifier.clear();
  catalog.database = name;
  std::map<Oid, catalog::Type> types;
  for (auto [oid, type] : catalog.types) {
    type.oid = replaced(type.oid, numbers);
    type.element = replaced(type.element, numbers);
    type.domain_base = replaced(type.domain_base, numbers);
    types[replaced(oid, numbers)] = type;
  }
  catalog.types = std::move(types);
  for (auto& [table_name, table] : catalog.tables) {
    table.estimated_rows = -1;
    for (catalog::Column& each : table.columns) each.type = replaced(each.type, numbers);
  }
  return catalog;
}

class GoldenCase {
 public:
  explicit GoldenCase(const std::filesystem::path& folder)
      : folder_(folder),
        live_(read_file(folder / "rehome.yaml"), read_file(folder / "source.sql"),
              read_file(folder / "target.sql")) {}

  void check_snapshots() {
    const auto numbers = renumber(live_.source_catalog());
    const Catalog source = normalise(live_.source_catalog(), "source", numbers);
    const Catalog target =
        normalise(live_.target_catalog(), "target", renumber(live_.target_catalog()));
    Described described = live_.described();
    for (auto& [question, answer] : described.answers) answer.oid = replaced(answer.oid, numbers);
    check_snapshot("source.json", catalog::write_json(source));
    check_snapshot("target.json", catalog::write_json(target));
    check_snapshot("types.json", write_json(described));
    check_golden(folder_, compile_case(live_.text(), source, target, described));
  }

  void check_statements() {
    const Outcome outcome = live_.compile();
    if (!outcome.plan) return;
    for (const Entity& entity : outcome.plan->entities) {
      pg::begin_source(live_.source(), "");
      pg::begin_target(live_.target(), "");
      for (const ListedStatement& each : list_statements(entity)) {
        CAPTURE(each.text);
        CHECK_NOTHROW(send(each));
      }
      check_wire_types(entity);
      live_.source().rollback();
      live_.target().rollback();
    }
  }

 private:
  void check_snapshot(const char* name, const std::string& current) {
    CAPTURE(name);
    if (is_blessing()) write_file(folder_ / name, current);
    CHECK(current == read_file(folder_ / name));
  }

  // Binary COPY takes any bytes of the right length, so every field must be of the type agreed on.
  void check_wire_types(const Entity& entity) {
    constexpr Oid k_int4 = 23;
    constexpr Oid k_int8 = 20;
    std::vector<Oid> expected;
    for (const KeyColumn& each : entity.key) expected.push_back(each.type);
    expected.push_back(k_int8);
    expected.push_back(k_int4);
    expected.resize(entity.field_count);
    for (std::size_t index = 0; index < entity.columns.size(); ++index) {
      const std::size_t field = entity.fields[index];
      if (field != k_no_field) expected[field] = entity.columns[index].wire_type;
    }
    constexpr Oid k_timestamptz = 1184;
    if (entity.time_field) expected[*entity.time_field] = k_timestamptz;
    if (entity.changed_at) expected[entity.changed_at->field] = entity.changed_at->type;
    const std::size_t first_ref = entity.field_count - entity.ref_key_types.size();
    std::copy(entity.ref_key_types.begin(), entity.ref_key_types.end(),
              expected.begin() + static_cast<std::ptrdiff_t>(first_ref));
    std::vector<Oid> sent;
    const std::string statement = derive_statement(entity, {}).text();
    for (const pg::ColumnType& each : live_.source().describe({"derive", statement})) {
      sent.push_back(each.oid);
    }
    CHECK(sent == expected);
  }

  void send(const ListedStatement& statement) {
    switch (statement.kind) {
      case StatementKind::query:
        live_.source().describe({statement.title, statement.text});
        live_.source().execute({statement.title, statement.text});
        break;
      case StatementKind::copy_out: {
        pg::CopyOut rows = live_.source().copy_out({statement.title, statement.text});
        while (rows.read()) {
        }
        break;
      }
      case StatementKind::copy_in:
        send_nothing(statement);
        break;
      case StatementKind::create:
        live_.target().execute({statement.title, statement.text});
        break;
      case StatementKind::command:
        live_.target().describe({statement.title, statement.text});
        break;
    }
  }

  void send_nothing(const ListedStatement& statement) {
    pg::CopyIn rows = live_.target().copy_in({statement.title, statement.text});
    std::string bytes;
    pg::RowWriter writer(bytes);
    writer.header();
    writer.trailer();
    rows.write(bytes);
    CHECK(rows.finish() == 0);
  }

  std::filesystem::path folder_;
  Live live_;
};

TEST_CASE("golden cases are what servers say, and servers take their statements") {
  for (const auto& folder : golden_folders()) {
    CAPTURE(folder.filename().string());
    GoldenCase golden(folder);
    golden.check_snapshots();
    golden.check_statements();
  }
}

}  // namespace
}  // namespace rehome::plan

// Golden cases cannot rot: their catalogs and types are what real servers say, and real servers
// take every statement of their plans.
#include <doctest/doctest.h>

#include <algorithm>

#include "pg/binary.h"
#include "pg/read_catalog.h"
#include "pg/session.h"
#include "plan/golden.h"
#include "plan/write.h"
#include "run/compile.h"
#include "support/cluster.h"

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

class LiveCase {
 public:
  explicit LiveCase(const std::filesystem::path& folder)
      : folder_(folder),
        source_database_("source"),
        target_database_("target"),
        text_(read_file(folder / "rehome.yaml")),
        mapping_(load_mapping(text_)) {
    source_database_.run(read_file(folder / "source.sql"));
    target_database_.run(read_file(folder / "target.sql"));
    source_.emplace(pg::Side::source, source_database_.url(), "test");
    target_.emplace(pg::Side::target, target_database_.url(), "test");
    source_catalog_ =
        pg::read_catalog(*source_, mapping_ ? mapping_->source.schema.value : "public");
    target_catalog_ =
        pg::read_catalog(*target_, mapping_ ? mapping_->target.schema.value : "public");
    if (mapping_) describe();
  }

  void check_snapshots() {
    const auto source_numbers = renumber(source_catalog_);
    const Catalog source = normalise(source_catalog_, "source", source_numbers);
    const Catalog target = normalise(target_catalog_, "target", renumber(target_catalog_));
    Described described = described_;
    for (auto& [question, answer] : described.answers) {
      answer.oid = replaced(answer.oid, source_numbers);
    }
    check_snapshot("source.json", catalog::write_json(source));
    check_snapshot("target.json", catalog::write_json(target));
    check_snapshot("types.json", write_json(described));
    check_golden(folder_, compile_case(text_, source, target, described));
  }

  void check_statements() {
    const Outcome outcome = compile_case(text_, source_catalog_, target_catalog_, described_);
    if (!outcome.plan) return;
    for (const Entity& entity : outcome.plan->entities) {
      pg::begin_source(*source_, "");
      pg::begin_target(*target_, "");
      for (const ListedStatement& each : list_statements(entity)) {
        CAPTURE(each.text);
        CHECK_NOTHROW(send(each));
      }
      source_->rollback();
      target_->rollback();
    }
  }

 private:
  void describe() {
    pg::prepare_source_session(*source_, source_catalog_.schema);
    const Compiler compiler(*mapping_, source_catalog_, target_catalog_);
    if (base::has_errors(compiler.findings())) return;
    described_.answers =
        run::describe_questions(*source_, compiler.questions(), described_.refused);
  }

  void check_snapshot(const char* name, const std::string& current) {
    CAPTURE(name);
    if (is_blessing()) write_file(folder_ / name, current);
    CHECK(current == read_file(folder_ / name));
  }

  void send(const ListedStatement& statement) {
    switch (statement.kind) {
      case StatementKind::query:
        source_->describe({statement.title, statement.text});
        source_->execute({statement.title, statement.text});
        break;
      case StatementKind::copy_out: {
        pg::CopyOut rows = source_->copy_out({statement.title, statement.text});
        while (rows.read()) {
        }
        break;
      }
      case StatementKind::copy_in: {
        pg::CopyIn rows = target_->copy_in({statement.title, statement.text});
        std::string bytes;
        pg::RowWriter writer(bytes);
        writer.header();
        writer.trailer();
        rows.write(bytes);
        CHECK(rows.finish() == 0);
        break;
      }
      case StatementKind::create:
        target_->execute({statement.title, statement.text});
        break;
      case StatementKind::command:
        target_->describe({statement.title, statement.text});
        break;
    }
  }

  std::filesystem::path folder_;
  tests::Database source_database_;
  tests::Database target_database_;
  std::string text_;
  base::Result<mapping::Mapping> mapping_;
  std::optional<pg::Connection> source_;
  std::optional<pg::Connection> target_;
  Catalog source_catalog_;
  Catalog target_catalog_;
  Described described_;
};

TEST_CASE("golden cases are what servers say, and servers take their statements") {
  for (const auto& folder : golden_folders()) {
    CAPTURE(folder.filename().string());
    LiveCase live(folder);
    live.check_snapshots();
    live.check_statements();
  }
}

}  // namespace
}  // namespace rehome::plan

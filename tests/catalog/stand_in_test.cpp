#include "catalog/stand_in.h"

#include <doctest/doctest.h>

namespace rehome::catalog {
namespace {

Catalog two_tables() {
  return parse_json(R"_({
    "server_version": 150000, "schema": "app",
    "tables": {
      "clinics": {
        "columns": [
          {"name": "id", "type": "int4", "type_text": "integer", "not_null": true, "has_default": true,
           "default_text": "nextval('app.clinics_id_seq'::regclass)", "sequence": "app.clinics_id_seq"},
          {"name": "size", "type": "int4", "type_text": "integer", "generated": true, "default_text": "(id * 2)"}
        ],
        "indexes": [{"name": "clinics_pkey", "columns": ["id"], "unique": true}]
      },
      "staged": {
        "columns": [{"name": "clinic", "type": "int4", "type_text": "integer"}],
        "constraints": [{"name": "fk", "kind": "foreign_key", "columns": ["clinic"],
                         "references": {"schema": "app", "name": "clinics"}, "referenced_columns": ["id"]}]
      }
    }
  })_");
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("a stand-in has the name of its table, and what refers to the table refers to it") {
  const Catalog changed = with_stand_ins(two_tables(), {"clinics"});
  const Table& clinics = changed.tables.at("clinics");
  CHECK(clinics.name == sql::QualifiedName{"pg_temp", "clinics"});
  CHECK(clinics.stands_for == sql::QualifiedName{"app", "clinics"});
  const Table& other = changed.tables.at("staged");
  CHECK(other.stands_for.name.empty());
  CHECK(other.constraints.front().references == sql::QualifiedName{"pg_temp", "clinics"});
}

TEST_CASE("no statement draws from a sequence of the application") {
  const Catalog target = two_tables();
  const std::string statements = stand_in_statements(target, {"clinics"});
  CHECK_FALSE(has(statements, "nextval('app.clinics_id_seq"));
  const Catalog changed = with_stand_ins(target, {"clinics"});
  const std::string& sequence = changed.tables.at("clinics").columns.front().sequence;
  CHECK(has(statements, "CREATE TEMPORARY SEQUENCE " + sequence));
  CHECK(has(statements, "SET DEFAULT nextval('" + sequence + "')"));
}

TEST_CASE("a generated column is shown, and not written") {
  const std::string statements = stand_in_statements(two_tables(), {"clinics"});
  CHECK(has(statements, "w.id, w.size\n"));
  CHECK(has(statements, "(id) VALUES (NEW.id)"));
}

TEST_CASE("a table of the name that the careful road takes gets out of its way") {
  const Catalog changed = with_stand_ins(two_tables(), {"clinics", "staged"});
  CHECK(changed.tables.at("staged").name.name == "rehome_rows_of_1");
  CHECK(changed.tables.at("clinics").name.name == "clinics");
}

}  // namespace
}  // namespace rehome::catalog

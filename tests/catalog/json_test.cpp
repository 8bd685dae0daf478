#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <stdexcept>

#include "catalog/catalog.h"

namespace rehome::catalog {
namespace {

Type make_full_type(TypeKind kind) {
  Type type;
  type.oid = 30000 + static_cast<Oid>(kind);
  type.schema = "s";
  type.name = "mood 🦆";
  type.kind = kind;
  type.element = 23;
  type.domain_base = 30001;
  type.domain_modifier = 14;
  type.domain_not_null = true;
  type.labels = {"a", "b'\\"};
  return type;
}

Table make_full_table() {
  Table table;
  table.name = {"public", "sel;ect\"q"};
  table.kind = TableKind::partitioned;
  Column& id = table.columns.emplace_back();
  id.name = "id";
  id.number = 1;
  id.type = 23;
  table.columns.push_back({"after a dropped one", 3, 30000, 14, "s.mood", true, true, "'x'::text",
                           Identity::by_default, true, "public.t_id_seq", false, false, false});
  table.constraints.push_back({"fk",
                               ConstraintKind::foreign_key,
                               {"id"},
                               {"auth", "users"},
                               {"id"},
                               true,
                               true,
                               false,
                               "FOREIGN KEY …",
                               true,
                               true});
  table.indexes.push_back({"i", {"id", ""}, true, false, true, true, true, "gin"});
  table.triggers.push_back({"t", "public.f", true, true, true, true, true, true, true, false});
  table.referrers.push_back(
      {{"billing", "accounts"}, "fk", {"t_id"}, {"id"}, {"number"}, true, false, false, true});
  table.rules = {"r"};
  table.row_security = table.force_row_security = table.is_partition = table.has_children = true;
  table.can_select = table.can_insert = table.can_update = table.can_delete = false;
  table.estimated_rows = 1.25e7;
  return table;
}

// A catalog in which every field has a value that is not its default.
Catalog make_full_catalog() {
  Catalog catalog;
  catalog.server_version = 150018;
  catalog.system_identifier = "7291";
  catalog.database = "d\"b";
  catalog.encoding = "UTF8";
  catalog.schema = "public";
  catalog.schema_exists = false;
  catalog.schema_usable = false;
  catalog.search_path = "\"$user\", public";
  catalog.role = {"r\nole", true, true, true, true};
  catalog.other_schemas = {"auth", ""};
  using enum TypeKind;
  for (const TypeKind kind : {base, enumeration, domain, composite, range, multirange, pseudo}) {
    const Type type = make_full_type(kind);
    catalog.types[type.oid] = type;
  }
  Table table = make_full_table();
  catalog.tables["sel;ect\"q"] = table;
  table.name.schema = "elsewhere";
  catalog.tables["another"] = table;
  return catalog;
}

std::string failure_of(const std::string& text) {
  try {
    parse_json(text);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

TEST_CASE("a catalog comes back from its JSON form with every fact") {
  const Catalog catalog = make_full_catalog();
  const std::string text = write_json(catalog);
  CHECK(parse_json(text) == catalog);
  CHECK(write_json(parse_json(text)) == text);
}

TEST_CASE("what is as usual is left out") {
  Catalog catalog;
  CHECK(write_json(catalog) == "{}\n");
  CHECK(parse_json("{}") == catalog);

  catalog.schema = "public";
  Table table;
  table.name = {"public", "t"};
  Column column;
  column.name = "id";
  column.number = 1;
  column.type = 23;
  table.columns.push_back(column);
  table.indexes.emplace_back().columns = {"id"};
  catalog.tables["t"] = table;
  CHECK(write_json(catalog) == R"({
  "schema": "public",
  "tables": {
    "t": {
      "columns": [
        {
          "name": "id",
          "type": "int4"
        }
      ],
      "indexes": [
        {
          "columns": [
            "id"
          ]
        }
      ]
    }
  }
}
)");
  CHECK(parse_json(write_json(catalog)) == catalog);
}

TEST_CASE("text that is no catalog is refused with the place of the fault") {
  CHECK(failure_of("{") == "catalog snapshot: $: this is not JSON");
  CHECK(failure_of("[]") == "catalog snapshot: $: an object is expected");
  CHECK(failure_of(R"({"tabels": {}})") == "catalog snapshot: $.tabels: no such key is known");
  CHECK(failure_of(R"({"tables": {"t": {"columns": [{"type": "int5"}]}}})") ==
        "catalog snapshot: $.tables.t.columns.0.type: an oid or the name of a built-in type is "
        "expected");
  CHECK(failure_of(R"({"tables": {"t": {"kind": "sofa"}}})") ==
        "catalog snapshot: $.tables.t.kind: this is none of the values it may have");
  CHECK(failure_of(R"({"types": {"x": {}}})") == "catalog snapshot: $.types.x: the key is no oid");
  CHECK(failure_of(R"({"server_version": 1e99})") ==
        "catalog snapshot: $.server_version: an integer is expected");
  CHECK(failure_of(R"({"server_version": 99999999999})") ==
        "catalog snapshot: $.server_version: the number is out of range");
  CHECK(failure_of(R"({"role": {"superuser": "yes"}})") ==
        "catalog snapshot: $.role.superuser: true or false is expected");
}

TEST_CASE("a name that is no UTF-8 does not break the snapshot") {
  Catalog catalog;
  catalog.database = "caf\xe9";
  CHECK(parse_json(write_json(catalog)).database == "caf\xef\xbf\xbd");
}

TEST_CASE("damaged text is refused or read, never worse") {
  const std::string text = write_json(make_full_catalog());
  CHECK(rc::check("cut or flipped", [&text] {
    std::string damaged = text;
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    if (*rc::gen::arbitrary<bool>()) {
      damaged.resize(at);
    } else {
      damaged[at] = *rc::gen::arbitrary<char>();
    }
    try {
      parse_json(damaged);
    } catch (const std::runtime_error&) {
      return;
    }
  }));
}

}  // namespace
}  // namespace rehome::catalog

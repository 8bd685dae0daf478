#include "catalog/catalog.h"

#include <doctest/doctest.h>

namespace rehome::catalog {
namespace {

Index make_index(std::vector<std::string> columns) {
  Index index;
  index.name = "i";
  index.columns = std::move(columns);
  index.unique = true;
  return index;
}

Table make_table(Index index) {
  Table table;
  table.name = {"public", "t"};
  for (const char* name : {"a", "b", "c"}) table.columns.emplace_back().name = name;
  table.indexes.push_back(std::move(index));
  return table;
}

TEST_CASE("a unique index proves its columns and every superset of them unique") {
  const Table table = make_table(make_index({"a", "b"}));
  CHECK(table.is_unique({"a", "b"}));
  CHECK(table.is_unique({"c", "b", "a"}));
  CHECK_FALSE(table.is_unique({"a"}));
  CHECK_FALSE(table.is_unique({"b", "c"}));
  CHECK_FALSE(table.is_unique({}));
}

TEST_CASE("an index that does not see every row, or not the column itself, proves nothing") {
  const Index whole = make_index({"a"});
  CHECK(make_table(whole).is_unique({"a"}));
  Index index = whole;
  SUBCASE("not unique") { index.unique = false; }
  SUBCASE("invalid") { index.valid = false; }
  SUBCASE("partial") { index.partial = true; }
  SUBCASE("on an expression") {
    index.columns = {"a", ""};
    index.has_expressions = true;
  }
  REQUIRE_FALSE(index == whole);
  CHECK_FALSE(make_table(index).is_unique({"a"}));
}

TEST_CASE("no index sees the rows that inherit from a table") {
  Table table = make_table(make_index({"a"}));
  table.has_children = true;
  CHECK_FALSE(table.is_unique({"a"}));
}

TEST_CASE("the index of a partitioned table counts") {
  Table table = make_table(make_index({"a"}));
  table.kind = TableKind::partitioned;
  table.has_children = true;
  CHECK(table.is_unique({"a"}));
}

TEST_CASE("an index serves the columns it begins with, in its order") {
  Index index = make_index({"a", "b"});
  index.unique = false;
  CHECK(make_table(index).has_index_on({"a"}));
  CHECK(make_table(index).has_index_on({"a", "b"}));
  CHECK_FALSE(make_table(index).has_index_on({"b"}));
  CHECK_FALSE(make_table(index).has_index_on({"b", "a"}));
  CHECK_FALSE(make_table(index).has_index_on({"a", "b", "c"}));
  CHECK_FALSE(make_table(index).has_index_on({}));
  index.method = "hash";
  CHECK_FALSE(make_table(index).has_index_on({"a"}));
}

TEST_CASE("the primary key keeps its own order of columns") {
  Table table = make_table(make_index({"b", "a"}));
  CHECK(table.primary_key().empty());
  Constraint key;
  key.kind = ConstraintKind::primary_key;
  key.columns = {"b", "a"};
  table.constraints.push_back(key);
  CHECK(table.primary_key() == std::vector<std::string>{"b", "a"});
  CHECK(table.column_names() == std::vector<std::string>{"a", "b", "c"});
  CHECK(table.find_column("b") == &table.columns[1]);
  CHECK(table.find_column("B") == nullptr);
}

TEST_CASE("only enabled triggers on INSERT may change a row that is inserted") {
  Table table;
  Trigger& trigger = table.triggers.emplace_back();
  trigger.on_insert = true;
  CHECK(table.has_insert_trigger());
  SUBCASE("disabled") { trigger.enabled = false; }
  SUBCASE("instead of the row") { trigger.instead_of = true; }
  SUBCASE("on update") {
    trigger.on_insert = false;
    trigger.on_update = true;
  }
  CHECK_FALSE(table.has_insert_trigger());
}

TEST_CASE("a domain is stored as what it is made of, however deep") {
  Catalog catalog;
  Type text;
  text.oid = find_builtin_oid("text");
  Type mail;
  mail.oid = 20001;
  mail.kind = TypeKind::domain;
  mail.domain_base = text.oid;
  Type own_mail = mail;
  own_mail.oid = 20002;
  own_mail.domain_base = mail.oid;
  for (const Type& type : {text, mail, own_mail}) catalog.types[type.oid] = type;
  CHECK(catalog.find_stored_type(20002) == catalog.find_type(text.oid));
  CHECK(catalog.find_stored_type(text.oid) == catalog.find_type(text.oid));
  CHECK(catalog.find_stored_type(4711) == nullptr);
  catalog.types[20001].domain_base = 20002;
  CHECK(catalog.find_stored_type(20002) == nullptr);
}

TEST_CASE("built-in types have PostgreSQL's own numbers") {
  CHECK(find_builtin_oid("int4") == 23);
  CHECK(find_builtin_oid("_int4") == 1007);
  CHECK(find_builtin_oid("timestamptz") == 1184);
  CHECK(find_builtin_oid("uuid") == 2950);
  CHECK(find_builtin_oid("jsonb") == 3802);
  CHECK(find_builtin_oid("char") == 18);
  CHECK(find_builtin_oid("bpchar") == 1042);
  CHECK(find_builtin_oid("order_status") == 0);
  CHECK(find_builtin_name(1043) == "varchar");
  CHECK(find_builtin_name(2951) == "_uuid");
  CHECK(find_builtin_name(0).empty());
  CHECK(find_builtin_name(16384).empty());
}

}  // namespace
}  // namespace rehome::catalog

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "mapping/construct_registry.h"
#include "mapping/constructs/json_text.h"
#include "mapping/sample.h"
#include "sql/expression.h"

namespace rehome::mapping {
namespace {

// What the one column `c` becomes.
Derivation derive(const std::string& written) {
  static std::vector<Mapping> kept;  // constructs live as long as their mapping
  auto mapping = load_text(with_columns("      c: " + written + "\n"));
  if (!mapping) FAIL(base::render(mapping.error(), base::SourceText()));
  kept.push_back(std::move(*mapping));
  DeriveContext context;
  context.column = "c";
  context.source_table = "public.\"Thing\"";
  context.alias = "t";
  context.source_columns = {"id", "Name", "password"};
  return kept.back().entities[0].find_column("c")->construct->derive(context);
}

std::string value(const std::string& written) { return derive(written).value.text(); }

std::string fly(const std::string& written, std::string_view in) {
  const auto flight = derive(written).flight;
  REQUIRE(flight);
  std::string out;
  const auto result = flight->apply(in, out);
  if (result.outcome == Flight::Outcome::null) return "NULL";
  if (result.outcome == Flight::Outcome::refused) return "refused: " + std::string(result.reason);
  return out;
}

TEST_CASE("every SQL a construct makes is SQL") {
  for (const char* written :
       {"t.x -- a comment", "{sql: t.x}", "{const: it's}", "{const: ~}",
        "{map: t.x, values: {1: a, ~: b, 3: ~}}", "{map: t.x, values: {~: b}}",
        "{map: t.x, values: {1: 2}, else: {value: z}}", "{first_line: t.x, max: 1, blank: Nothing}",
        "{first_line: t.x, max: 50}", "{json: t.x}", "{mime_type: t.x}", "{sha256: t.x}",
        "{audit: row}",
        "{audit: {row: true, except: [id, Name, password]}, under: m, add: {a: t.x}}"}) {
    CAPTURE(written);
    const Derivation derivation = derive(written);
    CHECK_FALSE(sql::find_syntax_error("SELECT " + derivation.value.text()).has_value());
    for (const auto& refusal : derivation.refusals) {
      CHECK_FALSE(sql::find_syntax_error("SELECT " + refusal.when.text()).has_value());
    }
  }
}

TEST_CASE("map: every value is decided, NULL by itself") {
  CHECK(value("{map: t.x, values: {0: a, true: b}}") ==
        "CASE (t.x)::text WHEN '0' THEN 'a'::text WHEN 'true' THEN 'b'::text ELSE NULL::text END");
  CHECK(value("{map: t.x, values: {1: a, ~: b}}") ==
        "CASE WHEN (t.x) IS NULL THEN 'b'::text ELSE CASE (t.x)::text WHEN '1' THEN 'a'::text ELSE "
        "NULL::text END END");
  const auto refusals = derive("{map: t.x, values: {1: a}}").refusals;
  REQUIRE(refusals.size() == 1);
  CHECK(refusals[0].reason == "map");
  CHECK(refusals[0].when.text() == "NOT coalesce((t.x)::text IN ('1'), false)");
  CHECK(derive("{map: t.x, values: {1: a, ~: ~}}").refusals[0].when.text() ==
        "NOT coalesce((t.x)::text IN ('1'), true)");
  CHECK(derive("{map: t.x, values: {1: a}, else: quarantine}").refusals.size() == 1);
  CHECK(derive("{map: t.x, values: {1: a}, else: leave_empty}").refusals.empty());
  CHECK(value("{map: t.x, values: {1: a}, else: {value: z}}") ==
        "CASE (t.x)::text WHEN '1' THEN 'a'::text ELSE 'z'::text END");
}

TEST_CASE("map: what check asks about") {
  const auto mapping =
      load_text(with_columns("      c: {map: t.x, values: {1: a, ~: ~}}\n      d: t.x\n"));
  REQUIRE(mapping.has_value());
  const auto map = mapping->entities[0].find_column("c")->construct->value_map();
  REQUIRE(map.has_value());
  CHECK(map->of->text.value == "t.x");
  CHECK_FALSE(map->has_else);
  REQUIRE(map->values.size() == 2);
  CHECK(map->values[0].first == "1");
  CHECK(map->values[0].second == "a");
  CHECK_FALSE(map->values[1].first.has_value());
  CHECK_FALSE(map->values[1].second.has_value());
  CHECK_FALSE(mapping->entities[0].find_column("d")->construct->value_map().has_value());
}

TEST_CASE("ref: plain, composite and by kind") {
  const auto plain = derive("{ref: things, key: t.parent_id}").ref;
  REQUIRE(plain.has_value());
  REQUIRE(plain->targets.size() == 1);
  CHECK(plain->targets[0].entity.value == "things");
  CHECK(plain->targets[0].key.at(0).text() == "(t.parent_id)");
  CHECK(plain->missing == Missing::quarantine);
  CHECK_FALSE(plain->column.has_value());
  const auto optional = derive("{ref: things, key: t.p, missing: leave_empty, column: code}").ref;
  CHECK(optional->missing == Missing::leave_empty);
  CHECK(optional->column->value == "code");

  const auto by_kind =
      derive("{ref: {by: t.kind, cases: {11: things, 12: things, 13: ~}}, key: t.p}");
  REQUIRE(by_kind.ref->targets.size() == 1);
  CHECK(by_kind.ref->targets[0].key.at(0).text() ==
        "CASE WHEN (t.kind)::text = '11' OR (t.kind)::text = '12' THEN (t.p) END");
  REQUIRE(by_kind.refusals.size() == 1);
  CHECK(by_kind.refusals[0].reason == "ref");
  CHECK(by_kind.refusals[0].when.text() ==
        "NOT coalesce((t.kind)::text IN ('11', '12', '13'), false)");
  CHECK(derive("{ref: {by: t.kind, cases: {11: things}, else: leave_empty}, key: t.p}")
            .refusals.empty());
}

TEST_CASE("same_as does what the other column does") {
  CHECK(value("{same_as: d}\n      d: {map: t.x, values: {1: a}}") ==
        value("{map: t.x, values: {1: a}}"));
  CHECK(derive("{same_as: d}\n      d: {ref: things, key: t.p}").ref->targets.size() == 1);
  CHECK(fly("{same_as: d}\n      d: {sha256: t.x}", "").size() == 64);
}

TEST_CASE("json: what jsonb takes is taken, with all of it") {
  const std::string plain = "{json: t.x}";
  for (const char* text : {"{}", " [1, 2.5e-3, -0] ", "\"\\ud83d\\ude00 \\n\"", "null", "true",
                           "1e400", "{\"a\":{\"a\":1}}", "[[],{}]", "\"\\\\u0000\""}) {
    CAPTURE(text);
    CHECK(fly(plain, text) == text);
  }
  CHECK(fly(plain, "{\"a\":1,\"\\u0061\":2}") == "refused: json: duplicate key");
  CHECK(fly(plain, "{\"a\":") == "refused: not JSON: unexpected end");
  CHECK(fly(plain, "{a:1}") == "refused: not JSON: unexpected character");
  CHECK(fly(plain, "[1,]") == "refused: not JSON: unexpected character");
  CHECK(fly(plain, "[01]") == "refused: not JSON: unexpected character");
  CHECK(fly(plain, "1 2") == "refused: not JSON: something follows the value");
  CHECK(fly(plain, "\"\\u0000\"") == "refused: json: \\u0000 cannot be stored");
  CHECK(fly(plain, "\"\\ud800\"") == "refused: json: half a surrogate pair");
  CHECK(fly(plain, "\"\\udc00\"") == "refused: json: half a surrogate pair");
  CHECK(fly(plain, "\"a\tb\"") == "refused: not JSON: control character in a string");
  CHECK(fly(plain, "1e200000") == "refused: json: a number is out of range");
  CHECK(fly(plain, std::string(2000, '[') + std::string(2000, ']')) ==
        "refused: json: nested too deeply");
  CHECK(fly(plain, std::string(900, '[') + std::string(900, ']')).size() == 1800);
  CHECK(fly(plain, "NaN") == "refused: not JSON: unexpected character");
}

TEST_CASE("json: invalid and empty text go where the mapping says") {
  CHECK(fly("{json: t.x}", " \n") == "refused: json: empty text");
  CHECK(fly("{json: t.x, empty: leave_empty}", "") == "NULL");
  CHECK(fly("{json: t.x, invalid: leave_empty}", "oops") == "NULL");
  CHECK(fly("{json: t.x, invalid: leave_empty}", "") == "refused: json: empty text");
  CHECK(fly("{json: t.x, invalid: keep_raw}", "say \"hi\"\\\n\x01") ==
        "\"say \\\"hi\\\"\\\\\\n\\u0001\"");
  CHECK(derive("{json: t.x, invalid: keep_raw}").flight->text() ==
        "json(invalid=keep_raw,empty=quarantine)");
}

TEST_CASE("json: any text kept raw is JSON") {
  CHECK(rc::check("append_json_string", [](const std::string& text) {
    std::string out;
    append_json_string(text, out);
    std::string without_nul = text;
    std::erase(without_nul, '\0');
    if (without_nul == text) RC_ASSERT(find_json_problem(out).empty());
  }));
}

TEST_CASE("mime_type: by extension, the same everywhere") {
  const std::string plain = "{mime_type: t.x}";
  CHECK(fly(plain, "scan.STL") == "model/stl");
  CHECK(fly(plain, ".stl") == "model/stl");
  CHECK(fly(plain, "stl ") == "model/stl");
  CHECK(fly(plain, "a.b.ply") == "model/ply");
  CHECK(fly(plain, "x.dcm") == "application/dicom");
  CHECK(fly(plain, "x.dxf") == "image/vnd.dxf");
  CHECK(fly(plain, "x.JPG") == "image/jpeg");
  CHECK(fly(plain, "x.pdf") == "application/pdf");
  CHECK(fly(plain, "archive.tar.gz") == "application/gzip");
  CHECK(fly(plain, "x.unheard-of") == "NULL");
  CHECK(fly(plain, "") == "NULL");
  CHECK(fly(plain, "x.") == "NULL");
  CHECK(fly(plain, std::string(1000, 'x')) == "NULL");
}

TEST_CASE("sha256: the published digests") {
  CHECK(fly("{sha256: t.x}", "") ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(fly("{sha256: t.x}", "abc") ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("uuid, const, first_line") {
  CHECK(derive("{uuid: v5}").uuid->version == UuidVersion::v5);
  const auto timed = derive("{uuid: v7, time: t.at}").uuid;
  CHECK(timed->version == UuidVersion::v7);
  CHECK(timed->time->text() == "(t.at)");
  CHECK(value("{const: false}") == "'false'::text");
  CHECK(value("{const: 'it''s'}") == "'it''s'::text");
  CHECK(value("{const: ~}") == "NULL::text");
  CHECK(value("{const: '~'}") == "'~'::text");
  CHECK(derive("{const: 7}").value_is_text);
  CHECK(derive("{first_line: t.x, max: 50}").declared_loss);
}

TEST_CASE("audit: the whole row, but for what is secret") {
  CHECK(value("{audit: row}") ==
        R"('{"table": "Thing", "row": ' || json_object(ARRAY['id', 'Name', 'password']::text[], )"
        "ARRAY[t.id::text, t.\"Name\"::text, t.password::text]::text[])::text || '}'");
  const Derivation partial =
      derive("{audit: {row: true, except: [password]}, under: migration, add: {public: t.public}}");
  CHECK(partial.audit);
  CHECK(partial.value_is_text);
  CHECK(partial.value.text() ==
        R"('{"migration": {"table": "Thing", "row": ' || )"
        "json_object(ARRAY['id', 'Name']::text[], ARRAY[t.id::text, t.\"Name\"::text]::text[])"
        "::text || ', ' || substr(json_build_object('public', (t.public))::text, 2) || '}'");
}

TEST_CASE("every construct has a name, fields and documentation") {
  for (const ConstructKind* kind : construct_kinds()) {
    CAPTURE(kind->name);
    CHECK(find_construct(kind->name) == kind);
    CHECK(kind->fields.front().name == kind->name);
    CHECK(kind->documentation.find("```yaml") != std::string_view::npos);
  }
  CHECK(find_construct("nothing") == nullptr);
}

}  // namespace
}  // namespace rehome::mapping

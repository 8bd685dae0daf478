#include "mapping/load.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "mapping/sample.h"

namespace rehome::mapping {
namespace {

Mapping loaded(const std::string& text) {
  auto result = load_text(text);
  if (!result) FAIL(base::render(result.error(), base::SourceText("rehome.yaml", text)));
  return std::move(*result);
}

TEST_CASE("the example of the design is read as it is meant") {
  const Mapping mapping = loaded(k_sample);
  CHECK(mapping.name == "dental");
  CHECK(mapping.source.url.value == "service=legacy");
  CHECK(mapping.source.naive_timestamps->value == "America/Los_Angeles");
  CHECK(mapping.defaults.batch_rows == 20000);
  CHECK(mapping.defaults.batch_bytes == 16 << 20);
  CHECK(mapping.defaults.max_deletes_percent == doctest::Approx(2.5));
  REQUIRE(mapping.defaults.ignored_target_columns.size() == 2);
  CHECK(mapping.defaults.ignored_source_tables.at(0).value == "dispatch_link");
  REQUIRE(mapping.entities.size() == 6);

  const Entity& orders = *mapping.find_entity("orders");
  CHECK(orders.from.value == "dispatch_instruction");
  CHECK(orders.alias.value == "i");
  CHECK(orders.to.value == "orders");
  REQUIRE(orders.joins.size() == 1);
  CHECK(orders.joins[0].alias.value == "p");
  CHECK(orders.joins[0].table.value == "dispatch_patient");
  CHECK(orders.joins[0].required);
  CHECK(orders.joins[0].on.text.value == "p.id = i.patient_id");
  REQUIRE(orders.key.size() == 1);
  CHECK(orders.key[0].source.text.value == "i.id");
  CHECK(orders.key[0].target_column->value == "legacy_instruction_id");
  CHECK(orders.exclude.at(0).name.value == "deleted");
  CHECK(orders.find_column("amount")->owner == Owner::target);
  CHECK(orders.find_column("status")->owner == Owner::source);
  CHECK(orders.find_column("nothing") == nullptr);
  CHECK(orders.columns.front().name.value == "order_number");
  CHECK(mapping.find_entity("offices")->alias.value == "order");
  CHECK_FALSE(mapping.find_entity("doctors")->key.at(0).target_column.has_value());
}

TEST_CASE("detect: a column, and how far changes may overlap") {
  const auto read = [](const std::string& detect) {
    return *loaded(k_sample_head + "  things: {from: thing t, to: things, key: t.id, detect: " +
                   detect + ", columns: {name: t.name}}\n")
                .entities.at(0)
                .detect;
  };
  const Detect plain = read("{updated_at: t.changed}");
  CHECK(plain.updated_at.text.value == "t.changed");
  CHECK_FALSE(plain.overlap.has_value());
  CHECK(read("{updated_at: t.changed, overlap: 2 h}").overlap->amount == 2);
  CHECK(read("{updated_at: t.changed, overlap: 2 h}").overlap->unit == "hours");
  CHECK(read("{updated_at: t.version, overlap: 0}").overlap->amount == 0);
  CHECK(read("{updated_at: t.version, overlap: 0}").overlap->unit.empty());

  const auto refuses = [](const std::string& overlap) {
    return !load_text(k_sample_head +
                      "  things: {from: thing t, to: things, key: t.id, detect: {updated_at: t.c, "
                      "overlap: '" +
                      overlap + "'}, columns: {name: t.name}}\n");
  };
  for (const char* each : {"", "min", "-1", "1 fortnight", "1.5h", "9999999999"}) {
    CAPTURE(each);
    CHECK(refuses(each));
  }
}

TEST_CASE("joins: in block style, in order, picking the first of several") {
  const Mapping mapping = loaded(k_sample_head + R"(  things:
    from: thing
    join:
      a:
        table: first
        on: a.id = thing.a_id
        one: optional
      "b":
        table: '"Second"'
        "on": b.id = a.b_id
        one: optional
        pick: {order: b.rank}
    to: things
    key: [thing.id, "thing.part"]
    refuse:
      no_name: thing.name is null
    batch_rows: 7
    columns:
      name: b.name
)");
  const Entity& things = mapping.entities.at(0);
  CHECK(things.alias.value == "thing");
  CHECK(things.key.size() == 2);
  CHECK(things.batch_rows == 7);
  CHECK(things.refuse.at(0).name.value == "no_name");
  REQUIRE(things.joins.size() == 2);
  CHECK(things.joins[1].table.value == "Second");
  CHECK(things.joins[1].pick_order->text.value == "b.rank");
  CHECK_FALSE(things.joins[0].pick_order.has_value());
}

TEST_CASE("variables are looked up in source and target, and nowhere else") {
  const Environment environment = [](const std::string& name) -> std::optional<std::string> {
    if (name == "URL") return "postgresql://u:$ecret${X}@h/db";
    if (name == "EMPTY") return "";
    return std::nullopt;
  };
  const auto url_of = [&](const std::string& written) {
    const auto result = load(
        "m.yaml",
        "version: 1\nname: n\nsource:\n  url: " + written +
            "\ntarget: {url: \"${URL}\"}\nentities:\n  a: {from: t, to: t, key: t.id, columns: "
            "{b: \"'${URL}' || t.x\"}}\n",
        environment);
    return result ? result->source.url.value : "refused: " + result.error().front().message;
  };
  CHECK(url_of("${URL}") == "postgresql://u:$ecret${X}@h/db");  // a value is not looked into again
  CHECK(url_of("\"host=${NONE:-local} port=${EMPTY:-1}\"") == "host=local port=1");
  CHECK(url_of("a$$b$c") == "a$b$c");
  CHECK(url_of("${NONE:?say where}") == "refused: NONE: say where");
  CHECK(url_of("${NONE}") == "refused: the environment variable NONE is not set");
  CHECK(url_of("${EMPTY}") == "refused: `url` must not be empty");
  CHECK(url_of("${URL") == "refused: a ${ is never closed");
  CHECK(url_of("${1}") == "refused: this is not a variable reference");
  CHECK(url_of("${URL:=x}") == "refused: this is not a variable reference");
}

TEST_CASE("a password in the environment is in no message") {
  const auto result =
      load("m.yaml", "version: 1\nname: n\nsource: {url: \"${U}\", schema: [\"${U}\"]}\n",
           [](const std::string&) { return "secret"; });
  REQUIRE_FALSE(result.has_value());
  CHECK(base::render(result.error(), base::SourceText()).find("secret") == std::string::npos);
}

TEST_CASE("the canonical form keeps meaning and drops spelling") {
  const std::string one =
      with_columns("      a: t.a   # why\n      b: {map: t.b, values: {1: x, ~: y}}\n");
  const std::string two = with_columns(
      "      b:\n        values: {~: 'y', '1': x}\n        map: t.b\n      \"a\": 't.a'\n");
  CHECK(loaded(one).entities[0].canonical == loaded(two).entities[0].canonical);
  CHECK(loaded(one).entities[0].canonical !=
        loaded(with_columns("      a: t.c\n")).entities[0].canonical);
}

TEST_CASE("a file that is not there, or has a mark of its encoding") {
  const auto missing = load_file("/nonexistent/rehome.yaml");
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().front().code == "E1001");
  const auto empty = load_file("/dev/null");
  REQUIRE_FALSE(empty.has_value());
  CHECK(empty.error().front().code == "E1003");
  const auto folder = load_file("/");
  REQUIRE_FALSE(folder.has_value());
  CHECK(folder.error().front().code == "E1001");
  CHECK(loaded("\xef\xbb\xbf" + k_sample).entities.size() == 6);
}

TEST_CASE("all mistakes of a file come at once, in the order of the file") {
  const std::string text = with_columns(
      "      a: false\n      b: t.x +\n      c: {ref: nobody, key: t.x}\n      d: z.x\n");
  const auto result = load_text(text);
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().size() == 4);
}

// Each mutation is tried in a process of its own: a crash must not look like a test that ended
// early.
bool survives(const std::string& text) {
  const pid_t child = fork();
  if (child == 0) {
    alarm(20);
    static_cast<void>(load_text(text));
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::string mutate(std::string text, const std::vector<std::pair<std::size_t, std::string>>& cuts) {
  for (const auto& [where, what] : cuts) {
    const std::size_t at = where % (text.size() + 1);
    if (what.empty()) {
      text.erase(at, 1 + where % 7);
    } else if (what == "twice") {
      text.insert(at, text.substr(at / 2, where % 60));
    } else {
      text.insert(at, what);
    }
  }
  return text;
}

TEST_CASE("no mangled mapping crashes the loader") {
  const std::vector<std::string> pieces = {
      "",  "",   "twice",   "{",   "}",    "[",  "]", ": ", "\n",   "  ",   "- ",
      "'", "\"", "*a ",     "&a ", "!t ",  "~",  "#", "|",  ">",    "<<: ", "? ",
      "(", ")",  "select ", "\t",  "\xff", "${", "ä", "%",  "---\n"};
  CHECK(rc::check("load() returns", [&] {
    const auto cuts = *rc::gen::container<std::vector<std::pair<std::size_t, std::string>>>(
        rc::gen::pair(rc::gen::inRange<std::size_t>(0, 4000), rc::gen::elementOf(pieces)));
    const std::string text = mutate(k_sample, cuts);
    if (!survives(text)) {
      std::ofstream("crash.yaml") << text;
      RC_FAIL("the loader crashed on the text now in crash.yaml");
    }
  }));
}

}  // namespace
}  // namespace rehome::mapping

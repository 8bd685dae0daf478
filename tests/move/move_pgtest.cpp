// Parents' keys in memory, hashes computed on the way, and sequences, each against what the server
// says.
#include <doctest/doctest.h>

#include "move/hand.h"
#include "move/settle.h"

namespace rehome::move {

namespace {

struct KeyCase {
  const char* name;
  const char* type;
  const char* value;  // of row number i
};

const KeyCase k_keys[] = {
    {"smallint", "smallint", "i - 50"},     {"integer", "integer", "i * 1000003 - 5"},
    {"bigint", "bigint", "i * 3000000000"}, {"uuid", "uuid", "md5(i::text)::uuid"},
    {"text", "text", "'K' || i || 'ä'"},    {"numeric", "numeric", "i + 0.50"},
};

// Children whose ref is the parent's key; every fifth has none, and every seventh one that is not
// there.
std::string source_of(const KeyCase& each) {
  const std::string type = each.type;
  const std::string value = each.value;
  return "CREATE TABLE parent (id " + type + " PRIMARY KEY); INSERT INTO parent SELECT " + value +
         " FROM generate_series(1, 100) AS i;" +
         "CREATE TABLE child (id integer PRIMARY KEY, parent " + type + ");" +
         "INSERT INTO child SELECT i, CASE WHEN i % 5 > 0 THEN " + value +
         " END FROM generate_series(1, 100) AS i;" +
         "DELETE FROM parent WHERE id IN (SELECT parent FROM child WHERE id % 7 = 0)";
}

constexpr const char* k_family_target =
    "CREATE TABLE parents (number uuid PRIMARY KEY);"
    "CREATE TABLE children (number uuid PRIMARY KEY, parent uuid REFERENCES parents)";
constexpr const char* k_family =
    "  parents:\n    from: parent p\n    to: parents\n    key: p.id\n    columns: {}\n"
    "  children:\n    from: child c\n    to: children\n    key: c.id\n    columns: {parent: {ref: "
    "parents, key: c.parent, missing: leave_empty}}\n";

}  // namespace

TEST_CASE("refs of every kind of key find their parent, or stay open") {
  for (const KeyCase& each : k_keys) {
    CAPTURE(each.name);
    tests::Lab lab(source_of(each), k_family_target, k_family);
    Hand hand(lab);
    hand.move_all("parents");
    const plan::Entity& parents = lab.entity("parents");
    const std::string& id = parents.target_key.front().name;
    CHECK(RefMap::read(hand.control(), parents, id)->size() == 100 - 12);
    hand.move_all("children");
    // 80 have a ref; of these 12 lead to one of the parents that are not there.
    CHECK(lab.target().value("SELECT count(*) FROM rehome.open_ref") == "12");
    CHECK(lab.target().value("SELECT count(parent) FROM children") == "68");
    // Every child has the parent that the ledgers name.
    lab.target().run("CREATE TABLE pair (id integer, parent text)");
    for (const auto& row :
         lab.source().rows("SELECT id, parent FROM child WHERE parent IS NOT NULL")) {
      lab.target().run("INSERT INTO pair VALUES (" + row[0] + ", '" + row[1] + "')");
    }
    CHECK(
        lab.target().value(
            "SELECT count(*) FROM pair JOIN rehome.ledger_children AS lc ON lc.legacy_id = pair.id "
            "JOIN children AS c ON c.number = lc.target_number JOIN rehome.ledger_parents AS lp ON "
            "lp.legacy_id::text = pair.parent "
            "WHERE c.parent = lp.target_number") == "68");
  }
}

TEST_CASE("refs with several columns find their parent") {
  tests::Lab lab(
      "CREATE TABLE parent (a integer, b text, PRIMARY KEY (a, b)); INSERT INTO parent VALUES (1, "
      "'x'), (1, 'y'), (11, 'x');"
      "CREATE TABLE child (id integer PRIMARY KEY, a integer, b text);"
      "INSERT INTO child VALUES (1, 1, 'x'), (2, 1, 'y'), (3, 11, 'x'), (4, 11, 'y'), (5, 1, "
      "NULL), (6, NULL, 'x')",
      k_family_target,
      "  parents:\n    from: parent p\n    to: parents\n    key: [p.a, p.b]\n    columns: {}\n"
      "  children:\n    from: child c\n    to: children\n    key: c.id\n    columns: {parent: "
      "{ref: parents, key: [c.a, c.b], missing: leave_empty}}\n");
  Hand hand(lab);
  hand.move_all("parents");
  hand.move_all("children");
  CHECK(lab.target().value(
            "SELECT string_agg(lc.legacy_id || ' ' || lp.legacy_a || lp.legacy_b, ', ' ORDER BY "
            "lc.legacy_id) "
            "FROM children AS c JOIN rehome.ledger_children AS lc ON lc.target_number = c.number "
            "JOIN rehome.ledger_parents AS lp ON lp.target_number = c.parent") ==
        "1 1x, 2 1y, 3 11x");
  CHECK(lab.target().value("SELECT string_agg(legacy_key->>'id', ' ') FROM rehome.open_ref") ==
        "4");
}

TEST_CASE("the hash computed on the way is the one the server computes") {
  struct TypeCase {
    const char* type;
    const char* values;
  };
  const TypeCase types[] = {
      {"smallint", "(-32768), (0), (32767)"},
      {"integer", "(-2147483648), (0), (2147483647)"},
      {"bigint", "(-9223372036854775808), (9223372036854775807)"},
      {"real", "('-0'), ('NaN'), ('Infinity'), (1e-45), (0.1)"},
      {"double precision", "('-0'), ('NaN'), ('-Infinity'), (5e-324), (0.1)"},
      {"boolean", "(true), (false)"},
      {"text", "(''), ('ä'), (E'\\t\\n\\\\'), (repeat('x', 100000))"},
      {"varchar(20)", "(''), ('  two  ')"},
      {"char(5)", "('ab'), ('')"},
      {"\"char\"", "('a'), ('')"},
      {"bytea", "(''), ('\\x00ff'), (decode(repeat('00', 70000), 'hex'))"},
      {"uuid", "('00000000-0000-0000-0000-000000000000'), (gen_random_uuid())"},
      {"date", "('infinity'), ('-infinity'), ('4713-01-01 BC'), ('2024-02-29')"},
      {"time", "('00:00'), ('24:00'), ('12:34:56.789012')"},
      {"timetz", "('12:00+14'), ('12:00-14')"},
      {"timestamp", "('infinity'), ('4713-01-01 BC'), ('2024-03-31 02:30:00.000001')"},
      {"timestamptz", "('-infinity'), ('1900-01-01 00:00+00'), ('2024-03-31 02:30:00.5+01')"},
      {"interval", "('1 mon'), ('30 days'), ('-1 day 25:00:00.000001')"},
      {"numeric", "('NaN'), (0), (1.00), (-1e-100), (123456789012345678901234567890.5)"},
      {"numeric(10,2)", "(0), (1.5), (-99999999.99)"},
      {"inet", "('10.0.0.1'), ('::1/64')"},
      {"cidr", "('10.0.0.0/8')"},
      {"macaddr", "('08:00:2b:01:02:03')"},
      {"json", "('{\"a\":  1, \"a\": 2}'), ('[]')"},
      {"jsonb", "('{\"b\": 1.0, \"a\": [null, \"ä\"]}'), ('0')"},
      {"integer[]", "('{}'), ('{1,NULL,3}'), ('[0:1]={5,6}'), ('{{1,2},{3,4}}')"},
      {"text[]", "('{}'), ('{\"a,b\",NULL,\"\"}')"},
      {"uuid[]", "('{00000000-0000-0000-0000-000000000000}')"},
      {"bit(3)", "('101')"},
      {"bit varying", "(''), ('1010101')"},
      {"point", "('(1,2)')"},
      {"int4range", "('[1,5)'), ('empty'), ('(,)')"},
  };
  for (const TypeCase& each : types) {
    CAPTURE(each.type);
    const std::string type = each.type;
    tests::Lab lab("CREATE TABLE thing (id serial PRIMARY KEY, value " + type +
                       "); INSERT INTO thing (value) SELECT column1::" + type + " FROM (VALUES " +
                       each.values + ") AS v; INSERT INTO thing (value) VALUES (NULL)",
                   "CREATE TABLE things (number uuid PRIMARY KEY, legacy integer UNIQUE, value " +
                       type + ", again " + type + ")",
                   "  things:\n    from: thing t\n    to: things\n    key: {t.id: legacy}\n    "
                   "columns: {value: t.value, again: t.value}\n");
    const plan::Entity& entity = lab.entity("things");
    Hand hand(lab);
    hand.move_all("things");
    CHECK(lab.target().value("SELECT count(*) FROM things") ==
          lab.source().value("SELECT count(*) FROM thing"));
    CHECK(lab.target().value("SELECT string_agg(t.value::text, '; ') FROM rehome.ledger_things AS "
                             "l JOIN things AS t ON t.number = l.target_number "
                             "WHERE l.row_hash IS DISTINCT FROM " +
                             plan::row_hash_expression(entity)) == "");
    // Where nothing is read back, the whole run would compute it wrongly; where all is, this test
    // shows nothing.
    if (type == "integer" || type == "text" || type == "uuid" || type == "timestamptz")
      CHECK_FALSE(entity.reads_back_row_hash);
  }
}

TEST_CASE("a sequence stands behind the highest moved value, never before where it stood") {
  struct SequenceCase {
    const char* moved;
    const char* drawn;  // what the application drew before
    const char* next;
  };
  for (const SequenceCase& each :
       {SequenceCase{"1", "", "2"}, SequenceCase{"7", "", "8"},
        SequenceCase{"7", "SELECT setval('things_id_seq', 50)", "51"},
        SequenceCase{"7", "SELECT setval('things_id_seq', 7, false)", "8"},
        SequenceCase{"7", "SELECT setval('things_id_seq', 7)", "8"}}) {
    CAPTURE(each.drawn);
    tests::Lab lab(
        "CREATE TABLE thing (id integer PRIMARY KEY); INSERT INTO thing SELECT "
        "generate_series(1, " +
            std::string(each.moved) + ")",
        "CREATE TABLE things (id serial PRIMARY KEY, name text);" + std::string(each.drawn),
        "  things:\n    from: thing t\n    to: things\n    key: t.id\n    columns: {id: t.id}\n",
        "{ignore: {target: [name]}}");
    Hand hand(lab);
    hand.move_all("things");
    advance_sequences(hand.control(), lab.plan(), [] { return false; });
    CHECK(lab.target().value("INSERT INTO things (name) VALUES ('own') RETURNING id") == each.next);
  }
}

TEST_CASE("a table that is empty leaves its sequence alone") {
  tests::Lab lab(
      "CREATE TABLE thing (id integer PRIMARY KEY)", "CREATE TABLE things (id serial PRIMARY KEY)",
      "  things:\n    from: thing t\n    to: things\n    key: t.id\n    columns: {id: t.id}\n");
  Hand hand(lab);
  advance_sequences(hand.control(), lab.plan(), [] { return false; });
  CHECK(lab.target().value("INSERT INTO things DEFAULT VALUES RETURNING id") == "1");
}

}  // namespace rehome::move

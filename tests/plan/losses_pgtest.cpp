// What cannot be kept is held, and what is not held is kept: values through real casts.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "plan/live.h"

namespace rehome::plan {
namespace {

// One column of one type into one column of another.
class Passage {
 public:
  Passage(const std::string& from, const std::string& to, const std::string& expression = "t.x")
      : live_(
            mapping_of_things("t.id", "      x: " + expression + "\n"),
            "CREATE TYPE mood AS ENUM ('glad', 'sad'); CREATE TABLE thing (id int PRIMARY KEY, x " +
                from + ")",
            "CREATE EXTENSION citext; CREATE TYPE mood AS ENUM ('glad', 'odd'); CREATE TYPE empty "
            "AS ENUM (); CREATE DOMAIN rate AS numeric(5,2); CREATE TABLE things (id uuid PRIMARY "
            "KEY, x " +
                to + ")"),
        entity_(live_.entity("things")) {}

  // What arrives, or `held: ` and why.
  std::string send(const std::string& literal) {
    tests::Database& source = live_.source_database();
    source.run(
        "SET TimeZone = 'UTC'; SET extra_float_digits = 3; TRUNCATE thing; INSERT INTO thing "
        "VALUES (1, " +
        literal + ")");
    const auto row = source.rows(derive_statement(entity_, {}).text()).at(0);
    const int decision = std::stoi(row[entity_.key.size() + k_decision_offset]);
    if (decision == 0) return row.back();
    return "held: " + entity_.holds.at(static_cast<std::size_t>(-decision - 1)).message;
  }

 private:
  Live live_;
  Entity entity_;
};

TEST_CASE("texts that are too long are held, spaces included") {
  Passage short_text("text", "varchar(3)");
  CHECK(short_text.send("'abc'") == "abc");
  CHECK(short_text.send("'äöü'") == "äöü");
  CHECK(short_text.send("'abcd'") == "held: x is longer than 3 characters");
  CHECK(short_text.send("'abc '") == "held: x is longer than 3 characters");
  CHECK(short_text.send("NULL") == "NULL");
  CHECK(Passage("char(5)", "varchar(3)").send("'ab'") == "ab");
  Passage letter("text", "\"char\"");
  CHECK(letter.send("'a'") == "a");
  CHECK(letter.send("'ab'") == "held: x is longer than one byte");
  Passage bits("bit(3)", "bit(5)");
  CHECK(bits.send("B'101'") == "held: x loses something in bit(5)");
  CHECK(Passage("bit(3)", "varbit(5)", "t.x::varbit").send("B'101'") == "101");
  CHECK(Passage("text[]", "varchar(2)[]", "t.x::varchar[]").send("'{ab,abc}'") ==
        "held: x loses something in character varying(2)[]");
}

TEST_CASE("numbers that would be rounded or do not fit are held") {
  Passage rate("numeric", "numeric(5,2)");
  CHECK(rate.send("999.99") == "999.99");
  CHECK(rate.send("1.50000") == "1.50000");
  CHECK(rate.send("1.005") == "held: x has more than 2 decimals");
  CHECK(rate.send("1000") == "held: x does not fit numeric(5,2)");
  CHECK(rate.send("-1000") == "held: x does not fit numeric(5,2)");
  CHECK(rate.send("'NaN'") == "NaN");
  CHECK(rate.send("'Infinity'") == "held: x does not fit numeric(5,2)");
  CHECK(rate.send("NULL") == "NULL");
  CHECK(Passage("numeric", "rate").send("1.005") == "held: x has more than 2 decimals");
  CHECK(Passage("int", "numeric(3,0)").send("1000") == "held: x does not fit numeric(3,0)");
  CHECK(Passage("numeric", "numeric(3,-2)").send("12300") == "12300");
  CHECK(Passage("numeric", "numeric(3,-2)").send("12345") == "held: x has more than -2 decimals");
  CHECK(Passage("numeric", "numeric(2,4)").send("0.0123") == "held: x does not fit numeric(2,4)");

  Passage whole("bigint", "int");
  CHECK(whole.send("2147483647") == "2147483647");
  CHECK(whole.send("-2147483648") == "-2147483648");
  CHECK(whole.send("2147483648") == "held: x does not fit integer");
  CHECK(whole.send("NULL") == "NULL");
  Passage counted("numeric", "bigint");
  CHECK(counted.send("9223372036854775807") == "9223372036854775807");
  CHECK(counted.send("9223372036854775808") == "held: x is not a whole number that fits bigint");
  CHECK(counted.send("1.5") == "held: x is not a whole number that fits bigint");
  CHECK(counted.send("'NaN'") == "held: x is not a whole number that fits bigint");
}

TEST_CASE("floating numbers keep every digit or are held") {
  Passage big("float8", "bigint");
  CHECK(big.send("9007199254740993") == "9007199254740992");
  CHECK(big.send("-9223372036854775808") == "-9223372036854775808");
  CHECK(big.send("9223372036854775807") == "held: x is not a whole number that fits bigint");
  CHECK(big.send("0.9999999999999999") == "held: x is not a whole number that fits bigint");
  CHECK(big.send("'NaN'") == "held: x is not a whole number that fits bigint");
  CHECK(big.send("'-Infinity'") == "held: x is not a whole number that fits bigint");
  CHECK(big.send("NULL") == "NULL");
  CHECK(Passage("real", "smallint").send("32767") == "32767");
  CHECK(Passage("real", "smallint").send("32768") ==
        "held: x is not a whole number that fits smallint");
  CHECK(Passage("float8", "numeric").send("0.1::float8 + 0.2") == "0.30000000000000004");
  CHECK(Passage("real", "numeric").send("0.1") == "0.1");
  CHECK(Passage("float8", "numeric(4,2)").send("1.25") == "1.25");
  CHECK(Passage("float8", "numeric(4,2)").send("1.255") == "held: x has more than 2 decimals");
  Passage single("float8", "real");
  CHECK(single.send("0.5") == "0.5");
  CHECK(single.send("0.1") == "held: x loses digits in real");
  CHECK(single.send("'NaN'") == "NaN");
  Passage wide("numeric", "float8");
  CHECK(wide.send("0.1") == "0.1");
  CHECK(wide.send("0.1234567890123456") == "0.1234567890123456");
  CHECK(wide.send("0.12345678901234567890") == "held: x loses digits in double precision");
  CHECK(Passage("bigint", "float8").send("9007199254740993") ==
        "held: x loses digits in double precision");
}

TEST_CASE("times that would be rounded, moved or invented are held") {
  CHECK(Passage("timestamptz", "timestamptz(0)").send("'2020-01-01 00:00:00.5+00'") ==
        "held: x keeps fewer digits of a second");
  CHECK(Passage("interval", "interval(0)").send("'1.5 s'") ==
        "held: x loses something in interval(0)");
  CHECK(Passage("interval", "interval year").send("'13 months'") ==
        "held: x loses something in interval year");
  CHECK(Passage("time", "time(0)").send("'12:00:00.4'") ==
        "held: x loses something in time(0) without time zone");
  CHECK(Passage("timestamp", "date").send("'2020-01-01 00:00:01'") == "held: x has a time of day");
  CHECK(Passage("timestamp", "date").send("'infinity'") == "infinity");

  Passage naive("timestamp", "timestamptz");
  CHECK(naive.send("'2020-07-01 12:00'") == "2020-07-01 19:00:00+00");
  CHECK(naive.send("'2020-01-01 12:00'") == "2020-01-01 20:00:00+00");
  // Clocks went from 02:00 to 03:00 on 8 March, and from 02:00 back to 01:00 on 1 November.
  CHECK(naive.send("'2020-03-08 01:59:59'") == "2020-03-08 09:59:59+00");
  CHECK(naive.send("'2020-03-08 02:30'") == "held: x falls into the hour a clock change skips");
  CHECK(naive.send("'2020-03-08 03:00'") == "2020-03-08 10:00:00+00");
  CHECK(naive.send("'2020-11-01 00:59:59'") == "2020-11-01 07:59:59+00");
  CHECK(naive.send("'2020-11-01 01:00'") == "held: x falls into the hour a clock change repeats");
  CHECK(naive.send("'2020-11-01 01:59:59'") ==
        "held: x falls into the hour a clock change repeats");
  CHECK(naive.send("'2020-11-01 02:00'") == "2020-11-01 10:00:00+00");
  CHECK(naive.send("'infinity'") == "infinity");
  CHECK(naive.send("'-infinity'") == "-infinity");
  CHECK(naive.send("NULL") == "NULL");
}

TEST_CASE("labels that the target does not have are held") {
  Passage mood("text", "mood");
  CHECK(mood.send("'glad'") == "glad");
  CHECK(mood.send("'sad'") == "held: x has no such label in public.mood");
  CHECK(mood.send("NULL") == "NULL");
  CHECK(Passage("mood", "mood").send("'sad'") == "held: x has no such label in public.mood");
  Passage empty("text", "empty");
  CHECK(empty.send("NULL") == "NULL");
  CHECK(empty.send("'x'") == "held: x has no such label in public.empty");
  Passage mapped("int", "mood", "{map: t.x, values: {1: glad}, else: {value: sad}}");
  CHECK(mapped.send("1") == "glad");
  CHECK(mapped.send("2") == "held: x has no such label in public.mood");
}

TEST_CASE("a title made short fits, a blank of the user's own may not") {
  Passage title("text", "varchar(5)", "{first_line: t.x, max: 5, blank: untitled}");
  CHECK(title.send("'a long one'") == "a lo…");
  CHECK(title.send("''") == "held: x is longer than 5 characters");
}

TEST_CASE("whatever an expression ends with, it stays one value") {
  CHECK(Passage("int", "bool", "t.x = 1 or t.x = 2").send("2") == "t");
  CHECK(Passage("int", "int", "t.x + 1   -- one more").send("2") == "3");
  CHECK(Passage("int", "smallint", "t.x + 40000").send("1") == "held: x does not fit smallint");
  CHECK(Passage("text", "varchar(4)", "t.x || t.x").send("'abc'") ==
        "held: x is longer than 4 characters");
  CHECK(Passage("bool", "bool", "t.x is distinct from true").send("NULL") == "t");
}

}  // namespace
}  // namespace rehome::plan

"""The types of source columns and the values that are put into them, nasty ones among them."""
from dataclasses import dataclass

TEXTS = (
    "", " ", "a", "A", "b", "ä", "Straße", "e\u0301", "\u00e9", "日本語", "😀 ok", "O'Hara", "back\\slash",
    '"quoted"', "a,b", "{x}", "NULL", "\\N", "line\nbreak", "cr\r\nlf", "trailing ", " leading", "\x7f",
    "\u200b", "%s", "$1", "--", ";", "a\tb", "x" * 300, "none", "\x01", "-", "İ", "ß",
)
NUMBERS = (
    "0", "1.0", "1.00", "-1.5", "NaN", "12345678901234567890.123456789", "0.000000001", "100", "99.99",
    "1000000", "-0.005", "2.675", "3", "9999.99", "9999.995",
)
# JSON as text: what it is as jsonb, or nothing when it is not JSON, or would lose something.
JSON_TEXTS = {
    "{}": "{}",
    "[]": "[]",
    '{"a": 1, "b": [true, null]}': '{"a": 1, "b": [true, null]}',
    '{"b":2,"a":1}': '{"a": 1, "b": 2}',
    '{"a":1,"b":2}': '{"a": 1, "b": 2}',
    ' "text" ': '"text"',
    '"\\u00e9"': '"é"',
    "1.50": "1.50",
    "-0.0": "0.0",
    "null": "null",
    '{"aa":1,"b":{"c":1.0}}': '{"b": {"c": 1.0}, "aa": 1}',
    '"\\ud83d\\ude00"': '"😀"',
    "{": None,
    "": "",  # empty: a case of its own
    "  \n": "",
    "{a: 1}": None,
    '{"a":1,"a":2}': None,
    '"\\u0000"': None,
    '"\\ud83d"': None,
    "[1,]": None,
    "nul": None,
    "01": None,
}


@dataclass(frozen=True)
class Kind:
    name: str  # by which ways to fill a target column choose
    sql: str  # the type as DDL has it
    pool: tuple
    fresh: object = None  # a function of (random) that makes further values

    def value(self, random):
        if self.fresh is None or random.random() < 0.4:
            return random.choice(self.pool)
        return self.fresh(random)


def whole(low, high):
    return lambda random: str(random.randint(low, high))


def word(random):
    return random.choice(("red", "green", "blau", "jaune", "neu")) + str(random.randint(0, 99))


def stamp(random):
    return (f"{random.randint(1990, 2030)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
            f" {random.randint(0, 23):02}:{random.randint(0, 59):02}:{random.randint(0, 59):02}")


NAIVE = (
    "2021-03-14 02:30:00", "2021-03-14 03:00:00", "2021-03-14 01:59:59.999999", "2021-11-07 01:30:00",
    "2021-11-07 00:59:59", "2021-11-07 02:00:00", "infinity", "2020-02-29 00:00:00",
    "1999-12-31 23:59:59.123456", "2021-11-07 01:00:00",
)
ENUM_LABELS = ("new", "in work", "don't", "Äther")

KINDS = (
    Kind("smallint", "smallint", ("0", "-32768", "32767", "1"), whole(-50, 50)),
    Kind("integer", "integer", ("0", "-2147483648", "2147483647", "7", "40000"), whole(-200, 200)),
    Kind("bigint", "bigint", ("0", "9223372036854775807", "-9223372036854775808", "3000000000"),
         whole(-10**10, 10**10)),
    Kind("numeric", "numeric", NUMBERS, lambda random: f"{random.randint(-999, 999)}.{random.randint(0, 999)}"),
    Kind("money", "numeric(10,2)", ("0.00", "12.50", "-3.00", "99999999.99"),
         lambda random: f"{random.randint(0, 999)}.{random.randint(0, 99):02}"),
    Kind("real", "real", ("0.1", "0.5", "-2.25", "NaN", "Infinity", "-0", "1e-30")),
    Kind("double", "double precision", ("0.5", "-2.25", "1024", "NaN", "-Infinity", "0.1", "1e300", "-0")),
    Kind("text", "text", TEXTS, word),
    Kind("varchar", "varchar(20)", tuple(text for text in TEXTS if len(text) <= 20), word),
    Kind("char", "char(6)", ("", "a", "abc", "äöü", "abcdef"), None),
    Kind("boolean", "boolean", ("true", "false")),
    Kind("date", "date", ("infinity", "0044-03-15 BC", "2024-02-29", "1970-01-01", "9999-12-31"),
         lambda random: stamp(random)[:10]),
    Kind("timestamp", "timestamp", NAIVE, stamp),
    Kind("timestamptz", "timestamptz",
         ("-infinity", "2021-11-07 09:30:00+00", "1999-12-31 23:59:59.5+00", "0099-01-01 00:00:00+00 BC"),
         lambda random: stamp(random) + "+00"),
    Kind("time", "time", ("00:00:00", "24:00:00", "12:34:56.789")),
    Kind("timetz", "timetz", ("00:00:00+00", "12:34:56-08", "23:59:59.999999+05:30")),
    Kind("interval", "interval", ("1 day", "24:00:00", "1 mon", "30 days", "-1 year +2 days", "00:00:00.000001")),
    Kind("uuid", "uuid", ("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
         lambda random: make_uuid(random)),
    Kind("bytea", "bytea", ("\\x", "\\x00", "\\xff00fe", "\\x5c78")),
    Kind("json", "json", ('{"b":1,"a":2}', '{"a":2,"b":1}', "[1, 1.0, 1.00]", ' {"a" : null} ', '"x"')),
    Kind("jsonb", "jsonb", ('{"b": 1, "a": 2}', "[1, 1.0, 1.00]", "null", '{"a": {"b": "\\\\ \\" é"}}', "1e2")),
    Kind("jsontext", "text", tuple(JSON_TEXTS)),
    Kind("texts", "text[]", ("{}", '{a,NULL,"NULL",""}', '{{a,b},{c,d}}', '{"a,b","c\\"d"}', "[0:1]={x,y}", "{ä}")),
    Kind("integers", "integer[]", ("{}", "{1,NULL,3}", "{{1,2},{3,4}}")),
    Kind("numerics", "numeric[]", ("{1.0}", "{1.00}", "{NaN,-1.5}")),
    Kind("inet", "inet", ("10.0.0.1", "10.0.0.0/8", "::1", "2001:db8::/32")),
    Kind("range", "int4range", ("empty", "[1,5)", "(,7)", "[3,)")),
    Kind("bits", "bit varying(12)", ("", "0", "101010101010")),
    Kind("enum", "mood", ENUM_LABELS),
    Kind("file", "text", ("scan.STL", ".stl", "png", "a.b.PDF", "zzz", "", "no extension", "x.", "photo.jpg")),
    Kind("lines", "text", ("one\ntwo", "\n\n  first  \nsecond", "", "  \r\n ", "a" * 40, "ä" * 12 + "\nx", "exactly ten",
                           "1234567890", "12345678901", "line\r\nother", "😀" * 11)),
)
BY_NAME = {kind.name: kind for kind in KINDS}

WORDS_OF_KEYS = ("k", "K", "ä", "a b", "a'b", 'a"b', "a\\b", "", "{a}", "a,b", "日本", "a/b", "%", "NULL", " x", "z ", "a\tb")


def make_uuid(random):
    digits = f"{random.getrandbits(128):032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def key_text(random, number):
    return random.choice(WORDS_OF_KEYS) + (str(number) if number % 5 else "") + ("x" * (number // 3) if number % 5 == 0 else "")


KEY_KINDS = {
    "integer": ("integer", lambda random, number: str(number * random.choice((1, 1, 1, -1)))),
    "bigint": ("bigint", lambda random, number: str(number + random.choice((0, 5 * 10**9)))),
    "smallint": ("smallint", lambda random, number: str(number)),
    "text": ("text", key_text),
    "varchar": ("varchar(60)", key_text),
    "uuid": ("uuid", lambda random, number: make_uuid(random)),
    "date": ("date", lambda random, number: f"20{number % 90 + 10}-0{number % 9 + 1}-1{number % 7}"),
    "numeric": ("numeric", lambda random, number: f"{number}.{number % 3}"),
}

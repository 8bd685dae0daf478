"""What a target column may be made of, by the kind of its source column."""
import hashlib
import json
import math
import struct
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from zoneinfo import ZoneInfo

from case import ID_TYPES, Field
from each import GIVEN
from fillings import (Audit, Constant, Expression, FirstLine, Held, Json, Map, MimeType, SameAs, Sha256, Uuid, quoted,
                      same)
from kinds import ENUM_LABELS
from libpq import name
from target_rules import LateUnique

WHOLE = {"smallint": (-2**15, 2**15 - 1), "integer": (-2**31, 2**31 - 1), "bigint": (-2**63, 2**63 - 1)}


def within(type):
    low, high = WHOLE[type]

    def checked(number):
        if not low <= number <= high:
            raise Held("expression")
        return str(number)
    return checked


def decimal(value):
    return format(value, "f")


def times(left, right):
    if left == "NaN":
        return left
    with localcontext() as context:
        context.prec = 200
        return decimal(Decimal(left) * Decimal(right))


def rounded(value, digits):
    if value == "NaN":
        return value
    with localcontext() as context:
        context.prec = 200
        return positive_zero(decimal(Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)))


def positive_zero(text):
    return text[1:] if text.startswith("-") and Decimal(text) == 0 else text


def loses_decimals(value):
    if value == "NaN":
        return False
    with localcontext() as context:
        context.prec = 200
        number = Decimal(value)
        cents = number.quantize(Decimal("0.01"), ROUND_HALF_UP)
        return cents != number or abs(cents) >= 10000


def is_not_whole(value):
    return value == "NaN" or Decimal(value) != int(Decimal(value)) or not -2**31 <= int(Decimal(value)) < 2**31


def loses_digits(value):
    if value == "NaN" or "Infinity" in value:
        return False
    try:
        return struct.unpack("f", struct.pack("f", float(value)))[0] != float(value)
    except OverflowError:
        return True


def has_fraction(value):
    return "." in value


def has_time(value):
    return "infinity" not in value and " 00:00:00" not in value


def divide(value):
    if int(value) == 0:
        raise Held("expression")
    return str(math.trunc(Decimal(100) / Decimal(int(value))))


def remainder(value):
    number = int(value)
    return str(abs(number) % 7 * (-1 if number < 0 else 1))


def sign(value):
    return None if int(value) == 0 else "plus" if int(value) > 0 else "minus"


def in_zone(zone):
    """(loss, value) of a timestamp without zone."""
    def instants(value):
        naive = datetime.fromisoformat(value)
        found = set()
        for fold in (0, 1):
            instant = naive.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(ZoneInfo("UTC"))
            if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == naive:
                found.add(instant)
        return found

    def loss(value):
        return "infinity" not in value and len(instants(value)) != 1

    def compute(value):
        if "infinity" in value:
            return value
        instant = instants(value).pop()
        fraction = f".{instant.microsecond:06}".rstrip("0") if instant.microsecond else ""
        return instant.strftime("%Y-%m-%d %H:%M:%S") + fraction + "+00"
    return loss, compute


def ways(entity, column, kind):
    """Fillings for one column of this kind; the first is the plain copy."""
    plain = f"{entity.alias}.{name(column)}"
    one = (column,)

    def make(sql, compute, type, **more):
        return Expression(sql.replace("@", plain), one, compute, type, **more)

    target_type = {"enum": "mood", "jsontext": "text", "file": "text", "lines": "text"}.get(kind.name, kind.sql)
    textual = f"{plain}::text" if kind.name not in ("json", "jsonb", "enum") else None
    found = []
    if kind.name == "enum":
        found.append(make("@", same, "mood", loss=lambda value: value not in ("Äther", "new", "in work")))
    else:
        found.append(make("@", same, target_type, textual=textual))
    if kind.name not in ("json", "jsonb"):
        found.append(make("@::text", same, "text"))
    found += MORE_WAYS.get(kind.name, lambda *_: [])(make, one, plain)
    return found


def ways_of_text(make, one, plain):
    return [
        make("'X-' || @", lambda value: "X-" + value, "text"),
        make("coalesce(@, 'none')", lambda value: "none" if value is None else value, "text", strict=False),
        make("nullif(@, '')", lambda value: value or None, "text"),
        make("reverse(@)", lambda value: value[::-1], "text"),
        make("left(@, 3)", lambda value: value[:3], "text"),
        make("md5(@)", lambda value: hashlib.md5(value.encode()).hexdigest(), "text"),
        make("md5(@)::uuid", lambda value: md5_uuid(value), "uuid"),
        make("replace(@, 'a', 'b')", lambda value: value.replace("a", "b"), "text"),
        make("char_length(@)", lambda value: str(len(value)), "integer"),
        make("@", same, "varchar(8)", loss=lambda value: len(value) > 8),
        make("@", same, "short_text", loss=lambda value: len(value) > 12),
        make("to_jsonb(@::text)", lambda value: json.dumps(value, ensure_ascii=False), "jsonb"),
        make("string_to_array(@, ',')", to_array, "text[]"),
        Sha256(one[0], plain),
    ]


def md5_uuid(value):
    digits = hashlib.md5(value.encode()).hexdigest()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def to_array(value):
    def element(text):
        plain = text and text.upper() != "NULL" and not set(text) & set('{}",\\ \t\n\r\v\f')
        return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "{" + ",".join(element(each) for each in (value.split(",") if value else ())) + "}"


def ways_of_whole(make, one, plain):
    return [
        make("@", same, "bigint"),
        make("@", same, "numeric"),
        make("@ / 2", lambda value: str(int(Decimal(value) / 2)), "bigint"),
        make("@ % 7", remainder, "bigint"),
        make("100 / @", divide, "bigint", may_fail=True),
        make("case when @ > 0 then 'plus' when @ < 0 then 'minus' end", sign, "text"),
        make("@ > 10", lambda value: "true" if int(value) > 10 else "false", "boolean"),
        make("coalesce(@, 5)", lambda value: value or "5", "bigint", strict=False),
        make("lpad(@::text, 4, '0')", lambda value: value.rjust(4, "0")[:4], "text"),
    ]


def ways_of_integer(make, one, plain):
    return ways_of_whole(make, one, plain) + [
        make("@", same, "smallint", loss=lambda value: not -2**15 <= int(value) < 2**15),
        make("@ + 1", lambda value: within("integer")(int(value) + 1), "integer", may_fail=True),
        make("@", lambda value: value + ".00", "numeric(8,2)", loss=lambda value: abs(int(value)) >= 10**6),
        make("@ % 200", lambda value: str(int(math.fmod(int(value), 200))), "small_number"),
    ]


def ways_of_number(make, one, plain):
    return [
        make("@", lambda value: rounded(value, 2), "numeric(6,2)", loss=loses_decimals),
        make("@", lambda value: str(int(Decimal(value))), "integer", loss=is_not_whole),
        make("@ * 1.10", lambda value: positive_zero(times(value, "1.10")), "numeric"),
        make("round(@, 1)", lambda value: positive_zero(rounded(value, 1)), "numeric"),
        make("@ is not null", lambda value: "false" if value is None else "true", "boolean", strict=False),
    ]


def ways_of_naive(make, one, plain):
    return [make("@", lambda value: value.replace(" 00:00:00", ""), "date", loss=has_time)]


MORE_WAYS = {
    "text": ways_of_text,
    "varchar": ways_of_text,
    "integer": ways_of_integer,
    "smallint": lambda *all: ways_of_whole(*all) + [all[0]("@", same, "integer")],
    "bigint": ways_of_whole,
    "numeric": ways_of_number,
    "money": ways_of_number,
    "double": lambda make, *_: [make("@", same, "real", loss=loses_digits, may_fail=True)],
    "timestamp": ways_of_naive,
    "timestamptz": lambda make, *_: [make("@", same, "timestamptz(0)", loss=has_fraction)],
    "jsontext": lambda make, one, plain: [Json(one[0], plain, invalid, empty)
                                          for invalid in (None, "quarantine", "keep_raw", "leave_empty")
                                          for empty in (None, "leave_empty")],
    "file": lambda make, one, plain: [MimeType(one[0], plain)],
    "lines": lambda make, one, plain: [FirstLine(one[0], plain, most, blank)
                                       for most in (10, 11, 40) for blank in (None, "Message")],
    "boolean": lambda make, *_: [
        make("not @", lambda value: "false" if value == "true" else "true", "boolean"),
        make("case when @ then 1 else 0 end", lambda value: "1" if value == "true" else "0", "integer", strict=False)],
}
MAPPED = {"boolean": ("true", "false"), "enum": ENUM_LABELS, "smallint": ("0", "1", "7"), "text": ("", "a", "none", "ä"),
          "integer": ("0", "7"), "varchar": ("a", "b", "-")}


def choose_field(random, entity, column, kind, names):
    """A target column made of this source column; None: by chance there is none."""
    if kind.name == "timestamp" and random.random() < 0.5:
        return make_zoned(entity, column, names)
    if kind.name in MAPPED and random.random() < 0.25:
        return constrain(random, Field(names.take(), make_map(random, entity, column, kind)), column, entity)
    found = ways(entity, column, kind)
    filling = found[0] if random.random() < 0.5 else random.choice(found)
    if entity.joins and random.random() < 0.12:
        filling = joined_filling(random, entity) or filling
    return constrain(random, Field(names.take(), filling), column, entity)


def make_zoned(entity, column, names):
    plain = f"{entity.alias}.{name(column)}"
    loss, compute = in_zone(entity.zone)
    return Field(names.take(), Expression(plain, (column,), compute, "timestamptz", loss=loss))


def joined_filling(random, entity):
    """A column of a joined table."""
    join = random.choice(entity.joins)
    plain = [(column, kind) for column, kind in join.table.kinds.items() if kind.name not in ("enum",)]
    if not plain:
        return None
    column, kind = random.choice(plain)
    return Expression(f"{join.alias}.{name(column)}", ((join.alias, column),), same, kind.sql)


def make_map(random, entity, column, kind):
    values = list(MAPPED[kind.name])
    labels = ("red", "green", "Dark Blue")
    type = random.choice(("text", "color", "color"))
    complete = kind.name in ("boolean", "enum") and random.random() < 0.5
    pairs = {value: random.choice(labels if type == "color" else (*labels, "", "ä\\", "don't"))
             for value in (values if complete else random.sample(values, random.randint(1, len(values))))}
    if complete or random.random() < 0.5:
        pairs[None] = random.choice((None, *labels))
    otherwise = None if complete else random.choice(("quarantine", "leave_empty", (random.choice(labels),)))
    return Map(column, f"{entity.alias}.{name(column)}", pairs, otherwise, type)


def may_be_found(entity, column):
    """Where nearly all rows would be refused, the program stops, which is not what is asked here."""
    kind = entity.table.kinds.get(column)
    return kind is not None and kind.name in ("text", "varchar")


def constrain(random, field, column, entity):
    """NOT NULL, UNIQUE, CHECK, a foreign key to a table that is not moved; or the application owns it once it is here."""
    filling, chance = field.filling, random.random()
    is_text = field.type in ("text", "varchar(20)")
    leaves_empty = (isinstance(filling, Map) and (filling.otherwise == "leave_empty" or None in filling.pairs.values())
                    or isinstance(filling, Json) and "leave_empty" in (filling.invalid, filling.empty))
    if chance < 0.12 and not leaves_empty:
        field.not_null = True
    elif chance < 0.22:
        field.owner_target = True
    elif chance < 0.30 and is_text and isinstance(filling, Expression):
        field.check = (f"char_length({name(field.name)}) <> 7", lambda value: len(value) != 7)
    elif chance < 0.34 and field.type in ("integer", "bigint", "smallint"):
        field.check = (f"{name(field.name)} <> 7", lambda value: value != "7")
    elif chance < 0.37 and field.type == "text" and isinstance(filling, Expression) and may_be_found(entity, column):
        field.lookup = True
    can_be_unique = (isinstance(filling, Expression) and filling.stays_distinct and not field.owner_target
                     and field.type in ("text", "varchar(20)", "integer", "bigint", "numeric", "smallint", "varchar(8)")
                     and column in entity.table.distinct and (column,) == filling.columns())
    if can_be_unique and random.random() < 0.6:
        field.unique = random.choice(("hold", "leave_empty")) if not field.not_null else "hold"
        field.deferrable = random.random() < 0.3
        if field.type == "text" and random.random() < 0.3:
            field.unique, field.deferrable = None, False
            field.late_unique = LateUnique(random.choice(("expression", "partial")))
    return field


def choose_of_each(random, entity, names):
    """Columns made of what `each` gives."""
    each = entity.each
    fields = [Field(names.take(), Expression(name(each.value), ((GIVEN, each.value),), same, each.type))]
    if each.number and random.random() < 0.6:
        fields.append(Field(names.take(), Expression(name(each.number), ((GIVEN, each.number),), same, "bigint")))
    if each.type == "text" and random.random() < 0.5:
        fields.append(Field(names.take(), Expression(f"{name(each.value)} || '!'", ((GIVEN, each.value),),
                                                     lambda value: value + "!", "text")))
    return fields


def choose_predicate(random, entity):
    """(SQL, function) of a condition on the driving row, or on what `each` gives of it."""
    alias = entity.alias
    if entity.each and random.random() < 0.5:
        return predicate(f"{name(entity.each.value)}::text in ('2', 'upper', 'a')", (GIVEN, entity.each.value),
                         lambda value: value in ("2", "upper", "a"))
    column, kind = random.choice([*entity.table.kinds.items()] or [(entity.table.key[0], None)])
    plain = f"{alias}.{name(column)}"
    if kind is not None and kind.name == "boolean":
        return predicate(plain, column, lambda value: value == "true")
    if kind is not None and kind.name in ("smallint", "integer", "bigint"):
        return predicate(f"{plain} > 60", column, lambda value: value is not None and int(value) > 60)
    if kind is not None and kind.name in ("text", "varchar"):
        return predicate(f"{plain} in ('a', 'none') or {plain} like 'red%'", column,
                         lambda value: value is not None and (value in ("a", "none") or value.startswith("red")))
    return predicate(f"{plain} is null", column, lambda value: value is None)


def predicate(sql, column, holds):
    def decide(row):
        return holds(row.read(column))
    decide.columns = (column,)
    return sql, decide


def make_id(random, entity):
    table, alias, kind = entity.table, entity.alias, entity.id_kind
    if kind in ("uuid v4", "uuid v5", "uuid v7"):
        column = next((each for each, of in table.kinds.items() if of.name == "timestamptz"), None)
        time = column if kind == "uuid v7" else None
        filling = Uuid(kind[5:], time, f"{alias}.{name(column)}" if time else None)
        return Field("id", filling, "uuid", is_id=True, not_null=True)
    if kind == "expression":
        filling = Expression(f"'P-' || {alias}.{name(table.key[0])}", table.key, lambda value: "P-" + value, "text")
        return Field("id", filling, is_id=True, not_null=True)
    if kind == "natural":
        column = next(each for each in sorted(table.distinct) if table.kinds[each].name in ("text", "integer"))
        type = table.kinds[column].sql
        filling = Expression(f"{alias}.{name(column)}", (column,), same, type)
        return Field("id", filling, is_id=True, not_null=True, unique="hold")
    return Field("id", Constant(ID_TYPES[kind][0], None, "~"), is_id=True)


def choose_other(random, entity, names):
    """A column that is made of no source column, or of all."""
    chance = random.random()
    if chance < 0.25:
        type, value, written = random.choice((("boolean", "false", "false"), ("text", "a b", quoted("a b")),
                                              ("integer", "7", "7"), ("text", None, "~"), ("text[]", "{}", quoted("{}")),
                                              ("color", "Dark Blue", "Dark Blue"), ("date", "2024-02-29", "2024-02-29")))
        return Field(names.take(), Constant(type, value, written))
    if chance < 0.55:
        left_out = random.sample(sorted(entity.table.types), 1) if random.random() < 0.3 else []
        audit = Audit(random.choice(("jsonb", "jsonb", "json", "text")), entity.table.name,
                      random.choice((None, "migration")), left_out)
        return Field(names.take(), audit, owner_target=random.random() < 0.2)
    if chance < 0.75:
        return Field(names.take(), Uuid("v5"))
    others = [each for each in entity.fields if isinstance(each.filling, (Expression, Map, Sha256)) and not each.key_part
              and not each.is_id and not each.owner_target and each.name != "tag" and not each.unique]
    if not others:
        return None
    other = random.choice(others)
    return Field(names.take(), SameAs(other.name, other.filling), other.type)

"""Several rows of one driving row: what gives them, as SQL and, a second time, in Python."""
import json
from dataclasses import dataclass

from libpq import name

# Stand in a column's place where a join has its alias: (GIVEN, name), (CONSTANT, value).
GIVEN, CONSTANT = "each", "="
SIDES = ("upper", "lower", "o'er")
ELEMENTS = {
    "{}": (), '{a,NULL,"NULL",""}': ("a", None, "NULL", ""), "{{a,b},{c,d}}": ("a", "b", "c", "d"),
    '{"a,b","c\\"d"}': ("a,b", 'c"d'), "[0:1]={x,y}": ("x", "y"), "{ä}": ("ä",),
}


@dataclass
class Each:
    value: str  # the name of what is given
    type: str
    sql: str
    column: str  # of the driving row; None: needs none
    give: object  # a function of the column's text
    number: str = None  # a name for the number that is the key, where values may be equal

    @property
    def key(self):
        return (GIVEN, self.number or self.value)

    @property
    def key_type(self):
        return "bigint" if self.number else self.type

    def write(self):
        quoted = [f"{json.dumps(self.value, ensure_ascii=False)}: {json.dumps(self.sql, ensure_ascii=False)}"]
        if self.number:
            quoted.append(f"{json.dumps(self.number, ensure_ascii=False)}: ordinality")
        return "{" + ", ".join(quoted) + "}"

    def rows(self, driving):
        """Of each: name -> text."""
        text = driving[self.column] if self.column else None
        values = self.give(text) if text is not None or not self.column else ()
        return [{self.value: value} | ({self.number: str(place + 1)} if self.number else {})
                for place, value in enumerate(values)]

    def guess(self, random):
        """A key that there may be."""
        return str(random.randint(1, 3)) if self.number or self.type != "text" else random.choice((*SIDES, "a", "x", "ä"))


def choose_each(random, entity):
    ways = [("text", "unnest(array[" + ", ".join("'" + each.replace("'", "''") + "'" for each in SIDES) + "])", None,
             lambda _: SIDES, True)]
    for column, kind in entity.table.kinds.items():
        ways += ways_of(column, kind.name, f"{entity.alias}.{name(column)}")
    type, sql, column, give, distinct = random.choice(ways)
    value = random.choice(("piece", "Piece", "ein Stück", "values"))
    number = random.choice(("nr", "No.")) if not distinct or random.random() < 0.2 else None
    return Each(value, type, sql, column, give, number)


def ways_of(column, kind, plain):
    """(type of a value, SQL, column, function, whether the values of a row are distinct)"""
    if kind == "texts":
        return [("text", f"unnest({plain})", column, ELEMENTS.get, True)]
    if kind in ("smallint", "integer", "bigint"):
        type = "bigint" if kind == "bigint" else "integer"
        return [(type, f"generate_series(1, {plain} % 4)", column, count_up, True)]
    if kind in ("text", "varchar"):
        return [("text", f"regexp_split_to_table({plain}, ',')", column, lambda text: text.split(","), False)]
    if kind == "jsonb":
        return [("text", f"jsonb_object_keys(case when jsonb_typeof({plain}) = 'object' then {plain} end)", column,
                 lambda text: tuple(json.loads(text)) if text.startswith("{") else (), True),
                ("jsonb", f"jsonb_array_elements(case when jsonb_typeof({plain}) = 'array' then {plain} end)", column,
                 lambda text: text[1:-1].split(", ") if text.startswith("[") else (), False)]
    return []


def count_up(text):
    return tuple(str(number + 1) for number in range(int(text) % 4)) if int(text) > 0 else ()

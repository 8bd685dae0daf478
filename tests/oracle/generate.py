"""Random cases. The same seed makes the same case."""
from random import Random

from case import TAG, Case, Link, SourceTable
from entities import make_adoption, make_entities
from kinds import KEY_KINDS, KINDS
from libpq import name
from names import Names

COMPOSITES = (("integer", "text"), ("integer", "integer"), ("bigint", "uuid"), ("smallint", "text"))


def generate(seed):
    random = Random(seed)
    tables = make_tables(random)
    for number, table in enumerate(tables):
        make_links(random, tables, number)
        make_columns(random, table)
    for table in tables:
        table.rows = make_rows(random, table, random.choice((0, 1, 4, 12, 12, 25, 60)))
    for table in tables:
        for row in table.rows:
            fill_links(random, table, row)
    zone = random.choice(("UTC", "America/Los_Angeles"))
    namespace = random.choice(("", "00112233-4455-6677-8899-aabbccddeeff"))
    case = Case(seed, tables, {}, random.choice(("hold", "hold", "source_wins", "target_wins")), zone, namespace,
                make_settings(random))
    make_entities(random, case)
    make_adoption(Random(f"{seed} adopt"), case)
    return case


def make_settings(random):
    settings = ("datestyle = 'SQL, DMY'", "timezone = 'Asia/Kathmandu'", "intervalstyle = 'iso_8601'",
                "extra_float_digits = -5", "bytea_output = 'escape'", "standard_conforming_strings = off",
                "default_transaction_isolation = 'serializable'", "search_path = pg_catalog", "xmloption = 'document'",
                "enable_hashjoin = off", "array_nulls = off", "lc_numeric = 'C'", "default_transaction_deferrable = on")
    return [(random.choice(("source", "target")), each) for each in random.sample(settings, random.randint(0, 3))]


# --- the source ---


def make_tables(random):
    names = Names(random)
    tables = []
    for _ in range(random.choice((1, 2, 2, 3, 3, 4, 5))):
        kinds = random.choice(COMPOSITES) if random.random() < 0.15 else (random.choice(
            ("integer", "integer", "integer", "bigint", "bigint", "smallint", "text", "text", "varchar", "uuid", "uuid",
             "date", "numeric")),)
        columns = ("part_a", "part_b") if len(kinds) == 2 else (random.choice(("id", "id", "key", "Nr.", "legacy id")),)
        collation = ' COLLATE "en-x-icu"' if random.random() < 0.3 else ""
        table = SourceTable(names.take(), columns, kinds, random.choice(("PRIMARY KEY", "PRIMARY KEY", "UNIQUE", "")),
                            collation)
        table.types = {column: KEY_KINDS[kind][0] for column, kind in zip(columns, kinds)}
        tables.append(table)
    return tables


def make_links(random, tables, number):
    table = tables[number]
    for other, parent in enumerate(tables):
        if random.random() >= (0.55 if other < number else 0.3 if other == number else 0.12):
            continue
        columns = tuple(f"{'up' if parent is table else 'of'}_{other}_{part}" for part in range(len(parent.key)))
        table.links.append(Link(columns, parent))
        table.types.update({column: parent.types[key] for column, key in zip(columns, parent.key)})
    make_generic_link(random, tables, number)


def make_generic_link(random, tables, number):
    parents = [each for each in tables[:number] if len(each.key) == 1]
    if not parents or random.random() > 0.3:
        return
    kind = parents[0].key_kinds
    parents = [each for each in parents if each.key_kinds == kind]
    kinds = {str(10 + place): parent for place, parent in enumerate(parents)}
    if random.random() < 0.4:
        kinds["7"] = None
    table = tables[number]
    table.links.append(Link(("object",), None, "object_kind", kinds))
    table.types["object_kind"] = random.choice(("integer", "text"))
    table.types["object"] = parents[0].types[parents[0].key[0]]


def make_columns(random, table):
    names = Names(random, (*table.types, TAG))
    for _ in range(random.choice((1, 2, 4, 6, 8))):
        column = names.take()
        kind = random.choice(KINDS)
        table.kinds[column] = kind
        table.types[column] = kind.sql
        if kind.name in ("text", "integer", "varchar", "numeric") and random.random() < 0.4:
            table.distinct.add(column)


def make_rows(random, table, count):
    rows, keys = [], set()
    for _ in range(count):
        row = make_row(random, table, keys)
        if row is not None:
            rows.append(row)
    return rows


def make_row(random, table, keys):
    """A row without its links, with a key that is not among `keys`; None when there is none by chance."""
    for _ in range(20):
        key = tuple(KEY_KINDS[kind][1](random, random.randint(1, 150)) for kind in table.key_kinds)
        if key not in keys:
            break
    else:
        return None
    keys.add(key)
    row = dict(zip(table.key, key))
    if table.key_constraint != "PRIMARY KEY" and random.random() < 0.06:
        row[table.key[-1]] = None
    for link in table.links:
        row.update({column: None for column in link.columns})
        if link.kind_column:
            row[link.kind_column] = None
    row.update({column: make_value(random, table, column) for column in table.kinds})
    return row


def make_value(random, table, column):
    if random.random() < 0.12:
        return None
    kind = table.kinds[column]
    if column in table.distinct and random.random() < 0.8:
        number = random.randint(100, 99999)
        if random.random() < 0.15 and kind.name == "text":
            return f"Value {number % 20}"
        return str(number) if kind.name == "integer" else f"{number}.5" if kind.name == "numeric" else f"value {number}"
    return kind.value(random)


def fill_links(random, table, row):
    for link in table.links:
        chance = random.random()
        if chance < 0.15:
            continue
        parent = link.table
        if link.kind_column:
            row[link.kind_column] = random.choice((*link.kinds, "99"))
            parent = link.kinds.get(row[link.kind_column]) or next(each for each in link.kinds.values() if each)
        if chance < 0.28 or not parent.rows:
            number = random.randint(151, 160)  # an orphan
            row.update({column: KEY_KINDS[kind][1](random, number) for column, kind in zip(link.columns, parent.key_kinds)})
        else:
            row.update(zip(link.columns, parent.key_of(random.choice(parent.rows))))

"""What a case is made of: two schemas, a mapping, edits; and how they are written down as SQL and YAML."""
from dataclasses import dataclass, field as dataclass_field

from each import GIVEN, Each
from fillings import Audit, Ref, quoted
from libpq import literal, name

TAG = "tag"  # a target column of every entity that tells a row apart, whatever its key is there


@dataclass
class Link:
    """Columns that hold the key of another table's row, or of one of several."""

    columns: tuple
    table: object
    kind_column: str = None  # generic: tells which table
    kinds: dict = dataclass_field(default_factory=dict)  # value of it -> table or None


@dataclass
class SourceTable:
    name: str
    key: tuple  # column names
    key_kinds: tuple
    key_constraint: str
    collation: str = ""
    kinds: dict = dataclass_field(default_factory=dict)  # column -> Kind, without key and links
    types: dict = dataclass_field(default_factory=dict)  # column -> SQL type, all of them
    distinct: set = dataclass_field(default_factory=set)  # columns with few equal values
    links: list = dataclass_field(default_factory=list)
    rows: list = dataclass_field(default_factory=list)  # column -> text; only what they were before any edit

    def create(self):
        columns = [f"  {name(column)} {type}" + (self.collation if column in self.key and type == "text" else "")
                   for column, type in self.types.items()]
        keys = ", ".join(name(column) for column in self.key)
        if self.key_constraint in ("PRIMARY KEY", "UNIQUE"):
            columns.append(f"  {self.key_constraint} ({keys})")
        return f"CREATE TABLE {name(self.name)} (\n" + ",\n".join(columns) + "\n);"

    def insert(self, row):
        columns = ", ".join(name(column) for column in row)
        values = ", ".join(literal(value) for value in row.values())
        return f"INSERT INTO {name(self.name)} ({columns}) VALUES ({values});"

    def where(self, key):
        return " AND ".join(f"{name(column)} = {literal(value)}" for column, value in zip(self.key, key))

    def key_of(self, row):
        return tuple(row[column] for column in self.key)


@dataclass
class Field:
    """A column of the target that the mapping fills."""

    name: str
    filling: object
    type: str = None
    not_null: bool = False
    owner_target: bool = False
    unique: str = None  # hold | leave_empty: the target has a unique index on it
    deferrable: bool = False
    late_unique: object = None  # an index by which rows clash that the source cannot tell
    check: tuple = None  # (SQL, the same in Python)
    lookup: bool = False  # a foreign key to a table that no entity fills
    foreign_key: str = None  # of a ref: what follows REFERENCES …
    in_foreign_key: bool = False  # of several columns
    key_part: str = None  # the column of the legacy key that it keeps
    is_id: bool = False
    is_unique_key: bool = False  # refs of others hold it
    is_share: bool = False  # tells the rows of entities apart that fill one table

    def __post_init__(self):
        self.type = self.type or self.filling.type

    @property
    def is_ref(self):
        return isinstance(self.filling, Ref)

    @property
    def is_audit(self):
        return isinstance(self.filling, Audit)

    @property
    def is_updated(self):
        return self.filling.is_updated and not self.owner_target and not self.is_id

    @property
    def is_in_row_hash(self):
        return self.filling.is_in_row_hash and not self.owner_target

    @property
    def is_input(self):
        return not self.owner_target and not self.is_audit

    def declare(self, entity, entities):
        text = f"  {name(self.name)} {self.type}"
        text += " NOT NULL" if self.not_null else ""
        text += f" CHECK ({self.check[0]})" if self.check else ""
        text += " REFERENCES lookup" if self.lookup else ""
        text += " UNIQUE" if self.is_unique_key else ""
        if self.unique and not self.is_id:
            text += " UNIQUE" + (" DEFERRABLE INITIALLY IMMEDIATE" if self.deferrable else "")
        if self.foreign_key is not None:
            parent = entities[self.filling.entity]
            if parent is not entity:
                text += self.references(parent)
        return text

    def references(self, parent):
        column = self.filling.column[0] if self.filling.column else parent.id.name
        return f" REFERENCES {name(parent.target)} ({name(column)}){self.foreign_key}"


@dataclass
class Join:
    alias: str
    table: SourceTable
    mine: str  # column of the joined table …
    other: str  # … that equals this one of the driving table
    required: bool
    pick: str = None  # order by this column


@dataclass
class Entity:
    name: str
    table: SourceTable
    target: str
    id_kind: str
    id: Field = None
    alias: str = "t"
    key_way: tuple = None  # (SQL, the same in Python, type): the key is not a plain column
    each: Each = None
    trigger: object = None  # of the target
    foreign_keys: list = dataclass_field(default_factory=list)  # of several columns: (columns, parent, options)
    joins: list = dataclass_field(default_factory=list)
    exclude: list = dataclass_field(default_factory=list)  # (name, SQL, function)
    refuse: list = dataclass_field(default_factory=list)
    fields: list = dataclass_field(default_factory=list)  # without the id, unless it is mapped
    extras: list = dataclass_field(default_factory=list)  # DDL of the application's own columns
    batch_rows: int = None
    zone: str = "UTC"  # of timestamps without one
    adopt_by: tuple = ()  # columns that together are a natural key
    differs: str = None  # of adopt
    partner: object = None  # the entity that fills the same table
    mark: str = ""  # what its tags and columns begin with then
    policy: object = None  # for rows that leave

    @property
    def share(self):
        return next((field for field in self.fields if field.is_share), None)

    @property
    def follows(self):
        """Its partner makes the table, and it adds its columns."""
        return self.partner is not None and self.mark != ""

    @property
    def strangers(self):
        """Columns that it does not fill -> what stands there in a row of its own."""
        found = {column: default for column, _, default in self.extras}
        if self.partner:
            found |= {column: default for column, _, default in self.partner.extras}
            found |= {field.name: None for field in self.partner.fields}
            for field in self.fields:
                found.pop(field.name, None)
        return found

    @property
    def legacy_fields(self):
        return [field for field in self.fields if field.key_part]

    def columns(self):
        """Of the target, all that the oracle looks at."""
        names = [] if self.id in self.fields or self.id is None else [self.id.name]
        return names + [field.name for field in self.fields] + list(self.strangers)

    def left_out_of_images(self):
        """Columns of the source that no audit may show are shown nowhere."""
        return {column for field in self.fields if field.is_audit for column in field.filling.left_out}

    @property
    def key_columns(self):
        return self.table.key + ((self.each.key,) if self.each else ())

    @property
    def key_kinds(self):
        if self.each:
            return (*self.table.key_kinds, self.each.key_type)
        return (self.key_way[2],) if self.key_way else self.table.key_kinds

    def guess_key(self, random, key):
        """A legacy key that a row with this key of the table may have."""
        return self.key_of(key) + ((self.each.guess(random),) if self.each else ())

    def key_sql(self, column, alias=None, of=None):
        """A part of the legacy key, read from the column `of` when that holds this entity's key."""
        if isinstance(column, tuple):
            return name(column[1])
        plain = f"{alias or self.alias}.{name(of or column)}"
        return self.key_way[0].replace("@", plain) if self.key_way else plain

    def key_type(self, column):
        if isinstance(column, tuple):
            return self.each.key_type
        return self.key_way[2] if self.key_way else self.table.types[column]

    def key_of(self, raw):
        """From the values of the columns to the legacy key; NULL when one is."""
        return tuple(self.key_way[1](value) for value in raw) if self.key_way and None not in raw else tuple(raw)

    def tag_of(self, key):
        return self.mark + "/".join(key)

    def primary_key(self):
        return [field.name for field in self.legacy_fields] if self.id is None else [self.id.name]

    def create(self, entities):
        if self.follows:
            there = {field.name for field in self.partner.fields}
            return [f"ALTER TABLE {name(self.target)} ADD COLUMN{field.declare(self, entities)};"
                    for field in self.fields if field.name not in there] + [
                        f"ALTER TABLE {name(self.target)} ADD COLUMN {name(column)} {rest};"
                        for column, rest, _ in self.extras] + self.index_late()
        lines = []
        if self.id is not None and self.id not in self.fields:
            lines.append(f"  {name(self.id.name)} {ID_TYPES[self.id_kind][1]}")
        lines += [field.declare(self, entities) for field in self.fields]
        lines += [f"  {name(column)} {rest}" for column, rest, _ in self.extras]
        lines.append("  PRIMARY KEY (" + ", ".join(name(column) for column in self.primary_key()) + ")")
        statements = [f"CREATE TABLE {name(self.target)} (\n" + ",\n".join(lines) + "\n);"] + self.index_late()
        return statements + (self.trigger.create(self.target, self.name) if self.trigger else [])

    def index_late(self):
        return [f"CREATE UNIQUE INDEX ON {name(self.target)} {field.late_unique.index(name(field.name))};"
                for field in self.fields if field.late_unique]

    def self_references(self):
        return [f"ALTER TABLE {name(self.target)} ADD FOREIGN KEY ({name(field.name)}){field.references(self)};"
                for field in self.fields if field.foreign_key is not None and field.filling.entity == self.name]


# How the id of an entity is made -> its type, and its declaration when the mapping leaves it out.
ID_TYPES = {
    "uuid": ("uuid", "uuid DEFAULT gen_random_uuid()"),
    "uuid v4": ("uuid", None),
    "uuid v5": ("uuid", None),
    "uuid v7": ("uuid", None),
    "always": ("bigint", "bigint GENERATED ALWAYS AS IDENTITY"),
    "by default": ("integer", "integer GENERATED BY DEFAULT AS IDENTITY"),
    "serial": ("integer", "serial"),
    "bigserial": ("bigint", "bigserial"),
    "expression": ("text", None),
    "natural": (None, None),
    "key": (None, None),
    "composite": (None, None),
}


@dataclass
class Round:
    """What happens between two runs."""

    edits: list
    remaps: list = dataclass_field(default_factory=list)  # (entity, seed) of edits of the mapping
    forgets: bool = False  # schema rehome goes before the run, so that all rows must be adopted
    policies: dict = dataclass_field(default_factory=dict)  # entity -> what it does with gone rows from now on
    lets_pass: bool = False  # the brakes, once
    killed: str = None  # failpoint at which the program dies first, on one of the targets


@dataclass
class Edit:
    side: str  # source | target
    sql: str
    table: str  # the source table, or the entity, that it touches


@dataclass
class Case:
    seed: int
    tables: list
    entities: dict  # name -> Entity
    conflicts: str
    zone: str
    namespace: str
    settings: list  # of the two databases, to be ignored by the program
    differs: str = None  # of adopt
    adopts: bool = False  # in one of the rounds
    before: list = dataclass_field(default_factory=list)  # SQL: rows of the application before the first run
    rounds: list = dataclass_field(default_factory=list)  # after each a run
    leaving: bool = False  # some rows that leave are deleted, marked or restored

    def source_statements(self):
        statements = ["CREATE TYPE mood AS ENUM ('new', 'in work', 'don''t', 'Äther');"]
        statements += [table.create() for table in self.tables]
        statements += [table.insert(row) for table in self.tables for row in table.rows]
        return statements

    def target_statements(self):
        statements = [
            "CREATE TYPE mood AS ENUM ('Äther', 'new', 'in work');",
            "CREATE TYPE color AS ENUM ('red', 'green', 'Dark Blue');",
            "CREATE DOMAIN short_text AS varchar(12);",
            "CREATE DOMAIN small_number AS integer CHECK (VALUE < 150);",
            "CREATE TABLE lookup (code text PRIMARY KEY);",
            "INSERT INTO lookup VALUES ('a'), ('b'), ('ä'), (''), ('red1'), ('green7'), ('none');",
        ]
        cyclic = []
        made = set()
        for entity in self.entities.values():
            made.add(entity.name)
            for field in entity.fields:
                if field.foreign_key is not None and field.filling.entity not in made:
                    cyclic.append((entity, field))
        for entity in self.entities.values():
            held_back = [field for owner, field in cyclic if owner is entity]
            keep = [(field, field.foreign_key) for field in held_back]
            for field in held_back:
                field.foreign_key = None
            statements += entity.create(self.entities)
            for field, foreign_key in keep:
                field.foreign_key = foreign_key
            statements += entity.self_references()
        for entity, field in cyclic:
            parent = self.entities[field.filling.entity]
            statements.append(f"ALTER TABLE {name(entity.target)} ADD FOREIGN KEY ({name(field.name)})"
                              f"{field.references(parent)};")
        for entity in self.entities.values():
            statements += [f"ALTER TABLE {name(entity.target)} ADD FOREIGN KEY ({', '.join(map(name, columns))}) REFERENCES "
                           f"{name(parent.target)} ({', '.join(map(name, parent.primary_key()))}){options};"
                           for columns, parent, options in entity.foreign_keys if parent.name in self.entities]
        statements += [each for entity in self.entities.values() for each in entity.policy.create(entity)]
        return statements + self.before


def write_mapping(case, batch_rows):
    lines = ["version: 1", "name: oracle", "source:", "  url: ${SOURCE_URL}"]
    if case.zone:
        lines.append(f"  naive_timestamps: {case.zone}")
    lines += ["target:", "  url: ${TARGET_URL}", "defaults:", f"  batch_rows: {batch_rows}",
              f"  conflicts: {case.conflicts}"]
    lines += [f"  adopt: {{differs: {case.differs}}}"] if case.differs else []
    if case.namespace:
        lines.append(f"uuid_namespace: {case.namespace}")
    lines.append("entities:")
    for entity in case.entities.values():
        lines += write_entity(entity)
        lines += [f"    batch_rows: {entity.batch_rows}"] if entity.batch_rows else []
        lines += entity.policy.write()
    return "\n".join(lines) + "\n"


def write_entity(entity):
    alias = entity.alias
    lines = [f"  {entity.name}:", f"    from: {quoted(name(entity.table.name) + ' ' + alias)}"]
    if entity.each:
        lines.append(f"    each: {entity.each.write()}")
    if entity.joins:
        lines.append("    join:")
        for join in entity.joins:
            on = f"{join.alias}.{name(join.mine)} = {alias}.{name(join.other)}"
            one = "required" if join.required else "optional"
            pick = f", pick: {{order: {quoted(join.alias + '.' + name(join.pick))}}}" if join.pick else ""
            lines.append(f"      {join.alias}: {{table: {quoted(join.table.name)}, on: {quoted(on)}, one: {one}{pick}}}")
    lines.append(f"    to: {quoted(entity.target)}")
    lines.append(f"    key: {write_key(entity)}")
    if entity.share:
        lines.append(f"    share: {{{quoted(entity.share.name)}: {entity.share.filling.written}}}")
    for word, predicates in (("exclude", entity.exclude), ("refuse", entity.refuse)):
        if predicates:
            lines.append(f"    {word}:")
            lines += [f"      {label}: {quoted(sql)}" for label, sql, _ in predicates]
    adopt = ["by: [" + ", ".join(quoted(column) for column in entity.adopt_by) + "]"] if entity.adopt_by else []
    adopt += [f"differs: {entity.differs}"] if entity.differs else []
    if adopt:
        lines.append(f"    adopt: {{{', '.join(adopt)}}}")
    lines.append("    columns:")
    for field in entity.fields:
        if field.key_part or field.is_share:
            continue
        options = ["owner: target"] if field.owner_target else []
        if field.unique == "leave_empty":
            options.append("unique: {losers: leave_empty}")
        lines.append(f"      {quoted(field.name)}: {field.filling.write(options)}")
    return lines


def write_key(entity):
    kept = {field.key_part: field.name for field in entity.legacy_fields}
    parts = [entity.key_sql(column) for column in entity.key_columns]
    if kept:
        return "{" + ", ".join(f"{quoted(part)}: {quoted(kept[column])}"
                               for part, column in zip(parts, entity.key_columns)) + "}"
    if len(parts) == 1:
        return quoted(parts[0])
    return "[" + ", ".join(quoted(part) for part in parts) + "]"

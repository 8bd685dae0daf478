"""What is in the two databases, in a form that does not depend on ids or on the order of things."""
import json
import uuid
from dataclasses import dataclass, field

from case import TAG
from libpq import literal, name
from policies import hanger_of

NOWHERE = "nowhere"


@dataclass
class Seen:
    rows: dict = field(default_factory=dict)  # entity -> tag -> column -> value; refs are (entity, tag)
    ids: dict = field(default_factory=dict)  # entity -> tag -> texts of the primary key
    doubles: list = field(default_factory=list)  # tags that stand twice
    ledger: dict = field(default_factory=dict)  # entity -> legacy key -> state
    ledger_ids: dict = field(default_factory=dict)  # entity -> legacy key -> target key
    quarantine: dict = field(default_factory=dict)  # entity -> legacy key -> record
    open_refs: dict = field(default_factory=dict)  # (entity, legacy key, column) -> (entity, legacy key)
    undo: dict = field(default_factory=dict)  # (entity, legacy key) -> image, of the last run
    undo_kinds: dict = field(default_factory=dict)  # (entity, legacy key) -> kind of that image
    removal: dict = field(default_factory=dict)  # entity -> legacy key -> what became of the target row, None: nothing
    hung: dict = field(default_factory=dict)  # entity -> sorted tags that rows of a table of the application refer to
    adopted: set = field(default_factory=set)  # (entity, legacy key), by the last run's undo
    settled: set = field(default_factory=set)  # the same for rows whose open refs were filled
    baseless: set = field(default_factory=set)  # (entity, legacy key) of rows here that nobody knows the former state of
    run: int = 0
    namespace: str = None


def read_source(connection, case):
    tables = {}
    for table in case.tables:
        columns = list(table.types)
        texts = ", ".join(f"{name(column)}::text" for column in columns)
        rows = connection.query(f"SELECT {texts} FROM {name(table.name)}")
        tables[table.name] = [dict(zip(columns, row)) for row in rows]
    return tables


class Observer:
    """Looks at one target again and again; remembers ids of rows that are no longer there."""

    def __init__(self, connection, case):
        self.connection, self.case = connection, case
        self.tags = {each: {} for each in case.entities}  # entity -> id -> tag
        self.parts = {}  # entity -> names of the parts of its legacy key

    def look(self):
        seen = Seen()
        raw = {each: self.read_rows(entity) for each, entity in self.case.entities.items()}
        for each, entity in self.case.entities.items():
            seen.rows[each], seen.ids[each] = {}, {}
            for key, row in raw[each]:
                self.add_row(seen, entity, key, row)
            seen.hung[each] = [tag for schema, _ in entity.policy.hangers for tag in self.read_hung(schema, entity)]
        if self.connection.value("SELECT to_regclass('rehome.quarantine') IS NOT NULL") == "t":
            self.read_ledger(seen)
        return seen

    def read_hung(self, schema, entity):
        keys = " AND ".join(f"t.{name(key)} = h.{name(key)}" for key in entity.primary_key())
        return sorted(str(tag) for tag, in self.connection.query(
            f"SELECT t.{name(TAG)} FROM {hanger_of(schema, entity)} AS h LEFT JOIN {name(entity.target)} AS t ON {keys}"))

    def read_rows(self, entity):
        columns = entity.columns()
        keys = entity.primary_key()
        texts = ", ".join(f"{name(column)}::text" for column in keys + columns)
        rows = self.connection.query(f"SELECT {texts} FROM {name(entity.target)} WHERE {rows_of(entity)}")
        split = [(row[:len(keys)], dict(zip(columns, row[len(keys):]))) for row in rows]
        if len(keys) == 1:
            self.tags[entity.name].update({key[0]: row[TAG] for key, row in split})
        return split

    def add_row(self, seen, entity, key, row):
        for each in entity.fields:
            if each.is_ref and not each.filling.column and row[each.name] is not None:
                row[each.name] = self.follow(each.filling.parents(), row[each.name])
        if row[TAG] in seen.rows[entity.name]:
            seen.doubles.append((entity.name, row[TAG]))
        seen.rows[entity.name][row[TAG]] = row
        seen.ids[entity.name][row[TAG]] = key

    def follow(self, parents, identifier):
        for parent in parents:
            if identifier in self.tags[parent]:
                return parent, self.tags[parent][identifier]
        return NOWHERE, identifier

    def read_ledger(self, seen):
        for each, entity in self.case.entities.items():
            seen.ledger[each], seen.ledger_ids[each], seen.quarantine[each], seen.removal[each] = {}, {}, {}, {}
            if self.connection.value(f"SELECT to_regclass('rehome.ledger_{each}') IS NOT NULL") != "t":
                continue
            self.parts[each] = self.read_parts(entity)
            keys = ["legacy_" + part for part in self.parts[each]]
            ids = [f"target_{column}" for column in entity.primary_key()]
            texts = ", ".join(f"{name(column)}::text" for column in keys + ids)
            for row in self.connection.query(f"SELECT {texts}, removal, row_hash IS NULL, state FROM rehome.ledger_{each}"):
                key = row[:len(keys)]
                seen.removal[each][key] = row[-3]
                seen.ledger[each][key] = row[-1]
                seen.ledger_ids[each][key] = row[len(keys):-3]
                if row[-2:] == ("t", "here"):
                    seen.baseless.add((each, key))
        self.read_notes(seen)

    def read_parts(self, entity):
        return json.loads(self.connection.value(
            f"SELECT array_to_json(legacy_key) FROM rehome.entity WHERE entity = '{entity.name}'"))

    def read_key(self, entity, text):
        values = json.loads(text)
        return tuple(values[part] for part in self.parts[entity])

    def read_notes(self, seen):
        query = self.connection.query
        for entity, key, reason, image, run, sqlstate, rows in query(
                "SELECT entity, legacy_key, reason, image, run_id, sqlstate, rows FROM rehome.quarantine"):
            seen.quarantine[entity][self.read_key(entity, key)] = {
                "reason": reason, "image": image and json.loads(image), "run": int(run), "sqlstate": sqlstate,
                "rows": int(rows)}
        for entity, key, column, parent, parent_key in query(
                "SELECT entity, legacy_key, column_name, parent_entity, parent_key FROM rehome.open_ref"):
            seen.open_refs[entity, self.read_key(entity, key), column] = (parent, self.read_key(parent, parent_key))
        seen.run = int(self.connection.value("SELECT coalesce(max(run_id), 0) FROM rehome.run"))
        for entity, key, kind, image in query(
                f"SELECT entity, legacy_key, kind, image FROM rehome.undo WHERE run_id = {seen.run}"):
            if kind == "adopt":
                seen.adopted.add((entity, self.read_key(entity, key)))
            if kind == "settle":
                seen.settled.add((entity, self.read_key(entity, key)))
            elif image is not None:
                seen.undo[entity, self.read_key(entity, key)] = json.loads(image)
                seen.undo_kinds[entity, self.read_key(entity, key)] = kind
        seen.namespace = self.connection.value(
            "SELECT max(value) FROM rehome.setting WHERE name = 'uuid_namespace'")


def rows_of(entity):
    """Of the target table, those that the entity answers for."""
    if entity.share:
        return f"{name(entity.share.name)} = {literal(entity.share.filling.value)}"
    if entity.partner:
        mark = entity.partner.mark
        # What is of neither is of both.
        return f"left({name(TAG)}, 2) {'<>' if mark else '='} 'b:' OR left({name(TAG)}, 3) = 'own'"
    return "true"


def row_versions(connection, case):
    """Every row of the application's tables and of the ledger, with what its last writer was."""
    tables = [name(entity.target) for entity in case.entities.values()]
    tables += [f"rehome.ledger_{each}" for each in case.entities]
    tables += ["rehome.quarantine", "rehome.open_ref", "rehome.undo", "rehome.setting", "rehome.entity", "lookup"]
    tables += [hanger_of(schema, entity) for entity in case.entities.values() for schema, _ in entity.policy.hangers]
    return {table: sorted(connection.query(f"SELECT ctid::text, xmin::text FROM {table}")) for table in tables}


def is_uuid(text):
    try:
        return str(uuid.UUID(text)) == text
    except (ValueError, TypeError):
        return False

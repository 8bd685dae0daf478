"""What a case says about rows that leave: chosen by a chance of its own, written down as YAML and SQL, and used by edits
of both sides."""
from dataclasses import dataclass, field as dataclass_field
from random import Random

from case import TAG, Edit, Round
from edits import app_update
from fillings import SameAs, quoted
from known import DEVIATIONS
from libpq import literal, name
from values import ANY


@dataclass
class Policy:
    """Of one entity."""

    deletes: str = "report"  # report | delete | mark
    mark: dict = dataclass_field(default_factory=dict)  # column -> (as written, as stored)
    unmark: dict = dataclass_field(default_factory=dict)
    max_deletes: int = 100
    lost: str = "report"
    hangers: list = dataclass_field(default_factory=list)  # tables of the application: (schema, ON DELETE)
    keeps: str = None  # the target refuses to delete rows whose tag ends like this

    @property
    def removes(self):
        return self.deletes != "report"

    def write(self):
        lines = []
        if self.deletes == "mark":
            lines.append(f"    deletes: {{mark: {write_values(self.mark)}"
                         + (f", unmark: {write_values(self.unmark)}}}" if self.unmark else "}"))
        elif self.deletes == "delete":
            lines.append("    deletes: delete")
        if self.removes:
            lines.append(f"    max_deletes: {self.max_deletes}%")
        return lines + ([f"    lost: {self.lost}"] if self.lost != "report" else [])

    def create(self, entity):
        """What the application has beside the tables that are filled."""
        keys, table = ", ".join(map(name, entity.primary_key())), name(entity.target)
        found = []
        for schema, on_delete in self.hangers:
            hanger = hanger_of(schema, entity)
            found += [f"CREATE SCHEMA IF NOT EXISTS {schema};", f"CREATE TABLE {hanger} AS SELECT {keys} FROM {table};",
                      f"ALTER TABLE {hanger} ADD FOREIGN KEY ({keys}) REFERENCES {table} ({keys}){on_delete};"]
        if self.keeps:
            body = f"IF right(OLD.{name(TAG)}, 1) = '{self.keeps}' THEN RAISE EXCEPTION 'stays' USING ERRCODE = '23514'; END IF;"
            keeper = f"keeper_of_{entity.name}()"
            found += [f"CREATE FUNCTION {keeper} RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN OLD; END $$;",
                      f"CREATE TRIGGER keeper BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {keeper};"]
        return found


def write_values(values):
    return "{" + ", ".join(f"{quoted(column)}: {written}" for column, (written, _) in values.items()) + "}"


def hanger_of(schema, entity):
    return f"{schema}.hang_{entity.name}"


# --- the choice ---


def choose_policies(case):
    """Four of ten cases have an entity whose rows are deleted, marked, or restored."""
    random = Random(f"{case.seed} leaving")
    for entity in case.entities.values():
        entity.policy = Policy()
    if random.random() > 0.4:
        return
    likely = random.choice(("delete", "delete", "mark", None))
    for entity in case.entities.values():
        kind = likely if likely and random.random() < 0.7 else random.choice(("report", "delete", "mark"))
        choose_policy(random, entity, kind)
    if not any(entity.policy.removes or entity.policy.lost != "report" for entity in case.entities.values()):
        return
    case.leaving = True


def choose_policy(random, entity, kind):
    policy = entity.policy
    policy.deletes = kind
    policy.lost = random.choice(("report", "restore"))
    if random.random() < 0.15:
        policy.max_deletes = random.choice((0, 5, 20))
    if kind == "mark":
        choose_mark(random, entity)
    if random.random() < (0.4 if kind == "delete" else 0.1):
        on_delete = random.choice(("", " ON DELETE CASCADE", " ON DELETE SET NULL"))
        policy.hangers.append((random.choice(("public", "app")), on_delete))
    if random.random() < 0.15 and not entity.partner:
        policy.keeps = random.choice("123a")


EXTRAS = (("archived", "boolean NOT NULL DEFAULT false", ("true", "true"), ("false", "false")),
          ("archived at", "timestamptz", ("now", ANY), ("~", None)),
          ("Stage", "text NOT NULL DEFAULT 'open'", ('"closed: by #us"', "closed: by #us"), ("open", "open")))
FILLED = {type: [(written, None if written == "~" else written.strip("'\"")) for written in values] for type, values in {
    "boolean": ("true", "~"), "text": ("gone", '""', "a", "~"), "integer": ("7", "-1"), "bigint": ("7",), "color": ("red",),
    "mood": ("new",), "date": ("2024-02-29", "~"), "small_number": ("7",), "text[]": ("'{}'",)}.items()}


def choose_mark(random, entity):
    policy = entity.policy
    for column, type, mark, unmark in random.sample(EXTRAS, random.choice((0, 1, 1, 2, 3))):
        there = entity.partner and any(column == each for each, _, _ in entity.partner.extras)
        if any(each.name == column for other in (entity, entity.partner) if other for each in other.fields):
            continue
        if not there:
            entity.extras.append((column, type, unmark[1]))
        policy.mark[column], policy.unmark[column] = mark, unmark
    fields = [each for each in entity.fields if may_be_marked(entity, each)]
    if "now_in_refused_marks" in DEVIATIONS and any(stored is ANY for _, stored in policy.mark.values()):
        fields = [each for each in fields if not each.check]
    for each in random.sample(fields, min(len(fields), random.choice((0, 0, 1, 2)))):
        values = [value for value in FILLED[each.type] if value[1] is not None or not each.not_null]
        policy.mark[each.name] = random.choice(values)
    if not policy.mark:
        policy.deletes = "delete"


def may_be_marked(entity, field):
    copied = {each.filling.column for each in entity.fields if isinstance(each.filling, SameAs)}
    return (field.type in FILLED and field.is_updated and field.is_in_row_hash and not field.is_ref and not field.key_part
            and not field.is_share and field.name != TAG and not (field.unique or field.late_unique or field.lookup)
            and not field.is_unique_key and field.name not in copied)


# --- edits ---


def add_edits(case):
    """More rows that leave, come back, get lost, and are referred to."""
    if not case.leaving:
        return
    random = Random(f"{case.seed} leaving edits")
    for _ in range(random.choice((0, 1, 1, 2))):
        case.rounds.append(Round([]))
    gone = []
    for each in case.rounds:
        for _ in range(random.choice((0, 5, 12, 20))):
            each.edits += edit_source(random, case, gone)
        for _ in range(random.choice((0, 3, 8, 15))):
            each.edits += edit_target(random, case, gone)
        deleting = [name for name, entity in case.entities.items() if entity.policy.deletes != "mark"]
        if deleting and random.random() < 0.15:
            each.policies[random.choice(deleting)] = random.choice(("report", "delete"))
        each.lets_pass = random.random() < 0.2
        if each.killed and random.random() < 0.5:
            each.killed = f"{random.choice(FAILPOINTS)}=kill@{random.choice((1, 1, 2))}"


FAILPOINTS = ("brakes_applied", "removal_locked", "removal_before_commit", "removal_committed")


def edit_source(random, case, gone):
    """A row leaves, or one that has left comes back as it was at first."""
    if gone and random.random() < 0.4:
        table, row = gone.pop(random.randrange(len(gone)))
        columns, values = ", ".join(map(name, row)), ", ".join(map(literal, row.values()))
        return [Edit("source", f"INSERT INTO {name(table.name)} ({columns}) SELECT {values} WHERE NOT EXISTS (SELECT 1 FROM "
                     f"{name(table.name)} WHERE {table.where(table.key_of(row))})", table.name)]
    rows = [(table, row) for table in case.tables for row in table.rows if None not in table.key_of(row)]
    if not rows:
        return []
    table, row = random.choice(rows)
    gone.append((table, row))
    return [Edit("source", f"DELETE FROM {name(table.name)} WHERE {table.where(table.key_of(row))}", table.name)]


def edit_target(random, case, gone):
    """Often of a row that leaves or has left."""
    entity = random.choice(list(case.entities.values()))
    rows = [row for table, row in gone if table is entity.table]
    if not rows or random.random() < 0.4:
        rows = entity.table.rows
    if not rows:
        return []
    row = random.choice(rows)
    if None in entity.table.key_of(row):
        return []
    tag = entity.tag_of(entity.guess_key(random, entity.table.key_of(row)))
    choice = random.choice((app_update, app_update, lose, hang, hang, unhang, mark_by_hand, refer))
    if choice is app_update:
        return app_update(random, entity, tag)
    statement = choice(random, case, entity, literal(tag))
    return [Edit("target", statement, entity.name)] if statement else []


def lose(random, case, entity, tag):
    return f"DELETE FROM {name(entity.target)} WHERE {name(TAG)} = {tag}"


def hang(random, case, entity, tag):
    if not entity.policy.hangers:
        return None
    keys = ", ".join(map(name, entity.primary_key()))
    return (f"INSERT INTO {hanger_of(entity.policy.hangers[0][0], entity)} SELECT {keys} FROM {name(entity.target)} "
            f"WHERE {name(TAG)} = {tag}")


def unhang(random, case, entity, tag):
    return f"DELETE FROM {hanger_of(entity.policy.hangers[0][0], entity)}" if entity.policy.hangers else None


def mark_by_hand(random, case, entity, tag):
    columns = [column for column in entity.policy.unmark if entity.policy.mark[column][1] is not ANY]
    if not columns:
        return None
    column = random.choice(columns)
    value = random.choice((entity.policy.mark, entity.policy.unmark))[column][1]
    return f"UPDATE {name(entity.target)} SET {name(column)} = {literal(value)} WHERE {name(TAG)} = {tag}"


def refer(random, case, entity, tag):
    """A row of the application's own refers to a moved one."""
    able = [(other, each) for other in case.entities.values() for each in other.fields if each.is_ref and not each.unique
            and not each.filling.column and each.filling.entity == entity.name]
    if not able:
        return None
    other, each = random.choice(able)
    id = name(entity.id.name)
    return (f"UPDATE {name(other.target)} SET {name(each.name)} = (SELECT {id} FROM {name(entity.target)} "
            f"WHERE {name(TAG)} = {tag}) WHERE left({name(TAG)}, 3) = 'own'")

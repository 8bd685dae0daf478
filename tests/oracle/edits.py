"""What the applications on both sides do between two runs."""
from case import TAG, Edit, Round
from fillings import Expression, Uuid
from generate import fill_links, make_row, make_value
from libpq import literal, name


def make_edits(random, case):
    """Gives `case` one or two rounds of edits, and rows that the application has before the first run."""
    keys = {table.name: [table.key_of(row) for row in table.rows if None not in table.key_of(row)]
            for table in case.tables}
    for entity in case.entities.values():
        if random.random() < 0.3:
            case.before += [edit.sql + ";" for edit in own_row(random, entity, "own0" + entity.mark)]
    for number in range(random.choice((1, 1, 2))):
        edits = []
        busy = {table.name: random.sample(keys[table.name], min(3, len(keys[table.name]))) for table in case.tables}
        for _ in range(random.choice((0, 2, 6, 12, 20, 30))):
            edits += edit_source(random, random.choice(case.tables), Keys(keys, busy))
        for _ in range(random.choice((0, 0, 2, 5, 10))):
            edits += edit_target(random, random.choice(list(case.entities.values())), Keys(keys, busy), number)
        remaps = [(random.choice(list(case.entities)), random.random())] if random.random() < 0.3 else []
        killed = f"{random.choice(FAILPOINTS)}=kill@{random.choice((1, 2, 5))}" if random.random() < 0.3 else None
        case.rounds.append(Round(edits, remaps, killed=killed))
    if case.adopts:
        forget(random, case, Keys(keys, busy))


def forget(random, case, keys):
    """After the last round the application changes some rows, and then nothing is known of any."""
    edits = []
    for _ in range(random.choice((0, 2, 8, 15))):
        edits += edit_target(random, random.choice(list(case.entities.values())), keys, len(case.rounds))
    last = Round(edits, forgets=True)
    more = Round(edit_source(random, random.choice(case.tables), keys))
    case.rounds[1:] = random.choice(([last, more], [last, more, *case.rounds[1:]], [*case.rounds[1:], last, more]))


FAILPOINTS = ("batch_locked", "batch_before_commit", "batch_committed", "refs_before_commit", "entity_cut", "refs_filled",
              "batch_settled_carefully", "all_moved")


class Keys:
    """Of the rows that are there; some are more often written than others, on both sides."""

    def __init__(self, keys, busy):
        self.keys, self.busy = keys, busy

    def of(self, table):
        return self.keys[table.name]

    def pick(self, random, table):
        keys = [key for key in self.busy[table.name] if key in self.keys[table.name]]
        if not keys or random.random() < 0.4:
            keys = self.keys[table.name]
        return random.choice(keys) if keys else None


# --- the source ---


def edit_source(random, table, keys):
    choices = [insert_row, insert_row, delete_row, update_row, update_row, update_row, update_row, swap_rows, copy_cell,
               copy_cell, move_link, move_link, change_key, replace_row, touch_row, rewrite_number]
    statements = random.choice(choices)(random, table, keys)
    return [Edit("source", statement, table.name) for statement in statements]


def update(table, key, values):
    if not values:
        return []
    assignments = ", ".join(f"{name(column)} = {value}" for column, value in values.items())
    return [f"UPDATE {name(table.name)} SET {assignments} WHERE {table.where(key)}"]


def insert_row(random, table, keys):
    row = make_row(random, table, set(keys.of(table)))
    if row is None:
        return []
    fill_links(random, table, row)
    if None not in table.key_of(row):
        keys.of(table).append(table.key_of(row))
    return [table.insert(row).rstrip(";")]


def delete_row(random, table, keys):
    key = keys.pick(random, table)
    if key is None:
        return []
    keys.of(table).remove(key)
    return [f"DELETE FROM {name(table.name)} WHERE {table.where(key)}"]


def update_row(random, table, keys):
    key = keys.pick(random, table)
    if key is None or not table.kinds:
        return []
    columns = random.sample(list(table.kinds), random.randint(1, min(3, len(table.kinds))))
    return update(table, key, {column: literal(make_value(random, table, column)) for column in columns})


def swap_rows(random, table, keys):
    """Two rows swap all values but their keys; or three pass them on."""
    if len(keys.of(table)) < 3 or not table.kinds:
        return []
    circle = random.sample(keys.of(table), random.choice((2, 2, 3)))
    columns = [column for column in table.types if column not in table.key]
    listed = ", ".join(name(column) for column in columns)
    cases = " UNION ALL ".join(
        f"SELECT {listed}, {place} AS place FROM {name(table.name)} WHERE {table.where(key)}"
        for place, key in enumerate(circle))
    places = " ".join(f"WHEN {table.where(key)} THEN {(place + 1) % len(circle)}" for place, key in enumerate(circle))
    assignments = ", ".join(f"{name(column)} = o.{name(column)}" for column in columns)
    where = " OR ".join(f"({table.where(key)})" for key in circle)
    # Columns of the updated table are meant where no alias stands, so the others are renamed.
    return [f"WITH old AS ({cases}), wanted AS (SELECT ctid AS which, CASE {places} END AS place "
            f"FROM {name(table.name)} WHERE {where}) "
            f"UPDATE {name(table.name)} AS t SET {assignments} FROM old AS o, wanted AS w "
            "WHERE w.which = t.ctid AND w.place = o.place"]


def copy_cell(random, table, keys):
    """A value that should be unique gets a second owner, perhaps after the first has let it go."""
    columns = sorted(table.distinct)
    if len(keys.of(table)) < 2 or not columns:
        return []
    column = random.choice(columns)
    giver, taker = random.sample(keys.of(table), 2)
    value = f"(SELECT {name(column)} FROM {name(table.name)} WHERE {table.where(giver)})"
    statements = update(table, taker, {column: value})
    if random.random() < 0.6:
        statements += update(table, giver, {column: literal(make_value(random, table, column))})
    return statements


def move_link(random, table, keys):
    key = keys.pick(random, table)
    if key is None or not table.links:
        return []
    row = {column: None for link in table.links for column in link.columns + ((link.kind_column,) if link.kind_column else ())}
    fill_links(random, table, row)
    link = random.choice(table.links)
    columns = link.columns + ((link.kind_column,) if link.kind_column else ())
    return update(table, key, {column: literal(row[column]) for column in columns})


def change_key(random, table, keys):
    key, fresh = keys.pick(random, table), make_row(random, table, set(keys.of(table)))
    if key is None or fresh is None or random.random() < 0.5:
        return []
    keys.of(table).remove(key)
    if None not in table.key_of(fresh):
        keys.of(table).append(table.key_of(fresh))
    return update(table, key, {column: literal(fresh[column]) for column in table.key})


def replace_row(random, table, keys):
    """Deleted, and made anew under its old key."""
    key, row = keys.pick(random, table), make_row(random, table, set())
    if key is None or row is None:
        return []
    row.update(zip(table.key, key))
    fill_links(random, table, row)
    return [f"DELETE FROM {name(table.name)} WHERE {table.where(key)}", table.insert(row).rstrip(";")]


def touch_row(random, table, keys):
    """Written, and not changed."""
    key = keys.pick(random, table)
    return [] if key is None else update(table, key, {table.key[0]: name(table.key[0])})


def rewrite_number(random, table, keys):
    """1.0 becomes 1.00, {"a":1,"b":2} becomes {"b":2,"a":1}: equal, and not the same."""
    for column, kind in table.kinds.items():
        if kind.name == "numeric":
            return [f"UPDATE {name(table.name)} SET {name(column)} = {name(column)} * 1.0 WHERE {name(column)} <> 'NaN'"]
        if kind.name == "json":
            return [f"UPDATE {name(table.name)} SET {name(column)} = CASE {name(column)}::text WHEN '{{\"b\":1,\"a\":2}}' "
                    f"THEN '{{\"a\":2,\"b\":1}}' ELSE '{{\"b\":1,\"a\":2}}' END::json"]
    return []


# --- the target ---


def edit_target(random, entity, keys, number):
    choices = [app_update, app_update, app_update, app_note, app_delete, own_row]
    choice = random.choice(choices)
    if choice is own_row:
        return own_row(random, entity, f"own{number + 1}-{random.randint(0, 99999)}")
    key = keys.pick(random, entity.table)
    return [] if key is None else choice(random, entity, entity.tag_of(entity.guess_key(random, key)))


def on_row(entity, tag, what):
    return [Edit("target", f"{what} WHERE {name(TAG)} = {literal(tag)}", entity.name)]


def app_update(random, entity, tag):
    plain = [each for each in entity.fields
             if each.name != TAG and not each.key_part and not each.is_id and not each.is_ref and not each.is_audit
             and not each.is_share]
    if not plain:
        return []
    column = name(random.choice(plain).name)
    other = f"(SELECT x.{column} FROM {name(entity.target)} AS x ORDER BY x.{name(TAG)} LIMIT 1)"
    value = random.choice((other, other, other, "NULL"))
    return on_row(entity, tag, f"UPDATE {name(entity.target)} SET {column} = {value}")


def app_note(random, entity, tag):
    if not entity.extras or entity.extras[0][0] != "note":
        return []
    return on_row(entity, tag, f"UPDATE {name(entity.target)} SET note = 'mine'")


def app_delete(random, entity, tag):
    return on_row(entity, tag, f"DELETE FROM {name(entity.target)}")


def own_row(random, entity, tag):
    """A row of the application, where the schema lets it make one without the mapping's help."""
    values = {TAG: tag}
    if entity.id is None:
        return []
    if entity.id in entity.fields:
        if entity.id.type in ("text", "varchar(60)"):
            values[entity.id.name] = tag
        elif entity.id.type in ("integer", "bigint", "smallint"):
            values[entity.id.name] = str(20000 + sum(tag.encode()))
        elif isinstance(entity.id.filling, Uuid) or entity.id.type == "uuid":
            values[entity.id.name] = f"10000000-0000-4000-8000-{sum(tag.encode()):012}"
        else:
            return []
    if any(each.not_null and each.name not in values for each in entity.fields):
        return []
    if entity.share and random.random() < 0.7:
        values[entity.share.name] = entity.share.filling.value
    for each in entity.fields:
        if each.unique and not each.is_id and each.type == "text" and isinstance(each.filling, Expression):
            values[each.name] = "red7"
    columns = ", ".join(name(column) for column in values)
    listed = ", ".join(literal(value) for value in values.values())
    return [Edit("target", f"INSERT INTO {name(entity.target)} ({columns}) VALUES ({listed})", entity.name)]


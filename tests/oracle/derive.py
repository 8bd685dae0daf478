"""From the rows of the source to what each should become, as far as one row alone can tell."""
from collections import Counter
from dataclasses import dataclass, field

from case import write_entity
from each import CONSTANT, GIVEN
from fillings import Held, Uuid
from ids import make_id
from values import comparable


class World:
    """One state of the source."""

    def __init__(self, case, tables, namespace):
        self.case, self.tables, self.namespace = case, tables, namespace


class Row:
    """A driving row with its joins, as fillings see it."""

    def __init__(self, world, entity, driving, given):
        self.world, self.entity, self.driving, self.given = world, entity, driving, given
        self.key = entity.key_of(tuple(self.read(column) for column in entity.key_columns))
        self.joined = {join.alias: self.find_joined(join) for join in entity.joins}

    def find_joined(self, join):
        wanted = self.driving[join.other]
        found = [row for row in self.rows_of(join.table.name) if wanted is not None and row[join.mine] == wanted]
        if join.pick:
            found.sort(key=lambda row: int(row[join.pick]))
        return found[0] if found else None

    def rows_of(self, table):
        return self.world.tables[table]

    def read(self, column):
        if isinstance(column, tuple):
            if column[0] == GIVEN:
                return self.given[column[1]]
            if column[0] == CONSTANT:
                return column[1]
            joined = self.joined[column[0]]
            return joined[column[1]] if joined else None
        return self.driving[column]

    def id(self, version, time=None):
        return make_id(version, self.world.namespace, self.entity.name, self.entity.key_kinds, self.key, time)


@dataclass
class Draft:
    """What a driving row should become."""

    entity: object
    key: tuple
    driving: dict
    excluded: str = None
    inputs: tuple = ()
    early: set = field(default_factory=set)  # reasons that the source sees
    late: set = field(default_factory=set)
    owners: set = field(default_factory=set)  # reasons in columns that only an insertion fills
    values: dict = field(default_factory=dict)  # by column, refs left out
    parents: dict = field(default_factory=dict)  # by column of a ref: (entity, legacy key)
    lost_values: set = field(default_factory=set)  # columns whose value a row with a lower key has

    @property
    def tag(self):
        return self.entity.tag_of(self.key)


def draft_entity(world, entity):
    """By legacy key; and of rows whose key is NULL, by what the mapping excludes them (None: by nothing)."""
    drafts = [draft_row(Row(world, entity, driving, given)) for driving in world.tables[entity.table.name]
              for given in give_rows(entity, driving)]
    keyless = Counter(draft.excluded for draft in drafts if None in draft.key)
    drafts = [draft for draft in drafts if None not in draft.key]
    drafts.sort(key=lambda draft: sort_key(entity.key_kinds, draft.key))
    find_losers(entity, drafts)
    return {draft.key: draft for draft in drafts}, keyless


def draft_row(row):
    entity = row.entity
    draft = Draft(entity, row.key, row.driving)
    draft.excluded = next((label for label, _, holds in entity.exclude if holds(row)), None)
    if draft.excluded or None in row.key:
        return draft
    draft.inputs = read_inputs(row)
    draft.early |= {f"refuse:{label}" for label, _, holds in entity.refuse if holds(row)}
    draft.early |= {f"join:{join.alias}" for join in entity.joins if join.required and row.joined[join.alias] is None}
    if entity.id is not None and entity.id not in entity.fields:
        draft.values[entity.id.name] = row.id(None) if entity.id_kind == "uuid" else None
    for each in entity.fields:
        try:
            fill(draft, row, each)
        except Held as held:
            of_insertion = each.owner_target or isinstance(each.filling, Uuid)
            (draft.owners if of_insertion else draft.early if held.early else draft.late).update(held.reasons)
    return draft


def give_rows(entity, driving):
    return entity.each.rows(driving) if entity.each else [{}]


def count_given(world, entity):
    rows = [give_rows(entity, driving) for driving in world.tables[entity.table.name]]
    return {"driving": len(rows), "giving_none": rows.count([])} if entity.each else {}


def read_inputs(row):
    entity = row.entity
    # An edit of what an entity means, and only that, has all its rows looked at.
    inputs = ["\n".join(write_entity(entity)), row.key]
    inputs += [each.filling.inputs(row) for each in entity.fields if each.is_input]
    for join in entity.joins:
        joined = row.joined[join.alias]
        inputs.append((row.read(join.other), joined is not None))
    inputs += [tuple(row.read(column) for column in holds.columns) for _, _, holds in entity.refuse]
    return tuple(inputs)


def fill(draft, row, each):
    if each.is_ref:
        parent = each.filling.find_parent(row)
        if parent:
            entity = row.world.case.entities[parent[0]]
            draft.parents[each.name] = (parent[0], entity.key_of(parent[1]))
        is_null = parent is None
    else:
        value = each.filling.derive(row)
        draft.values[each.name] = value
        is_null = value is None
    if is_null and each.not_null:
        raise Held("not_null", early=False)


def find_losers(entity, drafts):
    """Of candidates for one unique value the lowest key wins, so they come in its order. Only what the source sees
    counts here."""
    candidates = [draft for draft in drafts if not draft.excluded and not draft.early]
    for each in entity.fields:
        if not each.unique or not each.filling.derived_at_source:
            continue
        winners = set()
        for draft in candidates:
            value = draft.parents.get(each.name) if each.is_ref else comparable(each.type, draft.values.get(each.name))
            if value is None:
                continue
            if value in winners:
                lose(draft, each)
            winners.add(value)


def lose(draft, each):
    if each.unique == "leave_empty":
        draft.lost_values.add(each.name)
        draft.values[each.name] = None
        draft.inputs += (("loses", each.name),)
    else:
        draft.late.add("unique")


def sort_key(kinds, key):
    return tuple(int(value) if kind in ("smallint", "integer", "bigint") else value.encode()
                 for kind, value in zip(kinds, key))

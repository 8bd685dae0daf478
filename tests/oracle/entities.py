"""Random mappings, and the schemas of targets for them."""
from copy import copy
from random import Random

from case import ID_TYPES, TAG, Entity, Field, Join, Link
from choose import choose_field, choose_of_each, choose_other, choose_predicate, make_id
from each import CONSTANT, SIDES, choose_each
from fillings import Constant, Expression, Ref, Subquery, same
from libpq import literal, name
from names import ENTITY_NAMES, Names
from target_rules import Trigger
from values import ANY


def make_entities(random, case):
    names, targets = Names(random, ("lookup",)), Names(random, ("lookup",))
    for table in case.tables:
        for _ in range(2 if random.random() < 0.15 else 1):
            entity = Entity(names.take(ENTITY_NAMES, 45), table, targets.take(), choose_id(random, table))
            entity.alias = random.choice(("t", "t", "src", '"Row"'))
            entity.zone = case.zone
            entity.key_way = choose_key_way(random, table)
            case.entities[entity.name] = entity
    more = Random(f"{case.seed} more")  # of its own, so that the rest of a case stays what it is without
    if more.random() < 0.3:
        add_each(more, case, names, targets)
    if more.random() < 0.25:
        share_table(more, case)
    for entity in case.entities.values():
        make_id_field(random, entity)
    for entity in case.entities.values():
        make_entity(more if entity.each else random, case, entity)
        if entity.partner:
            settle_share(more, entity)
    for entity in case.entities.values():
        if entity.each and not entity.each.column and not entity.each.number:
            make_ref_to_side(more, case, entity)


def share_table(random, case):
    """Two entities fill one table, each with columns of its own."""
    able = [each for each in case.entities.values() if ID_TYPES[each.id_kind][0] in ("uuid", "bigint", "integer")
            and each.id_kind != "uuid v7"]
    if len(able) < 2:
        return
    first, second = (able[place] for place in sorted(random.sample(range(len(able)), 2)))
    first.partner, second.partner = second, first
    second.target, second.id_kind, second.mark = first.target, first.id_kind, "b:"
    if random.random() < 0.7:
        column = random.choice(("kind", "legacy table"))
        for each, value in ((first, random.choice(("first", "7"))), (second, random.choice(("second", "true")))):
            each.fields.append(Field(column, Constant("text", value, value), is_share=True))


def settle_share(random, entity):
    """What the other has in a row of this one is empty, so nothing may demand a value."""
    for field in entity.fields:
        if not field.is_id:
            field.not_null = False
    if not entity.follows:
        return
    entity.extras = []
    there = {field.name: field for field in entity.partner.fields}
    for field in entity.legacy_fields:
        same = there.get(field.name)
        if same and not (entity.share and same.type == field.type and random.random() < 0.5):
            field.name = "b_" + field.name
    for field in entity.fields:
        if field.is_ref:
            field.name = "b_" + field.name
    entity.foreign_keys = [([f"b_{each}" for each in columns], parent, options)
                           for columns, parent, options in entity.foreign_keys]


def add_each(random, case, names, targets):
    """Rows of one of the tables become several each."""
    names.random = targets.random = random
    table = random.choice(case.tables)
    kind = random.choice(("composite", "composite", "uuid", "uuid v4", "uuid v5", "always"))
    entity = Entity(names.take(ENTITY_NAMES, 45), table, targets.take(), kind, zone=case.zone)
    entity.each = choose_each(random, entity)
    case.entities[entity.name] = entity


def make_ref_to_side(random, case, entity):
    """A row refers to one of its own pieces."""
    whole = next(each for each in case.entities.values() if each.table is entity.table)
    if whole is entity or entity.id is None:
        return
    side = random.choice((*SIDES, "no side"))
    keys = (*entity.table.key, (CONSTANT, side))
    sqls = (*(whole.alias + "." + name(column) for column in entity.table.key), literal(side))
    field = Field("ref_side", Ref(entity.name, keys, sqls, "leave_empty"), entity.id.type)
    field.foreign_key = random.choice((None, "", " ON DELETE SET NULL"))
    whole.fields.append(field)


def choose_id(random, table):
    if len(table.key) == 2:
        return random.choice(("composite", "uuid", "always", "composite"))
    kinds = ["uuid", "uuid", "uuid", "uuid v4", "uuid v5", "uuid v7", "always", "by default", "serial", "bigserial",
             "expression", "key", "key"]
    if any(table.kinds[column].name in ("text", "integer") for column in table.distinct):
        kinds += ["natural", "natural"]
    if not any(kind.name == "timestamptz" for kind in table.kinds.values()):
        kinds.remove("uuid v7")
    return random.choice(kinds)


def choose_key_way(random, table):
    if random.random() > 0.15 or len(table.key) > 1:
        return None
    ways = {"integer": [("@ + 1000", lambda value: str(int(value) + 1000), "integer"),
                        ("(@)::text", lambda value: value, "text")],
            "text": [("'K' || @", lambda value: "K" + value, "text")],
            "uuid": [("(@)::text", lambda value: value, "text")]}
    return random.choice(ways.get(table.key_kinds[0], [None]))


def make_id_field(random, entity):
    """Its type is needed by refs of others, so ids come first."""
    table = entity.table
    if entity.id_kind == "composite":
        return
    if entity.id_kind == "key":
        entity.id = Field("id", key_filling(entity, table.key[0]), is_id=True, key_part=table.key[0], not_null=True)
        entity.fields.append(entity.id)
        return
    entity.id = make_id(random, entity)
    if ID_TYPES[entity.id_kind][1] is None:
        entity.fields.append(entity.id)


def key_filling(entity, column):
    compute = entity.key_way[1] if entity.key_way else same
    return Expression(entity.key_sql(column), (column,), compute, entity.key_type(column))


def make_entity(random, case, entity):
    table = entity.table
    keeps_key = entity.id_kind == "composite" or (entity.id_kind != "key" and random.random() < 0.7)
    if keeps_key:
        for number, column in enumerate(entity.key_columns):
            entity.fields.append(Field(f"legacy_{number}", key_filling(entity, column), key_part=column,
                                       not_null=entity.id_kind == "composite"))
    tag = " || '/' || ".join(f"({entity.key_sql(column)})::text" for column in entity.key_columns)
    tag = f"'{entity.mark}' || {tag}" if entity.mark else tag
    entity.fields.append(Field(TAG, Expression(tag, entity.key_columns, lambda *parts: entity.tag_of(entity.key_of(parts)),
                                               "text")))
    make_joins(random, case, entity)
    make_refs(random, case, entity)
    names = Names(random, (*entity.columns(), "note", "touched"))
    for column in table.kinds:
        for _ in range(random.choice((0, 1, 1, 1, 2))):
            each = choose_field(random, entity, column, table.kinds[column], names)
            if each is not None:
                entity.fields.append(each)
    if entity.each:
        entity.fields += choose_of_each(random, entity, names)
    make_subquery(random, case, entity, names)
    make_others(random, entity, names)
    make_trigger(random, entity)
    entity.exclude = [("left_out", *choose_predicate(random, entity))] if random.random() < 0.3 else []
    entity.exclude += [("second", *choose_predicate(random, entity))] if random.random() < 0.1 else []
    entity.refuse = [("no_good", *choose_predicate(random, entity))] if random.random() < 0.25 else []


def make_trigger(random, entity):
    texts = [each for each in entity.fields if each.type == "text" and isinstance(each.filling, Expression) and not (
        each.owner_target or each.unique or each.late_unique or each.check or each.lookup or each.is_id or each.key_part
        or each.not_null or each.name == TAG)]
    has_note = any(column == "note" for column, _, _ in entity.extras)
    if random.random() > 0.2 or not (texts or has_note) or entity.partner:
        return
    kind = random.choice(["note"] * has_note + ["rewrite", "drop", "refuse"] * bool(texts))
    column = random.choice(texts).name if texts else None
    entity.trigger = Trigger(kind, column, ("a", "none", "red7", "ä", ""))


def make_joins(random, case, entity):
    """Over a link to the parent, or backwards to the first child."""
    links = [link for link in entity.table.links if len(link.columns) == 1 and link.table is not None]
    for link in links[:2]:
        if random.random() < 0.4:
            entity.joins.append(Join(f"j{len(entity.joins)}", link.table, link.table.key[0], link.columns[0],
                                     random.random() < 0.4))
    for table in case.tables:
        for link in table.links:
            if (link.table is entity.table and len(link.columns) == 1 and table.key_constraint == "PRIMARY KEY"
                    and table.key_kinds[0] in ("integer", "bigint", "smallint") and random.random() < 0.2):
                entity.joins.append(Join(f"j{len(entity.joins)}", table, link.columns[0], entity.table.key[0], False,
                                         table.key[0]))


def make_refs(random, case, entity):
    order = list(case.entities)
    cyclic = has_cycle(case)
    first = {id(table): next(each for each in case.entities.values() if each.table is table) for table in case.tables}
    whole = [Link(entity.table.key, entity.table)] if entity.each else []
    for link in entity.table.links + whole:
        if random.random() < 0.12:
            continue
        field = make_ref(random, entity, link, first, order, cyclic)
        if field is None:
            continue
        if link.kind_column:
            entity.fields.append(field)
        else:
            entity.fields += hold_parts(random, entity, field, first[id(link.table)])


def hold_parts(random, entity, field, parent):
    """The ref as it is; or, where the parent has no id or by chance, one ref for each part of the parent's key."""
    parts = [each for each in parent.legacy_fields if not each.is_id]
    if parent.partner or parent.id is not None and (not parts or field.unique or random.random() > 0.2):
        return [field]
    for each in parts if len(parts) == 1 else ():
        each.is_unique_key = True
    fields = []
    for number, each in enumerate(parts):
        ref = copy(field.filling)
        ref.column = (each.name, number)
        fields.append(Field(f"{field.name}_{number}", ref, each.type, field.not_null, foreign_key=field.foreign_key))
    if len(parts) > 1:
        for each in fields:
            each.foreign_key, each.in_foreign_key = None, field.foreign_key is not None and parent.id is None
        if fields[0].in_foreign_key:
            entity.foreign_keys.append(([each.name for each in fields], parent, field.foreign_key))
        elif parent.id is not None:
            return [field]  # no index of the parent has these columns
    return fields


def has_cycle(case):
    places = {id(table): number for number, table in enumerate(case.tables)}
    return any(link.table is not None and places[id(link.table)] > places[id(table)]
               for table in case.tables for link in table.links)


def make_ref(random, entity, link, first, order, cyclic):
    if link.kind_column:
        sqls = tuple(f"{entity.alias}.{name(column)}" for column in link.columns)
        return make_generic_ref(random, entity, link, first, order, sqls)
    parent = first[id(link.table)]
    sqls = tuple(parent.key_sql(None, entity.alias, column) for column in link.columns)
    earlier = order.index(parent.name) < order.index(entity.name)
    missing = random.choice((None, "quarantine", "leave_empty"))
    not_null = earlier and missing != "leave_empty" and random.random() < 0.3
    if not not_null and (cyclic or not earlier) and parent is not entity:
        missing = "leave_empty"
    field = Field("ref_" + link.columns[0], Ref(parent.name, link.columns, sqls, missing),
                  parent.id.type if parent.id else None)
    field.not_null = not_null
    if random.random() < 0.75:
        field.foreign_key = random.choice(("", "", " ON DELETE CASCADE", " ON DELETE SET NULL",
                                           " DEFERRABLE INITIALLY DEFERRED"))
    if missing != "leave_empty" and parent is not entity and earlier and not entity.each and random.random() < 0.12:
        field.unique = "hold"
    return field


def make_generic_ref(random, entity, link, first, order, sqls):
    cases, types = {}, set()
    for kind, table in link.kinds.items():
        parent = first[id(table)] if table is not None else None
        if table is not None and (parent.id is None or order.index(parent.name) >= order.index(entity.name)):
            continue
        if parent is not None and (parent.key_way or (types and parent.id.type not in types)):
            continue
        # From a number in the target nobody could tell which parent's it is.
        if parent is not None and set(cases.values()) - {None, parent.name} and parent.id.type != "uuid":
            continue
        cases[kind] = parent.name if parent else None
        types |= {parent.id.type} if parent else set()
    if not types:
        return None
    if random.random() < 0.3:
        cases[None] = None
    missing, otherwise = random.choice((None, "leave_empty")), random.choice((None, "quarantine", "leave_empty"))
    ref = Ref(None, link.columns, sqls, missing, link.kind_column, f"{entity.alias}.{name(link.kind_column)}", cases,
              otherwise)
    return Field("ref_object", ref, types.pop())


def make_subquery(random, case, entity, names):
    for table in case.tables:
        for link in table.links:
            if link.table is not entity.table or len(link.columns) != 1 or random.random() > 0.25:
                continue
            exists = random.random() < 0.5
            what = f"from {name(table.name)} q where q.{name(link.columns[0])} = {entity.alias}.{name(entity.table.key[0])}"
            sql = f"exists (select 1 {what})" if exists else f"(select count(*) {what})"
            filling = Subquery(table.name, link.columns[0], entity.table.key[0], sql, exists)
            entity.fields.append(Field(names.take(), filling))


def make_others(random, entity, names):
    for _ in range(random.choice((0, 1, 2))):
        each = choose_other(random, entity, names)
        if each is not None:
            entity.fields.append(each)
    entity.extras = [("note", "text DEFAULT 'none'", "none")] if random.random() < 0.6 else []
    if random.random() < 0.3:
        entity.extras.append(("touched", "timestamptz NOT NULL DEFAULT now()", ANY))
    if random.random() < 0.1:
        entity.batch_rows = random.choice((1, 3, 10))


def make_adoption(random, case):
    """After one of the rounds nothing is known of the rows in the target any more."""
    if random.random() > 0.3 or any(each.partner and not each.share for each in case.entities.values()):
        return
    case.adopts = True
    case.differs = random.choice((None, "quarantine", "source_wins", "target_wins"))
    for entity in case.entities.values():
        entity.adopt_by = () if entity.legacy_fields else (TAG,)
        if random.random() < 0.2:
            entity.differs = random.choice(("quarantine", "source_wins", "target_wins"))

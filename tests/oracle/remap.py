"""Edits of the mapping between two runs."""
from random import Random

from choose import choose_predicate, make_map, ways
from fillings import Expression, Map, SameAs


def remap(case, name, seed):
    """Changes one entity of the mapping, in one way; or not, when nothing of that kind is there."""
    random, entity = Random(seed), case.entities[name]
    random.choice((change_filling, change_filling, change_map, drop_field, change_owner, change_exclude, change_refuse,
                   change_missing))(random, entity)


def is_plain(entity, field):
    copied = {each.filling.column for each in entity.fields if isinstance(each.filling, SameAs)}
    if field.name in entity.policy.mark:
        return False
    return not (field.is_id or field.key_part or field.is_share or field.name in copied or field.name == "tag" or field.unique
                or field.late_unique or (entity.trigger and entity.trigger.column == field.name))


def change_filling(random, entity):
    fields = [field for field in entity.fields if is_plain(entity, field) and isinstance(field.filling, Expression)
              and len(field.filling.columns()) == 1 and not isinstance(field.filling.columns()[0], tuple)
              and field.filling.columns()[0] in entity.table.kinds]
    if not fields:
        return
    field = random.choice(fields)
    column = field.filling.columns()[0]
    others = [way for way in ways(entity, column, entity.table.kinds[column])
              if way.type == field.filling.type and isinstance(way, Expression)]
    if others:
        field.filling = random.choice(others)


def change_map(random, entity):
    fields = [field for field in entity.fields if is_plain(entity, field) and isinstance(field.filling, Map)]
    if not fields:
        return
    field = random.choice(fields)
    other = make_map(random, entity, field.filling.column, entity.table.kinds[field.filling.column])
    leaves_empty = other.otherwise == "leave_empty" or None in other.pairs.values()
    if other.type == field.type and not (field.not_null and leaves_empty):
        field.filling = other


def drop_field(random, entity):
    """The column stays, and is the application's from now on."""
    fields = [field for field in entity.fields if is_plain(entity, field) and not (
        field.is_ref or field.check or field.lookup or field.not_null or field.is_audit)]
    if fields:
        field = random.choice(fields)
        entity.fields.remove(field)
        entity.extras.append((field.name, field.type, None))


def change_owner(random, entity):
    fields = [field for field in entity.fields if is_plain(entity, field) and not field.is_ref]
    if fields:
        field = random.choice(fields)
        field.owner_target = not field.owner_target


def change_exclude(random, entity):
    entity.exclude = [] if entity.exclude else [("later", *choose_predicate(random, entity))]


def change_refuse(random, entity):
    entity.refuse = [] if entity.refuse else [("bad_later", *choose_predicate(random, entity))]


def change_missing(random, entity):
    """Where it makes no cycle of refs that must not wait."""
    fields = [field for field in entity.fields if field.is_ref and not field.not_null and not field.filling.by
              and entity.name not in field.filling.parents() and field.filling.missing != "leave_empty"
              and not field.unique]
    if fields:
        random.choice(fields).filling.missing = "leave_empty"

"""Makes a failing case smaller: without edits, rows, columns and entities that it does not need to fail."""
from play import make_case
from policies import Policy


def parts_of(case):
    """Everything that can be left out, each by a name that the same seed always gives it."""
    parts = [("round", number) for number in range(len(case.rounds))]
    parts += [("entity", name) for name in case.entities]
    parts += [(what, number, place) for number, each in enumerate(case.rounds) for what in ("edits", "remaps")
              for place in range(len(getattr(each, what)))]
    parts += [("policy", entity.name) for entity in case.entities.values() if entity.policy.removes]
    parts += [("killed", number) for number, each in enumerate(case.rounds) if each.killed]
    parts += [("row", table.name, place) for table in case.tables for place in range(len(table.rows))]
    parts += [("before", place) for place in range(len(case.before))]
    parts += [("field", entity.name, field.name) for entity in case.entities.values() for field in entity.fields
              if not field.is_id and not field.key_part and not field.is_share and field.name != "tag"]
    return parts + [(what, entity.name, place) for entity in case.entities.values() for what in ("exclude", "refuse", "extras")
                    for place in range(len(getattr(entity, what)))]


def make_without(seed, left_out):
    case = make_case(seed)
    for number, each in enumerate(case.rounds):
        each.edits = [edit for place, edit in enumerate(each.edits) if ("edits", number, place) not in left_out]
        each.remaps = [edit for place, edit in enumerate(each.remaps) if ("remaps", number, place) not in left_out]
        each.killed = None if ("killed", number) in left_out else each.killed
    case.rounds = [each for number, each in enumerate(case.rounds) if ("round", number) not in left_out]
    case.before = [sql for place, sql in enumerate(case.before) if ("before", place) not in left_out]
    case.entities = {name: entity for name, entity in case.entities.items() if ("entity", name) not in left_out}
    for table in case.tables:
        table.rows = [row for place, row in enumerate(table.rows) if ("row", table.name, place) not in left_out]
    for entity in case.entities.values():
        if ("policy", entity.name) in left_out:
            entity.policy = Policy()
        if entity.partner and entity.partner.name not in case.entities:
            entity.partner = None
        for what in ("exclude", "refuse", "extras"):
            kept = [each for place, each in enumerate(getattr(entity, what)) if (what, entity.name, place) not in left_out]
            setattr(entity, what, kept)
        entity.fields = [field for field in entity.fields if ("field", entity.name, field.name) not in left_out
                         and (not field.is_ref or all(parent in case.entities for parent in field.filling.parents()))]
    for each in case.rounds:
        each.edits = [edit for edit in each.edits if edit.side == "source" or edit.table in case.entities]
        each.remaps = [edit for edit in each.remaps if edit[0] in case.entities]
        each.policies = {name: deletes for name, deletes in each.policies.items() if name in case.entities}
    return case


def shrink(play, seed, lines):
    """`play` gives what is wrong with a case. Leaves out half of the parts, then less and less; what is no case at all
    without a part (a column that another one copies) needs it."""
    left_out = set()
    parts = parts_of(make_case(seed))
    size = max(1, len(parts) // 2)
    while True:
        for first in range(0, len(parts), size):
            chosen = {part for part in parts[first:first + size] if part not in left_out}
            if not chosen:
                continue
            found = play(make_without(seed, left_out | chosen))
            if found and kind_of(found) == kind_of(lines):
                left_out |= chosen
                lines = found
        if size == 1:
            break
        size //= 2
    play(make_without(seed, left_out))
    return lines, f"{len(parts) - len(left_out)} of {len(parts)} parts"


def kind_of(lines):
    """What fails must go on failing for the same reason, not for another."""
    words = " ".join(lines[:2])
    return [word for word in ("itself failed", "ended with", "quarantine", "ledger", "differ", "nothing to do", "open refs",
                              "undo", " is ", "expected") if word in words][:1]

"""Wrong behaviour, done by hand right after a run, as if the program had done it: the oracle must turn red."""
from case import TAG
from libpq import ServerError, literal, name
from policies import hanger_of
from values import ANY


class Wrong:
    """Does its wrong once, in the first run that gives an occasion."""

    def __init__(self, kind):
        self.kind, self.done = kind, False

    def do(self, connection, case, report):
        if self.done:
            return
        for entity in case.entities.values():
            for statement in STATEMENTS[self.kind](connection, entity):
                try:
                    self.done = connection.query(statement + " RETURNING 1") != []
                except ServerError:
                    continue  # a constraint of the case is in the way: another occasion
                if self.done:
                    return


def first_tag(connection, entity):
    rows = connection.query(f"SELECT t.{name(TAG)} FROM {name(entity.target)} AS t JOIN rehome.ledger_{entity.name} AS l ON "
                            + " AND ".join(f"l.{name('target_' + key)}::text = t.{name(key)}::text"
                                           for key in entity.primary_key())
                            + f" WHERE l.state = 'here' ORDER BY t.{name(TAG)} LIMIT 1")
    return rows[0][0] if rows else None


def change_values(connection, entity):
    tag = first_tag(connection, entity)
    plain = [field for field in entity.fields if field.type == "text" and field.name != TAG and not field.is_id
             and not field.is_ref and not field.key_part and not field.is_audit]
    return [f"UPDATE {name(entity.target)} SET {name(field.name)} = coalesce({name(field.name)}, '') || '!' "
            f"WHERE {name(TAG)} = {literal(tag)}" for field in plain] if tag is not None else []


def drop_row(connection, entity):
    tag = first_tag(connection, entity)
    return [] if tag is None else [f"DELETE FROM {name(entity.target)} WHERE {name(TAG)} = {literal(tag)}"]


def forget(state):
    def statements(connection, entity):
        ledger = f"rehome.ledger_{entity.name}"
        return [f"DELETE FROM {ledger} WHERE ctid = (SELECT min(ctid) FROM {ledger} WHERE state = '{state}')"]
    return statements


def empty_refs(connection, entity):
    return [f"UPDATE {name(entity.target)} SET {name(field.name)} = NULL WHERE ctid = (SELECT min(ctid) FROM "
            f"{name(entity.target)} WHERE {name(field.name)} IS NOT NULL)" for field in entity.fields if field.is_ref]


def on_ledger(condition, what):
    """Of the first ledger row of this kind, its target row."""
    def statements(connection, entity):
        rows = connection.query(f"SELECT t.ctid FROM {name(entity.target)} AS t JOIN rehome.ledger_{entity.name} AS l ON "
                                + " AND ".join(f"l.{name('target_' + key)}::text = t.{name(key)}::text"
                                               for key in entity.primary_key())
                                + f" WHERE {condition} ORDER BY t.{name(TAG)} LIMIT 1")
        return [f"{each} WHERE ctid = '{ctid}'" for ctid, in rows for each in what(entity)]
    return statements


def delete(entity):
    return [f"DELETE FROM {name(entity.target)}"]


def take_mark_off(entity):
    return [f"UPDATE {name(entity.target)} SET {name(column)} = {literal(stored)}"
            for column, (_, stored) in entity.policy.unmark.items()]


def put_mark_on(entity):
    return [f"UPDATE {name(entity.target)} SET {name(column)} = {literal(stored)}"
            for column, (_, stored) in entity.policy.mark.items() if column in entity.policy.unmark and stored is not ANY]


def put_back(connection, entity):
    """What the last run has deleted."""
    return [f"INSERT INTO {name(entity.target)} OVERRIDING SYSTEM VALUE SELECT r.* FROM rehome.undo AS u, "
            f"jsonb_populate_record(NULL::{name(entity.target)}, u.image::jsonb) AS r "
            f"WHERE u.entity = '{entity.name}' AND u.kind = 'delete' AND u.run_id = (SELECT max(run_id) FROM rehome.run)"]


def forget_images(kind):
    return lambda connection, entity: [f"DELETE FROM rehome.undo WHERE entity = '{entity.name}' AND kind = '{kind}' "
                                       "AND run_id = (SELECT max(run_id) FROM rehome.run)"]


def unhang(connection, entity):
    return [f"DELETE FROM {hanger_of(schema, entity)}" for schema, _ in entity.policy.hangers]


OF_LEAVERS = {
    "a gone row that was deleted": on_ledger("l.state = 'gone' AND l.removal IS NULL", delete),
    "a gone row that was marked": on_ledger("l.state = 'gone' AND l.removal IS NULL", put_mark_on),
    "a row that was marked": on_ledger("l.state = 'here'", put_mark_on),
    "a mark that is off": on_ledger("l.state = 'gone' AND l.removal = 'marked'", take_mark_off),
    "a deleted row that stands": put_back,
    "an undo of a deletion": forget_images("delete"),
    "an undo of a mark": forget_images("mark"),
    "a removal": lambda connection, entity: [
        f"UPDATE rehome.ledger_{entity.name} SET removal = CASE removal WHEN 'deleted' THEN 'marked' END "
        "WHERE removal IS NOT NULL"],
    "a lost reason of a gone row": lambda connection, entity: [
        f"DELETE FROM rehome.quarantine WHERE entity = '{entity.name}' AND reason LIKE 'gone:%'"],
    "a row of the application that refers": unhang,
}
STATEMENTS = {
    "a value": change_values,
    "a row that is not there": drop_row,
    "a ledger row of a placed row": forget("here"),
    "a ledger row of a held row": forget("held"),
    "an empty ref": empty_refs,
    "a reason": lambda connection, entity: [f"UPDATE rehome.quarantine SET reason = 'whim' WHERE entity = '{entity.name}'"],
    "a lost reason": lambda connection, entity: [f"DELETE FROM rehome.quarantine WHERE entity = '{entity.name}'"],
    "an image": lambda connection, entity: [f"UPDATE rehome.quarantine SET image = image || '{{\"x\": \"1\"}}' "
                                            f"WHERE entity = '{entity.name}' AND image IS NOT NULL"],
    "an undo": lambda connection, entity: [f"DELETE FROM rehome.undo WHERE entity = '{entity.name}'"],
} | OF_LEAVERS

"""Small facts about values as texts."""
import json
from decimal import Decimal


def comparable(type, value):
    """Equal where the server finds values of this type equal."""
    if value is None or isinstance(value, tuple):
        return value
    if type.startswith("numeric") and value != "NaN":
        return Decimal(value).normalize()
    return value


class Any:
    """A value that nobody can foretell."""

    def __repr__(self):
        return "<any>"


ANY = Any()
BASELESS = object()  # no value: nobody knows what the row was made from
CHANGED = object()  # no value: the row is not as it was left


class UniqueValues:
    """Which rows of one target table have the values of its unique columns at the moment."""

    def __init__(self, entity, rows):
        self.fields = [each for each in entity.fields if each.unique or each.late_unique]
        self.owners = {each.name: {} for each in self.fields}
        for tag, row in rows.items():
            self.take(tag, row)

    def copy(self):
        other = UniqueValues.__new__(UniqueValues)
        other.fields, other.owners = self.fields, {column: dict(owners) for column, owners in self.owners.items()}
        return other

    def take(self, tag, row):
        for each in self.fields:
            if value_of(each, row) is not None:
                self.owners[each.name][value_of(each, row)] = tag

    def free(self, row):
        for each in self.fields:
            self.owners[each.name].pop(value_of(each, row), None)

    def taken(self, row, before):
        """Columns in which `row`, which was `before`, wants what another row has."""
        taken = []
        for each in self.fields:
            value = value_of(each, row)
            same = before is not None and value_of(each, before) == value
            if value is not None and not same and value in self.owners[each.name]:
                taken.append(each)
        return taken


def value_of(each, row):
    value = row[each.name]
    return each.late_unique.value(value) if each.late_unique else comparable(each.type, value)


def merge_audit(type, stored, sent):
    """The application may keep values of its own beside the audit."""
    if type != "jsonb" or stored is None:
        return sent
    was = json.loads(stored)
    return json.dumps({**was, **json.loads(sent)}, ensure_ascii=False) if isinstance(was, dict) else sent

"""Ways to fill a column of the target: how each is written in a mapping, and, written a second time from the
documentation alone, what becomes of a row. Values are texts as the server prints them."""
import hashlib
import json

from kinds import JSON_TEXTS
from values import ANY


class Held(Exception):
    """The row cannot go. `early`: the source itself sees it."""

    def __init__(self, *reasons, early=True):
        super().__init__(*reasons)
        self.reasons = set(reasons)
        self.early = early


def quoted(text):
    """A YAML scalar."""
    return json.dumps(text, ensure_ascii=False)


def plain_or_quoted(value):
    return "~" if value is None else quoted(value)


class Filling:
    type = "text"  # of the target column
    derived_at_source = True  # so that a unique value can be compared there
    may_fail = False
    is_updated = True
    is_in_row_hash = True
    stays_distinct = False  # different source values remain different

    def columns(self):
        """Inputs, each `column` or `(join, column)`."""
        return ()

    def inputs(self, row):
        return tuple(row.read(column) for column in self.columns())

    def derive(self, row):
        raise NotImplementedError

    def write(self, options):
        """What stands after `name: ` in the mapping; `options` are those of every column."""
        body = self.body()
        if not options and not body.startswith("{"):
            return body
        if not body.startswith("{"):
            body = "{sql: " + body + "}"
        return body[:-1] + "".join(f", {option}" for option in options) + "}"


class Expression(Filling):
    """SQL over columns, and the same in Python. `compute` gets their texts."""

    def __init__(self, sql, columns, compute, type, strict=True, loss=None, may_fail=False, textual=None):
        self.sql, self.named, self.compute, self.type = sql, columns, compute, type
        self.strict, self.loss, self.may_fail = strict, loss, may_fail
        self.textual = textual  # the same value in another way: as text
        self.as_text = False
        self.stays_distinct = compute is same

    def columns(self):
        return self.named

    def derive(self, row):
        values = self.inputs(row)
        if self.strict and None in values:
            return None
        if self.loss and self.loss(*values):
            raise Held("loss", *(("expression",) if self.may_fail else ()))
        return self.compute(*values)

    def body(self):
        return quoted(self.textual if self.as_text and self.textual else self.sql)


def same(value):
    return value


class Subquery(Filling):
    """Counts, or looks for, rows of a table that point here."""

    type = "bigint"

    def __init__(self, table, column, key, sql, exists):
        self.table, self.column, self.key, self.sql, self.exists = table, column, key, sql, exists
        self.type = "boolean" if exists else "bigint"

    def inputs(self, row):
        return (self.derive(row),)

    def derive(self, row):
        key = row.read(self.key)
        found = sum(1 for other in row.rows_of(self.table) if key is not None and other[self.column] == key)
        return ("true" if found else "false") if self.exists else str(found)

    def body(self):
        return quoted(self.sql)


class Constant(Filling):
    derived_at_source = False

    def __init__(self, type, value, written):
        self.type, self.value, self.written = type, value, written

    def derive(self, row):
        return self.value

    def body(self):
        return "{const: " + self.written + "}"


class Map(Filling):
    def __init__(self, column, sql, pairs, otherwise, type):
        self.column, self.sql, self.pairs, self.otherwise, self.type = column, sql, pairs, otherwise, type

    def columns(self):
        return (self.column,)

    def derive(self, row):
        value = row.read(self.column)
        if value in self.pairs:
            return self.pairs[value]
        if self.otherwise in (None, "quarantine"):
            raise Held("map")
        return None if self.otherwise == "leave_empty" else self.otherwise[0]

    def body(self):
        pairs = ", ".join(f"{plain_or_quoted(key)}: {plain_or_quoted(value)}" for key, value in self.pairs.items())
        text = f"{{map: {quoted(self.sql)}, values: {{{pairs}}}"
        if isinstance(self.otherwise, tuple):
            text += f", else: {{value: {plain_or_quoted(self.otherwise[0])}}}"
        elif self.otherwise:
            text += f", else: {self.otherwise}"
        return text + "}"


class SameAs(Filling):
    derived_at_source = False

    def __init__(self, column, other):
        self.column, self.other, self.type = column, other, other.type
        self.may_fail = other.may_fail

    def inputs(self, row):
        return self.other.inputs(row)

    def columns(self):
        return self.other.columns()

    def derive(self, row):
        return self.other.derive(row)

    def body(self):
        return f"{{same_as: {quoted(self.column)}}}"


class FirstLine(Filling):
    def __init__(self, column, sql, most, blank):
        self.column, self.sql, self.most, self.blank = column, sql, most, blank

    def columns(self):
        return (self.column,)

    def derive(self, row):
        text = row.read(self.column)
        lines = [] if text is None else text.replace("\r", "\n").split("\n")
        line = next((each.strip(" \t") for each in lines if each.strip(" \t")), None)
        if line is None:
            return self.blank if self.blank is not None else None if text is None else ""
        return line if len(line) <= self.most else line[:self.most - 1] + "…"

    def body(self):
        blank = "" if self.blank is None else f", blank: {quoted(self.blank)}"
        return f"{{first_line: {quoted(self.sql)}, max: {self.most}{blank}}}"


class Json(Filling):
    derived_at_source = False
    type = "jsonb"

    def __init__(self, column, sql, invalid, empty):
        self.column, self.sql, self.invalid, self.empty = column, sql, invalid, empty

    def columns(self):
        return (self.column,)

    def derive(self, row):
        text = row.read(self.column)
        if text is None:
            return None
        if not text.strip(" \t\r\n"):
            return self.give_up(self.empty, text)
        document = JSON_TEXTS[text]
        return document if document is not None else self.give_up(self.invalid, text)

    @staticmethod
    def give_up(policy, text):
        if policy == "leave_empty":
            return None
        if policy == "keep_raw":
            return json.dumps(text, ensure_ascii=False)
        raise Held("value", early=False)

    def body(self):
        text = f"{{json: {quoted(self.sql)}"
        text += f", invalid: {self.invalid}" if self.invalid else ""
        return text + (f", empty: {self.empty}}}" if self.empty else "}")


class MimeType(Filling):
    KNOWN = {"stl": "model/stl", "png": "image/png", "pdf": "application/pdf", "jpg": "image/jpeg"}

    def __init__(self, column, sql):
        self.column, self.sql = column, sql

    def columns(self):
        return (self.column,)

    def derive(self, row):
        text = row.read(self.column)
        return None if text is None else self.KNOWN.get(text.rsplit(".", 1)[-1].lower())

    def body(self):
        return f"{{mime_type: {quoted(self.sql)}}}"


class Sha256(Filling):
    derived_at_source = False

    def __init__(self, column, sql):
        self.column, self.sql = column, sql

    def columns(self):
        return (self.column,)

    def derive(self, row):
        text = row.read(self.column)
        return None if text is None else hashlib.sha256(text.encode()).hexdigest()

    def body(self):
        return f"{{sha256: {quoted(self.sql)}}}"


class Uuid(Filling):
    """Its value is computed by `ids`; here is only how it is asked for."""

    type = "uuid"
    derived_at_source = False
    is_updated = False
    is_in_row_hash = False

    def __init__(self, version, time=None, sql=None):
        self.version, self.time, self.sql = version, time, sql

    def columns(self):
        return (self.time,) if self.time else ()

    def derive(self, row):
        if self.time and row.read(self.time) is None:
            raise Held("not_null", early=False)
        time = row.read(self.time) if self.time else None
        if time and (not time[:4] >= "1970" or time.endswith("BC")):
            raise Held("value", early=False)
        if self.version == "v4":
            return ANY
        return row.id(self.version, time)

    def body(self):
        return f"{{uuid: {self.version}" + (f", time: {quoted(self.sql)}}}" if self.sql else "}")


class Audit(Filling):
    """Compared as a document. Counts for nothing by itself."""

    derived_at_source = False
    is_updated = False
    is_in_row_hash = False

    def __init__(self, type, table, under, left_out):
        self.type, self.table, self.under, self.left_out = type, table, under, left_out

    def inputs(self, row):
        return ()

    def derive(self, row):
        image = {key: value for key, value in row.driving.items() if key not in self.left_out}
        document = {"table": self.table, "row": image}
        return json.dumps({self.under: document} if self.under else document, ensure_ascii=False)

    def body(self):
        what = "row"
        if self.left_out:
            what = "{row: true, except: [" + ", ".join(quoted(column) for column in self.left_out) + "]}"
        return f"{{audit: {what}" + (f", under: {quoted(self.under)}}}" if self.under else "}")


class Ref(Filling):
    """One column for one parent, or for one of several by `cases`. `column`: (name, number) of the part of the parent's
    key that it holds, when that is not its id."""

    def __init__(self, entity, keys, sqls, missing, by=None, by_sql=None, cases=None, otherwise=None, column=None):
        self.entity, self.keys, self.sqls, self.missing = entity, keys, sqls, missing
        self.column = column
        self.by, self.by_sql, self.cases, self.otherwise = by, by_sql, cases, otherwise
        self.derived_at_source = by is None

    def columns(self):
        return self.keys + ((self.by,) if self.by else ())

    def find_parent(self, row):
        """(entity, legacy key) or None."""
        entity = self.entity
        if self.by:
            kind = row.read(self.by)
            if kind not in self.cases:
                if self.otherwise == "leave_empty":
                    return None
                raise Held("ref")
            entity = self.cases[kind]
        key = tuple(row.read(column) for column in self.keys)
        return None if entity is None or None in key else (entity, key)

    def parents(self):
        return [entity for entity in (self.cases.values() if self.by else [self.entity]) if entity]

    def body(self):
        ref = self.entity
        if self.by:
            pairs = ", ".join(f"{plain_or_quoted(kind)}: {entity or '~'}" for kind, entity in self.cases.items())
            ref = f"{{by: {quoted(self.by_sql)}, cases: {{{pairs}}}"
            ref += f", else: {self.otherwise}}}" if self.otherwise else "}"
        keys = ", ".join(quoted(sql) for sql in self.sqls)
        key = keys if len(self.sqls) == 1 else f"[{keys}]"
        column = f", column: {quoted(self.column[0])}" if self.column else ""
        return f"{{ref: {ref}, key: {key}{column}" + (f", missing: {self.missing}}}" if self.missing else "}")

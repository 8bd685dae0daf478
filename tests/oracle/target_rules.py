"""What the application has put into the target's schema, and the program cannot read off the source: triggers, and
unique indexes on expressions or on some of the rows."""
from libpq import literal, name


class Trigger:
    """`note`: writes a column of the application. `rewrite`: stores something else than it is sent. `drop`: lets no row
    with certain values in, without a word. `refuse`: the same, aloud and afterwards."""

    def __init__(self, kind, column, values):
        self.kind, self.column, self.values = kind, column, values

    def create(self, table, label):
        column = f"NEW.{name(self.column or 'note')}"
        condition = f"{column} IN ({', '.join(literal(value) for value in self.values)})"
        body = {
            "note": "NEW.note := 'by trigger'; RETURN NEW;",
            "rewrite": f"{column} := replace({column}, 'a', '_'); RETURN NEW;",
            "drop": f"IF {condition} THEN RETURN NULL; END IF; RETURN NEW;",
            "refuse": f"IF {condition} THEN RAISE EXCEPTION 'not this one'; END IF; RETURN NULL;",
        }[self.kind]
        moment = "AFTER" if self.kind == "refuse" else "BEFORE"
        return [f"CREATE FUNCTION rule_of_{label}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$;",
                f"CREATE TRIGGER rule {moment} INSERT OR UPDATE ON {name(table)} FOR EACH ROW "
                f"EXECUTE FUNCTION rule_of_{label}();"]

    def store(self, row):
        """What stands there when `row` has been written."""
        if self.kind == "note":
            return {**row, "note": "by trigger"}
        if self.kind == "rewrite" and row[self.column] is not None:
            return {**row, self.column: row[self.column].replace("a", "_")}
        return row

    def refuses(self, row):
        return self.kind in ("drop", "refuse") and row[self.column] in self.values


class LateUnique:
    """Two rows clash: when they agree but for upper case, or when they agree and begin with `v`."""

    def __init__(self, kind):
        self.kind = kind

    def index(self, column):
        return f"(lower({column}))" if self.kind == "expression" else f"({column}) WHERE {column} LIKE 'v%'"

    def value(self, text):
        if text is None or self.kind == "expression":
            return text and text.translate(LOWER)
        return text if text.startswith("v") else None


# As the server lowers the texts that are in use; what is special elsewhere is kept out of such columns.
LOWER = {code: chr(code).lower() for code in range(0x250) if len(chr(code).lower()) == 1}

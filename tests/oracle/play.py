"""Plays one case on real servers with the real program, and holds it against the oracle."""
import json
import os
import subprocess
from pathlib import Path
from random import Random

from case import write_mapping
from compare import Comparison, learn
from edits import make_edits
from generate import generate
from libpq import Connection, ServerError
from observe import Observer, read_source, row_versions
from oracle import Oracle
from policies import add_edits, choose_policies
from remap import remap
from values import BASELESS, CHANGED

NAMESPACE = "00112233-4455-6677-8899-aabbccddeeff"
TIMEOUT_S = 240


def make_case(seed):
    case = generate(seed)
    choose_policies(case)
    make_edits(Random(f"{seed} edits"), case)
    add_edits(case)
    return case


class Failure(Exception):
    """The program did something else than the oracle; its lines say what."""

    def __init__(self, lines):
        super().__init__("\n".join(lines))
        self.lines = lines


class Server:
    """Databases, and the program. `wrong` does behind the program's back what the oracle must notice."""

    def __init__(self, sockets, program, folder, failpoints="", wrong=None):
        self.sockets, self.program, self.folder = sockets, program, Path(folder)
        self.failpoints, self.wrong = failpoints, wrong
        self.made, self.connections = [], []
        self.admin = self.connect("postgres")

    def make_database(self, database, settings):
        self.admin.query(f"CREATE DATABASE {database}")
        self.made.append(database)
        for each in settings:
            self.admin.query(f"ALTER DATABASE {database} SET {each}")

    def connect(self, database):
        self.connections.append(Connection(self.sockets, database))
        return self.connections[-1]

    def close(self):
        while self.connections:
            self.connections.pop().close()

    def drop_databases(self):
        while self.made:
            self.admin.query(f"DROP DATABASE IF EXISTS {self.made.pop()} WITH (FORCE)")

    def url(self, database):
        return f"postgresql://postgres@/{database}?host={self.sockets}"

    def sync(self, source, target, mapping, workers, flags=()):
        environment = {**os.environ, "SOURCE_URL": self.url(source), "TARGET_URL": self.url(target),
                       "LC_ALL": "C.UTF-8", "TZ": "UTC", "REHOME_FAILPOINTS": self.failpoints}
        command = [self.program, "sync", "--json", "-f", mapping, "--workers", str(workers), *flags]
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, timeout=TIMEOUT_S,
                              stdin=subprocess.DEVNULL, check=False)
        out, err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
        try:
            report = json.loads(out)
        except ValueError:
            raise Failure([f"rehome ended with {done.returncode} and no result on {target}", out, err]) from None
        if "entities" not in report:
            raise Failure([f"rehome ended with {done.returncode} on {target}", out, err])
        return report, done.returncode


def widen_counts(fates):
    """What the run before, which died, has done is unchanged in this one."""
    for rows in fates.values():
        for fate in rows.values():
            if fate.classes & {"inserted", "updated", "adopted", "kept"}:
                fate.classes |= {"unchanged"}
            fate.settled = None if fate.settled else False


def run_script(connection, statements):
    """Each for itself; what a constraint refuses does not happen."""
    for statement in statements:
        try:
            connection.query(statement)
        except ServerError as error:
            if not error.sqlstate.startswith("23"):
                raise


# Names rows by ids, which are drawn anew.
NOT_FORETOLD = ("rows",)


def has_hidden_rule(entity):
    """A dry run runs no trigger, and sees in an index on an expression only what it has written itself."""
    return bool(entity.trigger or entity.policy.keeps) or any(field.late_unique for field in entity.fields)


class Chain:
    """One target that the case is played on, with its own batch size and number of workers."""

    def __init__(self, server, case, source, label, batch_rows, workers):
        self.server, self.case, self.source, self.label = server, case, source, label
        self.workers = workers
        self.database = f"{source}_{label}"
        self.mapping = f"{label}.yaml"
        settings = [setting for side, setting in case.settings if side == "target"]
        server.make_database(self.database, settings)
        self.batch_rows, self.ran_before = batch_rows, False
        self.write_mapping()
        self.connection = server.connect(self.database)
        run_script(self.connection, case.target_statements())
        self.observer = Observer(self.connection, case)
        self.known = {name: {} for name in case.entities}
        self.report, self.flags = None, []
        self.rehearses = workers == 1 and not any(has_hidden_rule(each) for each in case.entities.values())

    def write_mapping(self):
        (self.server.folder / self.mapping).write_text(write_mapping(self.case, self.batch_rows))

    def edit(self, edits):
        run_script(self.connection, [edit.sql for edit in edits if edit.side == "target"])

    def follow_mapping(self, hashed_before):
        """The mapping has been edited. `hashed_before`: columns that told, until now, whether others changed a row."""
        rows = self.observer.look().rows
        for name, entity in self.case.entities.items():
            hashed = [field.name for field in entity.fields if field.is_in_row_hash]
            for key, known in self.known[name].items():
                row = rows[name].get(entity.tag_of(key))
                if hashed != hashed_before[name] and known.stored is not None and row is not None:
                    as_left = all(row[column] == known.stored[column] for column in hashed_before[name])
                    unlike = BASELESS if BASELESS in known.stored.values() else CHANGED
                    known.stored = {**row, **({} if as_left else dict.fromkeys(hashed, unlike))}
        self.write_mapping()

    def kill(self, failpoint):
        """The program dies on its way; what it has done counts, and the next run does the rest."""
        self.server.failpoints = failpoint
        try:
            self.server.sync(self.source, self.database, self.mapping, self.workers, self.flags)  # it never came by there
        except Failure as failure:
            if "ended with -9" not in failure.lines[0]:
                raise
        finally:
            self.server.failpoints = ""

    def forget(self):
        """Everything that rehome knows of its target is gone, and the rows are still there."""
        self.connection.query("DROP SCHEMA rehome CASCADE")
        self.known = {name: {} for name in self.case.entities}

    def run(self, tables, killed=None):
        before = self.observer.look()
        self.ran_before = bool(killed)
        if killed:
            self.kill(killed)
        forecast = self.rehearse() if self.rehearses else None
        self.report, code = self.server.sync(self.source, self.database, self.mapping, self.workers, self.flags)
        if forecast is not None:
            self.compare_forecast(forecast, (self.report, code))
        if self.server.wrong:
            self.server.wrong.do(self.connection, self.case, self.report)
        seen = self.observer.look()
        oracle = Oracle(self.case, tables, self.case.namespace or seen.namespace, self.known, before.rows,
                        before.hung, lets_pass=bool(self.flags))
        fates = oracle.expect()
        for name, drafts in oracle.drafts.items():
            for key, draft in drafts.items():
                fates[name][key].driving, fates[name][key].inputs = draft.driving, draft.inputs
        if killed:
            widen_counts(fates)
        found = Comparison(self.case, fates, oracle, before, seen, self.report, code, bool(killed)).run()
        if found:
            raise Failure([f"{self.label} (workers {self.workers}), run {seen.run}:"] + found)
        self.known = learn(self.case, fates, seen, self.known)
        return seen

    def rehearse(self):
        """A dry run, which must not leave anything."""
        before = self.list_versions()
        forecast = self.server.sync(self.source, self.database, self.mapping, self.workers, [*self.flags, "--dry-run"])
        if self.list_versions() != before:
            raise Failure([f"{self.label}: a dry run has written"])
        return forecast

    def list_versions(self):
        """Nothing before the first run, which makes the ledger."""
        made = self.connection.query("SELECT to_regnamespace('rehome') IS NOT NULL") == [("t",)]
        return row_versions(self.connection, self.case) if made else None

    def compare_forecast(self, forecast, done):
        """What the dry run said is what the run did."""
        said, did = ([code] + [{key: value for key, value in entity.items() if key not in NOT_FORETOLD}
                               for entity in report["entities"]] for report, code in (forecast, done))
        if said != did:
            lines = [f"  {one}\n  {other}" for one, other in zip(said, did) if one != other]
            raise Failure([f"{self.label}: the dry run said something else than the run did:"] + lines)

    def run_again(self, tables):
        """A run after which nothing has changed must write nothing."""
        before = row_versions(self.connection, self.case)
        self.run(tables)
        after = row_versions(self.connection, self.case)
        found = [f"{table}: a run with nothing to do wrote {len(set(after[table]) ^ set(before[table]))} row versions"
                 for table in before if before[table] != after[table]]
        if found:
            raise Failure([f"{self.label}, run with nothing to do:"] + found)


def without_ids(entity):
    """Some ids are drawn, so rows are compared by their legacy keys."""
    rows = {kind: [row["legacy"] for row in rows] for kind, rows in entity.get("rows", {}).items()}
    return {**entity, "rows": rows}


def compare_chains(case, first, other):
    """What is in the target, and why rows are not, depends on neither batch size nor workers."""
    one, two = first.observer.look(), other.observer.look()
    generated = {name: {field.name for field in entity.fields if field.filling.type == "uuid" and not field.is_ref
                        and hasattr(field.filling, "version")} | ({entity.id.name} if entity.id else set())
                 | set(entity.strangers) for name, entity in case.entities.items()}
    found = []
    for name in case.entities:
        for tag in sorted(set(one.rows[name]) | set(two.rows[name])):
            left, right = one.rows[name].get(tag), two.rows[name].get(tag)
            left, right = ({column: value for column, value in row.items() if column not in generated[name]} if row else row
                           for row in (left, right))
            if left != right:
                found.append(f"{name} {tag!r}: {left} but {right}")
        reasons = [{key: note["reason"] for key, note in seen.quarantine[name].items()} for seen in (one, two)]
        if reasons[0] != reasons[1]:
            found.append(f"{name}: quarantine is {reasons[0]} but {reasons[1]}")
        if one.ledger[name] != two.ledger[name]:
            found.append(f"{name}: ledger is {one.ledger[name]} but {two.ledger[name]}")
    counts = [[without_ids(entity) for entity in chain.report["entities"]] for chain in (first, other)]
    if counts[0] != counts[1] and not other.ran_before:
        found.append(f"counts are {counts[0]} but {counts[1]}")
    if found:
        raise Failure([f"{first.label} (workers {first.workers}) and {other.label} (workers {other.workers}) differ:"] + found)


def play(server, case):
    random = Random(f"{case.seed} ways")
    source = f"case_{case.seed}"
    server.make_database(source, [setting for side, setting in case.settings if side == "source"])
    connection = server.connect(source)
    write_files(server.folder, case)
    run_script(connection, case.source_statements())
    workers = random.sample((1, 2, 4), 3)
    chains = [Chain(server, case, source, f"rows{rows}", rows, hands) for rows, hands in zip((1, 7, 1000), workers)]
    tables = read_source(connection, case)
    run_chains(case, chains, tables, None)
    for each in case.rounds:
        run_script(connection, [edit.sql for edit in each.edits if edit.side == "source"])
        tables = read_source(connection, case)
        for chain in chains:
            chain.edit(each.edits)
            if each.forgets:
                chain.forget()
        change_mapping(case, chains, each)
        run_chains(case, chains, tables, each.killed, each.lets_pass)
    random.choice(chains).run_again(tables)
    fresh = Chain(server, case, source, "fresh", 1000, 2)
    fresh.run(tables)
    compare_with_fresh(case, chains[0], fresh)


def change_mapping(case, chains, change):
    hashed = {name: [field.name for field in entity.fields if field.is_in_row_hash] for name, entity in case.entities.items()}
    for name, seed in change.remaps:
        remap(case, name, seed)
    for name, deletes in change.policies.items():
        case.entities[name].policy.deletes = deletes
    for chain in chains if change.remaps or change.policies else ():
        chain.follow_mapping(hashed)


def run_chains(case, chains, tables, killed, lets_pass=False):
    for chain in chains:
        chain.flags = ["--max-deletes", "100%"] if lets_pass else []
        chain.run(tables, killed if chain is chains[1] else None)
    for chain in chains[1:]:
        compare_chains(case, chains[0], chain)


def compare_with_fresh(case, drifted, fresh):
    """load(A) then drift = load(A after drift), wherever the drifted row is at the source's version."""
    one, two, found = drifted.observer.look(), fresh.observer.look(), []
    for name, entity in case.entities.items():
        columns = [field.name for field in entity.fields if field.is_updated and not field.is_audit]
        for key in sorted(set(one.ledger[name]) & set(two.ledger[name])):
            known, tag = drifted.known[name][key], entity.tag_of(key)
            both = one.rows[name].get(tag) and two.rows[name].get(tag)
            if not both or any(row_differs(known, one.rows[name][tag], column) for column in columns):
                continue  # the application has changed it; conflicts decide
            if known.state != "here" or known.guessed or key in one.quarantine[name] or known.inputs != fresh.known[name][key].inputs:
                continue
            for column in columns:
                left, right = one.rows[name][tag][column], two.rows[name][tag][column]
                if left != right and not field_is_unique(entity, column):
                    found.append(f"{name} {key!r}: {column} is {left!r} after drift, {right!r} in a fresh load")
    if found:
        raise Failure(["drift and a fresh load differ:"] + found)


def row_differs(known, row, column):
    return known.stored is None or known.stored[column] != row[column]


def field_is_unique(entity, column):
    return any(field.name == column and (field.unique or field.is_ref) for field in entity.fields)


def write_files(folder, case):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "source.sql").write_text("\n".join(case.source_statements()))
    (folder / "target.sql").write_text("\n".join(case.target_statements()))
    for number, each in enumerate(case.rounds):
        for side in ("source", "target"):
            text = "".join(edit.sql + ";\n" for edit in each.edits if edit.side == side)
            (folder / f"edits_{number + 1}_{side}.sql").write_text(text)

"""What the oracle expects against what is there. Differences are sentences."""
import json
from collections import Counter

from case import TAG
from compare_leaving import ComparingLeavers, learn_loose_leaver
from fate import Known
from observe import NOWHERE, is_uuid
from values import ANY, BASELESS

COUNTS = ("unchanged", "inserted", "updated", "adopted", "kept", "held")


class Comparison(ComparingLeavers):
    def __init__(self, case, fates, oracle, before, seen, report, code, killed=False):
        self.keyless, self.given, self.braked, self.killed = oracle.keyless, oracle.given, oracle.braked, killed
        self.case, self.fates, self.before, self.seen, self.report, self.code = case, fates, before, seen, report, code
        self.found = []

    def run(self):
        if "unreadable" in self.report:
            return [f"the program printed no JSON: {self.report['unreadable']}"]
        for name, entity in self.case.entities.items():
            for key, fate in self.fates[name].items():
                if not fate.loose:
                    self.compare_fate(entity, key, fate)
            self.compare_keyless(entity)
            self.compare_strangers(entity)
            self.compare_counts(entity)
        for double in self.seen.doubles:
            self.say(double[0], double[1], "stands twice in the target")
        self.compare_open_refs()
        self.compare_end()
        return self.found

    def say(self, name, key, text):
        self.found.append(f"{name} {key!r}: {text}")

    # --- one row ---

    def compare_fate(self, entity, key, fate):
        name = entity.name
        state = self.seen.ledger[name].get(key)
        if state != fate.state:
            noted = self.seen.quarantine[name].get(key, {}).get("reason")
            self.say(name, key, f"is {state} in the ledger, not {fate.state}"
                     + (f"; quarantine says {noted}" if noted else "") + f"; expected {describe(fate)}")
        tag = entity.tag_of(key)
        after = self.seen.rows[name].get(tag)
        if (after is None) != (fate.after is None):
            self.say(name, key, "is not in the target" if after is None else "is in the target: nothing calls for it")
        elif after is not None:
            self.compare_rows(entity, key, fate.after, after)
            self.compare_ids(entity, key, tag, state)
            self.compare_id_kept(entity, key, tag)
        self.compare_removal(entity, key, fate)
        self.compare_quarantine(entity, key, fate)
        self.compare_undo(entity, key, fate)
        if state == "held" and self.points(entity, key) != fate.known.points:
            self.say(entity.name, key, f"is held; expected that the ledger points at {'its' if fate.known.points else 'no'} row")

    def points(self, entity, key):
        return self.seen.ledger_ids[entity.name].get(key, (None,))[0] is not None

    def compare_rows(self, entity, key, expected, after):
        audits = {field.name for field in entity.fields if field.is_audit}
        for column, value in expected.items():
            found = after[column]
            if value is ANY or found == value:
                continue
            if column in audits and found and value and json.loads(found) == json.loads(value):
                continue
            self.say(entity.name, key, f"{column} is {found!r}, not {value!r}")

    def compare_ids(self, entity, key, tag, state):
        identifier = self.seen.ids[entity.name][tag]
        found = self.seen.ledger_ids[entity.name].get(key, (None,))
        if found != identifier and (state == "here" or found[0] is not None):
            self.say(entity.name, key, "the ledger has another target key than the target")
        if entity.id_kind == "uuid v4" and not is_uuid(identifier[0]):
            self.say(entity.name, key, f"has no uuid but {identifier}")
        was = self.before.ids[entity.name].get(tag)
        if was not in (None, identifier):
            self.say(entity.name, key, f"had id {was}, has {identifier} now")

    def compare_quarantine(self, entity, key, fate):
        note = self.seen.quarantine[entity.name].get(key)
        if note is None:
            if fate.reasons and None not in fate.reasons:
                self.say(entity.name, key, f"is not in quarantine; expected {describe(fate)}")
            return
        if not fate.reasons:
            self.say(entity.name, key, f"is in quarantine: {note['reason']}; expected {describe(fate)}")
        elif note["reason"] not in fate.reasons:
            self.say(entity.name, key, f"quarantine says {note['reason']}; expected {describe(fate)}")
        if note["reason"].startswith("gone:"):
            return self.compare_image_of_gone(entity, key, fate, note)
        driving = getattr(fate, "driving", None)
        if note["run"] != self.seen.run or driving is None:
            return
        secret = entity.left_out_of_images()
        image = {column: value for column, value in driving.items() if column not in secret}
        if note["image"] != image:
            self.say(entity.name, key, f"quarantine has another image: {note['image']}, not {image}")

    def compare_undo(self, entity, key, fate):
        if fate.classes == {"adopted"} and (entity.name, key) not in self.seen.adopted:
            self.say(entity.name, key, "was adopted, and undo does not say so")
        settled = (entity.name, key) in self.seen.settled
        if fate.classes == {"unchanged"} and not fate.loose and fate.settled not in (None, settled):
            self.say(entity.name, key, f"undo {'has' if settled else 'has not'} what it was before a ref was filled")
        if self.compare_undo_of_removed(entity, key, fate):
            return
        image = self.seen.undo.get((entity.name, key))
        if image is None:
            if fate.classes == {"updated"}:
                self.say(entity.name, key, "was updated, and undo has no image of it")
            return
        if fate.undone is None:
            if "updated" not in fate.classes:
                self.say(entity.name, key, f"undo has an image of it; expected {describe(fate)}")
            return
        refs = {field.name for field in entity.fields if field.is_ref}
        for column, value in fate.undone.items():
            if column not in refs and image.get(column) != value:
                self.say(entity.name, key, f"undo has {column} as {image.get(column)!r}, not {value!r}")

    def compare_keyless(self, entity):
        """Rows without a key share one line in quarantine, and none in the ledger. Nobody else is there."""
        held = self.keyless[entity.name][None]
        nobody = (None,) * len(entity.key_columns)
        notes = self.seen.quarantine[entity.name]
        if held != notes.get(nobody, {"rows": 0})["rows"]:
            self.say(entity.name, nobody, f"{notes.get(nobody)} in quarantine, expected {held} rows")
        if nobody in notes and notes[nobody]["reason"] != "no_key":
            self.say(entity.name, nobody, f"quarantine says {notes[nobody]['reason']}")
        for key in (set(notes) | set(self.seen.ledger[entity.name])) - set(self.fates[entity.name]) - {nobody}:
            self.say(entity.name, key, "is in the ledger or in quarantine, and nowhere else")

    # --- what is not the mapping's ---

    def compare_strangers(self, entity):
        ours = {entity.tag_of(key) for key in self.fates[entity.name]}
        for tag, row in self.before.rows[entity.name].items():
            if tag not in ours and self.seen.rows[entity.name].get(tag) != row:
                self.say(entity.name, tag, "a row of the application was touched")
        for tag in self.seen.rows[entity.name]:
            if tag not in ours and tag not in self.before.rows[entity.name]:
                self.say(entity.name, tag, "a row from nowhere")
        for tag, row in self.seen.rows[entity.name].items():
            for column, value in row.items():
                if isinstance(value, tuple) and value[0] == NOWHERE:
                    self.say(entity.name, tag, f"{column} leads nowhere: {value[1]}")

    # --- the sums ---

    def compare_counts(self, entity):
        found = next((each for each in self.report.get("entities", ()) if each["name"] == entity.name), None)
        if found is None:
            return self.say(entity.name, "", "the program counts nothing for it")
        fates = self.fates[entity.name].values()
        for count in COUNTS:
            least = sum(fate.classes == {count} for fate in fates)
            most = sum(count in fate.classes for fate in fates)
            without_key = self.keyless[entity.name][None] if count == "held" else 0
            least, most = least + without_key, most + without_key
            if not least <= found[count] <= most:
                self.say(entity.name, "", f"{found[count]} {count}, expected {least}"
                         + (f" to {most}" if most != least else ""))
        images = sum(name == entity.name for name, _ in self.seen.undo)
        if images != found["updated"] + found["deleted"] + found["marked"]:
            self.say(entity.name, "", f"{images} images in undo of {found['updated']} updated rows")
        self.compare_removed(entity, found)
        for count, expected in self.exact_counts(entity).items():
            if found[count] != expected:
                self.say(entity.name, "", f"{found[count]} {count}, expected {expected}")
        for kind in ("gone", "lost", "extra", "not_adopted"):
            named = found.get("rows", {}).get(kind, [])
            if len(named) != min(found[kind], 100):
                self.say(entity.name, "", f"{len(named)} rows named of {found[kind]} {kind}")

    def exact_counts(self, entity):
        fates, rows = self.fates[entity.name], self.seen.rows[entity.name]
        excluded = {label: count for label, count in self.keyless[entity.name].items() if label}
        for fate in fates.values():
            for label in fate.classes:
                if label.startswith("excluded "):
                    excluded[label[9:]] = excluded.get(label[9:], 0) + 1
        kinds = Counter(self.kind_of(entity, tag, row) for tag, row in rows.items())
        found = next(each for each in self.report["entities"] if each["name"] == entity.name)
        return self.given[entity.name] | {
            "source": sum(bool(fate.classes) for fate in fates.values()) + sum(self.keyless[entity.name].values()),
            "excluded": {name: excluded.get(name, 0) for name in found["excluded"]} | excluded,
            "gone": kinds["gone"],
            "lost": sum(self.seen.ledger[entity.name].get(key) == "here" and entity.tag_of(key) not in rows
                        for key in fates),
            "extra": kinds["extra"],
            "not_adopted": kinds["held"] + kinds["stray"],
            "own": kinds["own"],
            "target": len(rows) + sum(double[0] == entity.name for double in self.seen.doubles),
            "open_refs": sum(each == entity.name and self.seen.ledger[each].get(key) != "gone"
                             for each, key, _ in self.seen.open_refs),
        }

    def kind_of(self, entity, tag, row):
        """Of a row of the target: its state, or what it is when the ledger does not point at it."""
        key = next((key for key in self.fates[entity.name] if entity.tag_of(key) == tag), None)
        if key is not None and self.points(entity, key):
            if self.seen.ledger[entity.name][key] == "gone" and self.seen.removal[entity.name][key]:
                return "marked"
            return self.seen.ledger[entity.name][key]
        if not entity.legacy_fields or any(row[field.name] is None for field in entity.legacy_fields):
            return "own"
        return "stray" if key in self.seen.ledger[entity.name] else "extra"

    def compare_open_refs(self):
        for name, fates in self.fates.items():
            for key, fate in fates.items():
                if fate.loose:
                    continue
                found = {column: parent for (each, legacy, column), parent in self.seen.open_refs.items()
                         if each == name and legacy == key}
                if found != fate.open:
                    self.say(name, key, f"open refs are {found}, expected {fate.open}")

    def compare_end(self):
        if not self.report.get("closed"):
            self.found.append(f"the sum does not close: {self.report}")
        is_open = any(each[count] for each in self.report.get("entities", ())
                      for count in ("held", "kept", "gone", "extra", "lost", "not_adopted", "open_refs"))
        if self.code != (3 if is_open else 0):
            self.found.append(f"ended with {self.code}, expected {3 if is_open else 0}")


def describe(fate):
    reasons = ", ".join(sorted(str(reason) for reason in fate.reasons))
    return "/".join(sorted(fate.classes)) + (f" ({reasons})" if reasons else "")


def learn(case, fates, seen, before):
    """What the next run's oracle may take for granted; of loose rows, what is there."""
    known = {}
    for name, entity in case.entities.items():
        known[name] = {}
        for key, fate in fates[name].items():
            if fate.loose:
                known[name][key] = learn_loose(entity, key, fate, seen, before[name].get(key))
            elif fate.known is not None:
                known[name][key] = fate.known
    return known


def learn_loose(entity, key, fate, seen, was):
    if seen.ledger[entity.name].get(key) == "gone":
        return learn_loose_leaver(entity, key, fate, seen)
    if seen.ledger[entity.name].get(key) == "held":
        note = seen.quarantine[entity.name][key]
        return Known("held", fate.inputs, reasons={note["reason"]}, wants_unique=note["sqlstate"] == "23505",
                     points=seen.ledger_ids[entity.name][key][0] is not None)
    note = seen.quarantine[entity.name].get(key)
    stored = seen.rows[entity.name].get(entity.tag_of(key))
    open_refs = {column: parent for (each, legacy, column), parent in seen.open_refs.items()
                 if each == entity.name and legacy == key}
    removal = seen.removal[entity.name].get(key)
    if note:
        if was and was.stored:  # nothing was written, but for refs whose parents have come
            filled = set(was.open) - set(open_refs)
            stored = {column: stored[column] if stored and column in filled else value for column, value in was.stored.items()}
        return Known("here", None, fate.inputs, {note["reason"]}, note["sqlstate"] == "23505", stored, open_refs,
                     removal=removal)
    if (entity.name, key) in seen.baseless and stored:
        stored = {**stored, **{each.name: BASELESS for each in entity.fields if each.is_in_row_hash and not each.is_id}}
    return Known("here", fate.inputs, stored=stored, open=open_refs, guessed=True, removal=removal)

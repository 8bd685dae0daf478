"""What the oracle expects of rows that leave against what is there: a part of the comparison."""
from fate import Known
from values import ANY

FROM_SEQUENCE = ("always", "by default", "serial", "bigserial")


class ComparingLeavers:
    def compare_removal(self, entity, key, fate):
        """What the ledger says was done to the target row."""
        found = self.seen.removal[entity.name].get(key)
        if fate.known is None or fate.state is None:
            return
        expected = {fate.known.removal}
        if fate.state == "gone" and fate.after is None and not fate.known.removal:
            expected = {None, "deleted"}  # by others
        if found not in expected:
            self.say(entity.name, key, f"removal is {found}, not {fate.known.removal}")

    def compare_id_kept(self, entity, key, tag):
        """A row that comes back has the id that it had."""
        was = self.before.ledger_ids.get(entity.name, {}).get(key, (None,))
        has = self.seen.ids[entity.name].get(tag)
        if entity.id_kind in FROM_SEQUENCE and was[0] is not None and has not in (None, was):
            if tag not in self.before.rows[entity.name] and self.before.ledger[entity.name].get(key) in ("here", "gone"):
                self.say(entity.name, key, f"is back with id {has}, had {was}")

    def compare_image_of_gone(self, entity, key, fate, note):
        if note["run"] == self.seen.run and fate.after is not None:
            self.compare_image(entity, key, "quarantine", note["image"] or {}, fate.after)

    def compare_image(self, entity, key, where, image, expected):
        refs = {field.name for field in entity.fields if field.is_ref}
        for column, value in expected.items():
            if column not in refs and value is not ANY and image.get(column) != value:
                self.say(entity.name, key, f"{where} has {column} as {image.get(column)!r}, not {value!r}")

    def compare_undo_of_removed(self, entity, key, fate):
        """True: it was removed in this run."""
        kind = self.seen.undo_kinds.get((entity.name, key))
        wanted = {"deleted": "delete", "marked": "mark"}.get(fate.removed)
        if fate.removed and kind is None and not self.killed:
            self.say(entity.name, key, f"was {fate.removed}, and undo has no image of it")
        if kind in ("delete", "mark") and kind != wanted:
            self.say(entity.name, key, f"undo has an image of kind {kind}")
        if fate.removed and kind is not None:
            self.compare_image(entity, key, "undo", self.seen.undo[entity.name, key], fate.undone)
        return fate.removed

    def compare_removed(self, entity, found):
        for kind in ("deleted", "marked"):
            sure = sum(fate.removed == kind for fate in self.fates[entity.name].values())
            loose = sum(fate.loose and self.removed_now(entity.name, key, kind)
                        for key, fate in self.fates[entity.name].items())
            if not (0 if self.killed else sure + loose) <= found[kind] <= sure + loose:
                self.say(entity.name, "", f"{found[kind]} {kind}, expected {sure + loose}")
        if found.get("braked", 0) != self.braked.get(entity.name, 0):
            self.say(entity.name, "", f"{found.get('braked')} braked, expected {self.braked.get(entity.name)}")
        if self.seen.hung[entity.name] != self.before.hung[entity.name]:
            self.say(entity.name, "", "rows of the application that refer to it were touched: "
                     f"{self.before.hung[entity.name]} are {self.seen.hung[entity.name]}")

    def removed_now(self, name, key, kind):
        was = self.before.removal.get(name, {}).get(key)
        stood = self.case.entities[name].tag_of(key) in self.before.rows[name]
        return stood and self.seen.removal[name].get(key) == kind != was


def learn_loose_leaver(entity, key, fate, seen):
    """A row that is gone, and of which nobody could say what becomes of it."""
    stored, removal = seen.rows[entity.name].get(entity.tag_of(key)), seen.removal[entity.name].get(key)
    if stored is None:
        return Known("gone", fate.known and fate.known.inputs, removal=removal)
    note = seen.quarantine[entity.name].get(key)
    left = Known(**vars(fate.known)) if fate.known else Known("gone", fate.inputs, stored=stored)
    left.state, left.removal, left.guessed = "gone", removal, True
    left.tried, left.kept_for = note is not None or fate.known.tried, {note["reason"] if note else None}
    left.stored = stored if removal == "marked" else left.stored
    return left

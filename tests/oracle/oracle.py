"""What a run must do: computed from the source, from what the target held before the run, and from what the oracle
expected of earlier runs. Written from the documentation; it shares nothing with the program."""
from adoption import Adopting
from derive import World, count_given, draft_entity
from fate import Fate, Known
from filling_refs import Filling
from leaving import Leaving
from values import ANY, UniqueValues, merge_audit


class Oracle(Adopting, Filling, Leaving):
    def __init__(self, case, tables, namespace, known, before, hung, lets_pass=False):
        self.case, self.before, self.hung, self.lets_pass = case, before, hung, lets_pass
        self.known = {name: {key: self.as_found(case.entities[name], key, each) for key, each in rows.items()}
                      for name, rows in known.items()}
        self.world = World(case, tables, namespace)
        self.drafts, self.keyless, self.given = {}, {}, {}
        for name, entity in case.entities.items():
            self.drafts[name], self.keyless[name] = draft_entity(self.world, entity)
            self.given[name] = count_given(self.world, entity)
        self.fates = {name: {} for name in case.entities}
        self.here = set()  # (entity, key)
        self.begun_here = set()
        self.values = {name: UniqueValues(entity, before[name]) for name, entity in case.entities.items()}
        self.updated = set()  # entities in which a row was updated
        self.pending = {name: [] for name in case.entities}
        self.braked = {}  # entity -> how many rows

    def expect(self):
        for name in self.case.entities:
            for key, draft in self.drafts[name].items():
                self.begin(name, key, draft)
            for key, known in self.known[name].items():
                if key not in self.drafts[name]:
                    self.fates[name][key] = self.leave(name, key, known, set())
        self.begun_here = {each for each in self.here if self.known[each[0]][each[1]].state != "gone"}
        self.find_in_target()
        self.set_late_clashes_aside()
        self.settle()
        if self.remove_gone():
            self.settle()
            self.find_late_leavers()
        for name in self.case.entities:
            for draft in self.pending[name]:
                self.fates[name][draft.key] = self.refuse(draft)
            for key, fate in self.fates[name].items():
                self.reconsider(name, key, fate)
                self.fill_open_refs(name, key, fate)
        self.carry_marks()
        return self.fates

    # --- what happens to a row first ---

    def begin(self, name, key, draft):
        known = self.known[name].get(key)
        if draft.excluded:
            self.fates[name][key] = self.exclude(draft, known)
            return
        if known and (known.placed or known.points and known.state == "held" and self.row_before(draft)):
            self.here.add((name, key))
        if known and not self.is_looked_at(known, draft):
            self.fates[name][key] = self.stay(draft, known)
        else:
            self.pending[name].append(draft)

    def exclude(self, draft, known):
        classes, after = {f"excluded {draft.excluded}"}, self.row_before(draft)
        if known:
            return self.leave(draft.entity.name, draft.key, known, classes)
        if after and draft.entity.legacy_fields:
            return Fate(classes, "gone", after, known=Known("gone", points=True))
        return Fate(classes, after=after)

    def is_looked_at(self, known, draft):
        """For its own sake; a row may also be looked at because others have moved."""
        if known.state == "gone" and not known.placed or "differs" in known.reasons:
            return True
        if "unique" in known.reasons and "unique" not in draft.late:
            return True
        if known.removal == "marked":
            return self.is_mark_looked_at(known, draft)
        if known.inputs == draft.inputs:
            return False
        return known.refused != draft.inputs or "conflict" in known.reasons

    def leave(self, name, key, known, classes):
        """It is no longer in the source, or excluded now."""
        after = self.before[name].get(self.case.entities[name].tag_of(key))
        if after is None:
            return Fate(classes, "gone", known=Known("gone", known.inputs))
        # Its open refs wait with it: it may come back.
        left = Known("gone", known.inputs, stored=known.stored, open=known.open, points=known.points,
                     guessed=known.guessed, removal=known.removal)
        return Fate(classes, "gone", after, open=dict(known.open), known=left)

    def stay(self, draft, known):
        before = self.row_before(draft)
        if known.stored is None:
            return Fate({"held"}, "held", before, set(known.reasons), known=known)
        if known.inputs == draft.inputs and not (known.removal and known.refused):
            left = Known("here", known.inputs, stored=known.stored, open=known.open, guessed=known.guessed)
            left = known if known.removal else left
            return Fate({"unchanged"}, "here", before, open=dict(known.open), known=left)
        return Fate({"kept"}, "here", before, set(known.reasons), dict(known.open), known)

    def row_before(self, draft):
        return self.before[draft.entity.name].get(draft.tag)

    def set_late_clashes_aside(self):
        """Rows that clash in an index that only the target knows: of those that come together the lowest key wins, but
        where some come and others change, nobody says who is first. Nor what becomes of their children then."""
        unsure = set()
        for name, entity in self.case.entities.items():
            for each in entity.fields:
                if each.late_unique and self.known[name]:
                    unsure |= self.find_clashes(name, each)
        grown = True
        while grown:
            children = {(name, draft.key) for name, drafts in self.pending.items() for draft in drafts
                        if set(draft.parents.values()) & (unsure - self.here)}
            grown = not children <= unsure
            unsure |= children
        for name, drafts in self.pending.items():
            for draft in [draft for draft in drafts if (name, draft.key) in unsure]:
                drafts.remove(draft)
                self.fates[name][draft.key] = Fate({"inserted", "held", "kept", "updated", "unchanged"}, loose=True)

    def find_clashes(self, name, each):
        wanted = {}
        for draft in self.pending[name]:
            before = self.row_before(draft) or {each.name: None}
            for text in {draft.values.get(each.name), before[each.name]}:
                wanted.setdefault(each.late_unique.value(text), []).append((name, draft.key))
        return {key for value, keys in wanted.items() if value is not None and len(keys) > 1 for key in keys}

    # --- until nothing moves ---

    def settle(self):
        moved, self.patient = True, True
        while moved or self.patient:
            self.patient = self.patient and moved
            moved, here = False, len(self.here)
            for name in self.case.entities:
                self.wake(name)
                for draft in list(self.pending[name]):
                    fate = self.place(draft)
                    if fate:
                        self.loosen(draft, fate)
                        self.pending[name].remove(draft)
                        self.fates[name][draft.key] = fate
                        moved = True
            moved = any([self.exchange(name) for name in self.case.entities]) or moved or here != len(self.here)

    def wake(self, name):
        """Rows that wait for a parent that is here now, or for a value that may be free now."""
        for key, fate in list(self.fates[name].items()):
            known, draft = self.known[name].get(key), self.drafts[name].get(key)
            if known is None or draft is None or draft.excluded or not fate.classes & {"held", "kept"}:
                continue
            if fate.loose or known is not fate.known:
                continue
            waits = any(reason.startswith("parent") for reason in known.reasons)
            if (waits and not self.missing_parents(draft)) or (known.wants_unique and self.may_free(name)):
                del self.fates[name][key]
                self.pending[name].append(draft)

    def may_free(self, name):
        """An entity, or the one that fills the same table, has updated a row."""
        entity = self.case.entities[name]
        return any(other.name in self.updated for other in self.case.entities.values()
                   if other is entity or other is entity.partner or other.partner is entity)

    def missing_parents(self, draft):
        return {column: parent for column, parent in draft.parents.items()
                if parent not in self.here and not self.may_wait(draft.entity, column)}

    @staticmethod
    def may_wait(entity, column):
        filling = next(each.filling for each in entity.fields if each.name == column)
        return filling.missing == "leave_empty" or entity.name in filling.parents()

    def place(self, draft):
        known = self.known[draft.entity.name].get(draft.key)
        if known is not None and known.placed:
            return self.update(draft, known)
        if draft.early or draft.late or draft.owners or self.missing_parents(draft):
            return None
        if self.may_adopt(draft):
            return self.adopt(draft)
        row, open_refs = self.resolve(draft, self.here)
        row.update(draft.entity.strangers)
        row = self.store(draft.entity, row)
        if self.is_refused(draft, row, {}) or self.is_taken(draft, row, None):
            return None
        self.values[draft.entity.name].take(draft.tag, row)
        self.here.add((draft.entity.name, draft.key))
        left = Known("here", draft.inputs, stored=row, open=open_refs)
        return Fate({"inserted"}, "here", dict(row), open=dict(open_refs), known=left)

    def loosen(self, draft, fate):
        """What value a parent has that others have deleted is written nowhere."""
        by_column = any(each.is_ref and each.filling.column and each.name in draft.parents
                        and not self.stands(draft.parents[each.name]) for each in draft.entity.fields)
        known = self.known[draft.entity.name].get(draft.key)
        if known and known.guessed and self.case.conflicts == "target_wins":
            fate.loose = True
        if fate.loose or by_column:
            fate.loose = True
            fate.classes |= {"updated", "unchanged", "kept"} if "inserted" not in fate.classes else set()

    def resolve(self, draft, here):
        """The target's row, and what of it waits."""
        row, open_refs = {}, {}
        for column in draft.entity.columns():
            if column in draft.values:
                row[column] = draft.values[column]
        if draft.entity.id_kind in ("always", "by default", "serial", "bigserial"):
            row[draft.entity.id.name] = ANY
        for each in draft.entity.fields:
            if not each.is_ref:
                continue
            parent = draft.parents.get(each.name)
            lost = each.name in draft.lost_values
            row[each.name] = self.as_ref(parent, each) if parent in here and not lost else None
            if parent and parent not in here and not lost:
                open_refs[each.name] = parent
        return row, open_refs

    def as_ref(self, parent, each):
        """The value of a ref: an id stands for the row that has it."""
        return parent[1][each.filling.column[1]] if each.filling.column else (parent[0], self.tag_of(parent))

    def tag_of(self, parent):
        return self.case.entities[parent[0]].tag_of(parent[1])

    # --- an update ---

    def update(self, draft, known):
        before = self.row_before(draft)
        # What a new version without the time of its id becomes is written nowhere.
        timeless = draft.entity.id_kind == "uuid v7" and draft.driving[draft.entity.id.filling.time] is None
        if before is not None and (timeless or self.is_unmarked_unsurely(draft, known, before)):
            return Fate({"kept", "unchanged", "updated"}, "here", before, {ANY}, loose=True)
        if draft.early or self.late_reasons(draft, before) or self.missing_parents(draft):
            return None
        if draft.owners:
            return Fate({"kept", "unchanged", "updated"}, "here", before, {ANY}, loose=True)
        if before is None:
            return Fate({"kept"}, "here", None, open=dict(known.open), known=known)
        fate = self.decide(draft, known, before, *self.resolve(draft, self.here))
        if fate and "updated" in fate.classes:
            self.updated.add(draft.entity.name)
            self.values[draft.entity.name].free(before)
            self.values[draft.entity.name].take(draft.tag, fate.after)
        return fate

    def late_reasons(self, draft, before):
        changed = self.changes_key(draft, before)
        return draft.late | ({"key"} if changed else set())

    def changes_key(self, draft, before):
        known = self.known[draft.entity.name].get(draft.key)
        if draft.entity.id_kind not in ("expression", "natural") or known is None or not known.placed:
            return False
        return draft.values.get(draft.entity.id.name) != known.stored[draft.entity.id.name]

    def decide(self, draft, known, before, row, open_refs):
        fields, off = draft.entity.fields, []
        if known.removal == "marked":
            row = self.with_mark_off(draft, known, before, row)
            off = [column for column in draft.entity.policy.unmark if row[column] != before[column]]
        differing = [each.name for each in fields if each.is_updated and row[each.name] != before[each.name]]
        as_left = all(before[each.name] == known.stored[each.name] for each in fields if each.is_in_row_hash)
        if not differing and not off:
            left = Known("here", draft.inputs, stored=before, open=open_refs)
            return Fate({"unchanged"}, "here", dict(before), open=dict(open_refs), known=left)
        as_left = as_left or not differing
        if not as_left and self.case.conflicts == "target_wins":
            left = Known("here", draft.inputs, stored=known.stored, open=known.open)
            return Fate({"kept"}, "here", dict(before), open=dict(known.open), known=left)
        if not as_left and self.case.conflicts == "hold":
            left = Known("here", known.inputs, draft.inputs, {"conflict"}, stored=known.stored, open=known.open)
            return Fate({"kept"}, "here", dict(before), {"conflict"}, dict(known.open), left)
        after = self.write_over(draft, before, row, differing + off)
        if after is None:
            return None
        left = Known("here", draft.inputs, stored=after, open=open_refs)
        return Fate({"updated"}, "here", dict(after), open=dict(open_refs), known=left, undone=before)

    def write_over(self, draft, before, row, differing):
        after = {**before, **{column: row[column] for column in differing}}
        for each in draft.entity.fields:
            if each.is_audit and not each.owner_target:
                after[each.name] = merge_audit(each.type, before[each.name], row[each.name])
        after = self.store(draft.entity, after)
        refused = self.is_refused(draft, after, before) or self.is_taken(draft, after, before)
        return None if refused else after

    def refuse(self, draft):
        """Nothing has let it go."""
        name, known = draft.entity.name, self.known[draft.entity.name].get(draft.key)
        before = self.row_before(draft)
        placed = known is not None and known.placed
        late = self.late_reasons(draft, before) if placed else draft.late | draft.owners
        parents = set().union(*(self.explain(parent) for parent in self.missing_parents(draft).values()))
        reasons = draft.early | draft.owners if draft.early else late | parents
        wants_unique = not reasons
        reasons = reasons or {"refused"}
        if known and draft.inputs in (known.inputs, known.refused) and known.reasons:
            reasons = reasons | known.reasons
        if not placed:
            return self.hold_found(draft, reasons, wants_unique)
        kept = Known("here", known.inputs, draft.inputs, reasons, wants_unique, known.stored, known.open)
        return Fate({"kept"}, "here", before, reasons, dict(known.open), kept)

    def explain(self, parent):
        name, key = parent
        draft = self.drafts[name].get(key)
        return {"parent_absent" if draft is None else "parent_excluded" if draft.excluded else "parent_held"}

    # --- what the target refuses ---

    def is_refused(self, draft, row, before):
        """By a check, a domain, or a foreign key; what is not written is not asked."""
        for each in draft.entity.fields:
            value = row[each.name]
            if value is None or (before and before[each.name] == value):
                continue
            if each.check and not each.check[1](value):
                return True
            if each.lookup and value not in LOOKUP:
                return True
            if each.type == "small_number" and int(value) >= 150:
                return True
            has_key = each.is_ref and (each.foreign_key is not None or each.in_foreign_key)
            if has_key and not self.stands(draft.parents[each.name]):
                return True
        return draft.entity.trigger is not None and draft.entity.trigger.refuses(row)

    @staticmethod
    def store(entity, row):
        return entity.trigger.store(row) if entity.trigger else row

    def stands(self, parent):
        """A row that is here may have been deleted from the target by others."""
        known = self.known[parent[0]].get(parent[1])
        was_placed = known is not None and known.placed
        return not was_placed or self.tag_of(parent) in self.before[parent[0]]

    def is_taken(self, draft, row, before):
        return bool(self.values[draft.entity.name].taken(row, before))

    def exchange(self, name):
        """Rows in a circle: only a constraint that can wait lets them go, all at once."""
        circle = []
        for draft in self.pending[name]:
            known, before = self.known[name].get(draft.key), self.row_before(draft)
            if known is None or not known.placed or before is None or draft.owners:
                continue
            if draft.early or self.late_reasons(draft, before) or self.missing_parents(draft):
                continue
            row = {**before, **{column: value for column, value in self.resolve(draft, self.here)[0].items()
                                if any(each.name == column and each.is_updated for each in draft.entity.fields)}}
            row = self.store(draft.entity, row)
            taken = self.values[name].taken(row, before)
            if taken and all(each.deferrable for each in taken) and not self.is_refused(draft, row, before):
                circle.append((draft, known, before))
        return bool(circle) and self.exchange_all(name, circle)

    def exchange_all(self, name, circle):
        kept = self.values[name].copy()
        for draft, _, before in circle:
            self.values[draft.entity.name].free(before)
        fates = []
        for draft, known, before in circle:
            fate = self.decide(draft, known, before, *self.resolve(draft, self.here))
            if fate is None:
                self.values[name] = kept
                return self.leave_open(name, circle)
            if fate.after is not None:
                self.values[draft.entity.name].take(draft.tag, fate.after)
            fates.append((draft, fate))
        for draft, fate in fates:
            self.pending[name].remove(draft)
            self.fates[name][draft.key] = fate
        self.updated.add(name)
        return True

    def leave_open(self, name, circle):
        """Which of them get further is nowhere promised."""
        for draft, known, before in circle:
            self.pending[name].remove(draft)
            fate = Fate({"kept", "updated"}, "here", before, {ANY}, loose=True)
            self.fates[name][draft.key] = fate
        return True


LOOKUP = ("a", "b", "ä", "", "red1", "green7", "none")

"""What a run must do with target rows of rows that are gone, after all others have moved: a part of the oracle."""
from fate import Known
from known import DEVIATIONS

MAY_BE_ABSENT = None  # among the reasons of a row: it need not be in quarantine


class Leaving:
    def as_found(self, entity, key, known):
        """A row whose target row others have deleted comes back as a new one if it is gone, or to be restored."""
        restored = known.state == "here" and known.stored is not None and entity.policy.lost == "restore"
        if not (known.state == "gone" or restored) or entity.tag_of(key) in self.before[entity.name]:
            return known
        return Known("gone", known.inputs)

    def remove_gone(self):
        """True: something has been deleted, so that a unique value may be free."""
        self.sort_out()
        sure, possible = self.choose_deleted(self.may_go, True), self.choose_deleted(self.may_go | self.unsure, False)
        freed = False
        for name, key in self.candidates:
            if self.case.entities[name].policy.deletes == "delete":
                if (name, key) in sure:
                    self.delete(name, key)
                    freed = True
                elif (name, key) in possible:
                    self.let_be_loose(name, key)
                else:
                    self.reasons[name, key] |= {"gone:referenced"} if self.may_be_held_by_others(name, key, sure) else set()
            elif (name, key) in self.may_go:
                self.mark(name, key)
            if (name, key) in self.unsure:
                self.let_be_loose(name, key)
        for name, key in self.candidates:
            fate = self.fates[name][key]
            if not fate.removed and not fate.loose:
                self.note_why(fate, self.reasons[name, key])
        return freed

    def note_why(self, fate, reasons):
        fate.reasons = reasons
        fate.known = Known(**vars(fate.known))
        fate.known.tried, fate.known.kept_for = True, reasons

    # --- whose row may go for its own sake ---

    def sort_out(self):
        """Into what may go, what may perhaps, and why the rest may not. Rows of braked entities are in none."""
        self.candidates, self.may_go, self.unsure, self.reasons = [], set(), set(), {}
        for name, entity in self.case.entities.items():
            gone = [key for key, fate in self.fates[name].items() if self.is_to_go(entity, fate)]
            if not entity.policy.removes or self.brake(entity, gone):
                continue
            for key in gone:
                self.candidates.append((name, key))
                reasons = self.reasons[name, key] = self.find_reasons(entity, key, self.fates[name][key])
                if self.fates[name][key].known.guessed or self.fates[name][key].loose:
                    self.unsure.add((name, key))
                elif not reasons:
                    self.may_go.add((name, key))

    @staticmethod
    def is_to_go(entity, fate):
        if fate.state != "gone" or fate.after is None:
            return False
        if fate.known.removal == "marked" and entity.policy.deletes != "delete":
            return False
        return fate.known.stored is not None or fate.known.points

    def brake(self, entity, gone):
        """Its rows stay as they are, with what quarantine says of them."""
        tried = [key for key in gone if self.was_tried(entity.name, key)]
        untried = sum(self.fates[entity.name][key].known.placed for key in set(gone) - set(tried))
        rows = sum(fate.state in ("here", "gone") and fate.after is not None and self.is_pointed_at(fate)
                   for fate in self.fates[entity.name].values())
        rows += sum(self.is_placed_before(draft) for draft in self.pending[entity.name])
        if self.lets_pass or untried * 100 <= entity.policy.max_deletes * rows:
            return False
        self.braked[entity.name] = untried
        for key in tried:
            self.note_why(self.fates[entity.name][key], self.known[entity.name][key].kept_for)
        return True

    def was_tried(self, name, key):
        known = self.known[name].get(key)
        return known is not None and known.state == "gone" and known.tried

    @staticmethod
    def is_pointed_at(fate):
        return fate.known is None or fate.known.stored is not None or fate.known.points

    def is_placed_before(self, draft):
        known = self.known[draft.entity.name].get(draft.key)
        return known is not None and known.placed and self.row_before(draft) is not None

    def find_reasons(self, entity, key, fate):
        known, row, wins = fate.known, fate.after, self.case.conflicts
        if not known.placed:
            return {"gone:not_adopted"}
        as_left = self.is_as_left(entity, known, row)
        if not as_left and wins != "source_wins":
            return {"gone:conflict"} if wins == "hold" else {MAY_BE_ABSENT}
        if entity.policy.deletes == "delete":
            return {"gone:refused"} if entity.policy.keeps and entity.tag_of(key).endswith(entity.policy.keeps) else set()
        return {"gone:refused"} if self.refuses_mark(entity, self.as_marked(entity, row), row) else set()

    @staticmethod
    def is_as_left(entity, known, row):
        return all(row[each.name] == known.stored[each.name] for each in entity.fields if each.is_in_row_hash)

    # --- who refers to whom ---

    def choose_deleted(self, able, unsure_stay):
        """Of those that may go the ones to which nobody refers that stays."""
        going = {(name, key) for name, key in able if self.case.entities[name].policy.deletes == "delete"}
        tags = {(name, self.case.entities[name].tag_of(key)): (name, key) for name, key in going}
        links = self.find_links(unsure_stay)
        while True:
            staying = {tags[to] for who, to in links if to in tags and tags[to] in going
                       and not (who in tags and tags[who] in going)}
            if not staying:
                return going
            going -= staying

    def may_be_held_by_others(self, name, key, going):
        here = (name, self.case.entities[name].tag_of(key))
        gone = {(each, self.case.entities[each].tag_of(key)) for each, key in going}
        return any(to == here and who not in gone and who != here for who, to in self.find_links(True))

    def find_links(self, unsure_too):
        """Pairs of (entity, tag): the first refers to the second, as they stand now."""
        rows = {name: self.standing(name, unsure_too) for name in self.case.entities}
        found = {(("hanger", entity.name), (entity.name, tag)) for entity in self.case.entities.values()
                 for tag in self.hung.get(entity.name, ())}
        for name, entity in self.case.entities.items():
            for fields in group_refs(entity):
                unguarded = len(fields) > 1 and not fields[0].in_foreign_key
                if unsure_too or not (unguarded and "refs_of_parts" in DEVIATIONS):
                    found |= self.links_of(rows, name, fields)
        return found

    @staticmethod
    def links_of(rows, name, fields):
        found, first = set(), fields[0]
        for tag, row in rows[name].items():
            values = [row[each.name] for each in fields]
            if None in values:
                continue
            if not first.filling.column:
                found.add(((name, tag), values[0]))
                continue
            columns = [each.filling.column[0] for each in fields]
            found |= {((name, tag), (first.filling.entity, other)) for other, parent in rows[first.filling.entity].items()
                      if [parent[column] for column in columns] == values}
        return found

    def standing(self, name, unsure_too):
        """The rows of the target as they are when all have moved."""
        entity, rows = self.case.entities[name], dict(self.before[name])
        for key, fate in self.fates[name].items():
            tag = entity.tag_of(key)
            if fate.loose:
                if not unsure_too:
                    rows.pop(tag, None)
            elif fate.after is None:
                rows.pop(tag, None)
            else:
                rows[tag] = fate.after
        return rows

    # --- what is done ---

    def delete(self, name, key):
        fate = self.fates[name][key]
        self.values[name].free(fate.after)
        self.updated.add(name)
        fate.removed, fate.undone, fate.after, fate.open = "deleted", fate.after, None, {}
        fate.known = Known("gone", fate.known.inputs, removal="deleted")

    def mark(self, name, key):
        entity, fate = self.case.entities[name], self.fates[name][key]
        fate.removed, fate.undone = "marked", fate.after
        fate.after = self.as_marked(entity, fate.after)
        fate.known = Known(**vars(fate.known))
        fate.known.removal, fate.known.stored = "marked", fate.after

    def let_be_loose(self, name, key):
        fate = self.fates[name][key]
        if fate.removed:
            return
        fate.loose = True

    def as_marked(self, entity, row):
        return self.store(entity, {**row, **{column: stored for column, (_, stored) in entity.policy.mark.items()}})

    @staticmethod
    def refuses_mark(entity, after, before):
        """By a check, a domain or a trigger; what an audit or a ref holds is not touched."""
        broken = any(each.check and after[each.name] is not None and after[each.name] != before[each.name]
                     and not each.check[1](after[each.name]) for each in entity.fields)
        return broken or bool(entity.trigger and entity.trigger.refuses(after))

    def find_late_leavers(self):
        """What could go only now, because a row has moved after others were deleted: in this run or the next one."""
        possible = self.choose_deleted({each for each in self.may_go if self.fates[each[0]][each[1]].after is not None}, False)
        for name, key in possible:
            self.let_be_loose(name, key)

    # --- a marked row that is back ---

    def with_mark_off(self, draft, known, before, row):
        """What it is to be; columns that the source has not changed since it was marked stay what they are."""
        policy = draft.entity.policy
        if known.inputs == draft.inputs:
            kept = {each.name for each in draft.entity.fields if each.is_updated and each.name not in policy.mark}
            row = {column: before[column] if column in kept else value for column, value in row.items()}
        return {**row, **{column: stored for column, (_, stored) in policy.unmark.items()}}

    def is_unmarked_unsurely(self, draft, known, before):
        """As it was at the source, and yet not so that its mark can be taken off without a thought."""
        if known.removal != "marked" or known.inputs != draft.inputs:
            return False
        filled = any(each.name in draft.entity.policy.mark for each in draft.entity.fields)
        as_left = self.is_as_left(draft.entity, known, before)
        late = draft.early or draft.late or draft.owners or self.missing_parents(draft)
        return bool(late or known.guessed or (filled and not as_left))

    @staticmethod
    def is_mark_looked_at(known, draft):
        """Until it is off, whenever something changes."""
        return known.state == "gone" or "conflict" in known.reasons or draft.inputs != (known.refused or known.inputs)

    def carry_marks(self):
        """A mark that is not off stays; and with it what is known of it."""
        for name, fates in self.fates.items():
            for key, fate in fates.items():
                known = self.known[name].get(key)
                if known is None or known.removal != "marked" or fate.known in (None, known) or fate.removed:
                    continue
                fate.known = Known(**vars(fate.known))
                stays = fate.after is not None and (fate.state == "gone" or bool(fate.classes & {"kept", "held"}))
                fate.known.removal = "marked" if stays else None


def group_refs(entity):
    """Refs to parts of one key belong together."""
    groups = {}
    for each in entity.fields:
        if each.is_ref:
            together = (each.filling.entity, each.filling.keys) if each.filling.column else each.name
            groups.setdefault(together, []).append(each)
    return groups.values()

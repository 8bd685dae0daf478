"""What a run must do with rows that were in the target before, and that no ledger knows: a part of the oracle."""
from fate import Fate, Known
from values import BASELESS


class Adopting:
    """Rows are known by the legacy key that they carry, or by their tag."""

    def find_in_target(self):
        """Refs may lead to rows that are held, if they are in the target."""
        for name, drafts in self.pending.items():
            for draft in drafts:
                if self.may_adopt(draft) and draft.entity.legacy_fields:
                    self.here.add((name, draft.key))

    def may_adopt(self, draft):
        known = self.known[draft.entity.name].get(draft.key)
        return not (known and known.placed) and self.row_before(draft) is not None

    def has_other_id(self, draft):
        entity, before = draft.entity, self.row_before(draft)
        return entity.id_kind in ("expression", "natural") and draft.values.get(entity.id.name) != before[entity.id.name]

    def adopt(self, draft):
        """Held or not, it is in the target and known to the ledger; what it is to be is told when all parents are."""
        if self.has_other_id(draft):
            return None
        self.here.add((draft.entity.name, draft.key))
        return None if self.patient else self.decide_found(draft, self.row_before(draft), *self.resolve(draft, self.here))

    def decide_found(self, draft, before, row, open_refs):
        differs = draft.entity.differs or self.case.differs or "quarantine"
        differing = [each.name for each in draft.entity.fields if each.is_updated and row[each.name] != before[each.name]]
        if not differing:
            left = Known("here", draft.inputs, stored=before, open=open_refs)
            return Fate({"adopted"}, "here", dict(before), open=dict(open_refs), known=left)
        if differs == "target_wins":
            unlike = {each.name: BASELESS for each in draft.entity.fields if each.is_in_row_hash and not each.is_id}
            return Fate({"kept"}, "here", dict(before), known=Known("here", draft.inputs, stored={**before, **unlike}))
        if differs == "quarantine":
            held = Known("held", draft.inputs, reasons={"differs"}, points=True)
            return Fate({"held"}, "held", dict(before), {"differs"}, known=held)
        after = self.write_over(draft, before, row, differing)
        if after is None:
            return None
        self.updated.add(draft.entity.name)
        self.values[draft.entity.name].free(before)
        self.values[draft.entity.name].take(draft.tag, after)
        left = Known("here", draft.inputs, stored=after, open=open_refs)
        return Fate({"updated"}, "here", dict(after), open=dict(open_refs), known=left, undone=before)

    def hold_found(self, draft, reasons, wants_unique):
        """By a natural key only a row is known that nothing holds before."""
        before = self.row_before(draft)
        other_id = before is not None and self.has_other_id(draft)
        reasons = (reasons - {"refused"} if other_id else reasons) | ({"key"} if other_id else set())
        points = before is not None and (bool(draft.entity.legacy_fields) or reasons == {"refused"})
        held = Known("held", draft.inputs, reasons=reasons, wants_unique=wants_unique and not other_id, points=points)
        return Fate({"held"}, "held", before, reasons, known=held)

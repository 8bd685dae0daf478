"""What a run must do after all rows have moved, with refs whose parents have come: a part of the oracle."""
from itertools import combinations

from fate import Known


class Filling:
    def reconsider(self, name, key, fate):
        """A row that is compared while a parent is still on its way may differ in that ref alone, or no more."""
        draft, known = self.drafts[name].get(key), self.known[name].get(key)
        if fate.loose or not fate.classes & {"updated", "unchanged"} or known is None or known.inputs == draft.inputs:
            return
        before = self.row_before(draft)
        late = [parent for column, parent in draft.parents.items()
                if parent in self.here and parent not in self.begun_here and self.may_wait(draft.entity, column)]
        if before is None or not late:
            return
        for missing in (set(some) for count in range(len(late) + 1) for some in combinations(late, count)):
            other = self.decide(draft, known, before, *self.resolve(draft, self.here - missing))
            fate.classes |= other.classes if other else {"kept"}
        fate.loose = "kept" in fate.classes

    def fill_open_refs(self, name, key, fate):
        if fate.state != "here" or fate.after is None:
            return
        for column, parent in list(fate.open.items()):
            each = next(each for each in self.case.entities[name].fields if each.name == column)
            if parent not in self.here or fate.after[column] is not None:
                continue
            if (each.foreign_key is not None or each.filling.column) and not self.stands(parent):
                fate.loose = fate.loose or bool(each.filling.column)  # a value of a row that is not there
                continue
            entity = self.case.entities[name]
            filled = self.store(entity, {**fate.after, column: self.as_ref(parent, each)})
            if entity.trigger and entity.trigger.refuses(filled):
                continue
            was = {other for other in fate.after if fate.after[other] == fate.known.stored.get(other)}
            fate.after = filled
            del fate.open[column]
            fate.settled = True
            fate.known = Known(**vars(fate.known))
            fate.known.stored = {other: filled[other] if other in was else value
                                 for other, value in fate.known.stored.items()} | {column: filled[column]}
            fate.known.open = {other: parent for other, parent in fate.known.open.items() if other != column}

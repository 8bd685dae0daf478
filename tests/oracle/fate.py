"""What has become of a row, and what is known of it from then on."""
from dataclasses import dataclass, field

from values import BASELESS


@dataclass
class Known:
    """A legacy key that was taken before."""

    state: str  # here | held | gone
    inputs: tuple = None  # of the version that is here or held
    refused: tuple = None  # of a newer version that was refused
    reasons: set = field(default_factory=set)
    wants_unique: bool = False  # refused because another row of the target has its value
    stored: dict = None  # the target's row as it was left
    open: dict = field(default_factory=dict)  # column -> parent
    guessed: bool = False  # whether others have changed the row that was passed over cannot be seen
    points: bool = False  # held or gone, and the ledger points at the row of the target that was not adopted
    removal: str = None  # deleted | marked
    tried: bool = False  # it is gone, and a run has tried to remove its target row
    kept_for: set = field(default_factory=set)  # the reasons why that row stays

    @property
    def placed(self):
        """Its target row is the ledger's. What came to the ledger as it was, and went, is taken anew."""
        return self.stored is not None and not (self.state == "gone" and BASELESS in self.stored.values())


@dataclass
class Fate:
    """What must have become of one driving row, or of one known key."""

    classes: set  # in which of the counts it may be
    state: str = None  # in the ledger; None: not there
    after: dict = None  # the target's row; None: there is none
    reasons: set = field(default_factory=set)  # of its quarantine row; empty: there is none
    open: dict = field(default_factory=dict)
    known: Known = None
    loose: bool = False  # documentation leaves open what happens
    undone: dict = None  # the image that undo must have
    settled: bool = False  # an open ref of it was filled; None: here or by a run that died
    removed: str = None  # deleted | marked in this run

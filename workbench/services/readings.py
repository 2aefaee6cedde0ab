"""Which corrections belong to which row, and how the row reads with them."""

from bisect import bisect_right

from workbench.domain.beads import ReviewBead
from workbench.domain.corrections import (
    LEFT_OUT,
    WORDINGS,
    Correction,
    clashes,
    corrections_of,
)
from workbench.domain.diff import around, word_diff
from workbench.domain.operations import State
from workbench.domain.reading import DIVIDING, rows
from workbench.domain.rewording import reads, run_of
from workbench.services.views import Reading

_OF = DIVIDING | {"beads", "annotations", WORDINGS, LEFT_OUT}


def corrections_by_row(state: State, content: str) -> dict[str, list[Correction]]:
    """The corrections of each row that has some, by its id, in text order."""
    found: dict[str, list[Correction]] = {}
    for one in corrections_of(state):
        found.setdefault(_row_of(state, content, one).id, []).append(one)
    return found


def readings(state: State, content: str) -> dict[str, Reading]:
    """How the rows read that corrections change, or would if somebody chose, by their id."""
    return state.derive("readings", _OF, lambda: _readings(state, content))


def _readings(state: State, content: str) -> dict[str, Reading]:
    found = corrections_of(state)
    clashing = {id_ for group in clashes(found) for id_ in group}
    beads = {bead.id: bead for bead in rows(state).beads}
    readings: dict[str, Reading] = {}
    for id_, ours in corrections_by_row(state, content).items():
        old = beads[id_].tgt.of(content).strip()
        new = reads(content, found, beads[id_].tgt)
        clash = any(one.id in clashing for one in ours)
        if old != new or clash:
            readings[id_] = Reading(tuple(around(word_diff(old, new))) if old != new else (), clash)
    return readings


def _row_of(state: State, content: str, one: Correction) -> ReviewBead:
    """The row whose words a correction is about, or the one without English that it fills."""
    beads = rows(state).beads
    starts = [bead.tgt.start for bead in beads]
    number = bisect_right(starts, one.span.start) - 1
    for bead in beads[number : number + 4]:
        if not len(bead.tgt) and run_of(content, bead.tgt) == one.span:
            return bead
    while number and not len(beads[number].tgt):
        number -= 1
    return beads[number]

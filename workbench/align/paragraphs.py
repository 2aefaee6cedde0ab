"""Paragraphs aligned as wholes: where they leave no doubt, sentences keep to their cuts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbench.align.cells import Floats, Numbers
from workbench.align.lattice import Lattice
from workbench.domain.alignment import Bead
from workbench.domain.text import Span

SURE = 0.98  # a cut between paragraphs at least so probable is kept to


@dataclass(frozen=True, slots=True)
class Cuts:
    """Cells (i, j) of two texts through which their alignment surely goes, in order.

    i, j: as numbers of sentences.
    """

    i: Numbers
    j: Numbers

    def apart(self, i0: Numbers, i: Numbers, j0: Numbers, j: Numbers) -> Floats:
        """Over how many cuts the sentences [i0, i) and [j0, j) of some beads lie."""
        first = np.minimum(_part(self.i, i0), _part(self.j, j0))
        last = np.maximum(_part(self.i, i - 1), _part(self.j, j - 1))
        return (last - first).astype(np.float64)


NO_CUTS = Cuts(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


def _part(cuts: Numbers, sentence: Numbers) -> Numbers:
    """Between which cuts a sentence lies."""
    return np.searchsorted(cuts, sentence, side="right")


def sure_cells(lattice: Lattice) -> tuple[Numbers, Numbers]:
    """The cells inside a lattice through which nearly all alignments go."""
    sure = np.exp(np.minimum(lattice.cell_log_probabilities, 0)) >= SURE
    sure[[0, -1]] = False
    return lattice.i[sure], lattice.j[sure]


def attach(groups: Sequence[Bead], wholes: Sequence[Bead]) -> tuple[Bead, ...]:
    """Paragraph beads in which no paragraph is alone that has a place among whole paragraphs.

    groups: as they follow from sentences; a short paragraph that adds something ("Thank you.") is
    alone there. wholes: paragraphs aligned as wholes; if one of these beads holds such a paragraph
    and the pair next to it, it goes with that pair. Only what stands before everything else stays
    alone: there is nothing yet that it could belong to.
    """
    homes = [whole for whole in wholes if not whole.is_null]
    found: list[Bead] = []
    for group in groups:
        found.append(group)
        while len(found) > 1 and _belong(found[-2], found[-1], homes):
            if all(before.is_null for before in found[:-1]):
                break
            after = found.pop()
            found[-1] = _joined(found[-1], after)
    return tuple(found)


def _belong(one: Bead, other: Bead, homes: Sequence[Bead]) -> bool:
    if one.is_null == other.is_null:
        return False
    both = _joined(one, other)
    return any(
        home.src.start <= both.src.start
        and both.src.stop <= home.src.stop
        and home.tgt.start <= both.tgt.start
        and both.tgt.stop <= home.tgt.stop
        for home in homes
    )


def _joined(one: Bead, other: Bead) -> Bead:
    return Bead(Span(one.src.start, other.src.stop), Span(one.tgt.start, other.tgt.stop))

"""Single sentences that the translation puts elsewhere.

Most of them are not alone in a monotone alignment: a neighbour has taken them in. So every
sentence that is alone, or the first or last of several on its side of a bead, is compared with all
such sentences of the other side.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbench.align.candidates import Candidates
from workbench.align.cells import Floats, Numbers
from workbench.align.features import GROUPS, NAMES
from workbench.align.model import load_model
from workbench.align.pair import Pair
from workbench.domain.alignment import Bead
from workbench.domain.text import Span
from workbench.encode import Vectors

MARGIN = 8.5  # log units by which being moved must be better than what the alignment has
_ALIKE = 0.3  # cosine that two sentences must have
_NEAREST = 3  # sentences looked at for each
_ROWS = 512  # compared together
_OWN = ("similarity", "coverage", "length", "marks", "shape", "ends")
"""The groups of features that do not go by what stands around a bead."""


@dataclass(frozen=True, slots=True)
class _Free:
    """Sentences of one side that could be moved.

    number: of the sentence. bead: number of the bead that it is in. gain: how much better the
    score of the alignment is without it.
    """

    number: Numbers
    bead: Numbers
    gain: Floats


def moved_sentences(pair: Pair, beads: Sequence[Bead]) -> list[Bead]:
    """Pairs of sentences that translate each other across others, no bead touched twice.

    beads: in order; where some are left out, theirs are not looked at.
    """
    left, right = _free(pair, beads)
    at, other = _alike(pair, left, right)
    paired = np.cumsum([0] + [not bead.is_null for bead in beads])
    ends = np.sort([left.bead[at], right.bead[other]], axis=0)
    across = paired[ends[1]] > paired[np.minimum(ends[0] + 1, ends[1])]
    at, other = at[across], other[across]
    i, j = left.number[at], right.number[other]
    own = np.isin(NAMES, [name for group in _OWN for name in GROUPS[group]])
    weights = np.where(own, load_model().weights, 0).astype(np.float32)
    gains = _scores(pair, weights, i, i + 1, j, j + 1) + left.gain[at] + right.gain[other]
    touched: set[int] = set()
    found = []
    for n in np.argsort(-gains, kind="stable"):
        both = {int(left.bead[at[n]]), int(right.bead[other[n]])}
        if gains[n] >= MARGIN and not touched & both:
            touched |= both
            found.append(Bead(_one(i[n]), _one(j[n]), None, float(gains[n])))
    return found


def _free(pair: Pair, beads: Sequence[Bead]) -> tuple[_Free, _Free]:
    """The sentences of each side that are alone, or at an end of several in a bead."""
    opening = load_model().nulls[0]
    spans = np.array([(b.src.start, b.src.stop, b.tgt.start, b.tgt.stop) for b in beads], np.int64)
    found = []
    for side in (0, 2):
        start, stop = spans[:, side], spans[:, side + 1]
        lone = (start < stop) & (spans[:, 2 - side] == spans[:, 3 - side])
        several = np.flatnonzero((stop - start > 1) & ~lone)
        lone_of = np.repeat(np.flatnonzero(lone), (stop - start)[lone])
        lone_at = [n for bead in np.flatnonzero(lone) for n in range(start[bead], stop[bead])]
        gains = []
        now = _scores(pair, load_model().weights, *spans[several].T)
        for column, step in ((side, 1), (side + 1, -1)):  # without the first, without the last
            rest = spans[several].copy()
            rest[:, column] += step
            gains.append(_scores(pair, load_model().weights, *rest.T) - now)
        found.append(
            _Free(
                np.concatenate([lone_at, start[several], stop[several] - 1]).astype(np.int64),
                np.concatenate([lone_of, several, several]),
                np.concatenate([np.full(len(lone_at), -opening), *gains]),
            )
        )
    return found[0], found[1]


def _scores(
    pair: Pair, weights: Vectors, i0: Numbers, i: Numbers, j0: Numbers, j: Numbers
) -> Floats:
    """Scores of some beads, whatever their order."""
    order = np.lexsort((j, i))
    out = np.zeros(len(i))
    found = Candidates(i0[order], i[order], j0[order], j[order])
    out[order] = weights @ pair.features.of(found)
    return out


def _alike(pair: Pair, left: _Free, right: _Free) -> tuple[Numbers, Numbers]:
    """For each left sentence the nearest right ones, as numbers among the free ones."""
    if not len(left.number) or not len(right.number):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    vectors = pair.right.windows.single[right.number]
    found = []
    for first in range(0, len(left.number), _ROWS):
        near = pair.left.windows.single[left.number[first : first + _ROWS]] @ vectors.T
        most = np.argpartition(-near, min(_NEAREST, near.shape[1]) - 1, axis=1)[:, :_NEAREST]
        row, column = np.nonzero(np.take_along_axis(near, most, axis=1) >= _ALIKE)
        found.append((row + first, most[row, column]))
    at, other = (np.concatenate(some) for some in zip(*found, strict=True))
    return at, other


def _one(number: int) -> Span:
    return Span(int(number), int(number) + 1)

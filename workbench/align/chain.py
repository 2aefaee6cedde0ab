"""The default aligner: a log-linear semi-Markov chain over beads, decoded by its probabilities."""

import math

import numpy as np

from workbench.align.band import Band, find_band
from workbench.align.features import KINDS, LONGEST, Block, Features, Grid, Kind, length_ratio
from workbench.align.lattice import NEVER, Candidate, Lattice, Nulls, Row, best
from workbench.align.model import Model, load_model
from workbench.align.pair import Gap, Pair
from workbench.domain.alignment import Bead
from workbench.domain.text import Span
from workbench.progress import Progress

ALIGNING = "Aligning"
ROWS = 32  # rows of the lattice whose features are computed together
_LEAST = 1e-4  # beads less probable than this are not considered for the result
_WORTH = 0.45  # what a bead must be worth: about half of the F1 that can be hoped for
_OFF = 0.1  # a ratio of lengths that is off by so much, in logarithms, is worth a second run
_FEW = 10  # beads that are too few to tell a ratio
_LONG = 1.5  # a single sentence may stand for others up to this much longer, lengths scaled


def align_gap(pair: Pair, gap: Gap, progress: Progress) -> list[Bead]:
    """Semi-Markov chain over encoder, dictionary, length, marks and layout (the default)."""
    band = _band_of(pair, gap)
    beads = _align_in(pair.features, gap, band, progress)
    ratio = _ratio_of(pair, beads)
    if abs(math.log(ratio / pair.features.ratio)) > _OFF:  # much has no counterpart
        pair.features.ratio = ratio
        beads = _align_in(pair.features, gap, band, progress)
    return beads


def _ratio_of(pair: Pair, beads: list[Bead]) -> float:
    """The ratio of lengths where the texts translate each other, if enough is known of it."""
    sure = [b for b in beads if not b.is_null and (b.probability or 0) > 0.5]
    if len(sure) < _FEW:
        return pair.features.ratio
    left, right = pair.left.length_sums, pair.right.length_sums
    return length_ratio(
        sum(float(left[b.src.stop] - left[b.src.start]) for b in sure),
        sum(float(right[b.tgt.stop] - right[b.tgt.start]) for b in sure),
    )


def _align_in(features: Features, gap: Gap, band: Band, progress: Progress) -> list[Bead]:
    model = load_model()
    rows: list[Row] = []
    for first in range(0, len(band), ROWS):
        progress(ALIGNING, first, len(band))
        rows += _score(features, model, gap, band, first, min(first + ROWS, len(band)))
    nulls = Nulls(np.zeros(len(gap.left)), np.zeros(len(gap.right)), *model.nulls)
    lattice = Lattice(rows, nulls)
    progress(ALIGNING, len(band), len(band))
    return decode(lattice, gap)


def _band_of(pair: Pair, gap: Gap) -> Band:
    n, m = gap.shape
    left = pair.left.windows.part(gap.left.start, gap.left.stop)
    return find_band(left, pair.right.windows.part(gap.right.start, gap.right.stop), n, m)


def _score(
    features: Features, model: Model, gap: Gap, band: Band, first: int, stop: int
) -> list[Row]:
    """Rows `first` to `stop` of the lattice; row and column numbers count from the gap's start."""
    lower = min(a for a, _ in band[first:stop])
    upper = max(b for _, b in band[first:stop]) + 1
    block = Block(
        first + gap.left.start, stop + gap.left.start,
        lower + gap.right.start, upper + gap.right.start,
    )  # fmt: skip
    kinds = _kinds(features, block)
    scores = np.tensordot(model.weights, features.of(block, kinds), 1)
    stay_inside(scores, kinds, first, lower)
    return [
        Row(a, kinds, np.ascontiguousarray(scores[:, i - first, a - lower : b - lower + 1]))
        for i, (a, b) in enumerate(band[first:stop], first)
    ]


def _kinds(features: Features, block: Block) -> tuple[Kind, ...]:
    """The usual kinds, and 1-n and n-1 up to what the lengths in this block allow."""
    left, right = features.left.length_sums, features.right.length_sums * features.ratio
    rows, cols = (block.first_row, block.stop_row), (block.first_col, block.stop_col)
    many_right = _most(left, rows, right, cols)
    many_left = _most(right, cols, left, rows)
    usual = max(b for _, b in KINDS)
    long = [(1, b) for b in range(usual + 1, many_right + 1)]
    return (*KINDS, *long, *((a, 1) for a in range(usual + 1, many_left + 1)))


def _most(
    one: "np.ndarray[tuple[int], np.dtype[np.float64]]", at: tuple[int, int],
    many: "np.ndarray[tuple[int], np.dtype[np.float64]]", where: tuple[int, int],
) -> int:  # fmt: skip
    """How many neighbouring sentences of one side could stand for a single one of the other."""
    longest = float(np.diff(one[max(at[0] - 1, 0) : at[1]], prepend=one[max(at[0] - 1, 0)]).max())
    starts = np.arange(where[0], where[1])
    stops = np.searchsorted(many, many[starts] + longest * _LONG, side="right") - 1
    return min(int((stops - starts).max()), LONGEST)


def stay_inside(scores: Grid, kinds: tuple[Kind, ...], first: int, lower: int) -> None:
    """Forbid beads that reach out of the gap; scores: (kinds, rows from `first`, columns)."""
    for number, (a, b) in enumerate(kinds):
        scores[number, : max(a - first, 0)] = NEVER
        scores[number, :, : max(b - lower, 0)] = NEVER


def decode(lattice: Lattice, gap: Gap) -> list[Bead]:
    """The beads of a gap that are together most probably right."""
    least = _LEAST
    while True:
        path = best(lattice.candidates(least), *gap.shape, _WORTH)
        if path is not None:
            return [_bead(found, gap) for found in path]
        least = least**2  # the chain is very unsure; admit what is less probable


def _bead(found: Candidate, gap: Gap) -> Bead:
    i, j = found.i + gap.left.start, found.j + gap.right.start
    probability = min(max(found.probability, 0.0), 1.0)
    assert math.isfinite(found.score)
    return Bead(Span(i - found.kind[0], i), Span(j - found.kind[1], j), probability, found.score)

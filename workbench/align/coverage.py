"""Shares of words that have a counterpart by the lexicon, for many beads or cells at once."""

from collections.abc import Callable

import numpy as np

from workbench.align.candidates import Candidates
from workbench.align.cells import Cells, Floats, Numbers
from workbench.align.words import Bags, Found, Links, homes, spread, tabulate

_NumberOf = Callable[[Numbers, Numbers], Numbers]


def covered(
    bags: tuple[Bags, Bags], links: Links, found: Candidates
) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """Share of the words on each side of each bead with a home on the other, and the leak.

    links: from left words to right ones. The leak is the share that has no home inside the bead
    but one in a bag next to it.
    """
    left, right = bags
    wide = Candidates(
        np.maximum(found.i0 - 1, 0), np.minimum(found.i + 1, left.size),
        np.maximum(found.j0 - 1, 0), np.minimum(found.j + 1, right.size),
    )  # fmt: skip
    bead = np.repeat(np.arange(len(found)), wide.a)
    cells = _hull(spread(wide.i0, wide.a), wide.j0[bead], wide.j[bead])
    events = homes(left, right, links, cells.lower, cells.upper + 1, cells.first)

    def turned(bag: Numbers, home: Numbers) -> Numbers:
        return cells.number(home, bag)

    return (
        _shares(left, events[0], cells.number, len(cells), found, wide),
        _shares(right, events[1], turned, len(cells), found.turned(), wide.turned()),
    )


def _shares(
    bags: Bags, events: Found, number: _NumberOf, size: int, found: Candidates, wide: Candidates
) -> tuple[Floats, Floats]:
    """The share and the leak of what stands on the left of each bead.

    number: the number, below `size`, of a pair of a bag and one of the other side.
    """
    table = tabulate(events, number(events.bag, events.home), size, int(wide.b.max()))
    bag = spread(found.i0, found.a)
    bead = np.repeat(np.arange(len(found)), found.a)
    total = np.maximum(bags.sums[found.i] - bags.sums[found.i0], 1)
    shares = []
    for some in (found, wide):
        count = some.b[bead]
        row = np.repeat(np.arange(len(bag)), count)
        step = spread(np.zeros_like(count), count)
        at = number(bag[row], some.j0[bead][row] + step)
        shares.append(np.bincount(bead[row], table[step, at], minlength=len(found)) / total)
    return shares[0], shares[1] - shares[0]


def shared(bags: tuple[Bags, Bags], links: Links, i: Numbers, j: Numbers) -> Floats:
    """For pairs of a left and a right bag the share of words with a counterpart, mean of both."""
    cells, (left, right) = _hull(i, j, j + 1), bags
    events = homes(left, right, links, cells.lower, cells.upper + 1, cells.first)
    places = (
        cells.number(events[0].bag, events[0].home), cells.number(events[1].home, events[1].bag)
    )  # fmt: skip
    at, shares = cells.number(i, j), np.zeros(len(i))
    for found, place, totals in zip(events, places, (left.totals[i], right.totals[j]), strict=True):
        shares += tabulate(found, place, len(cells))[0, at] / np.maximum(totals, 1)
    return shares / 2


def _hull(i: Numbers, first: Numbers, stop: Numbers) -> Cells:
    """For each row i the columns from the least `first` to the greatest `stop`, less one."""
    start = int(i.min())
    lower = np.full(int(i.max()) + 1 - start, np.iinfo(np.int64).max)
    upper = np.full(len(lower), -1)
    np.minimum.at(lower, i - start, first)
    np.maximum.at(upper, i - start, stop - 1)
    empty = upper < 0
    lower[empty], upper[empty] = 0, -1
    return Cells(start, lower, upper)

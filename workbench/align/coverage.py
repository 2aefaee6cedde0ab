"""Shares of words that have a counterpart by the lexicon, for many beads or cells at once."""

import numpy as np

from workbench.align.candidates import Candidates
from workbench.align.cells import Cells, Floats, Numbers
from workbench.align.words import Bags, Links, homes, spread, tabulate


def covered(bags: Bags, others: Bags, links: Links, found: Candidates) -> tuple[Floats, Floats]:
    """Share of the words on the left of each bead with a home on its right, and the leak.

    The leak is the share that has none inside the bead but one in a bag next to it.
    """
    wide0, wide = np.maximum(found.j0 - 1, 0), np.minimum(found.j + 1, others.size)
    bag = spread(found.i0, found.a)
    bead = np.repeat(np.arange(len(found)), found.a)
    cells = _hull(bag, wide0[bead], wide[bead])
    events = homes(bags, others, links, cells.lower, cells.upper + 1, cells.first)
    table = tabulate(
        events, cells.number(events.bag, events.home), len(cells), int((wide - wide0).max())
    )
    total = np.maximum(bags.sums[found.i] - bags.sums[found.i0], 1)
    shares = []
    for first, stop in ((found.j0, found.j), (wide0, wide)):
        count = (stop - first)[bead]
        row = np.repeat(np.arange(len(bag)), count)
        step = spread(np.zeros_like(count), count)
        at = cells.number(bag[row], first[bead][row] + step)
        shares.append(np.bincount(bead[row], table[step, at], minlength=len(found)) / total)
    return shares[0], shares[1] - shares[0]


def shared(bags: tuple[Bags, Bags], links: tuple[Links, Links], i: Numbers, j: Numbers) -> Floats:
    """For pairs of a left and a right bag the share of words with a counterpart, mean of both."""
    left = _one_way(bags[0], bags[1], links[0], i, j)
    return (left + _one_way(bags[1], bags[0], links[1], j, i)) / 2


def _one_way(bags: Bags, others: Bags, links: Links, i: Numbers, j: Numbers) -> Floats:
    cells = _hull(i, j, j + 1)
    events = homes(bags, others, links, cells.lower, cells.upper + 1, cells.first)
    table = tabulate(events, cells.number(events.bag, events.home), len(cells))
    share: Floats = table[0, cells.number(i, j)] / np.maximum(bags.totals[i], 1)
    return share


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

"""What is still to be expected wrong in an alignment, and what to look at first."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doubt:
    """How much trust an alignment has left to earn.

    unreviewed: rows that nobody confirmed or made. expected: how many of them are expected to be
    wrong, the sum of their doubts. to_review: how many must be looked at, the most doubtful
    first, to bring the expected number in the rest to `level` or below.
    """

    unreviewed: int
    expected: float
    to_review: int
    level: float


def doubt(probabilities: Sequence[float], level: float = 1.0) -> Doubt:
    """Judge the rows nobody has looked at by their probabilities of being exactly right.

    probabilities: calibrated, one for each unreviewed row.
    level: the number of wrong rows one is ready to leave.
    """
    doubts = sorted((1 - p for p in probabilities), reverse=True)
    rest, count = sum(doubts), 0
    for value in doubts:
        if rest <= level:
            break
        rest -= value
        count += 1
    return Doubt(len(doubts), sum(doubts), count, level)

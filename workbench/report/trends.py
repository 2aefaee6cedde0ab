"""Errors over time and between groups, with the interval that the amount of text allows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from workbench.report.score import Scorecard, interval, usual

_Z = 1.96


@dataclass(frozen=True, slots=True)
class Measured:
    """One translation, or several pooled. key: id of the bitext or name of the group.

    words: scored. penalties: points of each error. date: ISO 8601, "" when unknown or pooled.
    """

    key: str
    title: str
    date: str
    words: float
    penalties: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """Penalty points per so many words, with the 95% interval."""

    measured: Measured
    normed: float
    low: float
    high: float

    @property
    def errors(self) -> int:
        """How many errors were counted."""
        return len(self.measured.penalties)


def rate(measured: Measured, card: Scorecard, unseen: float | None = None) -> Rate:
    """The rate of a translation; without words it is 0 and the interval empty.

    unseen: points of an error that chance may have kept away; those of a usual one when None.
    """
    if measured.words <= 0:
        return Rate(measured, 0.0, 0.0, 0.0)
    scale = card.per / measured.words
    weights = [points * scale for points in measured.penalties if points > 0]
    low, high = interval(weights, (usual(card) if unseen is None else unseen) * scale)
    return Rate(measured, sum(weights), low, high)


def pooled(key: str, several: Iterable[Measured]) -> Measured:
    """Several translations as one."""
    found = list(several)
    points = tuple(p for one in found for p in one.penalties)
    return Measured(key, key, "", sum(one.words for one in found), points)


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times the rate of one group is that of another; None when one has no errors."""

    first: str
    second: str
    ratio: float | None
    low: float | None
    high: float | None

    @property
    def differs(self) -> bool:
        """Whether the interval excludes that they are the same."""
        return self.low is not None and self.high is not None and not self.low <= 1 <= self.high


def ratio(first: Measured, second: Measured) -> Ratio:
    """Compare two rates; the interval is that of the logarithm, errors as weighted counts."""
    sides = []
    for one in (first, second):
        total = sum(one.penalties)
        if total <= 0 or one.words <= 0:
            return Ratio(first.key, second.key, None, None, None)
        sides.append((total / one.words, sum(p * p for p in one.penalties) / total**2))
    (a, va), (b, vb) = sides
    middle, width = log(a / b), _Z * sqrt(va + vb)
    return Ratio(first.key, second.key, exp(middle), exp(middle - width), exp(middle + width))


def halves(measured: Sequence[Measured]) -> Ratio | None:
    """The later half of dated translations against the earlier one; None with fewer than four."""
    dated = sorted((one for one in measured if one.date), key=lambda one: (one.date, one.key))
    if len(dated) < 4:
        return None
    middle = len(dated) // 2
    return ratio(pooled("later", dated[-middle:]), pooled("earlier", dated[:middle]))


def share_interval(right: int, of: int) -> tuple[float, float]:
    """The 95% interval of a share (Wilson)."""
    if of == 0:
        return 0.0, 1.0
    share, square = right / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    width = _Z * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - width), min(1.0, middle + width)

"""How honest probabilities are: calibration error, and how well they tell wrong from right."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

Outcome = tuple[float, bool]
"""The probability that was claimed, and whether it came true."""

BINS = 10


@dataclass(frozen=True, slots=True)
class Calibration:
    """error: expected calibration error in ten bins of equal mass (Naeini et al. 2015).

    auc: probability that a wrong bead was given less than a right one; None without both.
    expected_errors: how many wrong ones the probabilities announce; errors: how many there were.
    """

    error: float
    auc: float | None
    expected_errors: float
    errors: int

    def to_json(self) -> dict[str, float | int | None]:
        """The four figures, rounded."""
        return {
            "error": round(self.error, 5),
            "auc": None if self.auc is None else round(self.auc, 5),
            "expected_errors": round(self.expected_errors, 1),
            "errors": self.errors,
        }


def calibration(outcomes: Sequence[Outcome]) -> Calibration:
    """Compare probabilities with what came true; nothing to compare gives an error of 0."""
    ordered = sorted(outcomes)
    n = len(ordered)
    error = 0.0
    gaps = _gaps(ordered)
    for k in range(BINS):
        error += abs(sum(gaps[k * n // BINS : (k + 1) * n // BINS])) / max(n, 1)
    expected = sum(1 - p for p, _ in ordered)
    return Calibration(error, _auc(ordered), expected, sum(not right for _, right in ordered))


def _gaps(ordered: Sequence[Outcome]) -> list[float]:
    """Claim minus outcome; equal claims share their outcomes, so that their order is nothing."""
    found: list[float] = []
    for probability, same in groupby(ordered, key=lambda outcome: outcome[0]):
        tied = [right for _, right in same]
        found += [probability - sum(tied) / len(tied)] * len(tied)
    return found


def _auc(ordered: Sequence[Outcome]) -> float | None:
    rights = sum(right for _, right in ordered)
    wrongs = len(ordered) - rights
    if not rights or not wrongs:
        return None
    area = 0.0
    wrongs_before = 0
    for _, same in groupby(ordered, key=lambda outcome: outcome[0]):
        tied = [right for _, right in same]
        good = sum(tied)
        bad = len(tied) - good
        area += good * (wrongs_before + bad / 2)
        wrongs_before += bad
    return area / (rights * wrongs)

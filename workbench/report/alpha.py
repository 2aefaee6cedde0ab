"""Krippendorff's alpha: agreement of any number of people, corrected for chance.

After K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): alpha is 1 when all
agree, 0 when they agree no more than chance would have it, and below 0 when they disagree
systematically. People who said nothing of a unit are left out of that unit alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Metric = Literal["nominal", "ordinal", "interval"]
Value = str | int | float
Numbers = npt.NDArray[np.float64]

RESAMPLES = 1000
FEWEST = 10  # groups of units below which an interval says nothing
SEED = 20110125


@dataclass(frozen=True, slots=True)
class Alpha:
    """What came out. value: None when everybody said the same of everything, so that there is
    nothing to correct for, or when no unit has two values.

    observed: share of the pairs of values that are the same. units, values: those that count.
    low, high: the middle 95% of resamples, None when there are too few units.
    """

    value: float | None
    observed: float | None
    units: int
    values: int
    low: float | None = None
    high: float | None = None


def alpha(
    units: Sequence[Mapping[str, Value]],
    *,
    metric: Metric = "nominal",
    order: Sequence[Value] = (),
    groups: Sequence[object] = (),
) -> Alpha:
    """Agreement over units, each a mapping from a person to the value they gave.

    order: for "ordinal", the values from lowest to highest. groups: what each unit belongs to,
    such as its row; units of a group are drawn together when the interval is made.
    """
    several = [number for number, unit in enumerate(units) if len(unit) > 1]
    found = {value for number in several for value in units[number].values()}
    names = [value for value in order if value in found] or sorted(found, key=str)
    if not several:
        return Alpha(None, None, 0, 0)
    counts = np.zeros((len(several), len(names)))
    index = {value: number for number, value in enumerate(names)}
    for place, number in enumerate(several):
        for given in units[number].values():
            counts[place, index[given]] += 1
    apart = _differences(metric, names, counts.sum(axis=0))
    said = counts.sum(axis=1)
    unlike = np.einsum("uc,ck,uk->u", counts, apart, counts) / (said - 1)
    same = (counts * (counts - 1)).sum(axis=1) / (said - 1)
    value = _alpha(unlike.sum(), counts.sum(axis=0), apart)
    low = high = None
    if value is not None:
        places = [groups[number] if groups else number for number in several]
        low, high = _interval(unlike, counts, apart, places)
    observed = float(same.sum() / said.sum())
    return Alpha(value, observed, len(several), int(said.sum()), low, high)


def _differences(metric: Metric, names: Sequence[Value], totals: Numbers) -> Numbers:
    """How far each two values are apart, squared."""
    if metric == "interval":
        places = np.array([float(name) for name in names])
    elif metric == "ordinal":
        places = np.cumsum(totals) - totals / 2
    else:
        return 1 - np.eye(len(names))
    apart: Numbers = (places[:, None] - places[None, :]) ** 2
    return apart


def _alpha(unlike: float, totals: Numbers, apart: Numbers) -> float | None:
    size = float(totals.sum())
    expected = float(totals @ apart @ totals)
    if size < 2 or not expected:
        return None
    return 1 - (size - 1) * float(unlike) / expected


def _interval(
    unlike: Numbers, counts: Numbers, apart: Numbers, places: Sequence[object]
) -> tuple[float | None, float | None]:
    names = {place: number for number, place in enumerate(dict.fromkeys(places))}
    if len(names) < FEWEST:
        return None, None
    which = np.array([names[place] for place in places])
    totals = np.zeros((len(names), counts.shape[1]))
    np.add.at(totals, which, counts)
    sums = np.bincount(which, weights=unlike, minlength=len(names))
    draws = np.random.default_rng(SEED).multinomial(
        len(names), np.full(len(names), 1 / len(names)), size=RESAMPLES
    )
    drawn = [_alpha(a, b, apart) for a, b in zip(draws @ sums, draws @ totals, strict=True)]
    known = [value for value in drawn if value is not None]
    if len(known) < RESAMPLES // 2:
        return None, None
    low, high = np.percentile(known, (2.5, 97.5))
    return float(low), float(high)

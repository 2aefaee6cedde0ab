"""The track record of the detectors: how often their flags were right on reference data.

The figures stand in `data/record.json`, written by `workbench bench detect --keep`; a detector
that has none there says so with every flag.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FILE = "record.json"
ENOUGH = 20  # flags; with fewer, a share of 100 would say too much


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How many flags of one detector were right on reference data.

    right, of: flags. low, high: the share's 95% interval. natural: translations as they came,
    marked by people; else errors planted in `wrong` of `pairs` pairs. where, where_zh: the sets.
    date: ISO. signature: with what it was measured.
    """

    right: int
    of: int
    low: float
    high: float
    natural: bool
    wrong: int
    pairs: int
    where: str
    where_zh: str
    date: str
    signature: str

    @property
    def share(self) -> float:
        """Right flags among all."""
        return self.right / self.of

    def sentences(self) -> tuple[str, str]:
        """What stands under a flag, in English and Chinese."""
        low, high = (round(100 * bound) for bound in (self.low, self.high))
        if self.of < ENOUGH:
            return (
                f"Only {self.of} flags like this on reference data, {self.right} of them right "
                f"({self.where}).",
                f"参考数据上这类提示只有{self.of}条，其中{self.right}条正确（{self.where_zh}）。",
            )
        made = (
            (f"{self.where}; {self.of} flags", f"{self.where_zh}，共{self.of}条提示")
            if self.natural
            else (
                f"errors planted in {self.wrong} of {self.pairs} pairs, so expect fewer in "
                f"a natural text; {self.of} flags",
                f"{self.pairs}对译文中有{self.wrong}对埋入错误，真实文本里会低一些；共{self.of}条提示",
            )
        )
        share = round(100 * self.share)
        return (
            f"Of 100 flags like this on reference data, {share} were right ({low} to {high}; "
            f"{made[0]}).",
            f"参考数据上每100条这类提示，有{share}条正确（{low}至{high}；{made[1]}）。",
        )


_UNKNOWN = (
    "How often flags like this are right has not been measured.",
    "这类提示的正确率尚未测定。",
)


@cache
def stored() -> dict[str, Any]:
    """The record file as it is: by detector, in the order of the registry."""
    path = files("workbench.detect").joinpath("data", FILE)
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@cache
def track_record(detector: str) -> TrackRecord | None:
    """How often a detector's flags were right; None when that has not been measured."""
    entry = stored().get(detector)
    if not entry or not entry["headline"]:
        return None
    return TrackRecord(**entry["headline"], date=entry["date"], signature=entry["signature"])


def record_sentences(detector: str) -> tuple[str, str]:
    """What is said of a detector's past under each of its flags, in English and Chinese."""
    record = track_record(detector)
    return record.sentences() if record else _UNKNOWN


def record_json(detector: str) -> dict[str, Any] | None:
    """The same as data: share of right flags, interval, counts; None when not measured."""
    record = track_record(detector)
    if record is None:
        return None
    return {
        "right": record.right,
        "of": record.of,
        "share": round(record.share, 3),
        "interval": [record.low, record.high],
        "where": record.where,
        "date": record.date,
    }

"""How long a search of a workspace takes, for each way of asking; asked with its own words."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from statistics import median

from workbench.errors import UsageError
from workbench.search.folding import letters
from workbench.search.query import Mode, Query
from workbench.services.concordance import concordance
from workbench.services.search import SearchBitext, corpus, search
from workbench.services.workspace import Workspace

SEEN = 400  # rows of each bitext that the words are taken from


@dataclass(frozen=True, slots=True)
class Asked:
    """One way of asking. found: how many answers there are. times: milliseconds, in order."""

    way: str
    words: str
    found: int
    times: tuple[float, ...]

    @property
    def median(self) -> float:
        """Milliseconds."""
        return median(self.times)


def measure(ws: Workspace, times: int) -> tuple[int, float, list[Asked]]:
    """English words of the workspace, milliseconds to read it, and each way of asking.

    Raises:
        UsageError: there is nothing aligned to search.
    """
    start = time.perf_counter()
    found = corpus(ws)
    reading = 1000 * (time.perf_counter() - start)
    words = sum(len(row.folded[1].split()) for bitext in found for row in bitext.rows)
    if not words:
        raise UsageError("Nothing is aligned in this workspace; align a bitext, then measure.")
    return words, reading, [_asked(*way, times) for way in _ways(ws, found)]


def _asked(way: str, words: str, ask: Callable[[], int], times: int) -> Asked:
    took = []
    for _ in range(times):
        start = time.perf_counter()
        found = ask()
        took.append(1000 * (time.perf_counter() - start))
    return Asked(way, words, found, tuple(took))


def _ways(ws: Workspace, found: list[SearchBitext]) -> Iterator[tuple[str, str, Callable[[], int]]]:
    rows = [row.folded for bitext in found for row in bitext.rows[:SEEN]]
    zh = _usual(pair for row, _ in rows for pair in re.findall("(?=([\u4e00-\u9fff]{2}))", row))
    en = _usual(word for _, row in rows for word in re.findall("[a-z]{5,}", row))
    queries = {
        "plain, Chinese": Query(zh),
        "plain, English": Query(en),
        "nowhere": Query("zzyzx"),
        "whole word": Query(en, Mode.WORD),
        "pattern": Query(rf"\b{en[:4]}\w+", Mode.REGEX),
        "pinyin": Query(letters(zh), Mode.PINYIN),
        "Chinese without English": Query(zh=zh, no_en=en),
    }
    for way, query in queries.items():
        asked = query.text or f"{query.zh}, not {query.no_en}"
        yield way, asked, partial(_rows, ws, query)
    yield "concordance, Chinese", zh, lambda: concordance(ws, zh).total
    yield "concordance, English", en, lambda: concordance(ws, en).total


def _rows(ws: Workspace, query: Query) -> int:
    return search(ws, query).total


def _usual(words: Iterator[str]) -> str:
    """The most frequent of some words: the one with the most to answer."""
    return next((word for word, _ in Counter(words).most_common(1)), "a")

"""Word links against reference links: alignment error rate, precision and recall.

AER = 1 - (|A & S| + |A & P|) / (|A| + |S|) for links A, sure ones S and possible ones P, where P
includes S (Och & Ney 2003), over all sentences together.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.encode import WordEncoder
from workbench.errors import BadInput
from workbench.links import link_tokens, signature
from workbench.progress import Progress, silent

_SEPARATOR = re.compile(r"\s+\|\|\|(?:\s+|$)")
_LINK = re.compile(r"(\d+)([-p])(\d+)")
_DRAWS = 1000
Links = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class GoldPair:
    """Tokens of both sides and their reference links, counted from 0; possible includes sure."""

    src: tuple[str, ...]
    tgt: tuple[str, ...]
    sure: Links
    possible: Links

    def truth(self) -> NDArray[np.float64]:
        """1 for a sure or possible link, else 0; shape (src, tgt)."""
        found = np.zeros((len(self.src), len(self.tgt)))
        for i, j in self.possible:
            found[i, j] = 1
        return found


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one sentence or of many: links found, and how many of them are sure, possible."""

    found: int
    found_sure: int
    found_possible: int
    sure: int

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.found + other.found,
            self.found_sure + other.found_sure,
            self.found_possible + other.found_possible,
            self.sure + other.sure,
        )

    @property
    def aer(self) -> float:
        """Alignment error rate; 0 where there is nothing to find and nothing was found."""
        total = self.found + self.sure
        return 1 - (self.found_sure + self.found_possible) / total if total else 0.0

    @property
    def precision(self) -> float:
        """Links found that are possible."""
        return self.found_possible / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Sure links that were found."""
        return self.found_sure / self.sure if self.sure else 1.0


@dataclass(frozen=True, slots=True)
class LinkBench:
    """interval: the middle 95% of the error rates of sentences drawn again with replacement."""

    sentences: int
    counts: Counts
    interval: tuple[float, float]
    signature: str

    def to_json(self) -> dict[str, Any]:
        """All figures, rounded."""
        return {
            "sentences": self.sentences,
            "links": self.counts.found,
            "aer": round(self.counts.aer, 4),
            "interval": [round(bound, 4) for bound in self.interval],
            "precision": round(self.counts.precision, 4),
            "recall": round(self.counts.recall, 4),
            "signature": self.signature,
        }


def judge(
    pairs: Sequence[GoldPair],
    src_lang: str = "zh",
    *,
    encoder: WordEncoder | None,
    progress: Progress = silent,
) -> LinkBench:
    """Link reference sentences and compare."""
    found = link_tokens(
        [(pair.src, pair.tgt) for pair in pairs], src_lang, encoder=encoder, progress=progress
    )
    links = [frozenset((one.src, one.tgt) for one in some) for some in found]
    return compare(pairs, links, signature(encoder))


def compare(pairs: Sequence[GoldPair], links: Sequence[Links], name: str) -> LinkBench:
    """Score links against the reference. name: the signature of what made them."""
    counts = [
        Counts(len(a), len(a & pair.sure), len(a & pair.possible), len(pair.sure))
        for a, pair in zip(links, pairs, strict=True)
    ]
    chance = random.Random(0)
    rates = sorted(
        sum(chance.choices(counts, k=len(counts)), Counts(0, 0, 0, 0)).aer for _ in range(_DRAWS)
    )
    interval = (rates[_DRAWS * 25 // 1000], rates[_DRAWS * 975 // 1000 - 1])
    return LinkBench(len(pairs), sum(counts, Counts(0, 0, 0, 0)), interval, name)


def read_folder(data: Path) -> list[GoldPair]:
    """The sentences of all NAME.src-tgt in a folder with the links of NAME.gold.

    Raises:
        BadInput: there is no such file, or a line of it can't be read.
    """
    pairs = [
        pair
        for path in sorted(data.glob("*.src-tgt"))
        for pair in read_pairs(path, path.with_suffix(".gold"))
    ]
    if not pairs:
        raise BadInput(f"{data} holds no NAME.src-tgt with links in NAME.gold.")
    return pairs


def read_tokens(line: str, number: int) -> tuple[list[str], list[str]]:
    """Both sides of a line `tokens ||| tokens`; number: of the line, for the message.

    Raises:
        BadInput: there is not exactly one separator.
    """
    sides = _SEPARATOR.split(" " + line.strip())
    if len(sides) != 2:
        raise BadInput(f"Line {number} is not of the form: source tokens ||| target tokens.")
    return sides[0].split(), sides[1].split()


def read_pairs(tokens: Path, gold: Path) -> list[GoldPair]:
    """Tokens and reference links; `i-j` is sure, `ipj` possible, counted from 1.

    Raises:
        BadInput: a file is missing or a line of it can't be read.
    """
    try:
        lines = tokens.read_text(encoding="utf-8").splitlines()
        links = gold.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"Reference links can't be read ({error}).") from error
    if len(lines) != len(links):
        raise BadInput(f"{tokens} has {len(lines)} lines and {gold} {len(links)}.")
    numbered = enumerate(zip(lines, links, strict=True), start=1)
    return [_pair(number, line, some) for number, (line, some) in numbered]


def _pair(number: int, line: str, links: str) -> GoldPair:
    src, tgt = read_tokens(line, number)
    sure, possible = set(), set()
    for link in links.split():
        match = _LINK.fullmatch(link)
        at = (int(match[1]) - 1, int(match[3]) - 1) if match else (-1, -1)
        if match is None or not (0 <= at[0] < len(src) and 0 <= at[1] < len(tgt)):
            raise BadInput(f"Line {number}: {link} is no link between its words.")
        possible.add(at)
        if match[2] == "-":
            sure.add(at)
    return GoldPair(tuple(src), tuple(tgt), frozenset(sure), frozenset(possible))

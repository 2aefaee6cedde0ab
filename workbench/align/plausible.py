"""Whether two texts are translations of each other at all, judged by what their beads have in
common: meaning, dictionary words, numbers, and how sure the aligner was of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbench.align.cells import Floats
from workbench.align.lexicon import content_words
from workbench.align.pair import Pair
from workbench.align.prepared import Side
from workbench.domain.alignment import Bead
from workbench.errors import NotTranslations

_SAMPLE = 400  # beads looked at in a long text
_SHORT = 8  # sentences; so short a text has little to judge by
_DIGITS = re.compile(r"[0-9][0-9.,]*[0-9]")
_CALIBRATED = "use-"  # encoders for which cosines can be judged as they are


@dataclass(frozen=True, slots=True)
class Evidence:
    """Averages over the beads with both sides, weighted by length.

    probability: of being exactly right. words: share of words with a counterpart by the
    dictionary; None where there is none. likeness: cosine; None for encoders not calibrated.
    resembling: share of all left sentences with a counterpart that shares a fifth of its words.
    numbers, numbers_common: different numbers of two or more digits on the left; also right.
    """

    sentences: int
    probability: float
    words: float | None
    likeness: float | None
    resembling: float
    numbers: int
    numbers_common: int

    @property
    def speaks_against(self) -> bool:
        """Whether these texts can't be translations of each other.

        The limits lie between literary translations, the freest there are, and texts of one
        kind that are no translations; `docs/alignment.md` has the figures.
        """
        known = [v for v in (self.words, self.likeness) if v is not None]
        if not known:
            return self.sentences >= _SHORT and self.probability < 0.35
        share = sum(known) / len(known)
        if self.words is not None and self.likeness is None:
            share *= 1.25  # the dictionary alone gives less than both together
        if self.sentences < _SHORT:
            return share < 0.15
        other_numbers = self.numbers >= 8 and self.numbers_common < 0.7 * self.numbers
        return (
            share < 0.27
            or (share < 0.36 and self.probability < 0.6)
            or (share < 0.45 and self.probability < 0.45)
            or (share < 0.55 and self.probability < 0.65 and other_numbers)
        )


def refuse_strangers(pair: Pair, beads: Sequence[Bead]) -> None:
    """Refuse two texts that do not seem to be translations of each other.

    Raises:
        NotTranslations: with the evidence, in plain words.
    """
    evidence = gather(pair, beads)
    if not evidence.speaks_against:
        return
    numbers = (
        f"{evidence.numbers_common} of {evidence.numbers} numbers are in both"
        if evidence.numbers
        else "there are no numbers to compare"
    )
    raise NotTranslations(
        "These two texts do not seem to be translations of each other: only "
        f"{evidence.resembling:.0%} of the {_NAMES[pair.left.chinese]} sentences resemble the "
        f"{_NAMES[pair.right.chinese]} ones at their place, and {numbers}; check that the right "
        "files were chosen, or align them all the same if you know better."
    )


_NAMES = {True: "Chinese", False: "English"}


def refuse_one_language(src: Side, tgt: Side) -> None:
    """Refuse two texts in the same language, whatever languages they are said to be in.

    Raises:
        NotTranslations: both are Chinese by their script, or both are said to be the same.
    """
    scripts = [_is_han(side) for side in (src, tgt)]
    said = [side.lang.lower().split("-")[0] for side in (src, tgt)]
    if all(scripts):
        name = "Chinese"
    elif said[0] == said[1]:
        name = _LANGUAGES.get(said[0], said[0])
    elif not any(scripts) and "zh" in said:
        name = _LANGUAGES.get(said[said[0] == "zh"], "the same language")
    else:
        return
    raise NotTranslations(
        f"Both texts seem to be in {name}, so one can't be the translation of the other; "
        "check that the right files were chosen and their languages set."
    )


_LANGUAGES = {"zh": "Chinese", "en": "English"}


def _is_han(side: Side) -> bool:
    text = "".join(side.sentences)[:20_000]
    letters = [c for c in text if c.isalpha()]
    han = sum("\u3400" <= c <= "\u9fff" for c in letters)
    return han > 0.5 * len(letters)


def gather(pair: Pair, beads: Sequence[Bead]) -> Evidence:
    """What speaks for and against two texts being translations, given their best alignment."""
    paired = [bead for bead in beads if not bead.is_null]
    some = paired[:: max(1, len(paired) // _SAMPLE)]
    left, right = pair.left, pair.right
    weights = np.array([_length(pair, bead) for bead in some])
    lexical = pair.features.links is not None
    shared = np.array([_shared_words(pair, bead) for bead in some])
    likeness = None
    if pair.left.encoder.signature.startswith(_CALIBRATED) and some:
        spans = [np.array([getattr(getattr(b, s), e) for b in some])
                 for s in ("src", "tgt") for e in ("start", "stop")]  # fmt: skip
        cosines = np.sum(left.windows.plain(*spans[:2]) * right.windows.plain(*spans[2:]), axis=1)
        likeness = _mean(cosines, weights)
    resembling = sum(len(b.src) for b, s in zip(some, shared, strict=True) if s >= 0.2)
    looked_at = len(left) * len(some) / max(len(paired), 1)
    numbers = [_numbers(side.side.sentences) for side in (left, right)]
    return Evidence(
        min(len(left), len(right)),
        _mean(np.array([b.probability or 0.0 for b in some]), weights),
        _mean(shared, weights) if lexical else None,
        likeness,
        min(resembling / max(looked_at, 1), 1.0),
        len(numbers[0]),
        len(numbers[0] & numbers[1]),
    )


def _mean(values: Floats, weights: Floats) -> float:
    return float((values * weights).sum() / weights.sum()) if len(values) else 0.0


def _length(pair: Pair, bead: Bead) -> float:
    left, right = pair.left.length_sums, pair.right.length_sums
    return float(left[bead.src.stop] - left[bead.src.start]
                 + right[bead.tgt.stop] - right[bead.tgt.start])  # fmt: skip


def _shared_words(pair: Pair, bead: Bead) -> float:
    """Mean over both sides of the share of words that the dictionary finds on the other."""
    if not pair.features.links:
        return 0.0
    left, right = pair.left.words.sentences, pair.right.words.sentences
    zh = left.words_of(bead.src.start, bead.src.stop)
    en = np.unique(right.words_of(bead.tgt.start, bead.tgt.stop))
    links = pair.features.links
    there, reached = set(en.tolist()), set[int]()
    found_zh = 0
    for word in zh:
        homes = there.intersection(links.of_word(word).tolist())
        found_zh += bool(homes)
        reached |= homes
    return (found_zh / max(len(zh), 1) + len(reached) / max(len(en), 1)) / 2


def _numbers(sentences: Sequence[str]) -> set[str]:
    return {
        word for text in sentences if _DIGITS.search(text)
        for word, start, stop in content_words(text)
        if word[0] == "#" and stop - start >= 2
    }  # fmt: skip

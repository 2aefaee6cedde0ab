"""What one language says and the other does not: unpaired rows and uncovered words."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from workbench.detect.coverage import Word, row_words
from workbench.detect.sides import Pair, pairs, trimmed
from workbench.domain.review import AlignedTexts, Flag, Severity
from workbench.domain.text import Span

if TYPE_CHECKING:
    from workbench.detect import Context

_HEADING_MARK = re.compile(r"[\s\d.()（）一二三四五六七八九十、．IVXivx:：]*")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Model:
    """Logistic regression for "this word has no counterpart", and the rule that flags.

    weights: of exact evidence, dictionary, nearness and `odd`. run: probability from which words
    join a run. alarm: score from which a run is flagged (see `_runs`), grave: as major.
    """

    bias: float
    weights: tuple[float, float, float, float]
    run: float
    alarm: float
    grave: float

    def probability(self, word: Word, odd: bool) -> float:
        evidence = (word.exact, word.dictionary, word.nearness, odd)
        z = self.bias + sum(w * x for w, x in zip(self.weights, evidence, strict=True))
        return 1 / (1 + math.exp(-z))


# Chinese: fitted on the omission spans of WMT23 MQM (zh-en); odd: a word of one character.
_CHINESE = _Model(0.31, (-0.88, -1.28, -5.08, -0.36), 0.2, 0.5, 0.95)
_CHINESE_PLAIN = _Model(-1.50, (-0.86, -2.33, 0.0, -0.24), 0.18, 0.7, 1.2)
# English: fitted on the additions of DEMETR (zh-en); odd: a capitalised word.
_ENGLISH = _Model(-0.47, (-1.87, -2.29, -3.52, -1.68), 0.1, 0.4, 0.9)
_ENGLISH_PLAIN = _Model(-1.65, (-1.43, -2.77, 0.0, -1.72), 0.15, 0.6, 1.1)
# Words left over on both sides near the same place probably render each other freely.
_EXPLAINS, _REACH, _COUNTS, _SHORT = 0.6, 0.3, 0.1, 20


def omission(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """Chinese rows, clauses or words that nothing in the English renders."""
    flags = [_unpaired(item, True) for item in pairs(texts) if _is_unpaired(item.zh, item.en)]
    for item, zh, en in _scored(texts, context):
        model = _CHINESE if context.encoder else _CHINESE_PLAIN
        runs = _runs(item.zh, zh, model, _Left(en, len(item.en)))
        flags += [_uncovered(item, run, model, True) for run in runs]
    return flags


def addition(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """English rows, clauses or words that nothing in the Chinese gives rise to."""
    flags = [_unpaired(item, False) for item in pairs(texts) if _is_unpaired(item.en, item.zh)]
    for item, zh, en in _scored(texts, context):
        model = _ENGLISH if context.encoder else _ENGLISH_PLAIN
        runs = _runs(item.en, en, model, _Left(zh, len(item.zh)))
        flags += [_uncovered(item, run, model, False) for run in runs]
    return flags


_Scored = list[tuple[Word, float]]


@lru_cache(maxsize=1)
def _scored(texts: AlignedTexts, context: "Context") -> list[tuple[Pair, _Scored, _Scored]]:
    """For each paired row, its words with the probability of having no counterpart."""
    items = [item for item in pairs(texts) if not item.is_null]
    zh_model = _CHINESE if context.encoder else _CHINESE_PLAIN
    en_model = _ENGLISH if context.encoder else _ENGLISH_PLAIN
    return [
        (
            item,
            [(w, zh_model.probability(w, len(w.text) == 1)) for w in words.zh],
            [(w, en_model.probability(w, w.text[:1].isupper())) for w in words.en],
        )
        for item, words in zip(items, row_words(items, context), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Left:
    """What is uncovered on the other side, whose text is `size` characters long."""

    words: _Scored
    size: int

    def near(self, place: float) -> float:
        """The probability mass left over around a relative place; anywhere in a short text."""
        reach = 1.0 if self.size < _SHORT else _REACH
        return sum(
            p * _weight(word)
            for word, p in self.words
            if p >= _COUNTS and abs(word.span.start / self.size - place) < reach
        )


def _weight(word: Word) -> float:
    """A four-character phrase says as much as two words."""
    return max(1.0, len(word.text) / 2) if _HAN.match(word.text) else 1.0


def _is_unpaired(text: str, other: str) -> bool:
    return not other.strip() and not _HEADING_MARK.fullmatch(text)


def _unpaired(item: Pair, in_chinese: bool) -> Flag:
    text = item.zh if in_chinese else item.en
    start = item.zh_dateline if in_chinese else item.en_dateline
    span = trimmed(text, Span(start, len(text)))
    stop = len(text.rstrip())
    detector, category, evidence = (
        ("omission", "accuracy/omission", ("The English has no counterpart of this passage.",
                                           "英文里没有与这段话对应的内容。"))
        if in_chinese
        else ("addition", "accuracy/addition", ("The Chinese has no counterpart of this passage.",
                                                "中文里没有与这段话对应的内容。"))
    )  # fmt: skip
    whole = Span(span.start, stop)
    zh, en = (whole, None) if in_chinese else (None, whole)
    return item.flag(detector, category, Severity.MAJOR, zh, en, evidence, 0.8)


@dataclass(frozen=True, slots=True)
class _Run:
    span: Span
    score: float


def _runs(text: str, scored: _Scored, model: _Model, left: _Left) -> Iterator[_Run]:
    """Neighbouring uncovered words that together are worth a flag."""
    groups: list[_Scored] = []
    for word, probability in scored:
        if probability < model.run:
            continue
        if groups and _near(text, groups[-1][-1][0].span.stop, word.span.start):
            groups[-1].append((word, probability))
        else:
            groups.append([(word, probability)])
    for group in groups:
        span = Span(group[0][0].span.start, group[-1][0].span.stop)
        place = (span.start + span.stop) / 2 / len(text)
        score = sum(p * _weight(word) for word, p in group) - _EXPLAINS * left.near(place)
        if score >= model.alarm:
            yield _Run(span, score)


def _near(text: str, stop: int, start: int) -> bool:
    """Whether two words belong to one expression: at most a light word or two between them."""
    between = text[stop:start]
    if re.search(r"[，。；：！？.;:!?]", between):
        return False
    return len(between) <= 2 or bool(re.fullmatch(r"[\s,-]*(?:[a-z]+\s+){0,2}", between))


def _uncovered(item: Pair, run: _Run, model: _Model, in_chinese: bool) -> Flag:
    text = item.zh if in_chinese else item.en
    words = run.span.of(text)
    severity = Severity.MAJOR if run.score >= model.grave else Severity.MINOR
    confidence = min(0.85, 0.35 + 0.4 * run.score / model.grave)
    if in_chinese:
        return item.flag(
            "omission", "accuracy/omission", severity, run.span, None,
            (f"Nothing in the English seems to render {words}.",
             f"“{words}”在英文里似乎没有译出。"),
            confidence,
        )  # fmt: skip
    return item.flag(
        "addition", "accuracy/addition", severity, None, run.span,
        (f"Nothing in the Chinese seems to say “{words}”.",
         f"英文“{words}”在中文里似乎没有依据。"),
        confidence,
    )  # fmt: skip

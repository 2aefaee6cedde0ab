"""What one language says and the other does not: unpaired rows and uncovered words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.detect.coverage import (
    CHINESE,
    CHINESE_PLAIN,
    ENGLISH,
    ENGLISH_PLAIN,
    Model,
    Scored,
    Word,
    scored_words,
)
from workbench.detect.sides import Pair, pairs, trimmed
from workbench.domain.review import AlignedTexts, Flag, Severity
from workbench.domain.text import Span

if TYPE_CHECKING:
    from workbench.detect import Context

_HEADING_MARK = re.compile(r"[\s\d.()（）一二三四五六七八九十、．IVXivx:：]*")
_HAN = re.compile(r"[\u3400-\u9fff]")


# Words left over on both sides near the same place probably render each other freely.
_EXPLAINS, _REACH, _COUNTS, _SHORT = 0.6, 0.3, 0.1, 20


def omission(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """Chinese rows, clauses or words that nothing in the English renders."""
    flags = [_unpaired(item, True) for item in pairs(texts) if _is_unpaired(item.zh, item.en)]
    for item, zh, en in scored_words(texts, context):
        model = CHINESE if context.encoder else CHINESE_PLAIN
        runs = _runs(item.zh, zh, model, _Left(en, len(item.en)))
        flags += [_uncovered(item, run, model, True) for run in runs]
    return flags


def addition(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """English rows, clauses or words that nothing in the Chinese gives rise to."""
    flags = [_unpaired(item, False) for item in pairs(texts) if _is_unpaired(item.en, item.zh)]
    for item, zh, en in scored_words(texts, context):
        model = ENGLISH if context.encoder else ENGLISH_PLAIN
        runs = _runs(item.en, en, model, _Left(zh, len(item.zh)))
        flags += [_uncovered(item, run, model, False) for run in runs]
    return flags


def omission_rank(texts: AlignedTexts, context: "Context") -> list[float]:
    """How likely each row leaves something of the Chinese out: by its likeliest words."""
    scored = {item.row.id: zh for item, zh, _ in scored_words(texts, context)}
    return [_top(scored.get(row.id, [])) for row in texts.rows]


def addition_rank(texts: AlignedTexts, context: "Context") -> list[float]:
    """How likely the English of each row says more than the Chinese: by its likeliest words."""
    scored = {item.row.id: en for item, _, en in scored_words(texts, context)}
    return [_top(scored.get(row.id, [])) for row in texts.rows]


def _top(words: Scored) -> float:
    """The mean of the three likeliest words; a lone one counts for a third."""
    return sum(sorted((p for _, p in words), reverse=True)[:3]) / 3


@dataclass(frozen=True, slots=True)
class _Left:
    """What is uncovered on the other side, whose text is `size` characters long."""

    words: Scored
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


def _runs(text: str, scored: Scored, model: Model, left: _Left) -> Iterator[_Run]:
    """Neighbouring uncovered words that together are worth a flag."""
    groups: list[Scored] = []
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


def _uncovered(item: Pair, run: _Run, model: Model, in_chinese: bool) -> Flag:
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

"""What one language says and the other does not: unpaired rows and uncovered words."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.detect.coverage import Word, row_words
from workbench.detect.row_model import probability
from workbench.detect.series import series
from workbench.detect.sides import Pair, pairs, trimmed
from workbench.domain.review import AlignedTexts, Flag, Severity
from workbench.domain.text import Span

if TYPE_CHECKING:
    from workbench.detect import Context

_HEADING_MARK = re.compile(r"[\s\d.()（）一二三四五六七八九十、．IVXivx:：]*")
_STOP = re.compile(r"[，。；：！？.;:!?]")
_MOST = 0.999  # as sure as a word can be to have no counterpart


@dataclass(frozen=True, slots=True)
class Rule:
    """When words without a counterpart are worth a flag.

    run: probability from which a word joins its neighbours. alarm: score from which a run of
    them is flagged, grave: as major, half: at which every second flag is right. A score is minus
    the logarithm of the probability that all the words have a counterpart.
    """

    run: float
    alarm: float
    grave: float
    half: float

    def confidence(self, score: float) -> float:
        """How probable it is that a flag of this score is right."""
        return score / (score + self.half)


# `half` as WMT23 MQM has it, where people overlook some: for Chinese words by marked omissions,
# for English words by marks of any error of meaning, since hardly anything is ever just added.
CHINESE = Rule(0.2, 0.35, 2.0, 2.6)
ENGLISH = Rule(0.2, 0.7, 4.0, 1.5)


def omission(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """Chinese rows, clauses or words that nothing in the English renders."""
    flags = [_unpaired(item, True) for item in pairs(texts) if _is_unpaired(item.zh, item.en)]
    for item, words in row_words(texts, context):
        flags += [_uncovered(item, run, True) for run in runs(item.zh, words.zh, CHINESE)]
    return flags


def addition(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """English rows, clauses or words that nothing in the Chinese gives rise to."""
    flags = [_unpaired(item, False) for item in pairs(texts) if _is_unpaired(item.en, item.zh)]
    for item, words in row_words(texts, context):
        flags += [_uncovered(item, run, False) for run in runs(item.en, words.en, ENGLISH)]
    return flags


def omission_rank(texts: AlignedTexts, context: "Context") -> list[float]:
    """For each row the probability that the English leaves something out."""
    alone = [item.number for item in pairs(texts) if _is_unpaired(item.zh, item.en)]
    return _ranked("omission", alone, texts, context)


def addition_rank(texts: AlignedTexts, context: "Context") -> list[float]:
    """For each row the probability that the English says more than the Chinese."""
    alone = [item.number for item in pairs(texts) if _is_unpaired(item.en, item.zh)]
    return _ranked("addition", alone, texts, context)


def _ranked(
    what: str, alone: Sequence[int], texts: AlignedTexts, context: "Context"
) -> list[float]:
    """alone: rows of which the other side has nothing."""
    found = [0.0] * len(texts.rows)
    for number in alone:
        found[number] = 1.0
    for item, words in row_words(texts, context):
        if words.evidence:
            found[item.number] = probability(what, words)
    return found


def weight(words: Sequence[Word]) -> float:
    """Minus the logarithm of the probability that each of some words has a counterpart."""
    return sum(-math.log(1 - min(word.missing, _MOST)) for word in words)


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
class Run:
    """Neighbouring words without a counterpart, from the first content word to the last."""

    span: Span
    words: tuple[Word, ...]

    @property
    def score(self) -> float:
        """How much is missing, see `Rule`."""
        return weight(self.words)


def runs(text: str, words: Sequence[Word], rule: Rule) -> Iterator[Run]:
    """Neighbouring words that together are worth a flag, in order."""
    groups: list[list[Word]] = []
    for word in words:
        if word.weak or word.missing < rule.run:
            continue
        if groups and _near(text, words, groups[-1][-1], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    for group in groups:
        run = Run(Span(group[0].span.start, group[-1].span.stop), tuple(group))
        if run.score >= rule.alarm:
            yield run


def _near(text: str, words: Sequence[Word], first: Word, then: Word) -> bool:
    """Whether nothing but light words stands between two words of one clause."""
    between = Span(first.span.stop, then.span.start)
    if _STOP.search(between.of(text)):
        return False
    return all(word.weak for word in words if word.span.overlaps(between))


def _uncovered(item: Pair, run: Run, in_chinese: bool) -> Flag:
    rule = CHINESE if in_chinese else ENGLISH
    text = item.zh if in_chinese else item.en
    words = run.span.of(text)
    severity = Severity.MAJOR if run.score >= rule.grave else Severity.MINOR
    confidence = rule.confidence(run.score)
    if in_chinese:
        listed, listed_zh = _listed(text, run.span)
        return item.flag(
            "omission", "accuracy/omission", severity, run.span, None,
            (f"Nothing in the English seems to render {words}{listed}.",
             f"“{words}”在英文里似乎没有译出{listed_zh}。"),
            confidence,
        )  # fmt: skip
    return item.flag(
        "addition", "accuracy/addition", severity, None, run.span,
        (f"Nothing in the Chinese seems to say “{words}”.",
         f"英文“{words}”在中文里似乎没有依据。"),
        confidence,
    )  # fmt: skip


def _listed(text: str, span: Span) -> tuple[str, str]:
    """What to say of missing words that belong to a list, in English and in Chinese."""
    for found in series(text):
        touched, size = found.touched(span), len(found.members)
        if not 0 < touched < size:
            continue
        if found.opening:
            return (
                f", in {touched} of {size} clauses that begin with {found.opening}",
                f"，并列的{size}个“{found.opening}…”中缺{touched}个",
            )
        return (
            f", {touched if touched > 1 else 'one'} of the {size} members of a list",
            f"，是所列{size}项中的{touched}项" if touched > 1 else f"，是所列{size}项之一",
        )
    return ("", "")

"""What is wrong with the characters themselves, whatever they mean."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.detect.brackets import unpaired
from workbench.detect.sides import Pair, pairs
from workbench.domain.review import AlignedTexts, Flag, Severity
from workbench.domain.text import Span

if TYPE_CHECKING:
    from workbench.detect import Context

_HAN = r"\u3400-\u9fff"
_CJK_RUN = re.compile(rf"[{_HAN}]+")
_GLOSS = re.compile(r"[(\[“\"‘'（《「][^()\[\]“”\"（）]*$")
_WIDE = re.compile(
    r"[，。；：？！（）、《》「」『』【】\uff10-\uff19\uff21-\uff3a\uff41-\uff5a％]+"
)
_NARROW = re.compile(rf"(?<=[{_HAN}])[,;:?!.](?=[{_HAN}]|\s*$)")
_TWICE_EN = re.compile(r"(?<![\w'’-])(?P<word>[A-Za-z]+)[ \u00a0]+(?P=word)(?![\w'’-])", re.I)
_LISTED_TWICE = re.compile(r"(?<![\w-])(?P<word>[a-z]{5,}),\s+(?P=word)(?=,| and )")
_TWICE_ZH = re.compile(
    rf"(?P<particle>的的(?!确)|了了|和和|与与|及及|将将|被被|从从|于于|为为|把把)|(?P<words>[{_HAN}]{{3,}}?)(?P=words)"
)
_TWICE_ZH_FINE = re.compile(r"实实在在|的的确确|一了了之|没完没了")
_BLANKS = re.compile(r"(?<=[^\s.?!:])[ \u00a0]{2,}(?=\S)")
_LEGIT_DOUBLES = frozenset(
    ("that", "had", "very", "so", "no", "bye", "ha", "many", "yes", "oh", "well", "really", "far")
)


@dataclass(frozen=True, slots=True)
class _Finding:
    category: str
    severity: Severity
    span: Span
    evidence: tuple[str, str]
    confidence: float = 0.9


def mechanical(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """Form: unpaired quotes and brackets, doubled words, stray scripts and punctuation.

    Nothing is said about end punctuation or about how the two languages punctuate differently.
    """
    items = pairs(texts)
    flags: list[Flag] = []
    for item in items:
        if _untranslated(item):
            flags.append(_same(item))
            continue
        flags += [_flag(item, finding, False) for finding in _english(item.en)]
        flags += [_flag(item, finding, True) for finding in _chinese(item.zh)]
    flags += _brackets(items, [item.en for item in items], False)
    flags += _brackets(items, [item.zh for item in items], True)
    return flags


def _flag(item: Pair, finding: _Finding, in_chinese: bool) -> Flag:
    zh, en = (finding.span, None) if in_chinese else (None, finding.span)
    return item.flag(
        "mechanical",
        finding.category,
        finding.severity,
        zh,
        en,
        finding.evidence,
        finding.confidence,
    )


def _untranslated(item: Pair) -> bool:
    """Whether both sides are the same words, and enough of them."""
    same = item.zh.strip() == item.en.strip()
    return same and bool(re.search(rf"[{_HAN}]|[A-Za-z]+\s+[A-Za-z]+\s+[A-Za-z]+", item.zh))


def _same(item: Pair) -> Flag:
    return item.flag(
        "mechanical", "accuracy/untranslated", Severity.MAJOR,
        Span(0, len(item.zh.rstrip())), Span(0, len(item.en.rstrip())),
        ("Both sides are the same words; one of them is not translated.",
         "两边文字相同，有一边没有翻译。"),
        0.95,
    )  # fmt: skip


def _english(text: str) -> Iterator[_Finding]:
    for match in _CJK_RUN.finditer(text):
        if not _GLOSS.search(text[: match.start()]):
            yield _Finding(
                "accuracy/untranslated", Severity.MAJOR, Span(*match.span()),
                (f"Chinese characters are left in the English: {match[0]}.",
                 f"英文里留有汉字“{match[0]}”。"),
            )  # fmt: skip
    for match in _WIDE.finditer(text):  # the first is enough for a row
        near = text[max(0, match.start() - 1) : match.end() + 1]
        if not re.search(rf"[{_HAN}]", near):
            yield _Finding(
                "linguistic-conventions/punctuation", Severity.MINOR, Span(*match.span()),
                (f"Full-width characters in the English: {match[0]}",
                 f"英文里用了全角字符“{match[0]}”。"),
            )  # fmt: skip
            break
    for match in (*_TWICE_EN.finditer(text), *_LISTED_TWICE.finditer(text)):
        word = match["word"]
        name = word[0].isupper() and match[0].split()[-1][0].isupper()  # Pago Pago
        if word.lower() not in _LEGIT_DOUBLES and not name:
            yield _doubled(Span(*match.span()), word)
    yield from _doubled_blanks(text)


def _chinese(text: str) -> Iterator[_Finding]:
    if match := _NARROW.search(text):
        yield _Finding(
            "linguistic-conventions/punctuation", Severity.MINOR, Span(*match.span()),
            (f"Half-width punctuation after a Chinese character: {match[0]}",
             f"汉字之后用了半角标点“{match[0]}”。"),
            0.7,
        )  # fmt: skip
    fine = [Span(*match.span()) for match in _TWICE_ZH_FINE.finditer(text)]
    for match in _TWICE_ZH.finditer(text):
        span = Span(*match.span())
        if not any(span.overlaps(other) for other in fine):
            yield _doubled(span, match["words"] or match[0][0])
    yield from _doubled_blanks(text)


def _doubled(span: Span, word: str) -> _Finding:
    return _Finding(
        "linguistic-conventions/duplication", Severity.MINOR, span,
        (f"The word “{word}” stands twice.", f"“{word}”重复出现。"),
    )  # fmt: skip


def _doubled_blanks(text: str) -> Iterator[_Finding]:
    for match in _BLANKS.finditer(text):
        yield _Finding(
            "linguistic-conventions/punctuation", Severity.NEUTRAL, Span(*match.span()),
            ("Two or more blanks inside a sentence.", "句中有多余的空格。"),
            0.8,
        )  # fmt: skip


def _brackets(items: Sequence[Pair], sides: Sequence[str], in_chinese: bool) -> list[Flag]:
    flags = []
    for number, span in unpaired(sides, in_chinese):
        mark = sides[number][span.start] if span.start < len(sides[number]) else ""
        words = span.of(sides[number])
        finding = _Finding(
            "linguistic-conventions/punctuation", Severity.MINOR, span,
            (f"A quotation mark or bracket has no partner: {words}",
             f"引号或括号不成对：{words}"),
            0.85 if mark else 0.7,
        )  # fmt: skip
        flags.append(_flag(items[number], finding, in_chinese))
    return flags

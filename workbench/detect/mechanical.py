"""What is wrong with the characters themselves, whatever they mean."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from workbench.detect.brackets import unpaired
from workbench.detect.findings import PUNCTUATION, Finding
from workbench.detect.form import compared
from workbench.detect.patterns import searched
from workbench.detect.repeated import repeated
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
_OPENING = frozenset("“‘\"'([（《【「『")
_DOUBLED_MARKS = re.compile(
    r",,+|;;+|(?<!:)::(?!:)|(?<!\.)\.\.(?!\.)| +[,;](?=\s)|，，+|。。+|、、+|；；+"
)
_LEGIT_DOUBLES = frozenset(
    ("that", "had", "very", "so", "no", "bye", "ha", "many", "yes", "oh", "well", "really", "far")
)


def mechanical(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """Form: marks, doubled words, stray scripts, codes that differ, the workspace's own patterns.

    Of the original only what concerns the translation is looked at: its own misprints are not
    the translator's. Nothing is said about how the two languages punctuate differently.
    """
    items = pairs(texts)
    flags: list[Flag] = []
    for item in items:
        if _untranslated(item):
            flags.append(_same(item))
            continue
        if item.zh_is_src:
            flags += [_flag(item, finding, False) for finding in _english(item.en)]
        else:
            flags += [_flag(item, finding, True) for finding in _chinese(item.zh)]
        if not item.is_null:
            flags += [_flag(item, finding, in_zh) for finding, in_zh in compared(item)]
        flags += [_flag(item, found, in_zh) for found, in_zh in searched(item, context.patterns)]
    return flags + _brackets(items) + list(repeated(items))


def _flag(item: Pair, finding: Finding, in_chinese: bool) -> Flag:
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


def _english(text: str) -> Iterator[Finding]:
    for match in _CJK_RUN.finditer(text):
        if not _GLOSS.search(text[: match.start()]):
            yield Finding(
                "accuracy/untranslated", Severity.MAJOR, Span(*match.span()),
                (f"Chinese characters are left in the English: {match[0]}.",
                 f"英文里留有汉字“{match[0]}”。"),
            )  # fmt: skip
    for match in _WIDE.finditer(text):  # the first is enough for a row
        near = text[max(0, match.start() - 1) : match.end() + 1]
        if not re.search(rf"[{_HAN}]", near):
            yield Finding(
                PUNCTUATION, Severity.MINOR, Span(*match.span()),
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


def _chinese(text: str) -> Iterator[Finding]:
    if match := _NARROW.search(text):
        yield Finding(
            PUNCTUATION, Severity.MINOR, Span(*match.span()),
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


def _doubled(span: Span, word: str) -> Finding:
    return Finding(
        "linguistic-conventions/duplication", Severity.MINOR, span,
        (f"The word “{word}” stands twice.", f"“{word}”重复出现。"),
    )  # fmt: skip


def _doubled_blanks(text: str) -> Iterator[Finding]:
    if match := _DOUBLED_MARKS.search(text):
        yield Finding(
            PUNCTUATION, Severity.MINOR, Span(*match.span()),
            (f"Punctuation twice, or after a blank: “{match[0]}”.",
             f"标点重复，或标点前多了空格：“{match[0]}”。"),
            0.85,
        )  # fmt: skip
    for match in _BLANKS.finditer(text):
        yield Finding(
            PUNCTUATION, Severity.NEUTRAL, Span(*match.span()),
            ("Two or more blanks inside a sentence.", "句中有多余的空格。"),
            0.8,
        )  # fmt: skip


def _brackets(items: Sequence[Pair]) -> list[Flag]:
    """Marks without a partner in the translation; where the original has the same, it is a piece
    of a longer quotation.
    """
    english, chinese = (
        list(unpaired([item.zh if in_zh else item.en for item in items], in_zh))
        for in_zh in (False, True)
    )
    flags = []
    for in_zh, own, others in ((False, english, chinese), (True, chinese, english)):
        like = {(number, _faces(items[number], not in_zh, span)) for number, span in others}
        for number, span in own:
            item = items[number]
            here = (number, _faces(item, in_zh, span))
            if item.zh_is_src is not in_zh and here not in like:
                flags.append(
                    _flag(item, _unpaired(span.of(item.zh if in_zh else item.en), span), in_zh)
                )
    return flags


def _faces(item: Pair, in_zh: bool, span: Span) -> bool:
    """Whether a loose mark opens: then it stands before the words."""
    words = span.of(item.zh if in_zh else item.en)
    return words[:1] in _OPENING


def _unpaired(words: str, span: Span) -> Finding:
    return Finding(
        PUNCTUATION, Severity.MINOR, span,
        (f"A quotation mark or bracket has no partner: {words}",
         f"引号或括号不成对：{words}"),
        0.85,
    )  # fmt: skip

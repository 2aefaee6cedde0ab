"""Quotations: which words each language gives as somebody's own, and where they begin and end."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from workbench.detect.sides import Pair, trimmed
from workbench.domain.review import Flag, Severity
from workbench.domain.text import Span

_PAIRS_ZH = {"“": "”＂", "「": "」", "『": "』", "‘": "’"}
_ANY_ZH = re.compile(
    r"[“”「」『』《》〈〉【】‘’\"'＂]|所[谓謂]|名[为為叫]|[题題][为為]|叫做|[称稱][为為]|俗[称稱]"
)
_SPEECH = re.compile(r"[，。！？；]")  # words in quotation marks that are no label
_SINGLE_EN = re.compile(
    r"(?:(?<=\s)|^|(?<=\())[‘']([^‘’'\s][^‘’']+(?:[’'](?=\w)[^‘’']*)*)(?:[’'](?!\w)|$)"
)
_WORDS = 4  # English words from which a quotation is more than a word marked out
_CLAUSE = re.compile(r"[^，。；：！？,;:!?]+")
_CLAUSE_EN = re.compile(r"[^,.;:!?]+")
_ENOUGH = 3  # words of a clause that stand on the wrong side of the marks


def quoted_chinese(text: str) -> list[Span]:
    """What stands between quotation marks, outermost marks only; unclosed ones run to the end."""
    spans: list[Span] = []
    opened: tuple[int, str] | None = None
    for at, char in enumerate(text):
        if opened is None and char in _PAIRS_ZH:
            opened = at + 1, _PAIRS_ZH[char]
        elif opened and char in opened[1]:
            spans.append(Span(opened[0], at))
            opened = None
    if opened:
        spans.append(Span(opened[0], len(text)))
    return spans or _straight(text)


def quoted_english(text: str) -> list[Span]:
    """The same in English: double marks of either form, and single ones if there are no others."""
    spans = [Span(m.start(1), m.end(1)) for m in re.finditer(r"“([^”]*)(?:”|$)", text)]
    spans = spans or _straight(text)
    return spans or [Span(m.start(1), m.end(1)) for m in _SINGLE_EN.finditer(text)]


def _straight(text: str) -> list[Span]:
    marks = [m.start() for m in re.finditer(r'"|＂', text)]
    return [Span(a + 1, b) for a, b in zip(marks[::2], marks[1::2], strict=False)]


def quotations(item: Pair) -> list[Flag]:
    """Words that only one language puts in quotation marks, and marks that enclose other words."""
    zh, en = quoted_chinese(item.zh), quoted_english(item.en)
    if en and not _ANY_ZH.search(item.zh):
        return [_only_english(item, span) for span in en if _is_verbal(span.of(item.en))][:1]
    if not en and not re.search(r"[“”\"]", item.en):
        return [_only_chinese(item, span) for span in zh if _SPEECH.search(span.of(item.zh))][:1]
    if zh and len(zh) == len(en) and not _is_odd(item.en):
        return list(_edges(item, zh, en))[:1]
    return []


def _is_odd(english: str) -> bool:
    """Whether marks are missing, so that what they enclose can't be told."""
    return english.count('"') % 2 == 1 or english.count("“") != english.count("”")


def _is_verbal(words: str) -> bool:
    """Whether words are more than a name, a title or a nickname in quotation marks."""
    found = re.findall(r"[\w’'-]+", words)
    return any(word[0].islower() for word in found) and not _is_title(found)


def _is_title(words: Sequence[str]) -> bool:
    long = [word for word in words if len(word) > 3]
    return len(long) > 1 and all(word[0].isupper() or word[0].isdigit() for word in long)


def _only_english(item: Pair, span: Span) -> Flag:
    words = _shortened(span.of(item.en))
    grave = len(words.split()) >= _WORDS
    return _flag(
        item, None, span,
        (f"The English gives “{words}” as a quotation; the Chinese has no quotation marks.",
         f"英文把“{words}”放在引号里，中文没有引号。"),
        0.6 if grave else 0.5,
    )  # fmt: skip


def _only_chinese(item: Pair, span: Span) -> Flag:
    words = _shortened(span.of(item.zh))
    return _flag(
        item, span, None,
        (f"The Chinese quotes “{words}” word for word; the English has no quotation marks.",
         f"中文直接引用“{words}”，英文没有引号。"),
        0.5,
    )  # fmt: skip


def _shortened(words: str) -> str:
    words = words.strip()
    return words if len(words) <= 60 else words[:59].rstrip() + "…"


def _edges(item: Pair, zh: Sequence[Span], en: Sequence[Span]) -> Iterator[Flag]:
    """A clause that one language has inside the marks and the other one outside."""
    words = _Words(item, zh, en)
    for span, inside in _clauses(item.zh, zh, _CLAUSE):
        if words.stray_chinese(span, inside):
            yield _moved(item, span, None, inside)
    for span, inside in _clauses(item.en, en, _CLAUSE_EN):
        if words.stray_english(span, inside):
            yield _moved(item, None, span, inside)


def _clauses(
    text: str, quoted: Sequence[Span], pattern: re.Pattern[str]
) -> Iterator[tuple[Span, bool]]:
    """Clauses cut at the marks, too, with whether they are inside."""
    edges = sorted({0, len(text), *(e for s in quoted for e in (s.start, s.stop))})
    for start, stop in pairwise(edges):
        inside = any(start in span for span in quoted)
        for match in pattern.finditer(text, start, stop):
            yield trimmed(text, Span(*match.span())), inside


class _Words:
    """Which words of a row the dictionary finds inside the other side's quotations, and outside."""

    def __init__(self, item: Pair, zh: Sequence[Span], en: Sequence[Span]) -> None:
        from workbench.align.lexicon import content_words, lexicon, words

        find = lexicon().translations
        self._zh = [(find(word), start) for word, start, _ in words(item.zh)]
        self._en = [(stem, start) for stem, start, _ in content_words(item.en)]
        self._stems = {
            side: {stem for stem, at in self._en if any(at in s for s in en) == side}
            for side in (True, False)
        }
        self._reached: dict[bool, set[str]] = {True: set(), False: set()}
        for found, at in self._zh:
            self._reached[any(at in s for s in zh)] |= found

    def stray_chinese(self, clause: Span, inside: bool) -> bool:
        """Whether the words of a Chinese clause stand on the other side of the English marks."""
        found = [translations for translations, at in self._zh if at in clause]
        right = sum(bool(t & self._stems[inside]) for t in found)
        wrong = sum(bool(t & self._stems[not inside]) for t in found)
        return not right and wrong >= _ENOUGH

    def stray_english(self, clause: Span, inside: bool) -> bool:
        """The same for an English clause."""
        found = [stem for stem, at in self._en if at in clause]
        right = sum(stem in self._reached[inside] for stem in found)
        wrong = sum(stem in self._reached[not inside] for stem in found)
        return not right and wrong >= _ENOUGH


def _moved(item: Pair, zh: Span | None, en: Span | None, inside: bool) -> Flag:
    words = _shortened(zh.of(item.zh) if zh else en.of(item.en) if en else "")
    one, other = ("Chinese", "English") if zh else ("English", "Chinese")
    one_zh, other_zh = ("中文", "英文") if zh else ("英文", "中文")
    place, place_zh = ("inside", "之内") if inside else ("outside", "之外")
    return _flag(
        item, zh, en,
        (f"“{words}” is {place} the quotation in the {one} only; see where it begins and ends in "
         f"the {other}.",
         f"“{words}”在{one_zh}引号{place_zh}，{other_zh}则不然；请核对引文的起止。"),
        0.6,
    )  # fmt: skip


def _flag(
    item: Pair, zh: Span | None, en: Span | None, evidence: tuple[str, str], confidence: float
) -> Flag:
    return item.flag("mood", "accuracy/attribution", Severity.MINOR, zh, en, evidence, confidence)

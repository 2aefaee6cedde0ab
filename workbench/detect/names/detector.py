"""Names that one language replaces, drops, adds or spells in two ways."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from workbench.detect.linked import linked_rows
from workbench.detect.names.learned import HEARD, distance, learned
from workbench.detect.names.listed import Entry
from workbench.detect.names.offices import offices
from workbench.detect.names.order import order
from workbench.detect.names.reading import Name, Reading, read
from workbench.detect.names.replaced import Swapped, swapped
from workbench.detect.names.sound import likeness, plain
from workbench.detect.sides import Pair, pairs
from workbench.domain.review import AlignedTexts, Flag, Severity
from workbench.domain.text import Span

if TYPE_CHECKING:
    from workbench.detect import Context

_CATEGORY = "accuracy/name"
_MISSING = 0.5  # support below which a name has no counterpart
_AT_MOST = 2  # names added or dropped that are worth a flag each in one row
_NEAR = 3  # rows around one from which a translator may take a name
_HOME = re.compile(r"China|Chinese.*|PRC|Sino|CPC.*|Party|Communist.*|.* of China")
_STANDS_FOR = re.compile(
    r"\b(?:he|she|it|they|him|her|his|hers|its|their|them|we|our|us|who|which|there|both|either"
    r"|former|latter|each other|the (?:country|city|company|two|three|group|party|agency|region"
    r"|province|state|club|team|bank|organi[sz]ation|university|president|minister|side|sides))\b",
    re.IGNORECASE,
)


def names(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """Names replaced, dropped, added or misspelled, other offices, countries in another order.

    People are matched by list, by pinyin or by sound. What a neighbouring row names may be named
    here, too, and a pronoun may stand for a name.
    """
    items = pairs(texts)
    known = learned(items)
    flags: list[Flag] = []
    rows = linked_rows(items, texts, context)
    for at, item in enumerate(items):
        if item.is_null:
            continue
        reading = read(item.zh, item.en, known)
        flags += offices(item)
        flags += order(item)
        flags += _spellings(item, known, items)
        near = items[max(0, at - _NEAR) : at + _NEAR + 1]
        flags += _row(item, reading, near, list(swapped(rows[at], reading)))
    return flags


def names_rank(texts: AlignedTexts, context: "Context") -> list[float]:
    """How likely a name of each row is without its counterpart, from 0 to 1."""
    scores = [0.0] * len(texts.rows)
    items = pairs(texts)
    known = learned(items)
    for item, linked in zip(items, linked_rows(items, texts, context), strict=True):
        if not item.is_null:
            reading = read(item.zh, item.en, known)
            links = max((found.probability for found in swapped(linked, reading)), default=0.0)
            en = max((1 - n.support for n in reading.en if not _is_home(n)), default=0.0)
            zh = max((1 - n.support for n in reading.zh if n.sure), default=0.0)
            scores[item.number] = max(0.6 * en + 0.4 * zh, links)
    return scores


def unmatched(item: Pair, known: tuple[Entry, ...] = ()) -> tuple[list[Name], list[Name]]:
    """The Chinese and the English names of a row without a counterpart."""
    return _left(item, read(item.zh, item.en, known))


def _left(item: Pair, reading: Reading) -> tuple[list[Name], list[Name]]:
    zh = [n for n in reading.zh if n.sure and n.span.start >= item.zh_dateline]
    en = [n for n in reading.en if not _is_home(n) and n.span.start >= item.en_dateline]
    return [n for n in zh if n.support < _MISSING], [n for n in en if n.support < _MISSING]


def _is_home(name: Name) -> bool:
    """China in a Chinese text goes without saying."""
    return bool(_HOME.fullmatch(name.text))


def _row(
    item: Pair, reading: Reading, near: Sequence[Pair], linked: Sequence[Swapped]
) -> Iterator[Flag]:
    zh, en = _left(item, reading)
    for found in linked:
        if found.zh.span.start >= item.zh_dateline:
            zh = [name for name in zh if not name.span.overlaps(found.zh.span)]
            en = [name for name in en if not name.span.overlaps(found.en)]
            yield _linked_instead(item, found)
    for name in list(en):
        other = _counterpart(item, name, zh)
        if other:
            zh.remove(other)
            en.remove(name)
            yield _replaced(item, other, name)
    others = [pair.zh for pair in near if pair is not item]
    once = {name.text: name for name in reversed(en) if not _in_brackets(item.en, name.span)}
    added = [n for n in once.values() if not any(_is_named(n, zh) for zh in others)]
    yield from (_added(item, name) for name in added[:_AT_MOST])
    if not _STANDS_FOR.search(item.en):
        dropped = {name.text: name for name in reversed(zh) if _is_missed(item.zh, name, reading)}
        yield from (_dropped(item, name) for name in list(dropped.values())[:_AT_MOST])


def _in_brackets(text: str, span: Span) -> bool:
    before = text[: span.start]
    return before.count("(") + before.count("[") > before.count(")") + before.count("]")


def _is_missed(zh: str, name: Name, reading: Reading) -> bool:
    """Whether a name can't well be left out: it is no mere attribute of the name after it."""
    rest = zh[name.span.stop :]
    attribute = rest.startswith("《") or any(o.span.start == name.span.stop for o in reading.zh)
    return bool(name.kind) and not attribute and not re.search(r"[A-Za-z]", name.text)


def _counterpart(item: Pair, name: Name, zh: Sequence[Name]) -> Name | None:
    """The unmatched Chinese name that stands where a strange English one should."""
    place = name.span.start / max(1, len(item.en)) * len(item.zh)
    fitting = [other for other in zh if _may_be(other.kind, name.kind)
               and not re.fullmatch(r"[A-Za-z]{1,2}", other.text)
               and likeness(name.text, other.text).score < HEARD - 0.2]  # fmt: skip
    return min(fitting, key=lambda other: abs(other.span.start - place), default=None)


def _may_be(kind: str, other: str) -> bool:
    """Whether two unequal names are of kinds that may be meant for each other."""
    open_kinds = ("", "learned")
    return kind in open_kinds or other in open_kinds or _family(kind) == _family(other)


def _family(kind: str) -> str:
    return "place" if kind == "country" else kind


def _is_named(name: Name, zh: str) -> bool:
    heard = any(likeness(word, zh).score >= HEARD for word in name.text.split())
    return heard or bool(read(zh, name.text).matched())


def _replaced(item: Pair, zh: Name, en: Name) -> Flag:
    sure = _family(zh.kind) == _family(en.kind) != "" or zh.kind == "person"
    return item.flag(
        "names", _CATEGORY, Severity.MAJOR if sure else Severity.MINOR, zh.span, en.span,
        (f"The Chinese names {zh.text}; the English has {en.text}, which nothing here stands for.",
         f"中文是“{zh.text}”，英文却是“{en.text}”，两者不像同一名称。"),
        0.8 if sure else 0.5,
    )  # fmt: skip


def _linked_instead(item: Pair, found: Swapped) -> Flag:
    zh, words = found.zh, found.en.of(item.en)
    return item.flag(
        "names", _CATEGORY, Severity.MAJOR if zh.sure else Severity.MINOR, zh.span, found.en,
        (f"The Chinese names {zh.text}; the English has “{words}” in its place.",
         f"中文是“{zh.text}”，英文相应之处却是“{words}”。"),
        (0.8 if zh.sure else 0.55) * found.probability,
    )  # fmt: skip


def _added(item: Pair, name: Name) -> Flag:
    return item.flag(
        "names", _CATEGORY, Severity.MINOR, None, name.span,
        (f"The English names {name.text}; nothing in the Chinese of this passage does.",
         f"英文提到“{name.text}”，这段中文里没有对应的名称。"),
        0.5,
    )  # fmt: skip


def _dropped(item: Pair, name: Name) -> Flag:
    return item.flag(
        "names", _CATEGORY, Severity.MINOR, name.span, None,
        (f"The Chinese names {name.text}; the English does not.",
         f"中文提到“{name.text}”，英文没有译出。"),
        0.55,
    )  # fmt: skip


def _spellings(item: Pair, known: Sequence[Entry], items: Sequence[Pair]) -> Iterator[Flag]:
    """Names that are spelled otherwise here than in most of the document."""
    for entry in known:
        usual = entry.en[0]
        for other in entry.en[1:]:
            match = re.search(rf"\b{re.escape(other)}\b", item.en)
            if not match or plain(other) == plain(usual) or distance(other, usual) > 2:
                continue
            counts = Counter({form: sum(form in pair.en for pair in items) for form in entry.en})
            if counts[other] * 2 < counts[usual]:
                yield _spelled(item, entry.zh[0], Span(*match.span()), usual, counts[usual])


def _spelled(item: Pair, zh: str, en: Span, usual: str, times: int) -> Flag:
    at = item.zh.find(zh)
    words = en.of(item.en)
    return item.flag(
        "names", _CATEGORY, Severity.MINOR,
        Span(at, at + len(zh)) if at >= 0 else None, en,
        (f"{zh} is spelled {words} here and {usual} elsewhere ({times} times).",
         f"“{zh}”此处拼作“{words}”，别处拼作“{usual}”（{times}处）。"),
        0.8,
    )  # fmt: skip

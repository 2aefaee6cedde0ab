"""Subjects that the Chinese leaves open and the English supplies, and wishes given to another."""

import re
from collections.abc import Iterator

from workbench.detect.names import chinese, listed
from workbench.detect.names.listed import Entry
from workbench.detect.sides import Pair
from workbench.domain.review import Flag, Severity
from workbench.domain.text import Span

_CATEGORY = "accuracy/attribution"
_NORM_EN = re.compile(
    r"\b(they|it) (?:should|must|shall|ought to|need to|have to)\b", re.IGNORECASE
)
# A norm without a subject: at the head of a clause, or directly after a verb of saying.
_NORM_ZH = re.compile(
    r"(?:^|[，；：、]|强调|指出|重申|认为|表示|呼吁)(?:还|也|都|更|就|同时)?(应当|应该|应(?![对邀用急])|必须|不能|不应|不得|须)"
)
_SOMEBODY = re.compile(r"他们|她们|它们|各方|各国|双方|两国|这些|前者|后者|所有")
_WISH_ZH = re.compile(r"(?:愿意?|期待|希望)(?:继续|进一步|共同)?[同与和跟]")
_WISH_EN = re.compile(r"\b(?:is|are|stands?) (?:also )?(?:willing|ready|prepared|happy) to\b")


def supplied(item: Pair) -> Iterator[Flag]:
    """“they should” for a norm that the Chinese addresses to nobody in particular."""
    en = _NORM_EN.search(item.en)
    zh = _nearest(item, en) if en else None
    if not en or not zh or _SOMEBODY.search(item.zh[max(0, zh.start(1) - 12) : zh.start(1)]):
        return
    words = zh[1]
    yield item.flag(
        "speaker", _CATEGORY, Severity.MINOR, Span(*zh.span(1)), Span(*en.span()),
        (f"{words} has no subject here and may be meant for everybody; “{en[1]}” supplies one.",
         f"“{words}”前没有主语，可能泛指所有人；英文补出了“{en[1]}”。"),
        0.5,
    )  # fmt: skip


def _nearest(item: Pair, en: re.Match[str]) -> re.Match[str] | None:
    at = en.start() / len(item.en) * len(item.zh)
    found = _NORM_ZH.finditer(item.zh)
    return min(found, key=lambda match: abs(match.start(1) - at), default=None)


def turned_wish(item: Pair, known: tuple[Entry, ...]) -> Iterator[Flag]:
    """愿与中国合作 said by another country, where the English has China willing."""
    for zh in _WISH_ZH.finditer(item.zh):
        partners = _countries_after(item.zh, zh.end(), known)
        if not partners:
            continue
        for en in _WISH_EN.finditer(item.en):
            subject = _subject(item.en, en.start(), known)
            if subject and set(subject[1]) & partners:
                yield _turned(item, Span(*zh.span()), Span(subject[0].start, en.end()))
                return


def _countries_after(zh: str, at: int, known: tuple[Entry, ...]) -> set[Entry]:
    """The country or side right after 愿与."""
    found: list[tuple[Span, tuple[Entry, ...]]] = list(listed.in_chinese(zh, known))
    for span, groups in chinese.country_groups(zh):
        if len(groups) == 1:
            found.append((span, groups[0]))
    return {entry for span, entries in found if span.start == at for entry in entries}


def _subject(en: str, at: int, known: tuple[Entry, ...]) -> tuple[Span, tuple[Entry, ...]] | None:
    """The name that is the subject of a verb: next to it, or the first of a clause whose second
    verb it is (China is a friend and is willing).
    """
    start = max(m.end() for m in re.finditer(r"^|[.;] |\bthat ", en[:at]))
    names = [(span, entries) for span, entries in listed.in_english(en, known)
             if start <= span.start < at and en[span.start].isupper()]  # fmt: skip
    between = en[names[-1][0].stop : at] if names else ""
    if names and re.fullmatch(r"(?:[’']s side| side)?\s+(?:also\s+)?", between):
        return names[-1]
    joined = re.search(r"\band\s+$", en[:at])
    if names and joined and re.fullmatch(r"\s*(?:that\s+|the\s+)*", en[start : names[0][0].start]):
        after = en[names[0][0].stop :]
        return names[0] if re.match(r"\s+(?:is|are|has|have|was|will)\b", after) else None
    return None


def _turned(item: Pair, zh: Span, en: Span) -> Flag:
    words, said = zh.of(item.zh), en.of(item.en)
    shown = said if len(said) <= 70 else f"{said[:30]} … {said[-30:]}"
    return item.flag(
        "speaker", _CATEGORY, Severity.MAJOR, zh, en,
        (f"In the Chinese the wish ({words} …) is addressed to the one whom the English makes its "
         f"subject: “{shown}”.",
         f"中文“{words}……”是向对方表达意愿，英文却把对方当成了主语：“{shown}”。"),
        0.8,
    )  # fmt: skip

"""The names of a Chinese text, by list, by their form, and by what stands beside them."""

import re
from collections.abc import Iterator
from functools import cache

from workbench.detect.names import listed
from workbench.detect.names.listed import Entry
from workbench.detect.resources import lines
from workbench.domain.text import Span

_HAN = r"\u3400-\u9fff"
_DOT = r"[·•・‧∙．]"
_DOTTED = re.compile(rf"[{_HAN}]{{1,8}}(?:\s?{_DOT}\s?[{_HAN}A-Za-z.]{{1,8}})+")
_WHOLE = re.compile(rf"[{_HAN}]+")
_DATE = re.compile(r"[一二三四五六七八九十]+月|周[一二三四五六日]|星期.|礼拜.")
_BIG = frozenset("中美俄英法德日韩朝印欧")  # one of them is in every group of countries
_SMALL = frozenset(
    "巴缅越老柬泰马新菲哈吉塔乌伊以沙埃澳加墨古委阿塞匈波捷希意西葡土蒙拉尼斯非苏台港"
)
_LATIN = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ÿ’'&.-]*[A-Za-zÀ-ÿ](?:\s+[A-Z][A-Za-zÀ-ÿ’'&.-]*)*")
_GROUP = re.compile(f"[{''.join(sorted(_BIG | _SMALL))}]{{2,4}}(?!网|社)")  # 中新社
# 俄方 but not 对方, 地方, 西方; 日方 but not 日方向
_SIDE = re.compile(
    rf"(?<![双对各多西东南北地官我彼一单甲乙己立平配比药秘处])"
    rf"([{''.join(sorted(_BIG | _SMALL))}])方(?![向面式法针案程位圆言略便块才])"
)
_TITLE = (
    r"主席|总统|总理|首相|部长|外长|议员|先生|女士|小姐|教授|博士|医生|律师|记者|同志|将军|大使"
    r"|市长|省长|书记|董事长|经理|总裁|站长|院长|校长|局长|主任|代表|队长|教练|选手|老师"
)
_SAYS = r"说|表示|称|指出|认为|介绍|告诉|透露|强调|坦言|回忆|写道"


@cache
def usual_in_names() -> frozenset[str]:
    """The characters by which foreign names are written."""
    return frozenset("".join(lines("transliteration.txt")))


@cache
def surnames() -> frozenset[str]:
    """Chinese surnames."""
    return frozenset(name for line in lines("surnames.txt") for name in line.split())


def country_groups(text: str) -> list[tuple[Span, tuple[tuple[Entry, ...], ...]]]:
    """中俄, 美日韩, 俄方: characters that stand for countries, with what each may stand for."""
    from workbench.align.lexicon import lexicon, words

    known, found = listed.by_character(), []
    cut = {start: stop for _, start, stop in words(text)}
    for match in _GROUP.finditer(text):
        word, span = match[0], Span(*match.span())
        if _BIG.isdisjoint(word) or len(set(word)) < len(word) or listed.in_chinese(word):
            continue
        if word in lexicon() and not lexicon().is_name(word):
            continue
        # it begins with a word and no word runs over its end: 中俄/关系, but not 集中/美元
        inside = [stop for start, stop in cut.items() if span.start < start < span.stop]
        if span.start in cut and all(stop <= span.stop for stop in inside):
            found.append((span, tuple(known[char] for char in word)))
    for match in _SIDE.finditer(text):
        span = Span(match.start(), match.end())
        if match[1] in known and not any(span.overlaps(other) for other, _ in found):
            found.append((span, (known[match[1]],)))
    return sorted(found, key=lambda item: item[0])


def foreign(text: str, taken: list[Span]) -> Iterator[Span]:
    """Names written with a dot between their parts, or in Latin letters."""
    for match in _DOTTED.finditer(text):
        span = _without_neighbours(text, Span(*match.span()))
        if span and not any(span.overlaps(other) for other in taken):
            yield span
    for match in _LATIN.finditer(text):
        span = Span(*match.span())
        if not any(span.overlaps(other) for other in taken):
            yield span


def _without_neighbours(text: str, span: Span) -> Span | None:
    """A dotted name without the ordinary words that touch it."""
    dots = [match.start() for match in re.finditer(_DOT, text[: span.stop])]
    first = dot = next(at for at in dots if at >= span.start)
    while first > span.start and text[first - 1] in usual_in_names() and first > dot - 6:
        first -= 1
    stop = dots[-1] + 1
    while stop < span.stop and text[stop] in usual_in_names():
        stop += 1
    return Span(first, stop) if first < dot and stop > dots[-1] + 1 else None


def unlisted(text: str, taken: list[Span]) -> Iterator[tuple[Span, bool, bool]]:
    """Words that are names: the span, whether that is sure, whether it is a person.

    Sure: the dictionary has the word as a name only, or somebody of that name speaks or has a
    title. Not sure: an unknown word that is written like a foreign name or begins like a Chinese
    one.
    """
    from workbench.align.lexicon import lexicon, words

    for word, start, stop in words(text):
        span = Span(start, stop)
        if len(word) < 2 or not _WHOLE.fullmatch(word) or _DATE.fullmatch(word):
            continue
        if any(span.overlaps(other) for other in taken):
            continue
        if lexicon().is_name(word):
            yield span, _is_spelled_out(word), False
        elif word not in lexicon() and len(word) <= 5:
            person = word[0] in surnames() and len(word) <= 3
            sounded = len(word) >= 3 and all(char in usual_in_names() for char in word)
            if person or sounded:
                found = _is_person(text, span)
                yield span, found, found


def _is_spelled_out(word: str) -> bool:
    """Whether the dictionary gives a name in pinyin, as it does for places and people of China."""
    from workbench.align.lexicon import lexicon

    pinyin, _, senses = lexicon().gloss(word).partition(": ")
    spelled = re.sub(r"[^a-z]", "", pinyin.lower().replace("u:", "u"))
    return senses.lower().replace("'", "").startswith(spelled)


def _is_person(text: str, span: Span) -> bool:
    after, before = text[span.stop : span.stop + 4], text[max(0, span.start - 4) : span.start]
    return bool(re.match(rf"{_TITLE}|{_SAYS}", after) or re.search(rf"(?:{_TITLE})$", before))

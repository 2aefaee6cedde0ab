"""Errors planted by program in correct pairs: numbers, approximators and negations changed.

The expressions to change are found by plain patterns of this file and never by the detectors'
parsers, so that what a parser can't read is tested as well. One change a pair, drawn by a seed.
"""

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from workbench.domain.text import Span
from workbench.evaluate.divergence.cases import Case

SEED = 20250510

_ENGLISH_CHOICES = [
    line.split()
    for line in (
        "two three four five six seven eight nine ten eleven twelve",
        "twenty thirty forty fifty sixty seventy eighty ninety",
        "second third fourth fifth sixth seventh eighth ninth tenth",
        "hundred thousand million billion trillion",
        "January February March April June July August September October November December",
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    )
]
_DIGITS = re.compile(r"(?<![A-Za-z\d.,/:-])\d+(?:,\d{3})*(?:\.\d+)?(?![\dA-Za-z/:-]|[.,]\d)")
_ENGLISH_WORD = re.compile(
    rf"\b(?:{'|'.join(word for words in _ENGLISH_CHOICES for word in words)})\b"
)

_HAN_DIGITS = "二三四五六七八九"
_MEASURE = "个名位人场项届批次国家年天月周岁件份条篇座架艘辆台部种类所户起例只吨米里亩公小分%％点"
_HAN_RUN = re.compile(rf"(?<![一{_HAN_DIGITS}十百千万亿数几])[{_HAN_DIGITS}](?=[{_MEASURE}][^之])")
_HAN_ORDINAL = re.compile(rf"(?<=第)[{_HAN_DIGITS}](?![十百千万亿])")
_HAN_DAY = re.compile(r"(?<=星期|礼拜)[一二三四五六日]")
_HAN_SCALE = re.compile(r"(?<=\d)[万亿](?!亿)")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")

_NUMBER_EN = re.compile(rf"\d|{_ENGLISH_WORD.pattern}")
_NUMBER_ZH = re.compile(rf"\d|[{_HAN_DIGITS}十百千万亿]|第一")


def bears_number(zh: str, en: str) -> bool:
    """Whether a pair has something like a number on both sides."""
    return bool(_NUMBER_EN.search(en) and _NUMBER_ZH.search(zh.translate(_FULL_WIDTH)))


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters to be replaced, and what by."""

    span: Span
    new: str

    def on(self, text: str) -> str:
        """The text with the change made."""
        return text[: self.span.start] + self.new + text[self.span.stop :]


Finder = Callable[[str, random.Random], Iterable[Edit]]


def changed(
    pairs: Iterable[Case], find: Finder, *, in_english: bool, other: re.Pattern[str] | None = None
) -> Iterator[Case]:
    """Each pair that has something to change, with one change, as a wrong pair.

    other: what the unchanged side must hold, or the pair is passed over.
    """
    for number, pair in enumerate(pairs):
        text, opposite = (pair.en, pair.zh) if in_english else (pair.zh, pair.en)
        if other and not other.search(opposite):
            continue
        draw = random.Random(f"{SEED}:{find.__name__}:{number}")
        edits = list(find(text, draw))
        if not edits:
            continue
        edit = draw.choice(edits)
        gold = (Span(edit.span.start, edit.span.start + len(edit.new)),) if edit.new else ()
        if in_english:
            yield Case(pair.group, pair.zh, edit.on(pair.en), True, en_gold=gold)
        else:
            yield Case(pair.group, edit.on(pair.zh), pair.en, True, zh_gold=gold)


def english_numbers(text: str, draw: random.Random) -> Iterator[Edit]:
    """Digits altered, exchanged or shifted; number words, months and weekdays replaced."""
    for match in _DIGITS.finditer(text):
        yield Edit(Span(*match.span()), _other_digits(match[0], draw))
    for match in _ENGLISH_WORD.finditer(text):
        words = next(words for words in _ENGLISH_CHOICES if match[0] in words)
        yield Edit(Span(*match.span()), draw.choice([w for w in words if w != match[0]]))


def chinese_numbers(text: str, draw: random.Random) -> Iterator[Edit]:
    """Digits altered, exchanged or shifted; 万 and 亿, counts, ordinals and weekdays replaced."""
    for match in _DIGITS.finditer(text):
        yield Edit(Span(*match.span()), _other_digits(match[0], draw))
    for pattern, choices in (
        (_HAN_SCALE, "万亿"), (_HAN_RUN, _HAN_DIGITS), (_HAN_ORDINAL, _HAN_DIGITS),
        (_HAN_DAY, "一二三四五六日"),
    ):  # fmt: skip
        for match in pattern.finditer(text):
            new = draw.choice([c for c in choices if c != match[0]])
            yield Edit(Span(*match.span()), new)


def _other_digits(number: str, draw: random.Random) -> str:
    """A different number of the same make: one digit altered, two exchanged, or a zero more."""
    places = [i for i, c in enumerate(number) if c.isdigit()]
    ways = ["alter"]
    swaps = [
        (a, b) for a, b in pairwise(places) if number[a] != number[b] and (a or number[b] != "0")
    ]
    ways += ["exchange"] if swaps else []
    ways += ["shift"] if "." not in number and "," not in number and len(number) != 4 else []
    way = draw.choice(ways)
    if way == "shift":
        return number + "0"
    if way == "exchange":
        a, b = draw.choice(swaps)
        return number[:a] + number[b] + number[a + 1 : b] + number[a] + number[b + 1 :]
    at = draw.choice(places)
    new = draw.choice([c for c in "123456789" if c != number[at]])
    return number[:at] + new + number[at + 1 :]


_COUNTED = r"(?= \$?\d| (?:one|two|three|half|four|five|six|ten|twenty|thirty|forty|fifty)\b)"
_OVER_EN = re.compile(rf"\b(?<!\bno )(?<!\bnot )(?:[Mm]ore than|[Oo]ver|[Aa]t least){_COUNTED}")
_NEAR_EN = re.compile(
    r"\b(?:[Nn]early|[Aa]lmost|[Aa]bout|[Aa]round|[Aa]pproximately|[Ss]ome|(?<!no )[Ll]ess than)"
    + _COUNTED
)
LOOSE_ZH = re.compile(
    r"(?:(?<!不)超过|逾|(?<![最附接将])近|(?<![纽条合节大])约|将近|接近|不到|至少|大约)"
    r"(?=[\d一二两三四五六七八九十])"
    r"|(?<=[\d十百千万亿])[多余]|(?<=[个人名年岁元米%])(?:左右|以上|以下|上下)"
)
LOOSE_EN = re.compile(
    r"\b(?:more than|over|at least|nearly|almost|about|around|approximately|some|less than"
    r"|close to|up to|under|plus|odd|or so|or more)\b",
    re.IGNORECASE,
)


def english_approximators(text: str, draw: random.Random) -> Iterator[Edit]:
    """An approximator before a number taken away, or turned round."""
    for pattern, opposite in ((_OVER_EN, "nearly"), (_NEAR_EN, "more than")):
        for match in pattern.finditer(text):
            new = draw.choice(["", opposite])
            new = new.capitalize() if match[0][0].isupper() else new
            stop = match.end() + (not new)  # the blank goes with the word
            yield Edit(Span(match.start(), stop), new)


def chinese_approximators(text: str, draw: random.Random) -> Iterator[Edit]:
    """近, 约, 超过, 多, 余, 左右 and their like taken away, or 近 and 超过 turned round."""
    for match in LOOSE_ZH.finditer(text):
        turned = {"近": "超过", "将近": "超过", "接近": "超过", "超过": "近", "逾": "近"}
        new = draw.choice(["", turned.get(match[0], "")])
        yield Edit(Span(*match.span()), new)


_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|will|would|can|could|should|must|has been|have been|had been|may)\b"
    r"(?! (?:not|no|never)\b|n[’']t)"
)
_NEGATED_EN = re.compile(
    r"(?<=[a-z](?:is|as|ld|re|ve|ad|do|id|es|ay|st|ll))(?:n[’']t| not)\b(?! only)"
    r"|(?<= (?:is|do))(?:n[’']t| not)\b(?! only)|\bnever (?=\w+ed)"
)
_NEGATED_ZH = re.compile(
    r"(?<=[^\W\d可能会])(?:不(?=[会能可应想愿知存相同接支再允构])|没有(?=[^没，。？])|并未|从未|不再"
    r"|未(?=[能曾有被]))"
)
_AFFIRMED_ZH = re.compile(
    r"(?<=[^\W\d不没未是非峰大协委学商机社聚晚宴都年])"
    r"(?:会(?=[^不没议谈场员见，。])|能够|可以|应当|应该|愿意|支持|同意|接受|允许)"
)


def english_negations(text: str, draw: random.Random) -> Iterator[Edit]:
    """Not put in after an auxiliary, or taken away."""
    for match in _AUXILIARY.finditer(text):
        yield Edit(Span(match.end(), match.end()), " not")
    for match in _NEGATED_EN.finditer(text):
        yield Edit(Span(*match.span()), "")


def chinese_negations(text: str, draw: random.Random) -> Iterator[Edit]:
    """不 put in before a modal verb, or 不, 没有, 未 taken away."""
    for match in _AFFIRMED_ZH.finditer(text):
        yield Edit(Span(match.start(), match.start()), "不")
    for match in _NEGATED_ZH.finditer(text):
        yield Edit(Span(*match.span()), "")

"""Chinese numerals: their value, and the words and names in which they are no numbers."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from workbench.detect.resources import lines

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_SMALL = {"十": 10, "廿": 20, "卅": 30, "百": 100, "千": 1000}
_BIG = ("亿", 10**8), ("万", 10**4)
_NUMERALS = "零〇一二两三四五六七八九十百千万亿"
_BEFORE_NUMERAL = frozenset(_NUMERALS + "0123456789.第几数多余")
MEASURES = re.compile("|".join(sorted(lines("measure_words.txt"), key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class Numeral:
    """The value of a run of digits and numeral characters.

    also: other readings. top: the largest value of a vague one. over: 多 or 余 stands inside.
    next: the second of two neighbouring numbers, 3 in 两三个.
    """

    value: Fraction
    also: tuple[Fraction, ...] = ()
    top: Fraction | None = None
    over: bool = False
    next: Fraction | None = None


def chinese_value(run: str) -> Numeral | None:
    """The value of 2448亿, 三千六百, 二〇二五, 3.5万亿, 几十, 两三; None when it is no numeral."""
    over = bool(re.search(r"[多余]", run))
    run = re.sub(r"[,多余 ]", "", run)
    if re.search(r"([十百千万亿])\1", run):  # 千千, a name
        return None
    if match := re.fullmatch(r"[几数上]([十百千万亿]+)", run):
        low = _value("一" + match[1])
        return None if low is None else Numeral(low, top=low * 10)
    if match := re.fullmatch(r"(.*十)几", run):
        low = _value(match[1])
        return None if low is None else Numeral(low, top=low + 9)
    if pair := re.fullmatch(r"([一两二三四五六七八九])([二两三四五六七八九])([十百千万亿]*)", run):
        return _neighbours(*pair.groups())
    if teens := re.fullmatch(
        r"([二三四五六七八九]?十)([一二三四五六七八])([二三四五六七八九])", run
    ):
        return _teens(*teens.groups())
    value = _value(run)
    return None if value is None else Numeral(value, over=over)


def _neighbours(first: str, second: str, scale: str) -> Numeral | None:
    """两三个 means two or three, 七八十 seventy or eighty; 三五 three to five."""
    a, b = _DIGIT[first], _DIGIT[second]
    unit = _value("一" + scale) if scale else Fraction(1)
    if unit is None or not a < b <= a + 2:
        return None
    return Numeral(a * unit, next=b * unit)


def _teens(tens: str, first: str, second: str) -> Numeral | None:
    """十四五年 means fourteen or fifteen years."""
    base = _value(tens)
    if base is None or _DIGIT[second] != _DIGIT[first] + 1:
        return None
    return Numeral(base + _DIGIT[first], next=base + _DIGIT[second])


def _value(run: str) -> Fraction | None:
    if not run:
        return None
    if re.fullmatch(
        r"[零〇○一二三四五六七八九]{4,}|[一二三四五六七八九]+[零〇○][零〇○一二三四五六七八九]+|[一二三四五六七八九][零〇○]",
        run,
    ):
        return Fraction("".join(str(_DIGIT[c]) for c in run))
    for name, unit in _BIG:
        if name in run:
            return _scaled(run, name, unit)
    return _below_ten_thousand(run)


def _scaled(run: str, name: str, unit: int) -> Fraction | None:
    """The part before 亿 or 万 times that unit, plus the part after it."""
    left, _, right = run.rpartition(name)
    high = _value(left) if left else Fraction(1)
    if high is None:
        return None
    if not right:
        return high * unit
    if re.fullmatch(r"[一二三四五六七八九]", right):  # 两万五 is 25,000
        return high * unit + _DIGIT[right] * Fraction(unit, 10)
    low = _value(right)
    return None if low is None else high * unit + low


def _below_ten_thousand(run: str) -> Fraction | None:
    """Values below 10,000 in characters, digits, or both (3千)."""
    if re.fullmatch(r"\d+(?:\.\d+)?", run):
        return Fraction(run)
    if "点" in run:
        whole, _, part = run.partition("点")
        value = _value(whole)
        figures = "".join(str(_DIGIT[c]) for c in part if c in _DIGIT)
        return None if value is None or not figures else value + Fraction("0." + figures)
    total, current, last = Fraction(0), None, 0
    for token in re.findall(r"\d+(?:\.\d+)?|.", run):
        if token in _SMALL:
            step = _SMALL[token]
            total += (current if current is not None else 1) * step
            current, last = None, step
        elif token in _DIGIT:
            if current is not None and current != 0:
                return None
            current = Fraction(_DIGIT[token])
            last = 0 if token in "零〇○" else last
        elif re.fullmatch(r"\d+(?:\.\d+)?", token):
            current = Fraction(token)
        else:
            return None
    if current is not None:
        total += current * (last // 10 if last >= 100 else 1)  # 三千六 is 3,600
    return total


@cache
def _phrases() -> re.Pattern[str]:
    words = sorted(lines("numeral_words.txt"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def hidden(text: str) -> bytearray:
    """For each character, 1 where it is inside a word or name whose numerals are no numbers."""
    mask = bytearray(len(text))
    at = 0
    while match := _phrases().search(text, at):
        at = match.end()
        inside = match[0][0] in _NUMERALS and text[: match.start()][-1:] in _BEFORE_NUMERAL
        if (inside and match.start()) or re.match(
            r"[点分].?[零一二三四五六七八九钟]", text[at - 1 :]
        ):
            at = match.start() + 1  # 三十分 and 十分钟 are no 十分, 一点五 no 一点
            continue
        mask[match.start() : at] = b"\x01" * len(match[0])
    return mask

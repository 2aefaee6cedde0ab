"""What a single word says in numbers, as far as it says so alone: digits, months, numerals."""

import re
from collections.abc import Iterator

_DIGITS = {c: k for k, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


def _counted(words: str, first: int) -> dict[str, str]:
    return {word: str(k) for k, word in enumerate(re.findall(r"\w+", words), first)}


_TENS = _counted("twenty thirty forty fifty sixty seventy eighty ninety", 2)
_ENGLISH = (
    _counted("zero one two three four five six seven eight nine ten eleven twelve thirteen", 0)
    | _counted("fourteen fifteen sixteen seventeen eighteen nineteen", 14)
    | _counted("first second third fourth fifth sixth seventh eighth ninth tenth", 1)
    | {"eleventh": "11", "twelfth": "12", "once": "1", "twice": "2"}
    | {"half": "2", "thirds": "3", "quarter": "4", "dozen": "12"}
)
_NAMES = _counted(
    "january february march april may june july august september october november december", 1
)
_MONTHS = {month: number for name, number in _NAMES.items() for month in (name, name[:3])}
_MONTH = re.compile(r"([0-9]+|[一二三四五六七八九十]+)月份?")
_CHINESE = re.compile(r"([0-9][0-9.,]*)[十百千万亿]*|([零〇一二两三四五六七八九十百千万亿]+)")
_WIDE = {ord("０") + k: str(k) for k in range(10)} | {ord("．"): ".", ord("，"): ","}
_PARTS = re.compile(r"[0-9][0-9.,]*|[a-z]+")


def of_chinese(word: str) -> set[str]:
    """Significant digits of the numbers in a Chinese word; a month's after "m"."""
    word = word.translate(_WIDE)
    if month := _MONTH.match(word):
        return {"m" + _significant(_value(month[1]))}
    found = {_significant(_value(match[1] or match[2])) for match in _CHINESE.finditer(word)}
    return {digits for digits in found if digits}


def of_english(word: str) -> set[str]:
    """The same of an English word."""
    return set(_english(word.lower()))


def _english(word: str) -> Iterator[str]:
    if word in _MONTHS:
        yield "m" + _significant(_MONTHS[word])
    tens = ""
    for part in _PARTS.findall(word):
        if part in _TENS:
            tens = _TENS[part]
            continue
        value = _ENGLISH.get(part) or (part if part[0].isdigit() else "")
        if digits := _significant(tens + value):
            yield digits
        tens = ""
    if tens:
        yield tens


def _significant(value: str) -> str:
    """Digits without the point and without zeros at either end: 244.8 and 2448亿 give 2448."""
    return re.sub(r"\D", "", value).strip("0") or ("0" if re.fullmatch(r"0+", value) else "")


def _value(numeral: str) -> str:
    if numeral[0].isdigit():
        return numeral
    if not any(c in _UNITS for c in numeral):
        return "".join(str(_DIGITS[c]) for c in numeral)  # 二〇二五
    total = section = digit = 0
    for c in numeral:
        if c in _DIGITS:
            digit = _DIGITS[c]
            continue
        unit = _UNITS[c]
        if unit < 10**4:
            section += (digit or 1) * unit
        else:
            total, section = (total + section + digit or 1) * unit, 0
        digit = 0
    return str(total + section + digit)

"""Reading the numbers of a Chinese sentence: 2448亿美元, 第11次, 70多年, 5月7日至10日."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from workbench.detect.numbers.chinese_joins import join_dates, join_decades, join_ranges
from workbench.detect.numbers.chinese_units import finish, heads, hours, needs, unit_of
from workbench.detect.numbers.numerals import chinese_value, hidden
from workbench.detect.numbers.values import Approx, Kind, Quantity
from workbench.domain.text import Span

_WIDE = str.maketrans("０１２３４５６７８９．％＋～：－", "0123456789.%+~:-")
_DIGITS = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHARS = "零〇○一二两三四五六七八九十廿卅百千万亿"
_RUN = re.compile(
    rf"(?:(?:{_DIGITS})|[数几上][十百千万亿]|(?!千[瓦米克兆伏卡赫焦])[{_CHARS}])"
    rf"(?:(?:{_DIGITS})|(?!千[瓦米克兆伏卡赫焦])[{_CHARS}]|[多余几](?=[十百千万亿])|点(?=[零〇一二三四五六七八九])"
    rf"|(?<=\d) (?=[万亿千百])|(?<=[万亿]) (?=\d))*"
)
_SERIAL = re.compile(r"(?<![\d.])\d+(?:[./-]\d+){2,}(?![\d.]*\d)")
_DAY_NAME = re.compile(r"(?<!\d)(?P<month>1[0-2]|[1-9])[·•・](?P<day>[12]\d|3[01]|[1-9])(?!\d)")
_FIVE_YEAR = re.compile(
    r"(?:(?P<plan>十[一二三四五六])(?P<five>五)(?![年个十岁天])"
    r"|(?P<early>[六七八九])(?P<last>五)(?=[”\"’]?(?:普法|计划|规划|时期|期间)))"
)
_SHARE = re.compile(
    rf"(?P<base>\d+|[二三四五六七八九十百千万]+)分之(?P<part>(?:{_DIGITS})|[{_CHARS}点]+)"
)
_TIME = re.compile(r"(?<!\d)(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?!\d)")
_CODE = re.compile(r"[A-Za-z]+-?\d+(?:\.\d+)?|\d+[A-Za-z]+\d*(?![A-Za-z])")
_WEEKDAY = re.compile(
    r"(?:(?<![一每这两几数])周|星期|礼拜)(?P<day>[一二三四五六日天])(?!年|岁|天|个|次)"
)
_PAIR = re.compile(
    r"(?P<all>百分百)|(?P<two>双(?![十鸭重]))|(?P<first>首(?=[次个届批场轮位家]))"
    r"|(?P<age>[五六七八九]旬)|(?P<sixty>花甲)|(?P<seventy>古稀)|(?P<half>一?半)"
    r"|(?P<clock>全天候?|昼夜|日夜|连轴)"
)
_CENTURY = re.compile(r"(?P<last>上个?世纪)|(?P<this>本世纪)")

_UNIT_LETTERS = frozenset(("KM", "KG", "CM", "MM", "M", "G", "W", "KW", "MW", "GB", "MB"))
_HOLIDAY = re.compile(
    r"[“\"'‘](?:十一|五一|六一|七一|八一|三八|九三)[”\"'’]|(?<![二三四五六七八九十第])(?:十一|五一)(?=长假|小长假|假期|黄金周|期间|国庆)"
)
_LISTED = re.compile(r"(?:(?<=[，；。：、“（])|^)[一二三四五六七八九十](?=[是要]|来)")
_SHORT_YEARS = {"九二共识": 1992, "九一八": 1931, "七七事变": 1937}
_SMALL_WORDS: dict[str, tuple[Fraction, Kind, tuple[Fraction, ...]]] = {
    "all": (Fraction(100), Kind.PERCENT, ()),
    "two": (Fraction(2), Kind.COUNT, ()),
    "first": (Fraction(1), Kind.ORDINAL, ()),
    "sixty": (Fraction(60), Kind.COUNT, ()),
    "seventy": (Fraction(70), Kind.COUNT, ()),
    "clock": (Fraction(24), Kind.COUNT, ()),
    "half": (Fraction(1, 2), Kind.FRACTION, (Fraction(30), Fraction(6))),
}
_RELATIVE = re.compile(
    "今年|去年|明年|前年|后年|同年|当年|次年|翌年|本月|上月|上个月|当月|下月|同月|次月|今天|今日|昨天|昨日|"
    "明天|明日|当日|当天|次日|同日|即日|近日|前天|后天"
)


def names_relative_date(text: str) -> bool:
    """Whether the sentence speaks of 今年, 上月 or 当日, which English may turn into a date."""
    return bool(_RELATIVE.search(text))


def read(text: str) -> list[Quantity]:
    """The number expressions of a Chinese text, in order."""
    plain = text.translate(_WIDE)
    taken = hidden(plain)
    for holiday in _HOLIDAY.finditer(plain):
        taken[holiday.start() : holiday.end()] = b"\x01" * len(holiday[0])
    found = list(_silent(plain, taken))
    for reader in (
        _short_years,
        _shares,
        _serials,
        _day_names,
        _five_year_plans,
        _codes,
        _times,
        _weekdays,
        _listed,
        _small_words,
        _runs,
    ):
        for quantity in reader(plain, taken):
            found.append(quantity)
            for at in range(quantity.span.start, quantity.span.stop):
                taken[at] = 1
    found.sort(key=lambda q: q.span)
    return join_decades(plain, join_dates(plain, join_ranges(plain, found)))


def _silent(text: str, taken: bytearray) -> Iterator[Quantity]:
    """The numerals of idioms and names."""
    for match in re.finditer(r"[二两三四五六七八九十百千万]", text):
        if taken[match.start()]:
            span = Span(*match.span())
            number = chinese_value(match[0])
            if number is not None:
                yield Quantity(span, span, number.value, Kind.SILENT, required=False)


def _free(taken: bytearray, start: int, stop: int) -> bool:
    return not any(taken[start:stop])


def _shares(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in _SHARE.finditer(text):
        base, part = chinese_value(match["base"]), chinese_value(match["part"])
        if base is None or part is None or not base.value:
            continue
        if base.value == 100:
            yield finish(text, match.start(), match.end(), part.value, Kind.PERCENT)
        else:
            share = part.value / base.value
            parts = (base.value,) if part.value == 1 else ()  # "a third" looks like an ordinal
            yield finish(text, match.start(), match.end(), share, Kind.FRACTION, parts)


def _serials(text: str, taken: bytearray) -> Iterator[Quantity]:
    """2021.6.11 as a date; other figures with several stops are serial numbers."""
    for match in _SERIAL.finditer(text):
        parts = [Fraction(part) for part in re.split(r"[./-]", match[0])]
        dated = len(parts) == 3 and 1000 <= parts[0] <= 2100 and parts[1] <= 12 and parts[2] <= 31
        kinds = (Kind.YEAR, Kind.MONTH, Kind.DAY) if dated else (Kind.CODE,) * len(parts)
        for part, kind, piece in zip(parts, kinds, re.finditer(r"\d+", match[0]), strict=True):
            span = Span(*piece.span()).shift(match.start())
            yield Quantity(span, Span(*match.span()), part, kind, required=dated)


def _day_names(text: str, taken: bytearray) -> Iterator[Quantity]:
    """“5·9” is a day by which an event is known; English may say its name instead."""
    for match in _DAY_NAME.finditer(text):
        whole = Span(*match.span())
        for name, kind in (("month", Kind.MONTH), ("day", Kind.DAY)):
            span = Span(*match.span(name))
            yield Quantity(span, whole, Fraction(match[name]), kind, required=False)


def _five_year_plans(text: str, taken: bytearray) -> Iterator[Quantity]:
    """“十四五” is the fourteenth five-year plan."""
    for match in _FIVE_YEAR.finditer(text):
        plan, five = ("plan", "five") if match["plan"] else ("early", "last")
        number = chinese_value(match[plan])
        if number is not None:
            whole = Span(*match.span())
            span = Span(*match.span(plan))
            yield Quantity(span, whole, number.value, Kind.ORDINAL, required=False)
            yield Quantity(Span(*match.span(five)), whole, Fraction(5), required=False)


def _codes(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in _CODE.finditer(text):
        if not _free(taken, *match.span()):
            continue
        digits = re.search(r"\d+(?:\.\d+)?", match[0])
        letters = re.sub(r"[^A-Za-z]", "", match[0]).upper()
        if digits and letters not in _UNIT_LETTERS:
            span = Span(*match.span())
            value = Fraction(digits[0])
            yield Quantity(span, span, value, Kind.CODE, code=letters, required=False)


def _times(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in _TIME.finditer(text):
        if _free(taken, *match.span()):
            whole = Span(*match.span())
            hour, minute = int(match["hour"]), int(match["minute"])
            yield Quantity(
                Span(*match.span("hour")),
                whole,
                Fraction(hour),
                also=hours(text, match.start(), hour),
            )
            yield Quantity(
                Span(*match.span("minute")), whole, Fraction(minute), required=bool(minute)
            )


def _weekdays(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in _WEEKDAY.finditer(text):
        if _free(taken, *match.span()):
            span = Span(*match.span())
            day = "一二三四五六日".find(match["day"].replace("天", "日")) + 1
            yield Quantity(span, span, Fraction(day), Kind.WEEKDAY)


def _listed(text: str, taken: bytearray) -> Iterator[Quantity]:
    """一是, 二是, 三是 count the members of a list: first, second, third."""
    for match in _LISTED.finditer(text):
        value = chinese_value(match[0])
        if value is not None and _free(taken, *match.span()):
            span = Span(*match.span())
            yield Quantity(span, span, value.value, Kind.ORDINAL, required=False)


def _small_words(text: str, taken: bytearray) -> Iterator[Quantity]:
    """双, 首次, 半 and 上世纪: they may answer an English number but need none."""
    for match in _PAIR.finditer(text):
        if _free(taken, *match.span()):
            span = Span(*match.span())
            if match["age"]:
                decades = chinese_value(match["age"][0])
                if decades is not None:
                    yield Quantity(span, span, decades.value * 10, required=False)
                continue
            value, kind, also = _SMALL_WORDS[str(match.lastgroup)]
            found = finish(text, span.start, span.stop, value, kind, also)
            yield replace(found, required=False)
    for match in _CENTURY.finditer(text):
        if _free(taken, *match.span()):
            span = Span(*match.span())
            value = Fraction(20 if match["last"] else 21)
            yield Quantity(span, span, value, Kind.CENTURY, required=False)


def _short_years(text: str, taken: bytearray) -> Iterator[Quantity]:
    """Names that say a year by its last figures and are written out in English."""
    for name, year in _SHORT_YEARS.items():
        for match in re.finditer(name, text):
            span = Span(*match.span())
            yield Quantity(span, span, Fraction(year), Kind.YEAR, required=False)


def _runs(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in _RUN.finditer(text):
        start, stop = match.span()
        while start < stop and taken[start]:
            start += 1
        while stop > start and taken[stop - 1]:
            stop -= 1
        run = text[start:stop]
        if not run or not _free(taken, start, stop) or run in ("上", "数", "几"):
            continue
        number = chinese_value(run)
        if number is None:
            continue
        kind, end, value, also = unit_of(text, start, stop, number.value)
        quantity = finish(text, start, end, value, kind, (*also, *number.also))
        if number.over and quantity.approx == Approx.EXACT:
            quantity = replace(quantity, approx=Approx.OVER, approx_span=Span(start, stop))
        if number.next is not None:
            yield from _neighbours(text, stop, quantity, number.next)
        elif number.top is not None:
            yield replace(quantity, top=number.top, kind=Kind.VAGUE, required=False)
        elif heads(text, start, stop):
            yield replace(quantity, kind=Kind.HEADING, required=False)
        else:
            yield replace(quantity, required=quantity.required and needs(text, run, quantity))


def _neighbours(text: str, stop: int, first: Quantity, second: Fraction) -> Iterator[Quantity]:
    """两三个: two numbers, which English answers with two, or with a vague one."""
    start = first.span.start
    later = unit_of(text, start, stop, second)[2]
    yield replace(first, span=Span(start, start + 1), required=False, also=())
    yield replace(
        first, span=Span(start + 1, first.span.stop), value=later, required=False, also=()
    )

"""Reading the numbers of a Chinese sentence: 2448亿美元, 第11次, 70多年, 5月7日至10日."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from workbench.detect.numbers.numerals import MEASURES, chinese_value, hidden
from workbench.detect.numbers.values import Approx, Kind, Quantity, approximator
from workbench.domain.text import Span

_WIDE = str.maketrans("０１２３４５６７８９．％＋～：－", "0123456789.%+~:-")
_DIGITS = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHARS = "零〇○一二两三四五六七八九十廿卅百千万亿"
_RUN = re.compile(
    rf"(?:(?:{_DIGITS})|[数几上][十百千万亿]|[{_CHARS}])"
    rf"(?:(?:{_DIGITS})|(?!千[瓦米克兆伏卡赫焦])[{_CHARS}]|[多余几](?=[十百千万亿])|点(?=[零〇一二三四五六七八九])"
    rf"|(?<=\d) (?=[万亿千百])|(?<=[万亿]) (?=\d))*"
)
_SERIAL = re.compile(r"(?<![\d.])\d+(?:[./-]\d+){2,}(?![\d.]*\d)")
_FIVE_YEAR = re.compile(r"(?P<plan>十[一二三四五六])(?P<five>五)(?![年个十])")
_SHARE = re.compile(
    rf"(?P<base>\d+|[二三四五六七八九十百千万]+)分之(?P<part>(?:{_DIGITS})|[{_CHARS}点]+)"
)
_TIME = re.compile(r"(?<!\d)(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?!\d)")
_CODE = re.compile(r"[A-Za-z]+-?\d+(?:\.\d+)?|\d+[A-Za-z]+\d*(?![A-Za-z])")
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)(?P<day>[一二三四五六日天])(?!年|岁)")
_PAIR = re.compile(
    r"(?P<all>百分百)|(?P<two>双(?![十鸭重]))|(?P<first>首(?=[次个届批场轮位家]))|(?P<age>[五六七八九]旬)|(?P<half>一?半)"
)
_CENTURY = re.compile(r"(?P<last>上个?世纪)|(?P<this>本世纪)")

_SHORT_YEARS = {"九二共识": 1992, "九一八": 1931, "七七事变": 1937}
_SMALL_WORDS: dict[str, tuple[Fraction, Kind, tuple[Fraction, ...]]] = {
    "all": (Fraction(100), Kind.PERCENT, ()),
    "two": (Fraction(2), Kind.COUNT, ()),
    "first": (Fraction(1), Kind.ORDINAL, ()),
    "half": (Fraction(1, 2), Kind.FRACTION, (Fraction(30), Fraction(6))),
}
_CURRENCIES = {
    "人民币": "CNY", "美元": "USD", "美金": "USD", "欧元": "EUR", "英镑": "GBP", "日元": "JPY",
    "卢布": "RUB", "港元": "HKD", "港币": "HKD", "韩元": "KRW", "澳元": "AUD", "加元": "CAD",
    "瑞士法郎": "CHF", "卢比": "INR", "新元": "SGD", "元": "CNY",
}  # fmt: skip
_CURRENCY = re.compile("|".join(_CURRENCIES))

_BEFORE = re.compile(
    r"(?P<over>超过|逾|超|不止|不下|多于|不少于|不低于|不小于|至少|大于|高于)"
    r"|(?P<under>将近|接近|近|不到|不足|未满|(?<!不)少于|(?<!不)低于|(?<!不)小于|不超过|至多|最多)"
    r"|(?P<about>大约|约|大概|约有|约为|差不多|左右)"
)
_BEFORE_END = re.compile(rf"(?:{_BEFORE.pattern})[了达有为]?(?:第|人民币|\s)?$")
_AFTER = re.compile(
    r"(?P<over>[多余](?![边次年元方样种个极数额下地生款温])|以上|开外|之多)|(?P<under>以下|[以之]?内(?![容部外心地蒙的])|不到)|(?P<about>左右|上下|来(?=[个岁年名位]))"
)
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
    found: list[Quantity] = []
    for reader in (
        _short_years,
        _shares,
        _serials,
        _five_year_plans,
        _codes,
        _times,
        _weekdays,
        _small_words,
        _runs,
    ):
        for quantity in reader(plain, taken):
            found.append(quantity)
            for at in range(quantity.span.start, quantity.span.stop):
                taken[at] = 1
    found.sort(key=lambda q: q.span)
    return _join_ranges(plain, _join_dates(plain, found))


def _free(taken: bytearray, start: int, stop: int) -> bool:
    return not any(taken[start:stop])


def _shares(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in _SHARE.finditer(text):
        base, part = chinese_value(match["base"]), chinese_value(match["part"])
        if base is None or part is None or not base.value:
            continue
        if base.value == 100:
            yield _finish(text, match.start(), match.end(), part.value, Kind.PERCENT)
        else:
            share = part.value / base.value
            parts = (base.value,) if part.value == 1 else ()  # "a third" looks like an ordinal
            yield _finish(text, match.start(), match.end(), share, Kind.FRACTION, parts)


def _serials(text: str, taken: bytearray) -> Iterator[Quantity]:
    """2021.6.11 as a date; other figures with several stops are serial numbers."""
    for match in _SERIAL.finditer(text):
        parts = [Fraction(part) for part in re.split(r"[./-]", match[0])]
        dated = len(parts) == 3 and 1000 <= parts[0] <= 2100 and parts[1] <= 12 and parts[2] <= 31
        kinds = (Kind.YEAR, Kind.MONTH, Kind.DAY) if dated else (Kind.CODE,) * len(parts)
        for part, kind, piece in zip(parts, kinds, re.finditer(r"\d+", match[0]), strict=True):
            span = Span(*piece.span()).shift(match.start())
            yield Quantity(span, Span(*match.span()), part, kind, required=dated)


def _five_year_plans(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in _FIVE_YEAR.finditer(text):
        whole, plan = Span(*match.span()), chinese_value(match["plan"])
        if plan is not None:
            yield Quantity(
                Span(*match.span("plan")), whole, plan.value, Kind.ORDINAL, required=False
            )
            yield Quantity(Span(*match.span("five")), whole, Fraction(5), required=False)


def _codes(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in _CODE.finditer(text):
        if not _free(taken, *match.span()):
            continue
        digits = re.search(r"\d+(?:\.\d+)?", match[0])
        letters = re.sub(r"[^A-Za-z]", "", match[0]).upper()
        if digits and letters not in (
            "KM",
            "KG",
            "CM",
            "MM",
            "M",
            "G",
            "W",
            "KW",
            "MW",
            "GB",
            "MB",
        ):
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
                also=_hours(text, match.start(), hour),
            )
            yield Quantity(
                Span(*match.span("minute")), whole, Fraction(minute), required=bool(minute)
            )


def _hours(text: str, start: int, hour: int) -> tuple[Fraction, ...]:
    """An hour on the other clock: 15 is 3, and 下午3 is 15."""
    if hour > 12:
        return (Fraction(hour - 12),)
    if re.search(r"(?:下午|傍晚|晚上?|夜间?|中午|午后)$", text[max(0, start - 3) : start]):
        return (Fraction(hour + 12),)
    return ()


def _weekdays(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in _WEEKDAY.finditer(text):
        if _free(taken, *match.span()):
            span = Span(*match.span())
            day = "一二三四五六日".find(match["day"].replace("天", "日")) + 1
            yield Quantity(span, span, Fraction(day), Kind.WEEKDAY)


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
            found = _finish(text, span.start, span.stop, value, kind, also)
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
        kind, end, value, also = _unit(text, start, stop, number.value)
        quantity = _finish(text, start, end, value, kind, (*also, *number.also))
        if number.over and quantity.approx == Approx.EXACT:
            quantity = replace(quantity, approx=Approx.OVER, approx_span=Span(start, stop))
        if number.top is not None:
            quantity = replace(quantity, top=number.top, kind=Kind.VAGUE, required=False)
        if _heads(text, start, stop):
            yield replace(quantity, kind=Kind.CODE, required=False)
        else:
            yield replace(quantity, required=quantity.required and _needs(text, run, quantity))


_Unit = tuple[Kind, int, Fraction, tuple[Fraction, ...]]
_SHARES = re.compile(
    r"(?P<point> ?个?百分点)|(?P<percent>[%‰])|(?P<times>倍)"
    r"|(?P<tenth>成(?![为员功立就果本长都熟绩分交人不型形了因效品像]))"
)
_LONG_TIMES = re.compile(r"(?P<century>世纪)|(?P<decade>年代)")


def _unit(text: str, start: int, stop: int, value: Fraction) -> _Unit:
    """What the characters around a run make of it: kind, new end, value, other readings."""
    if match := _SHARES.match(text, stop):
        return _share_unit(match, value)
    if match := _LONG_TIMES.match(text, stop):
        if match["century"]:
            return Kind.CENTURY, match.end(), value, (value * 100 - 100,)
        return Kind.DECADE, match.end(), value, (1900 + value, 1800 + value)
    before = text[max(0, start - 3) : start]
    if value.denominator == 1 and not before.endswith("第"):
        kind, also = _date_unit(text[stop : stop + 4], value)
        if kind != Kind.COUNT:
            return kind, stop + 1, value, also
    if re.match(r"[时点](?!间|代|候|段)", text[stop : stop + 2]) and value <= 24:
        return Kind.COUNT, stop, value, _hours(text, start, int(value))
    if before.endswith("第"):
        return Kind.ORDINAL, stop, value, ()
    if re.match(r"(?:小时|[个年天月])?半(?![导岛数])", text[stop : stop + 4]):
        return Kind.COUNT, stop, value, (value + Fraction(1, 2),)
    return Kind.COUNT, stop, value, ()


def _share_unit(match: re.Match[str], value: Fraction) -> _Unit:
    if match["point"]:
        return Kind.POINT, match.end(), value, ()
    if match["percent"]:
        return Kind.PERCENT, match.end(), value / (10 if match[0] == "‰" else 1), ()
    if match["times"]:
        return Kind.TIMES, match.end(), value, (value + 1, value - 1)
    if value > 10:
        return Kind.COUNT, match.start(), value, ()
    return Kind.PERCENT, match.start() + 1, value * 10, ()


def _date_unit(rest: str, value: Fraction) -> tuple[Kind, tuple[Fraction, ...]]:
    """Whether a whole number is a year, a month or a day by what follows it."""
    if rest.startswith("年") and 1000 <= value <= 2100:
        return Kind.YEAR, ()
    dated = r"年(?:\d|[一二三四五六七八九十]+月|[底初末春夏秋冬间])"
    if re.match(dated, rest) and value < 100:
        return Kind.YEAR, (1900 + value, 2000 + value)
    if re.match(r"月(?!球|亮|饼)", rest) and 1 <= value <= 12:
        return Kind.MONTH, ()
    if re.match(r"[日号]", rest) and 1 <= value <= 31:
        return Kind.DAY, ()
    return Kind.COUNT, ()


def _heads(text: str, start: int, stop: int) -> bool:
    """Whether a number only numbers a heading or a member of a list: 一、 (二) 3."""
    numbered = re.match(r"[、)）]|[.．](?!\d)", text[stop : stop + 2])
    return bool(numbered) and not text[:start].strip(" （(")


def _needs(text: str, run: str, quantity: Quantity) -> bool:
    """Whether a number must be answered: 一 and 两 often are no numbers."""
    if quantity.kind in (Kind.PERCENT, Kind.POINT, Kind.MONTH, Kind.DAY, Kind.YEAR):
        return True
    stop = quantity.span.stop
    if re.fullmatch(r"[一两二零〇百千万亿]", run):
        return False
    if re.fullmatch(r"[三四五六七八九十]", run):
        return quantity.kind == Kind.ORDINAL or bool(MEASURES.match(text, stop))
    return True


def _finish(
    text: str,
    start: int,
    stop: int,
    value: Fraction,
    kind: Kind,
    also: tuple[Fraction, ...] = (),
) -> Quantity:
    """Add what stands around a number: 第, approximators, currency, measure word."""
    left, right = start, stop
    if kind == Kind.ORDINAL:
        left -= 1
    approx, approx_span = Approx.EXACT, None
    if match := _BEFORE_END.search(text[max(0, left - 6) : left]):
        offset = max(0, left - 6)
        approx, approx_span = approximator(match, offset)
        left = offset + match.start()
    if match := re.match(r"[多余](?![头地面边极额下温])", text[right:]):
        approx, approx_span = Approx.OVER, Span(right, right + 1)
        right += 1
    currency, unit = "", ""
    if text[:left].endswith("人民币"):
        left, currency = left - 3, "CNY"
    if match := _CURRENCY.match(text, right + text.startswith(" ", right)):
        currency, right = _CURRENCIES[match[0]], match.end()
    elif kind == Kind.COUNT and (match := MEASURES.match(text, right)):
        unit, right = match[0], match.end()
    if match := _AFTER.match(text, right):
        approx, approx_span = approximator(match, 0)
        right = match.end()
    return Quantity(
        Span(start, stop), Span(left, right), value, kind, also,
        currency=currency, unit=unit, approx=approx, approx_span=approx_span,
    )  # fmt: skip


_DATE_GLUE = re.compile(r"[至到\-—~和、及与]?(?:次年|同年|翌年)?")


def _join_dates(text: str, found: list[Quantity]) -> list[Quantity]:
    """Let year, month and day of one date quote the whole date."""
    dates = (Kind.YEAR, Kind.MONTH, Kind.DAY)
    joined = list(found)
    start = 0
    for i in range(1, len(joined) + 1):
        together = (
            i < len(joined)
            and joined[i].kind in dates
            and joined[i - 1].kind in dates
            and _DATE_GLUE.fullmatch(text[joined[i - 1].span.stop : joined[i].span.start])
        )
        if not together:
            whole = Span(joined[start].whole.start, joined[i - 1].whole.stop)
            if i - start > 1:
                joined[start:i] = [replace(q, whole=whole) for q in joined[start:i]]
            start = i
    return joined


def _join_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """In 3至5万 the first number may mean 30,000; in 2019-20 the second means 2020."""
    joined = list(found)
    for i in range(1, len(joined)):
        a, b = joined[i - 1], joined[i]
        if not re.fullmatch(r"[至到\-—~]+", text[a.span.stop : b.span.start]):
            continue
        scale = re.search(r"[十百千万亿]+$", text[b.span.start : b.span.stop])
        if (
            scale
            and a.value < b.value
            and not re.search(r"[万亿]", text[a.span.start : a.span.stop])
        ):
            unit = chinese_value("一" + scale[0])
            if unit is not None:
                joined[i - 1] = replace(a, also=(*a.also, a.value * unit.value))
        if 1000 <= a.value <= 2100 and b.value < 100:
            century = a.value - a.value % 100
            joined[i] = replace(b, also=(*b.also, century + b.value))
    return joined

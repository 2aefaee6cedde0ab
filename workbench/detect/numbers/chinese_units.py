"""What stands around a Chinese number and makes of it a share, a date, an amount of money."""

import re
from fractions import Fraction

from workbench.detect.numbers.numerals import MEASURES, chinese_value
from workbench.detect.numbers.values import Approx, Kind, Quantity, approximator, step_of
from workbench.domain.text import Span

_CURRENCIES = {
    "人民币": "CNY", "美元": "USD", "美金": "USD", "欧元": "EUR", "英镑": "GBP", "日元": "JPY",
    "卢布": "RUB", "港元": "HKD", "港币": "HKD", "韩元": "KRW", "澳元": "AUD", "加元": "CAD",
    "瑞士法郎": "CHF", "卢比": "INR", "新元": "SGD", "元": "CNY",
}  # fmt: skip
_CURRENCY = re.compile("|".join(_CURRENCIES))

_BEFORE = re.compile(
    r"(?P<over>超过|逾|超|不止|不下|多于|不少于|不低于|不小于|至少|大于|高于)"
    r"|(?P<under>将近|接近|(?<![最附新])近|不到|不足|未满|(?<!不)少于|(?<!不)低于|(?<!不)小于|不超过|至多|最多)"
    r"|(?P<about>大约|(?<![纽条合节公])约|大概|约有|约为|差不多|左右)"
)
_BEFORE_END = re.compile(rf"(?:{_BEFORE.pattern})[了达有为]?(?:第|人民币|(?:US|HK)?[$¥€£]|\s)?$")
_AFTER = re.compile(
    r"(?P<over>[多余](?![边次年元方样种个极数额下地生款温])|开外|之多|[+＋])"
    # some noun may come before these: 800词以上, 80英寸及以上
    r"|[\u4e00-\u9fff]{0,3}?[及或]?(?:(?P<over2>以上)|(?P<under>以下)|(?P<about>左右|上下))"
    r"|(?P<under2>不到)|(?P<about2>来(?=[个岁年名位天次人种家里]))"
)


def hours(text: str, start: int, hour: int) -> tuple[Fraction, ...]:
    """An hour on the other clock: 15 is 3, and 下午3 is 15."""
    if hour > 12:
        return (Fraction(hour - 12),)
    if re.search(r"(?:下午|傍晚|晚上?|夜间?|中午|午后)$", text[max(0, start - 3) : start]):
        return (Fraction(hour + 12),)
    return ()


Unit = tuple[Kind, int, Fraction, tuple[Fraction, ...]]
_SHARES = re.compile(
    r"(?P<point> ?个?百分点)|(?P<percent> ?[%‰])|(?P<times> ?倍)|(?P<doubled>番(?!茄))"
    r"|(?P<tenth>成(?P<more>[一二三四五六七八九](?![人个]))?(?![为员功立就果本长都熟绩分交人不型形了因效品像]))"
)
_LONG_TIMES = re.compile(r" ?(?:(?P<century>世纪)|(?P<decade>年代))")


def unit_of(text: str, start: int, stop: int, value: Fraction) -> Unit:
    """What the characters around a run make of it: kind, new end, value, other readings."""
    if match := _SHARES.match(text, stop):
        return _share_unit(match, value)
    if match := _LONG_TIMES.match(text, stop):
        if match["century"]:
            return Kind.CENTURY, match.end(), value, (value * 100 - 100,)
        return Kind.DECADE, match.end(), value, (1900 + value, 1800 + value)
    before = text[max(0, start - 3) : start]
    if value.denominator == 1 and not before.endswith("第"):
        gap = text.startswith(" ", stop)
        kind, also = _date_unit(text[stop + gap : stop + gap + 4], value)
        if kind != Kind.COUNT:
            return kind, stop + gap + 1, value, also
    if re.match(r" ?[时点](?!间|代|候|段)", text[stop : stop + 3]) and value <= 24:
        return Kind.COUNT, stop, value, hours(text, start, int(value))
    if before.endswith("第"):
        return Kind.ORDINAL, stop, value, ()
    if re.match(r"(?:小时|[个年天月])?半(?![导岛数])", text[stop : stop + 4]):
        return Kind.COUNT, stop, value, (value + Fraction(1, 2),)
    return Kind.COUNT, stop, value, ()


def _share_unit(match: re.Match[str], value: Fraction) -> Unit:
    if match["point"]:
        return Kind.POINT, match.end(), value, ()
    if match["percent"]:
        return Kind.PERCENT, match.end(), value / (10 if "‰" in match[0] else 1), ()
    if match["times"]:
        return Kind.TIMES, match.end(), value, (value + 1, value - 1)
    if value > 10:
        return Kind.COUNT, match.start(), value, ()
    if match["doubled"]:  # 翻两番 is four times as much
        return Kind.TIMES, match.end(), Fraction(2) ** int(value), ()
    more = chinese_value(match["more"]) if match["more"] else None
    return Kind.PERCENT, match.end(), value * 10 + (more.value if more else 0), (value * 10,)


def _date_unit(rest: str, value: Fraction) -> tuple[Kind, tuple[Fraction, ...]]:
    """Whether a whole number is a year, a month or a day by what follows it."""
    if rest.startswith("年") and 1000 <= value <= 2100:
        return Kind.YEAR, ()
    dated = r"年(?:\d|[一二三四五六七八九十]+月|[底初末春夏秋冬间])"
    if re.match(dated, rest) and value < 100:
        return Kind.YEAR, (1900 + value, 2000 + value)
    if re.match(r"月(?!球|亮|饼)", rest) and 1 <= value <= 12:
        return Kind.MONTH, ()
    if re.match(r"日|号(?![楼线院机房店码段厅馆令文井坑门站])", rest) and 1 <= value <= 31:
        return Kind.DAY, ()
    return Kind.COUNT, ()


def heads(text: str, start: int, stop: int) -> bool:
    """Whether a number only numbers a heading or a member of a list: 一、 (二) 3."""
    numbered = re.match(r"[、)）]|[.．](?!\d)", text[stop : stop + 2])
    return bool(numbered) and not text[:start].strip(" （(")


def needs(text: str, run: str, quantity: Quantity) -> bool:
    """Whether a number must be answered: 一 and 两 often are no numbers."""
    if quantity.kind in (Kind.PERCENT, Kind.POINT, Kind.MONTH, Kind.DAY, Kind.YEAR):
        return True
    if quantity.kind == Kind.TIMES and quantity.value > 2:
        return True
    stop = quantity.span.stop
    if re.fullmatch(r"[百千万亿]", run):
        return quantity.approx != Approx.EXACT  # 近千人, 百余项
    if re.fullmatch(r"[一两二零〇]", run):
        return False
    if re.fullmatch(r"[三四五六七八九十]", run):
        return quantity.kind == Kind.ORDINAL or bool(MEASURES.match(text, stop))
    return True


def finish(
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
    elif text[left - 1 : left] == "过" and text[start] in "百千万亿半":  # 过百, 过半
        approx, approx_span, left = Approx.OVER, Span(left - 1, left), left - 1
    if match := re.match(r" ?[多余](?![头地面边极额下温])", text[right:]):
        right += match.end()
        approx, approx_span = Approx.OVER, Span(right - 1, right)
    currency, unit = "", ""
    if text[:left].endswith("人民币"):
        left, currency = left - 3, "CNY"
    if match := _CURRENCY.match(text, right + text.startswith(" ", right)):
        currency, right = _CURRENCIES[match[0]], match.end()
    elif kind == Kind.COUNT and (
        match := MEASURES.match(text, right + text.startswith(" ", right))
    ):
        unit, right = match[0], match.end()
    if kind == Kind.DAY and text[stop - 1] == "号":
        unit = "号"  # 5号 may be no day
    if match := _AFTER.match(text, right):
        approx, approx_span = approximator(match, 0)
        right = match.end()
    written = re.sub(r"^百分之", "", text[start:stop])
    return Quantity(
        Span(start, stop), Span(left, right), value, kind, also, currency=currency, unit=unit,
        approx=approx, approx_span=approx_span, step=step_of(written, value),
    )  # fmt: skip

"""Reading the numbers of an English sentence: US$244.8 billion, the 11th, twenty-five, May 7 to 10."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from workbench.detect.numbers.values import Approx, Kind, Quantity
from workbench.detect.resources import lines
from workbench.domain.text import Span

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUE = {word: i for i, word in enumerate(_ONES)}
_VALUE |= {word: 10 * i for i, word in enumerate(_TENS, 2)}
_SCALE = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "dozen": 12, "bn": 10**9, "mn": 10**6, "tn": 10**12,
}  # fmt: skip
_ORDINAL = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50,
    "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100,
    "thousandth": 1000,
}  # fmt: skip
_PART = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
         "eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100}  # fmt: skip
_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()

_CARD = "|".join((*_ONES, *_TENS))
_BIG = "hundred|thousand|million|billion|trillion|dozen"
_ORD = "|".join(_ORDINAL)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_GAP = r"[ \u00a0-]"
_NUMBER = re.compile(
    rf"(?<![\w.])(?P<run>(?:{_DIGITS})(?:{_GAP}?(?:{_BIG}|bn|mn|tn|m|k)\b)*"
    rf"|(?:(?:{_CARD})\b|\ban?(?={_GAP}(?:{_BIG})\b))"
    rf"(?:(?:{_GAP}|(?<=red) and |(?<=thousand) and )(?:{_CARD}|{_BIG}|{_ORD})\b)*)"
    r"(?P<suffix>st\b|nd\b|rd\b|th\b|s\b|-?fold\b)?",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?<![\w.])(?:(?P<top>" + _CARD + r"|an?|\d+)[ -](?P<base>half|thirds?|quarters?|fourths?|fifths?|"
    r"sixths?|sevenths?|eighths?|ninths?|tenths?|hundredths?)\b(?=\s+(?:of|the|as|a|more|is|are|was|were|in|higher|lower|less|from|to)\b|[,.;)]|$)"
    r"|(?P<up>\d{1,2})/(?P<down>\d{1,2})(?![\d/])|(?P<some>" + _CARD + r"|\d+)"
    r" (?:in|out of)(?: every)? (?P<every>three|four|five|ten|3|4|5|10|100)\b)",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"\b(?P<name>" + "|".join(m.capitalize() for m in _MONTHS) +
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b(?P<dot>\.?)"
)  # fmt: skip
_WEEKDAY = re.compile(r"\b(?:" + "|".join(d.capitalize() for d in _WEEKDAYS) + r")s?\b")
_DECADE = re.compile(r"(?<!\w)(?P<year>\d{3}0|[’'‘]?\d0)[’']?s\b")
_TIME = re.compile(r"(?<![\d:])(?P<hour>\d{1,2})[:.](?P<minute>[0-5]\d)(?=\s*[ap]\.?\s?m\b)|"
                   r"(?<![\d:])(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?![\d:])", re.IGNORECASE)  # fmt: skip
_SERIAL = re.compile(r"(?<![\d.])\d+(?:[./-]\d+){2,}(?![\d.]*\d)")
_CODE = re.compile(r"\b[A-Za-z]{1,8}-?\d+(?:\.\d+)?\b|\b\d+[A-Z]\w*\b")
_WORDS = re.compile(
    r"\b(?:(?P<two>both|double[sd]?|doubling|twice|pair|couple|bilateral|two-\w+)|(?P<three>trip(?:le[sd]?|ling)|thrice|"
    r"trilateral)|(?P<four>quadrupl\w+)|(?P<one>once|single)|(?P<half>half|halv(?:e[sd]?|ing)|midway)|"
    r"(?P<quarter>quarters?)|(?P<century>century|centuries|centenary|centennial)|"
    r"(?P<decade>decades?)|(?P<noon>noon)|(?P<midnight>midnight)|(?P<fortnight>fortnight)|(?P<clock>a?round[- ]the[- ]clock))\b",
    re.IGNORECASE,
)
_WORD_VALUES = {
    "two": (2, 200, 100), "three": (3, 300, 200), "four": (4,), "one": (1,),
    "half": (Fraction(1, 2), 50, Fraction(5, 10), 30), "quarter": (Fraction(1, 4), 25, 15, 3),
    "century": (100, 1), "decade": (10,), "noon": (12,), "midnight": (0, 24), "fortnight": (2, 14), "clock": (24,),
}  # fmt: skip
_VAGUE = re.compile(
    r"\b(?:(?P<dozens>(?:several|a few|many|some)?\s*dozens?\b)|(?P<hundreds>(?:several|a few|many)?\s*hundreds?\b)|"
    r"(?P<thousands>(?:several|a few|many)?\s*thousands?\b)|(?P<millions>(?:several|a few|many)?\s*millions?\b)|"
    r"(?P<billions>(?:several|a few|many)?\s*billions?\b)|(?P<tens>tens\b)|(?P<few>several|a few)\b|"
    r"(?P<decades>(?:several|a few|many)?\s*decades\b))(?:\s+of\s+(?P<scale>thousands|millions|billions|trillions))?",
    re.IGNORECASE,
)
_VAGUE_RANGE = {
    "dozens": (10, 100), "hundreds": (100, 1000), "thousands": (1000, 10**5), "few": (3, 9),
    "millions": (10**6, 10**8), "billions": (10**9, 10**11), "tens": (10, 100), "decades": (20, 100),
}  # fmt: skip

_CURRENCY_BEFORE = re.compile(
    r"(?P<USD>US\s?\$|USD\s?|U\.S\.\s?\$)|(?P<CNY>RMB\s?¥?|CNY\s?)|(?P<HKD>HK\$|HKD\s?)|"
    r"(?P<AUD>A\$|AUD\s?)|(?P<CAD>C\$|CAD\s?)|(?P<SGD>S\$|SGD\s?)|(?P<EUR>€|EUR\s?)|(?P<GBP>£|GBP\s?)|"
    r"(?P<YEN>¥)|(?P<DOLLAR>\$)"
)  # fmt: skip
_CURRENCY_AFTER = re.compile(
    r"\s*(?:(?P<USD>(?:U\.?S\.?|American) dollars?|USD)|(?P<HKD>Hong Kong dollars?|HKD)|"
    r"(?P<AUD>Australian dollars?)|(?P<CAD>Canadian dollars?)|(?P<DOLLAR>dollars?)|"
    r"(?P<CNY>(?:Chinese )?(?:yuan|renminbi|RMB|CNY))|(?P<EUR>euros?|EUR)|"
    r"(?P<GBP>pounds? sterling|British pounds?|GBP)|(?P<JPY>Japanese yen|yen|JPY)|(?P<RUB>rub?les?|RUB)|"
    r"(?P<INR>rupees?))\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:(?P<over>more than|over|above|exceed(?:s|ed|ing)?|in excess of|upwards? of|at least|no (?:fewer|less) than|"
    r"not less than|greater than)|(?P<under>nearly|almost|close to|"
    r"approaching|just under|under|less than|fewer than|below|up to|within|at most|no more than|not more than|"
    r"as many as|as much as|barely)|(?P<about>about|around|approximately|roughly|some|circa|an estimated|"
    r"in the region of|or so))\s+(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?P<over>\+|[ -]?odd\b|\s+(?:\w+\s+)?(?:or more|and more|or above|and above|plus)\b)|"
    r"(?P<under>\s+(?:\w+\s+)?or (?:less|fewer)\b)|(?P<about>\s+(?:\w+\s+)?or so\b)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:(?:this|last|next|same|that|current|following|previous|past|over the) (?:year|month|day|week|morning|evening|"
    r"afternoon)|year just (?:past|passed|gone)|today|yesterday|tomorrow|tonight|year-on-year)\b",
    re.IGNORECASE,
)


def names_relative_date(text: str) -> bool:
    """Whether the sentence says "last year" or "today", which Chinese may turn into a date."""
    return bool(_RELATIVE.search(text))


def read(text: str) -> list[Quantity]:
    """The number expressions of an English text, in order."""
    taken = bytearray(len(text))
    for start, stop in _idioms(text):
        taken[start:stop] = b"\x01" * (stop - start)
    found: list[Quantity] = []
    for reader in (_serials, _times, _months, _weekdays, _decades, _codes, _shares, _numbers, _vague, _words):
        for quantity in reader(text, taken):
            found.append(quantity)
            for at in range(quantity.span.start, quantity.span.stop):
                taken[at] = 1
    found.sort(key=lambda q: q.span)
    return _join_ranges(text, _join_dates(text, found))


def _idioms(text: str) -> Iterator[tuple[int, int]]:
    lowered = text.lower()
    for phrase in lines("english_numeral_words.txt"):
        for match in re.finditer(rf"\b{re.escape(phrase)}\b", lowered):
            yield match.span()


def _free(taken: bytearray, start: int, stop: int) -> bool:
    return not any(taken[start:stop])


def _serials(text: str, taken: bytearray) -> Iterator[Quantity]:
    """2021-06-11 and 6/11/2021 as parts that may answer a date; others are serial numbers."""
    for match in _SERIAL.finditer(text):
        parts = [Fraction(part) for part in re.split(r"[./-]", match[0])]
        dated = len(parts) == 3 and any(1000 <= part <= 2100 for part in (parts[0], parts[2]))
        for part, piece in zip(parts, re.finditer(r"\d+", match[0]), strict=True):
            span = Span(*piece.span()).shift(match.start())
            kind = Kind.COUNT if dated else Kind.CODE
            yield Quantity(span, Span(*match.span()), part, kind, required=False)


def _times(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in _TIME.finditer(text):
        name, minute_name = ("hour", "minute") if match["hour"] else ("h", "m")
        whole, hour, minute = Span(*match.span()), int(match[name]), int(match[minute_name])
        also = (Fraction(hour - 12),) if hour > 12 else (Fraction(hour + 12),)
        yield Quantity(Span(*match.span(name)), whole, Fraction(hour), also=also)
        span = Span(*match.span(minute_name))
        yield Quantity(span, whole, Fraction(minute), required=bool(minute))


def _months(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in _MONTH.finditer(text):
        name, after = match["name"], text[match.end() :]
        if name in ("May", "March", "Mar") and not _is_month(text[: match.start()], after):
            continue
        number = next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(name.lower()[:3]))
        span = Span(match.start(), match.end("name"))
        yield Quantity(span, span, Fraction(number), Kind.MONTH)


def _is_month(before: str, after: str) -> bool:
    """May and March are months beside a figure or inside a sentence, never at its head."""
    if re.match(r"\.?,?\s+(?:the\s+)?\d", after) or re.search(r"\d(?:st|nd|rd|th)?(?: of)?\s+$", before):
        return True
    return bool(re.search(r"\b(?:in|of|by|since|until|till|late|early|mid|last|this|next|to|from|and|every)[ -]$", before))


def _weekdays(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in _WEEKDAY.finditer(text):
        span = Span(*match.span())
        number = next(i for i, d in enumerate(_WEEKDAYS, 1) if match[0].lower().startswith(d))
        yield Quantity(span, span, Fraction(number), Kind.WEEKDAY)


def _decades(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in _DECADE.finditer(text):
        span = Span(*match.span())
        year = Fraction(re.sub(r"\D", "", match["year"]))
        also = (year % 100, year // 100 + 1) if year >= 1000 else (1900 + year, 1800 + year)
        yield Quantity(span, span, year, Kind.DECADE, also)


def _codes(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in _CODE.finditer(text):
        if not _free(taken, *match.span()) or re.fullmatch(
            r"(?:US|HK|RMB|CNY|USD|EUR)-?[\d.]+|\d+(?:ST|ND|RD|TH|S|M|K|KM|KG|CM|MM|G|GB|MB)", match[0], re.I
        ):
            continue
        digits = re.search(r"\d+(?:\.\d+)?", match[0])
        letters = re.sub(r"[^A-Za-z]", "", match[0]).upper()
        if digits:
            span = Span(*match.span())
            yield Quantity(span, span, Fraction(digits[0]), Kind.CODE, code=letters, required=False)


def _shares(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in _SHARE.finditer(text):
        if not _free(taken, *match.span()):
            continue
        if match["up"]:
            top, base = int(match["up"]), int(match["down"])
        elif match["some"]:
            top, base = (
                int(word) if word.isdigit() else _VALUE[word]
                for word in (match["some"].lower(), match["every"].lower())
            )
        else:
            word = match["top"].lower()
            top = 1 if word in ("a", "an") else int(word) if word.isdigit() else _VALUE[word]
            base = _PART[match["base"].lower().rstrip("s")]
        if base > 1:
            required = (top, base) not in ((1, 2), (1, 4))
            span = Span(*match.span())
            yield _finish(text, span, Fraction(top, base), Kind.FRACTION, (Fraction(top), Fraction(base))
                          if match["up"] else (), required)  # fmt: skip


def _numbers(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in _NUMBER.finditer(text):
        if not _free(taken, *match.span()):
            continue
        parsed = number_value(match["run"])
        if parsed is None:
            continue
        value, ordinal, also = parsed
        suffix = (match["suffix"] or "").lower()
        run = match["run"].lower()
        kind, end, more = _unit(text, match.end(), value, ordinal or suffix in ("st", "nd", "rd", "th"), run)
        if suffix.endswith("fold"):
            kind = Kind.TIMES
        if suffix == "s" and not run.isdigit() and value not in (100, 1000):
            kind = Kind.DECADE  # "the nineties"
        required = not re.fullmatch(r"one|two|zero|an? (?:hundred|thousand|million|billion|dozen)|ten thousand", run)
        if kind == Kind.DECADE or (kind == Kind.COUNT and _numbers_heading(text, match)):
            required = False
        span = Span(match.start(), end)
        yield _finish(text, span, value, kind, (*also, *more), required)
    for match in re.finditer(rf"\b(?:{_ORD})\b", text, re.IGNORECASE):
        if _free(taken, *match.span()) and not re.match(r"second[ ,.]", text[match.start() :]):
            value = Fraction(_ORDINAL[match[0].lower()])
            yield _finish(text, Span(*match.span()), value, Kind.ORDINAL, (), value > 2)
        elif _free(taken, *match.span()):
            yield _finish(text, Span(*match.span()), Fraction(2), Kind.ORDINAL, (), False)


def _numbers_heading(text: str, match: re.Match[str]) -> bool:
    return not text[: match.start()].strip(" (") and bool(re.match(r"[.)]\s", text[match.end() :]))


def _unit(
    text: str, stop: int, value: Fraction, ordinal: bool, run: str
) -> tuple[Kind, int, tuple[Fraction, ...]]:
    """What the words after a number make of it: kind, new end, other readings."""
    rest = text[stop:]
    if match := re.match(r"[ -]?percentage[ -]points?", rest, re.IGNORECASE):
        return Kind.POINT, stop + match.end(), ()
    if match := re.match(r"\s?%|[ -]?per ?cent(?:age)?\b|[ -]?pct\b", rest, re.IGNORECASE):
        return Kind.PERCENT, stop + match.end(), ()
    if match := re.match(r"[ -](?:times|fold)\b", rest, re.IGNORECASE):
        return Kind.TIMES, stop, (value + 1, value - 1)
    if ordinal and re.match(r"[ -]centur", rest, re.IGNORECASE):
        return Kind.CENTURY, stop, ()
    if ordinal:
        return Kind.ORDINAL, stop, ()
    if match := re.match(r"[ -](decade|centur|dozen|score)", rest, re.IGNORECASE):
        factor = {"decade": 10, "centur": 100, "dozen": 12, "score": 20}[match[1].lower()]
        return Kind.COUNT, stop, (value * factor,)
    if match := re.match(r" and a half\b|½", rest, re.IGNORECASE):
        tail = re.search(r"(million|billion|thousand|trillion)", run + rest[match.end() : match.end() + 9])
        half = Fraction(_SCALE[tail[1]] if tail else 1, 2)
        return Kind.COUNT, stop + match.end(), (value + half, (value + Fraction(1, 2)) * half * 2)
    if re.match(r"\s*[ap]\.?m\b\.?", rest, re.IGNORECASE) and value <= 12:
        return Kind.COUNT, stop, (value + 12, value % 12)
    if run.isdigit() and 1000 <= value <= 2100 and len(run) == 4:
        return Kind.YEAR, stop, (value % 100,)
    return Kind.COUNT, stop, ()


def number_value(run: str) -> tuple[Fraction, bool, tuple[Fraction, ...]] | None:
    """The value of "two hundred and five", "2.5 million" or "twenty-first", whether it is an
    ordinal, and other readings; None when the words do not make one number."""
    total, section, ordinal = Fraction(0), Fraction(0), False
    filled = False
    for token in re.findall(r"[\d,.]*\d|[a-z]+", run.lower()):
        if token == "and":
            continue
        if token in ("a", "an"):
            section, filled = Fraction(1), True
        elif token[0].isdigit():
            section, filled = Fraction(token.replace(",", "")), True
        elif token in _VALUE:
            if filled and (section % 10 or (section % 100 and _VALUE[token] >= 10)):
                return None
            section, filled = section + _VALUE[token], True
        elif token in _ORDINAL:
            section, ordinal = section + _ORDINAL[token], True
        elif token in ("hundred", "dozen"):
            section *= _SCALE[token]
        elif token in _SCALE or token in ("m", "k"):
            total += section * ({"m": 10**6, "k": 1000} | _SCALE)[token]
            section, filled = Fraction(0), False
    return (total + section, ordinal, ()) if run else None


def _vague(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in _VAGUE.finditer(text):
        start, stop = match.span()
        start += len(match[0]) - len(match[0].lstrip())
        if not _free(taken, start, stop):
            continue
        name = str(next(k for k, v in match.groupdict().items() if v and k != "scale"))
        low, high = _VAGUE_RANGE[name]
        if match["scale"]:
            factor = _SCALE[match["scale"].lower().rstrip("s")]
            low, high = low * factor, high * factor
        yield replace(
            _finish(text, Span(start, stop), Fraction(low), Kind.VAGUE, (), False), top=Fraction(high)
        )


def _words(text: str, taken: bytearray) -> Iterator[Quantity]:
    """Words that may answer a Chinese number but need no counterpart: both, once, half, a decade."""
    for match in _WORDS.finditer(text):
        if not _free(taken, *match.span()):
            continue
        values = _WORD_VALUES[str(match.lastgroup)]
        first, *others = (Fraction(v) for v in values)
        kind = Kind.FRACTION if match["half"] or match["quarter"] else Kind.COUNT
        if match["two"] or match["three"] or match["four"]:
            kind = Kind.TIMES
        span = Span(*match.span())
        if kind == Kind.FRACTION:
            yield _finish(text, span, first, kind, tuple(others), False)
        else:
            yield Quantity(span, span, first, kind, tuple(others), required=False)


def _finish(
    text: str, span: Span, value: Fraction, kind: Kind, also: tuple[Fraction, ...], required: bool
) -> Quantity:
    """Add what stands around a number: currency and approximators."""
    left, right, currency = span.start, span.stop, ""
    before = text[max(0, left - 6) : left]
    for match in _CURRENCY_BEFORE.finditer(before):
        if match.end() == len(before):
            currency, left = str(match.lastgroup), left - len(match[0])
    if match := _CURRENCY_AFTER.match(text, right):
        currency, right = str(match.lastgroup), match.end()
    approx, approx_span = Approx.EXACT, None
    offset = max(0, left - 28)
    if match := _BEFORE.search(text[offset:left]):
        name = next(name for name in ("over", "under", "about") if match[name])
        approx, approx_span = Approx(name), Span(*match.span(name)).shift(offset)
        left = offset + match.start()
    if match := _AFTER.match(text, right):
        name = next(name for name in ("over", "under", "about") if match[name])
        approx, approx_span = Approx(name), Span(*match.span(name))
        right = match.end()
    if kind == Kind.YEAR and currency:
        kind = Kind.COUNT
    return Quantity(
        span, Span(left, right), value, kind, also,
        currency=currency, approx=approx, approx_span=approx_span, required=required,
        unit=_unit_word(text, right),
    )  # fmt: skip


def _unit_word(text: str, stop: int) -> str:
    match = re.match(r"[ -](?:square )?([A-Za-z]+)", text[stop:])
    return match[0][1:].lower() if match else ""


_DATES = (Kind.YEAR, Kind.MONTH, Kind.DAY)
_GLUE = re.compile(r"(?:st|nd|rd|th)?[ ,.]*(?:to|and|through|until|till|of|the|-|–|—)?(?: the)?[ ,]*")


def _join_dates(text: str, found: list[Quantity]) -> list[Quantity]:
    """Turn numbers beside a month into days, and let the parts of one date quote all of it."""
    joined = list(found)
    for i, quantity in enumerate(joined):
        if quantity.kind in (Kind.COUNT, Kind.ORDINAL) and 1 <= quantity.value <= 31 and _near_month(text, joined, i):
            joined[i] = replace(quantity, kind=Kind.DAY)
    start = 0
    for i in range(1, len(joined) + 1):
        together = (
            i < len(joined)
            and joined[i].kind in _DATES
            and joined[i - 1].kind in _DATES
            and _GLUE.fullmatch(text[joined[i - 1].span.stop : joined[i].span.start])
        )
        if not together:
            if i - start > 1:
                whole = Span(joined[start].span.start, joined[i - 1].span.stop)
                joined[start:i] = [replace(q, whole=whole) for q in joined[start:i]]
            start = i
    return joined


def _near_month(text: str, found: list[Quantity], i: int) -> bool:
    if i and found[i - 1].kind in (Kind.MONTH, Kind.DAY):
        between = text[found[i - 1].span.stop : found[i].span.start]
        if _GLUE.fullmatch(between):
            return True
    if i + 1 < len(found) and found[i + 1].kind == Kind.MONTH:
        return bool(_GLUE.fullmatch(text[found[i].span.stop : found[i + 1].span.start]))
    return False


def _join_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """In "3 to 5 million" the first may mean 3 million; in "2019-20" the second means 2020."""
    joined = list(found)
    for i in range(1, len(joined)):
        a, b = joined[i - 1], joined[i]
        if not re.fullmatch(r"\s?(?:-|–|—|to|or|and)\s?(?:US\$|\$|€|£)?", text[a.span.stop : b.span.start]):
            continue
        scale = re.search(r"(thousand|million|billion|trillion)$", text[b.span.start : b.span.stop], re.I)
        if scale and a.value < 1000:
            joined[i - 1] = replace(a, also=(*a.also, a.value * _SCALE[scale[1].lower()]))
        if 1000 <= a.value <= 2100 and b.value < 100:
            joined[i] = replace(b, also=(*b.also, a.value - a.value % 100 + b.value))
    return joined

"""Reading the numbers of an English sentence: US$244.8 billion, the 11th, May 7 to 10."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from workbench.detect.numbers import english_patterns as words
from workbench.detect.numbers.values import Approx, Kind, Quantity, approximator
from workbench.detect.resources import lines
from workbench.domain.text import Span


def names_relative_date(text: str) -> bool:
    """Whether the sentence says "last year" or "today", which Chinese may turn into a date."""
    return bool(words.RELATIVE_DATE.search(text))


def read(text: str) -> list[Quantity]:
    """The number expressions of an English text, in order."""
    taken = bytearray(len(text))
    for start, stop in _idioms(text):
        taken[start:stop] = b"\x01" * (stop - start)
    found: list[Quantity] = []
    for reader in (
        _serials,
        _times,
        _months,
        _weekdays,
        _decades,
        _codes,
        _shares,
        _numbers,
        _ordinals,
        _vague,
        _words,
    ):
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
    for match in words.SERIAL.finditer(text):
        parts = [Fraction(part) for part in re.split(r"[./-]", match[0])]
        dated = len(parts) == 3 and any(1000 <= part <= 2100 for part in (parts[0], parts[2]))
        for part, piece in zip(parts, re.finditer(r"\d+", match[0]), strict=True):
            span = Span(*piece.span()).shift(match.start())
            kind = Kind.COUNT if dated else Kind.CODE
            yield Quantity(span, Span(*match.span()), part, kind, required=False)


def _times(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in words.TIME.finditer(text):
        name, minute_name = ("hour", "minute") if match["hour"] else ("h", "m")
        whole, hour, minute = Span(*match.span()), int(match[name]), int(match[minute_name])
        also = (Fraction(hour - 12 if hour > 12 else hour + 12),)
        yield Quantity(Span(*match.span(name)), whole, Fraction(hour), also=also)
        span = Span(*match.span(minute_name))
        yield Quantity(span, whole, Fraction(minute), required=bool(minute))


def _months(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in words.MONTH.finditer(text):
        name, after = match["name"], text[match.end() :]
        if name in ("May", "March", "Mar") and not _is_month(text[: match.start()], after):
            continue
        number = next(i for i, m in enumerate(words.MONTHS, 1) if m.startswith(name.lower()[:3]))
        span = Span(match.start(), match.end("name"))
        yield Quantity(span, span, Fraction(number), Kind.MONTH)


def _is_month(before: str, after: str) -> bool:
    """May and March are months beside a figure or inside a sentence, never at its head."""
    if re.match(r"\.?,?\s+(?:the\s+)?\d", after):
        return True
    if re.search(r"\d(?:st|nd|rd|th)?(?: of)?\s+$", before):
        return True
    return bool(words.BEFORE_MONTH.search(before))


def _weekdays(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in words.WEEKDAY.finditer(text):
        span = Span(*match.span())
        number = next(i for i, d in enumerate(words.WEEKDAYS, 1) if match[0].lower().startswith(d))
        yield Quantity(span, span, Fraction(number), Kind.WEEKDAY)


def _decades(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in words.DECADE.finditer(text):
        span = Span(*match.span())
        year = Fraction(re.sub(r"\D", "", match["year"]))
        century = Fraction(year // 100 + 1)
        also = (year % 100, century) if year >= 1000 else (1900 + year, 1800 + year)
        yield Quantity(span, span, year, Kind.DECADE, also)


def _codes(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in words.CODE.finditer(text):
        if not _free(taken, *match.span()) or words.NO_CODE.fullmatch(match[0]):
            continue
        digits = re.search(r"\d+(?:\.\d+)?", match[0])
        letters = re.sub(r"[^A-Za-z]", "", match[0]).upper()
        if digits:
            span = Span(*match.span())
            yield Quantity(span, span, Fraction(digits[0]), Kind.CODE, code=letters, required=False)


def _shares(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in words.SHARE.finditer(text):
        if not _free(taken, *match.span()):
            continue
        top, base = _share(match)
        if base > 1:
            # 5/7 may be a date
            also = (Fraction(top), Fraction(base)) if match["up"] else ()
            required = (top, base) not in ((1, 2), (1, 4))
            span = Span(*match.span())
            yield _finish(text, span, Fraction(top, base), Kind.FRACTION, also, required)


def _share(match: re.Match[str]) -> tuple[int, int]:
    """Top and base of 3/4, "two thirds" or "six in ten"."""
    if match["up"]:
        return int(match["up"]), int(match["down"])
    if match["some"]:
        return _small(match["some"]), _small(match["every"])
    return _small(match["top"]), words.PART[match["base"].lower().rstrip("s")]


def _small(word: str) -> int:
    word = word.lower()
    if word.isdigit():
        return int(word)
    return 1 if word in ("a", "an") else words.VALUE[word]


def _numbers(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in words.NUMBER.finditer(text):
        parsed = number_value(match["run"])
        if parsed is None or not _free(taken, *match.span()):
            continue
        value, ordinal = parsed
        suffix = (match["suffix"] or "").lower()
        run = match["run"].lower()
        ordinal |= suffix in ("st", "nd", "rd", "th")
        kind, end, also = _unit(text, match.end(), value, ordinal, run)
        if suffix.endswith("fold"):
            kind = Kind.TIMES
        if suffix == "s" and not run.isdigit() and value not in (100, 1000):
            kind = Kind.DECADE  # "the nineties"
        required = not re.fullmatch(
            r"one|two|zero|an? (?:hundred|thousand|million|billion|dozen)|ten thousand", run
        )
        if kind == Kind.COUNT and _heads(text, match):
            kind = Kind.CODE
        required &= kind not in (Kind.DECADE, Kind.CODE)
        yield _finish(text, Span(match.start(), end), value, kind, also, required)


def _ordinals(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in words.ORDINAL_WORD.finditer(text):
        if _free(taken, *match.span()) and match["time"] is None:
            value = Fraction(words.ORDINAL[match[0].lower()])
            yield _finish(text, Span(*match.span()), value, Kind.ORDINAL, (), value > 2)


def _heads(text: str, match: re.Match[str]) -> bool:
    """Whether a number only numbers a heading or a member of a list: 1. (2)"""
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
    if match := re.match(r"(?P<half> and a half\b|½)(?: (?P<scale>[a-z]+illion|thousand))?", rest):
        # "two million and a half" and "two and a half million"
        scales = [*re.findall("[a-z]+", run), match["scale"] or ""]
        unit = max(words.SCALE.get(word, 1) for word in scales)
        scaled = value * unit if match["scale"] else value
        return Kind.COUNT, stop + match.end(), (scaled + Fraction(unit, 2),)
    if re.match(r"\s*[ap]\.?m\b\.?", rest, re.IGNORECASE) and value <= 12:
        return Kind.COUNT, stop, (value + 12, value % 12)
    if run.isdigit() and 1000 <= value <= 2100 and len(run) == 4:
        return Kind.YEAR, stop, ()
    return Kind.COUNT, stop, ()


def number_value(run: str) -> tuple[Fraction, bool] | None:
    """The value of "two hundred and five", "2.5 million" or "twenty-first".

    Returns the value and whether it is an ordinal; None when the words make no number.
    """
    total, section, ordinal, filled = Fraction(0), Fraction(0), False, False
    for token in re.findall(r"[\d,.]*\d|[a-z]+", run.lower()):
        if token in ("a", "an"):
            section, filled = Fraction(1), True
        elif token[0].isdigit():
            section, filled = Fraction(token.replace(",", "")), True
        elif token in words.VALUE:
            if filled and (section % 10 or (section % 100 and words.VALUE[token] >= 10)):
                return None
            section, filled = section + words.VALUE[token], True
        elif token in words.ORDINAL:
            section, ordinal = section + words.ORDINAL[token], True
        elif token in ("hundred", "dozen"):
            section *= words.SCALE[token]
        elif token in words.SCALE:
            total += section * words.SCALE[token]
            section, filled = Fraction(0), False
    return total + section, ordinal


def _vague(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in words.VAGUE.finditer(text):
        if not _free(taken, *match.span()):
            continue
        name = match["unit"] or match["tens"] or match["few"]
        name = "few" if match["few"] else name.lower().rstrip("s")
        low, high = words.VAGUE_RANGE[name]
        factor = words.SCALE[match["scale"].lower().rstrip("s")] if match["scale"] else 1
        quantity = _finish(text, Span(*match.span()), Fraction(low * factor), Kind.VAGUE, (), False)
        yield replace(quantity, top=Fraction(high * factor))


def _words(text: str, taken: bytearray) -> Iterator[Quantity]:
    """Words that may answer a Chinese number but need none: both, once, half, a decade."""
    for match in words.WORDS.finditer(text):
        if not _free(taken, *match.span()):
            continue
        name, span = str(match.lastgroup), Span(*match.span())
        first, *others = words.WORD_VALUES[name]
        if name in ("half", "quarter"):
            yield _finish(text, span, first, Kind.FRACTION, tuple(others), False)
        else:
            kind = Kind.TIMES if name in ("two", "three", "four") else Kind.COUNT
            yield Quantity(span, span, first, kind, tuple(others), required=False)


def _finish(
    text: str, span: Span, value: Fraction, kind: Kind, also: tuple[Fraction, ...], required: bool
) -> Quantity:
    """Add what stands around a number: currency and approximators."""
    left, right, currency = span.start, span.stop, ""
    before = text[max(0, left - 6) : left]
    if match := words.CURRENCY_BEFORE.search(before):
        currency, left = str(match.lastgroup), left - len(match[0])
    if match := words.CURRENCY_AFTER.match(text, right):
        currency, right = str(match.lastgroup), match.end()
    approx, approx_span = Approx.EXACT, None
    offset = max(0, left - 28)
    if match := words.APPROX_BEFORE.search(text[offset:left]):
        approx, approx_span = approximator(match, offset)
        left = offset + match.start()
    if match := words.APPROX_AFTER.match(text, right):
        approx, approx_span = approximator(match, 0)
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
_GLUE = re.compile(
    r"(?:st|nd|rd|th)?[ ,.]*(?:to|and|through|until|till|of|the|-|–|—)?(?: the)?[ ,]*"
)


def _join_dates(text: str, found: list[Quantity]) -> list[Quantity]:
    """Turn numbers beside a month into days, and let the parts of one date quote all of it."""
    joined = list(found)
    for i, quantity in enumerate(joined):
        if (
            quantity.kind in (Kind.COUNT, Kind.ORDINAL)
            and 1 <= quantity.value <= 31
            and _near_month(text, joined, i)
        ):
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
        if not re.fullmatch(
            r"\s?(?:-|–|—|to|or|and)\s?(?:US\$|\$|€|£)?", text[a.span.stop : b.span.start]
        ):
            continue
        scale = re.search(
            r"(thousand|million|billion|trillion)$", text[b.span.start : b.span.stop], re.I
        )
        if scale and a.value < 1000:
            joined[i - 1] = replace(a, also=(*a.also, a.value * words.SCALE[scale[1].lower()]))
        if 1000 <= a.value <= 2100 and b.value < 100:
            joined[i] = replace(b, also=(*b.also, a.value - a.value % 100 + b.value))
    return joined

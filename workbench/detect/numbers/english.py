"""Reading the numbers of an English sentence: US$244.8 billion, the 11th, May 7 to 10."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from workbench.detect.numbers import english_patterns as words
from workbench.detect.numbers.english_joins import join_dates, join_ranges
from workbench.detect.numbers.english_units import finish, number_value, runs, unit_of
from workbench.detect.numbers.values import Kind, Quantity
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
        _halves,
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
    return join_ranges(text, join_dates(text, found))


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
        found = finish(text, whole, Fraction(hour), Kind.COUNT, also, True)
        yield replace(found, span=Span(*match.span(name)))
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
        also = (year % 100,) if year >= 1000 else (1900 + year, 1800 + year)
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
        if words.BEFORE_QUARTERS.search(text[: match.start()]):
            continue  # the first three quarters
        if base > 1:
            # 5/7 may be a date
            also = (Fraction(top), Fraction(base)) if match["up"] else ()
            required = (top, base) not in ((1, 2), (1, 4))
            span = Span(*match.span())
            yield finish(text, span, Fraction(top, base), Kind.FRACTION, also, required)


def _share(match: re.Match[str]) -> tuple[int, int]:
    """Top and base of 3/4, "two thirds" or "six in ten"."""
    if match["up"]:
        return int(match["up"]), int(match["down"])
    if match["some"]:
        return _small(match["some"]), _small(match["every"])
    return _small(match["top"]), words.PART[match["base"].lower().rstrip("s")]


def _halves(text: str, taken: bytearray) -> Iterator[Quantity]:
    """Half a million, half a century."""
    for match in words.HALF.finditer(text):
        if _free(taken, *match.span()):
            unit = match["unit"].lower()
            value = Fraction(words.HALF_OF.get(unit) or Fraction(words.SCALE[unit], 2))
            yield finish(
                text, Span(*match.span()), value, Kind.COUNT, (Fraction(1, 2),), unit != "dozen"
            )


def _small(word: str) -> int:
    word = word.lower()
    if word.isdigit():
        return int(word)
    return 1 if word in ("a", "an") else words.VALUE[word]


def _numbers(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in words.NUMBER.finditer(text):
        if not _free(taken, *match.span()):
            continue
        stop = match.end("run")
        for start, end in runs(match["run"], match.start()):
            suffix = match["suffix"] or ""
            last = end == stop
            yield _number(text, start, match.end() if last else end, suffix if last else "")


def _number(text: str, start: int, stop: int, suffix: str) -> Quantity:
    """One number in digits or words, which ends before its suffix. stop: after the suffix."""
    run = text[start : stop - len(suffix)].lower()
    suffix = suffix.lower()
    value, ordinal = number_value(run) or (Fraction(0), False)
    ordinal |= suffix in ("st", "nd", "rd", "th")
    kind, end, also = unit_of(text, stop, value, ordinal, run)
    if suffix in ("m", "k"):  # US$5m, 50k; but 400m hurdles
        scaled = value * words.SCALE[suffix]
        money = words.CURRENCY_BEFORE.search(text[max(0, start - 6) : start])
        value, also = (scaled, also) if money else (value, (*also, scaled))
    if suffix.endswith("fold"):
        kind = Kind.TIMES
    if suffix == "s" and run.isalpha() and value not in (100, 1000):
        kind = Kind.DECADE  # "the nineties"
    if kind == Kind.COUNT and _heads(text, start, stop):
        kind = Kind.HEADING
    required = kind not in (Kind.DECADE, Kind.HEADING) and not words.OPTIONAL.fullmatch(run)
    return finish(text, Span(start, end), value, kind, also, required)


def _ordinals(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in words.ORDINAL_WORD.finditer(text):
        if _free(taken, *match.span()) and match["time"] is None:
            value = Fraction(words.ORDINAL[match[0].lower()])
            yield finish(text, Span(*match.span()), value, Kind.ORDINAL, (), value > 2)


def _heads(text: str, start: int, stop: int) -> bool:
    """Whether a number only numbers a heading or a member of a list: 1. (2)"""
    return not text[:start].strip(" (") and bool(re.match(r"[.)]\s", text[stop:]))


def _vague(text: str, taken: bytearray) -> Iterator[Quantity]:
    for match in words.VAGUE.finditer(text):
        if not _free(taken, *match.span()):
            continue
        name = match["unit"] or match["tens"] or match["few"]
        name = "few" if match["few"] else name.lower().rstrip("s")
        low, high = words.VAGUE_RANGE[name]
        factor = words.SCALE[match["scale"].lower().rstrip("s")] if match["scale"] else 1
        quantity = finish(text, Span(*match.span()), Fraction(low * factor), Kind.VAGUE, (), False)
        yield replace(quantity, top=Fraction(high * factor))


def _words(text: str, taken: bytearray) -> Iterator[Quantity]:
    """Words that may answer a Chinese number but need none: both, once, half, a decade."""
    for match in words.WORDS.finditer(text):
        if not _free(taken, *match.span()):
            continue
        name, span = str(match.lastgroup), Span(*match.span())
        first, *others = words.WORD_VALUES[name]
        if name in ("half", "quarter"):
            yield finish(text, span, first, Kind.FRACTION, tuple(others), False)
        else:
            kind = Kind.TIMES if name in ("two", "three", "four") else Kind.COUNT
            yield Quantity(span, span, first, kind, tuple(others), required=False)

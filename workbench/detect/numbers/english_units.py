"""What stands around an English number and makes of it a share, a date, an amount of money."""

import re
from fractions import Fraction

from workbench.detect.numbers import english_patterns as words
from workbench.detect.numbers.values import Approx, Kind, Quantity, approximator, step_of
from workbench.domain.text import Span


def unit_of(
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
    if match := re.match(
        r"(?P<half>[ -]and[ -]a[ -]half\b|½)(?: (?P<scale>[a-z]+illion|thousand))?", rest
    ):
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


def runs(run: str, start: int) -> list[tuple[int, int]]:
    """The spans of the numbers in a row of number words; most often it is one number.

    "eight nine-foot pianos" has two. start: where the run begins in the text.
    """
    ends = [match.end() for match in re.finditer(r"[\d,.]*\d|[A-Za-z]+", run)]
    found, at = [], 0
    while at < len(run):
        end = max((e for e in ends if e > at and number_value(run[at:e]) is not None), default=0)
        if not end:
            break
        found.append((start + at, start + end))
        at = end + len(run[end:]) - len(run[end:].lstrip(" -\u00a0"))
    return found


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
            if ordinal or (filled and (section % 10 or words.ORDINAL[token] >= 10)):
                return None  # "three third prizes"
            section, ordinal = section + words.ORDINAL[token], True
        elif token in ("hundred", "dozen"):
            section *= words.SCALE[token]
        elif token in words.SCALE:
            total += section * words.SCALE[token]
            section, filled = Fraction(0), False
    return total + section, ordinal


def finish(
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
        span, Span(left, right), value, kind, also, currency=currency, unit=_unit_word(text, right),
        approx=approx, approx_span=approx_span, required=required,
        step=step_of(span.of(text), value),
    )  # fmt: skip


def _unit_word(text: str, stop: int) -> str:
    match = re.match(r"[ -](?:square )?([A-Za-z]+)", text[stop:])
    return match[0][1:].lower() if match else ""

"""Form compared between the two sides of a row: addresses, codes, ends, capitals, blanks."""

import re
from collections.abc import Iterator

from workbench.detect.findings import PUNCTUATION, Finding
from workbench.detect.sides import Pair
from workbench.domain.review import Severity
from workbench.domain.text import Role, Span

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s\u3000-\u9fff，。；：、（）《》“”]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    re.ASCII,
)
_TAIL = ".,;:!?)]}’”\"'"
_CODE = re.compile(
    r"(?<![A-Za-z0-9.])(?=[A-Z0-9/-]*[A-Z])(?=[A-Z/-]*[0-9])[A-Z0-9]+(?:[-/][A-Z0-9]+)*(?![A-Za-z0-9])"
)
_MEASURE = re.compile(r"\d+(?:K|M|B|KG|KM|CM|MM|G|GB|MB|TB|W|V|L|ML|C|F|H|S|A|P|D|X|T|R)|[A-Z]?\d")
_ENDS_ZH = re.compile(r"[。！？…][”’」』）)\s]*$")
_OPEN_EN = re.compile(r"[A-Za-z0-9,;]\s*$")
_LOWER = re.compile(r"[“\"‘'(]?([a-z]{2,})")
_BRAND = re.compile(r"[“\"‘'(]?[a-z]+[A-Z]|[“\"‘'(]?(?:e-|www\.|http|de |van |von |al-|iPh)")


def compared(item: Pair) -> Iterator[tuple[Finding, bool]]:
    """What the two sides do not share in form, each with whether it stands in the Chinese."""
    yield from _addresses(item)
    yield from _codes(item)
    if item.roles[1] is not Role.HEADING and item.roles[0] is not Role.HEADING:
        yield from _end(item)
        yield from _capital(item)
    yield from _edge_blanks(item)


def _addresses(item: Pair) -> Iterator[tuple[Finding, bool]]:
    found = {in_zh: _all_addresses(item.zh if in_zh else item.en) for in_zh in (True, False)}
    for in_zh, own in found.items():
        for words, span in own.items():
            if words not in found[not in_zh]:
                yield _address(words, span), in_zh


def _all_addresses(text: str) -> dict[str, Span]:
    found = {}
    for match in _ADDRESS.finditer(text):
        words = match[0].rstrip(_TAIL)
        found[words.lower()] = Span(match.start(), match.start() + len(words))
    return found


def _address(words: str, span: Span) -> Finding:
    return Finding(
        "accuracy/number", Severity.MAJOR, span,
        (f"The address {words} does not stand on the other side.",
         f"网址或电子邮箱“{words}”在另一边没有。"),
        0.85,
    )  # fmt: skip


def _codes(item: Pair) -> Iterator[tuple[Finding, bool]]:
    """Codes of capitals and digits that the Chinese has and the English has not.

    The other way round Chinese may well write them in characters (G20, 二十国集团).
    """
    english = re.sub(r"[^A-Z0-9]", "", item.en.upper())
    addresses = list(_all_addresses(item.zh).values())
    for match in _CODE.finditer(item.zh):
        bare = re.sub(r"[^A-Z0-9]", "", match[0])
        inside = any(span.overlaps(Span(*match.span())) for span in addresses)
        if bare in english or inside or _MEASURE.fullmatch(match[0]):
            continue
        yield Finding(
            "accuracy/number", Severity.MINOR, Span(*match.span()),
            (f"The code {match[0]} does not stand in the English.",
             f"英文里没有代号“{match[0]}”。"),
            0.7,
        ), True  # fmt: skip


def _end(item: Pair) -> Iterator[tuple[Finding, bool]]:
    """English without a stop at the end where the Chinese sentence has one."""
    match = _OPEN_EN.search(item.en)
    if not (_ENDS_ZH.search(item.zh) and match) or item.zh_is_src is False:
        return
    start = match.start()
    while start and not item.en[start - 1].isspace():
        start -= 1
    yield Finding(
        PUNCTUATION, Severity.NEUTRAL, Span(start, match.end()),
        ("The Chinese sentence ends with a stop; the English one breaks off without.",
         "中文句末有标点，英文句末没有。"),
        0.6,
    ), False  # fmt: skip


def _capital(item: Pair) -> Iterator[tuple[Finding, bool]]:
    """An English sentence that begins in lower case, where the Chinese is a whole sentence."""
    match = _LOWER.match(item.en)
    if not match or _BRAND.match(item.en) or not _ENDS_ZH.search(item.zh):
        return
    if item.zh_is_src and item.en.rstrip()[-1:] in '.!?”"':
        yield Finding(
            "linguistic-conventions/spelling", Severity.NEUTRAL, Span(*match.span(1)),
            (f"The sentence begins in lower case: “{match[1]}”.",
             f"句首未大写：“{match[1]}”。"),
            0.6,
        ), False  # fmt: skip


def _edge_blanks(item: Pair) -> Iterator[tuple[Finding, bool]]:
    """Blanks before or behind the translation that the source does not have."""
    source, target = (item.zh, item.en) if item.zh_is_src else (item.en, item.zh)
    inner = target.strip()
    start = target.find(inner) if inner else 0
    edges = (
        (Span(0, start), source[:1].isspace()),
        (Span(start + len(inner), len(target)), source[-1:].isspace()),
    )
    for span, also in edges:
        if len(span) and inner and not also and "\n" not in span.of(target):
            yield Finding(
                PUNCTUATION, Severity.NEUTRAL, span,
                ("A blank at the edge of the translation that the original has not.",
                 "译文首尾多了空格，原文没有。"),
                0.7,
            ), not item.zh_is_src  # fmt: skip

"""Marks that both languages share: stops, closing quotes and brackets, what they enclose."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from workbench.domain.text import Span

STOP = re.compile(
    r"\.(?:[ \u00a0]\.)+|[.。｡．!！?？…‼⁇⁈⁉]+|(?<![—–])[—–]{1,3}(?=[\"'”’」』]\s?[\"'“‘「『])"
)
"""A run of stops, a spaced ellipsis, or the dash of a speaker whom another interrupts.

Whether a sentence ends there is another question.
"""

CLOSERS = "”’»›」』）)]］】》〉〕}｝"
STRAIGHT = "\"'＂＇"
QUOTES = "”’」』" + STRAIGHT

_FOOTNOTE = re.compile(
    r"[\[［〔]\d{1,3}[\]］〕]|[¹²³⁰⁴-⁹†‡]+|\*{1,3}(?=\s|$)"
    # a raised number that lost its height, as in `the war.12 The`
    r"|(?<=[a-z]{3}\.)(?<!vol\.)(?<!fig\.)(?<!sec\.)(?<!art\.)\d{1,3}(?=\s[A-Z“\"])"
)
_PAIRS = {"（": "）", "(": ")", "[": "]", "【": "】", "《": "》", "〈": "〉", "“": "”", "「": "」"}
_TITLES = "《〈"
_BRACKETS = re.compile("[" + re.escape("".join(_PAIRS) + "".join(_PAIRS.values())) + "]")
_STRAIGHT_QUOTE = re.compile(r"[\"＂]|(?<![^\W_])['＇]|['＇](?![^\W_])")

_LONGEST_TITLE, _LONGEST_ASIDE = 100, 300


def words(listed: str) -> frozenset[str]:
    """A word list written as running text."""
    return frozenset(listed.split())


def is_han(char: str) -> bool:
    """Whether a character is an ideograph, kana or full-width punctuation."""
    return "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\uffee" or char >= "\U00020000"


@dataclass(frozen=True, slots=True)
class Marks:
    """What a paragraph's quotes and brackets enclose, for questions about one position.

    titles, asides: top-level spans in 《》 and in brackets, with both marks, in text order.
    openings: where the quote that closes at a position opened.
    closing: positions of straight quotes that close, by counting from the paragraph's start.
    """

    titles: tuple[Span, ...] = ()
    asides: tuple[Span, ...] = ()
    openings: dict[int, int] = field(default_factory=dict)
    closing: frozenset[int] = frozenset()

    def in_title(self, at: int) -> bool:
        """Whether a position lies inside the title of a work."""
        return _around(self.titles, at) is not None

    def aside(self, at: int) -> Span | None:
        """The bracketed passage around a position."""
        return _around(self.asides, at)


@dataclass(frozen=True, slots=True)
class End:
    """A place where a sentence may end.

    start: where the sentence so far began. stops: the run of stops [first, last).
    after: behind the closing marks that follow. next: the next character that is not white space.
    limit: the end of the paragraph, beyond which nothing is looked at.
    """

    content: str
    start: int
    first: int
    last: int
    after: int
    next: int
    limit: int

    @property
    def run(self) -> str:
        """The stops themselves."""
        return self.content[self.first : self.last]

    @property
    def before(self) -> str:
        """The character in front of the stops, "" at the very beginning."""
        return self.content[self.first - 1] if self.first > self.start else ""

    @property
    def spaced(self) -> bool:
        """Whether white space follows."""
        return self.next > self.after

    @property
    def quoted(self) -> bool:
        """Whether a closing quote follows the stops."""
        return any(char in QUOTES for char in self.content[self.last : self.after])

    def so_far(self, most: int) -> str:
        """The end of the sentence up to the stops, at most so many characters."""
        return self.content[max(self.start, self.first - most) : self.first]

    def ahead(self, most: int) -> str:
        """What follows, at most so many characters."""
        return self.content[self.next : min(self.limit, self.next + most)]


def read_marks(content: str, paragraph: Span) -> Marks:
    """Match the quotes and brackets of one paragraph, in one pass. Unmatched ones are ignored."""
    open_at: dict[str, list[int]] = {}
    titles, asides, openings = [], [], {}
    for match in _BRACKETS.finditer(content, paragraph.start, paragraph.stop):
        char = match.group()
        if char in _PAIRS:
            open_at.setdefault(_PAIRS[char], []).append(match.start())
            continue
        waiting = open_at.get(char)
        if not waiting:
            continue
        start = waiting.pop()
        span = Span(start, match.end())
        opener = content[start]
        if opener in "“「":
            openings[match.start()] = start
        elif opener in _TITLES and len(span) <= _LONGEST_TITLE:
            titles.append(span)
        elif opener not in _TITLES and len(span) <= _LONGEST_ASIDE:
            asides.append(span)
    return Marks(
        _outermost(titles), _outermost(asides), openings, _closing_straight(content, paragraph)
    )


def absorb_closers(content: str, at: int, stop: int, marks: Marks) -> int:
    """Position after the closing quotes, brackets and footnote marks that follow a stop."""
    while at < stop:
        char = content[at]
        if char in CLOSERS or (char in STRAIGHT and _closes(content, at, stop, marks)):
            at += 1
        elif match := _FOOTNOTE.match(content, at, stop):
            at = match.end()
        elif char == " " and at + 1 < stop and _closes_after_space(content, at + 1, stop, marks):
            at += 2
        else:
            break
    return at


def _closes(content: str, at: int, stop: int, marks: Marks) -> bool:
    """Whether the straight quote right after a stop closes, rather than opens what follows."""
    following = content[at + 1] if at + 1 < stop else " "
    return at in marks.closing or following.isspace() or following in CLOSERS + STRAIGHT


def _closes_after_space(content: str, at: int, stop: int, marks: Marks) -> bool:
    char = content[at]
    if char in "”」』）】》":
        return True
    following = content[at + 1] if at + 1 < stop else " "
    if char == "’":
        return following.isspace() or following in CLOSERS
    return char in STRAIGHT and following.isspace() and at in marks.closing


def _closing_straight(content: str, paragraph: Span) -> frozenset[int]:
    closing: set[int] = set()
    is_open: dict[str, bool] = {}
    for match in _STRAIGHT_QUOTE.finditer(content, paragraph.start, paragraph.stop):
        char = match.group()
        if is_open.get(char, False):
            closing.add(match.start())
        is_open[char] = not is_open.get(char, False)
    return frozenset(closing)


def _outermost(spans: list[Span]) -> tuple[Span, ...]:
    """Spans that no other contains, in text order."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.stop)):
        if not kept or span.start >= kept[-1].stop:
            kept.append(span)
    return tuple(kept)


def _around(spans: tuple[Span, ...], at: int) -> Span | None:
    number = bisect_right(spans, at, key=lambda span: span.start) - 1
    return spans[number] if number >= 0 and at in spans[number] else None

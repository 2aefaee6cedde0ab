"""Texts and the segments inside them. All offsets are code points, half-open."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from workbench.errors import BadInput


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open run [start, stop). An empty span still says where it is."""

    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.stop

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one position."""
        return self.start < other.stop and other.start < self.stop

    def shift(self, by: int) -> "Span":
        """The same run, `by` positions further on."""
        return Span(self.start + by, self.stop + by)

    def of(self, content: str) -> str:
        """The quoted characters."""
        return content[self.start : self.stop]


class Role(StrEnum):
    """What a paragraph is for. Only `body` and `heading` are expected to have a counterpart."""

    BODY = "body"
    HEADING = "heading"
    DATELINE = "dateline"
    COMMENTARY = "commentary"


@dataclass(frozen=True, slots=True)
class Segmentation:
    """How a text divides. Paragraphs tile it; sentences tile each paragraph.

    A segment owns its trailing white space, so joining the segments of either level gives
    the text back, character for character.

    paragraphs: spans of characters.
    sentences: spans of characters; no sentence crosses a paragraph's end.
    roles: one for each paragraph, as far as one text alone can tell
        (commentary is known only once the two texts are aligned).
    datelines: spans of characters inside a first sentence, left out of encoding and of flags.
    """

    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    roles: tuple[Role, ...]
    datelines: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        _check_tiles("paragraph", self.paragraphs)
        _check_tiles("sentence", self.sentences)
        if len(self.roles) != len(self.paragraphs):
            raise BadInput(
                f"{len(self.paragraphs)} paragraphs but {len(self.roles)} roles; give one each."
            )
        ends = {span.stop for span in self.sentences}
        if any(span.stop not in ends for span in self.paragraphs):
            raise BadInput("A sentence crosses the end of its paragraph; segment the text again.")

    def paragraph_numbers(self) -> tuple[int, ...]:
        """For each sentence, the 0-based number of the paragraph it is in."""
        numbers: list[int] = []
        paragraph = 0
        for sentence in self.sentences:
            while self.paragraphs[paragraph].stop <= sentence.start:
                paragraph += 1
            numbers.append(paragraph)
        return tuple(numbers)


@dataclass(frozen=True, slots=True)
class Text:
    """One imported document in one language; immutable.

    id: the name in the catalogue.
    lang: BCP 47, such as "zh-CN" or "en-US".
    date: ISO 8601 day, or "" when unknown.
    sha256: hash of the stored UTF-8 bytes.
    issuer: who issued this version, such as a ministry or a newsletter.
    official: "yes" or "no", "" when nobody said.
    kind: of what series it is, such as "briefing". counterpart: whom it is about or addressed to.
    translator: of a translation.
    """

    id: str
    title: str
    lang: str
    content: str
    sha256: str
    date: str = ""
    source: str = ""
    licence: str = ""
    issuer: str = ""
    official: str = ""
    kind: str = ""
    counterpart: str = ""
    translator: str = ""


def _check_tiles(kind: str, spans: tuple[Span, ...]) -> None:
    if spans and spans[0].start != 0:
        raise BadInput(f"The first {kind} starts at {spans[0].start}, not at 0.")
    for number, (a, b) in enumerate(pairwise(spans)):
        if a.stop != b.start:
            raise BadInput(
                f"The {kind} after number {number} starts at {b.start}, expected {a.stop}."
            )
    if any(span.stop <= span.start for span in spans):
        raise BadInput(f"A {kind} is empty; segments own at least one character.")

"""Flags and annotations as marks on the words they are about, woven between the inline codes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from workbench.domain.beads import Side
from workbench.domain.review import Verdict
from workbench.domain.text import Span
from workbench.exchange.inline import partners
from workbench.exchange.legal import ILLEGAL
from workbench.exchange.outgoing.units import Words
from workbench.exchange.tags import Tag
from workbench.exchange.whole import WholeRow

ITS = "http://www.w3.org/2005/11/its"
_TYPES = {
    "accuracy/number": "numbers",
    "accuracy/omission": "omission",
    "accuracy/addition": "addition",
    "accuracy/untranslated": "untranslated",
    "terminology/wrong-term": "terminology",
    "terminology/inconsistent": "inconsistency",
    "linguistic-conventions/grammar": "grammar",
    "linguistic-conventions/punctuation": "typographical",
    "linguistic-conventions/spelling": "misspelling",
    "linguistic-conventions/duplication": "duplication",
    "style/register": "register",
    "locale-conventions/format": "locale-violation",
}
_BY_FAMILY = {"accuracy": "mistranslation", "style": "style", "terminology": "terminology"}
SEVERITIES = {"neutral": "0", "minor": "30", "major": "70", "critical": "100"}
"""MQM severities on the scale of ITS, 0 to 100."""

Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Some words that something is said of.

    span: in the words of one side of a row. note: number of the annotation in its row, 1-based,
    0 for a flag. issue: ITS attributes of a quality issue, () for a comment or a choice.
    """

    span: Span
    note: int = 0
    issue: Attributes = ()


MakeTags = Callable[[Mark, int, bool], tuple[Tag, Tag] | None]
"""The codes at both ends of a mark, given its number and whether it may enclose its words."""


def marks(row: WholeRow, side: Side, words: Words) -> list[Mark]:
    """What is said of the words of one side of a row, as far as they are in the row."""
    found: list[Mark] = []

    def put(span: Span | None, note: int, issue: Attributes) -> None:
        if span is None:
            return
        start = max(span.start - words.start, 0)
        stop = min(span.stop - words.start, len(words.text))
        if start < stop:
            found.append(Mark(Span(start, stop), note, issue))

    for entry in row.flags:
        flag = entry.flag
        dismissed = entry.decision is not None and entry.decision.verdict is Verdict.DISMISSED
        issue = issue_of(flag.category, str(flag.severity), flag.evidence, enabled=not dismissed)
        put(flag.src if side == "src" else flag.tgt, 0, issue)
    for number, note in enumerate(row.notes, 1):
        said = note.annotation
        text = " → ".join(filter(None, (said.note, said.wording)))
        graded = issue_of(said.category, str(said.severity), text) if said.severity else ()
        put(said.src if side == "src" else said.tgt, number, graded)
    return found


def issue_of(category: str, severity: str, comment: str, *, enabled: bool = True) -> Attributes:
    """A localization quality issue of ITS 2.0."""
    kind = _TYPES.get(category) or _BY_FAMILY.get(category.partition("/")[0], "other")
    return (
        (f"{{{ITS}}}locQualityIssueType", kind),
        (f"{{{ITS}}}locQualityIssueSeverity", SEVERITIES[severity]),
        (f"{{{ITS}}}locQualityIssueComment", comment),
        (f"{{{ITS}}}locQualityIssueEnabled", "yes" if enabled else "no"),
    )


Key = tuple[int, int, int, int]
_CLOSE, _CODE, _OPEN, _CHARACTER = range(4)  # what comes first at one place


def weave(
    words: Words, found: Sequence[Mark], make: MakeTags, code_point: Callable[[str], Tag]
) -> tuple[str, list[Tag]]:
    """Words that XML can hold, with marks and codes in an order in which they nest.

    A mark that would cross a code or another mark gets the codes that `make` gives for it.
    """
    events: list[tuple[Key, Tag]] = [
        ((tag.at, _CODE, number, 0), tag) for number, tag in enumerate(words.tags)
    ]
    taken = [(events[a][0], events[b][0]) for a, b in partners(words.tags).items() if a < b]
    for number, mark in enumerate(found, 1):
        span = mark.span
        first: Key = (span.start, _OPEN, -span.stop, number)
        last: Key = (span.stop, _CLOSE, -span.start, -number)
        nests = not any(_cross((first, last), other) for other in taken)
        ends = make(mark, number, nests)
        if ends:
            events += [(first, ends[0]), (last, ends[1])]
        if nests:
            taken.append((first, last))
    illegal = [match.start() for match in ILLEGAL.finditer(words.text)]
    events += [((at, _CHARACTER, 0, 0), code_point(words.text[at])) for at in illegal]
    events.sort(key=lambda event: event[0])
    gone, tags = 0, []
    for key, tag in events:
        while gone < len(illegal) and illegal[gone] < key[0]:
            gone += 1
        tags.append(replace(tag, at=key[0] - gone))
    return ILLEGAL.sub("", words.text), tags


def _cross(a: tuple[Key, Key], b: tuple[Key, Key]) -> bool:
    return a[0] < b[0] < a[1] < b[1] or b[0] < a[0] < b[1] < a[1]

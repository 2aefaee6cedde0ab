"""The words of a row cut wherever something that is said of them begins or ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.domain.beads import Side
from workbench.domain.review import Severity, Verdict
from workbench.domain.text import Role, Span
from workbench.exchange.outgoing import ExportReport
from workbench.exchange.whole import FlagEntry, NoteEntry, WholeBitext, WholeRow


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one side of a row, with the flags and annotations that are about them."""

    text: str
    span: Span
    flags: tuple[FlagEntry, ...] = ()
    notes: tuple[NoteEntry, ...] = ()

    @property
    def severity(self) -> Severity | None:
        """The gravest of what is said of them."""
        found = [entry.flag.severity for entry in self.flags]
        found += [note.annotation.severity or Severity.NEUTRAL for note in self.notes]
        return max(found, key=lambda one: one.rank, default=None)


def pieces(
    bitext: WholeBitext, row: WholeRow, side: Side, edits: Sequence[Span] = ()
) -> list[Piece]:
    """One side of a row without the white space around it, in pieces. Dismissed flags are gone.

    edits: runs, or places, where the words are to be cut as well.
    """
    span: Span = getattr(row.bead, side)
    content = bitext.text(side).content
    words = span.of(content)
    start = span.start + len(words) - len(words.lstrip())
    stop = start + len(words.strip())
    flags = [(place, entry) for entry in row.flags if (place := getattr(entry.flag, side))]
    flags = [(place, e) for place, e in flags if not is_dismissed(e)]
    notes = [(place, n) for n in row.notes if (place := getattr(n.annotation, side))]
    cuts = {start, stop}
    for place in [place for place, _ in flags] + [place for place, _ in notes] + [*edits]:
        cuts |= {min(max(place.start, start), stop), min(max(place.stop, start), stop)}
    found = []
    for a, b in pairwise(sorted(cuts)):
        piece = Span(a, b)
        found.append(
            Piece(
                piece.of(content),
                piece,
                tuple(entry for place, entry in flags if place.overlaps(piece)),
                tuple(note for place, note in notes if place.overlaps(piece)),
            )
        )
    return found


def page_numbers(bitext: WholeBitext) -> dict[str, int]:
    """The numbers that rows have on the review page, by id; commentary has none."""
    content = [row.id for row in bitext.rows if row.role is not Role.COMMENTARY]
    return {id_: number for number, id_ in enumerate(content, 1)}


def is_dismissed(entry: FlagEntry) -> bool:
    """Whether somebody said that a flag is none."""
    return entry.decision is not None and entry.decision.verdict is Verdict.DISMISSED


def count_lost(report: ExportReport, bitext: WholeBitext, *, decisions: bool = True) -> None:
    """Count what a format for readers has no place for. decisions: whether it has none for them."""
    report.lost["tags"] = len(bitext.src.tags) + len(bitext.tgt.tags)
    report.lost["decisions"] = len(bitext.decisions) * decisions

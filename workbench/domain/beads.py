"""Rows of the review page: beads measured in characters, and the edits that change them.

Each edit is a pure function from the present rows to the changes of an operation. A bead always
consists of whole sentences, and the rows always tile both texts.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from workbench.domain.alignment import check_tiling
from workbench.domain.operations import Change, new_id
from workbench.domain.text import Span
from workbench.errors import InvalidAlignment, UsageError

Side = Literal["src", "tgt"]


@dataclass(frozen=True, slots=True)
class ReviewBead:
    """A bead as people work on it. src, tgt: characters of the two texts.

    confirmed: a person said that this pairing is right.
    probability, score: as the aligner gave them; None once a person changed the pairing.
    """

    id: str
    src: Span
    tgt: Span
    confirmed: bool = False
    probability: float | None = None
    score: float | None = None

    @property
    def is_null(self) -> bool:
        """Whether one side is empty."""
        return not len(self.src) or not len(self.tgt)

    def to_json(self) -> dict[str, Any]:
        """The value as the log and the portable file hold it."""
        value: dict[str, Any] = {
            "src": [self.src.start, self.src.stop],
            "tgt": [self.tgt.start, self.tgt.stop],
        }
        if self.confirmed:
            value["confirmed"] = True
        if self.probability is not None:
            value["probability"] = self.probability
        if self.score is not None:
            value["score"] = self.score
        return value

    @classmethod
    def from_json(cls, id: str, value: dict[str, Any]) -> "ReviewBead":  # noqa: A002
        """The inverse of `to_json`."""
        return cls(
            id,
            Span(*value["src"]),
            Span(*value["tgt"]),
            value.get("confirmed", False),
            value.get("probability"),
            value.get("score"),
        )


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of a bitext in order, with the sentence ends that cuts must respect.

    src_ends, tgt_ends: rising offsets of the ends of sentences; the last is the text's length.
    """

    beads: tuple[ReviewBead, ...]
    src_ends: tuple[int, ...]
    tgt_ends: tuple[int, ...]

    def index(self, id: str) -> int:  # noqa: A002
        """Where a bead is. Raises UsageError when there is none of that id."""
        for number, bead in enumerate(self.beads):
            if bead.id == id:
                return number
        raise UsageError("This row is not there any more; reload the page to go on.")

    def sentences(self, bead: ReviewBead, side: Side) -> tuple[Span, ...]:
        """The sentences on one side of a bead."""
        span: Span = getattr(bead, side)
        ends = self.src_ends if side == "src" else self.tgt_ends
        stops = ends[bisect_right(ends, span.start) : bisect_right(ends, span.stop)]
        starts = [span.start, *stops[:-1]]
        return tuple(Span(a, b) for a, b in zip(starts, stops, strict=True)) if stops else ()


def in_sentences(span: Span, ends: Sequence[int]) -> Span:
    """A run of characters as a run of sentences; an empty one keeps its place.

    ends: rising offsets of the ends of all sentences.
    """
    start = bisect_right(ends, span.start)
    return Span(start, bisect_right(ends, span.stop - 1) + 1 if len(span) else start)


def in_order(beads: Sequence[ReviewBead]) -> tuple[ReviewBead, ...]:
    """Beads in text order; a tiling has exactly one."""
    return tuple(sorted(beads, key=lambda b: (b.src.start, b.tgt.start, b.src.stop, b.tgt.stop)))


def differing(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """From where to where rows are not as they were: outside of it, all are the same objects.

    In numbers of `new`; `stop` is not in it.
    """
    least = min(len(old), len(new))
    first = next((n for n in range(least) if old[n] is not new[n]), least)
    rest = range(1, least - first + 1)
    same = next((n - 1 for n in rest if old[-n] is not new[-n]), least - first)
    return first, len(new) - same


def replace_run(rows: Rows, first: int, last: int, new: Sequence[ReviewBead]) -> tuple[Change, ...]:
    """Changes that put `new` in the place of beads `first` to `last`, both included."""
    beads = (*rows.beads[:first], *new, *rows.beads[last + 1 :])
    check_tiling(beads, rows.src_ends[-1], rows.tgt_ends[-1])
    old = rows.beads[first : last + 1]
    removed = [Change("beads", b.id, b.to_json(), None) for b in old if b not in new]
    added = [Change("beads", b.id, None, b.to_json()) for b in new if b not in old]
    return (*removed, *added)


def merge(rows: Rows, id: str) -> tuple[Change, ...]:  # noqa: A002
    """Join a row with the next one."""
    first = rows.index(id)
    if first + 1 >= len(rows.beads):
        raise UsageError("This is the last row; there is no next row to merge with.")
    a, b = rows.beads[first : first + 2]
    joined = ReviewBead(new_id(), Span(a.src.start, b.src.stop), Span(a.tgt.start, b.tgt.stop))
    return replace_run(rows, first, first + 1, [joined])


def split(rows: Rows, id: str, side: Side, offset: int) -> tuple[Change, ...]:  # noqa: A002
    """Cut a row in two at the sentence end nearest to `offset` of one side's text.

    The other side is cut at the sentence end that divides it in the same proportion.
    """
    number = rows.index(id)
    bead = rows.beads[number]
    cut = _nearest_cut(rows, bead, side, offset, inner=True)
    if cut is None:
        name = "source" if side == "src" else "translation"
        raise UsageError(
            f"The {name} of this row is a single sentence and can't be split; "
            "put the cursor in the other column, or unpair the row."
        )
    other: Side = "tgt" if side == "src" else "src"
    here: Span = getattr(bead, side)
    there: Span = getattr(bead, other)
    share = (cut - here.start) / len(here)
    wanted = there.start + round(share * len(there))
    other_cut = _nearest_cut(rows, bead, other, wanted, inner=False)
    cuts = {side: cut, other: there.start if other_cut is None else other_cut}
    upper = ReviewBead(
        new_id(), Span(bead.src.start, cuts["src"]), Span(bead.tgt.start, cuts["tgt"])
    )
    lower = ReviewBead(new_id(), Span(cuts["src"], bead.src.stop), Span(cuts["tgt"], bead.tgt.stop))
    return replace_run(rows, number, number, [upper, lower])


def _nearest_cut(
    rows: Rows, bead: ReviewBead, side: Side, offset: int, *, inner: bool
) -> int | None:
    ends = [span.stop for span in rows.sentences(bead, side)]
    choices = ends[:-1] if inner or len(ends) > 1 else ends
    return min(choices, key=lambda end: (abs(end - offset), end), default=None)


def move(rows: Rows, id: str, side: Side, up: bool) -> tuple[Change, ...]:  # noqa: A002
    """Give a row's first sentence to the row above, or its last one to the row below."""
    number = rows.index(id)
    neighbour = number - 1 if up else number + 1
    bead = rows.beads[number]
    sentences = rows.sentences(bead, side)
    if not sentences:
        raise UsageError("This row has no sentence on that side to move.")
    if not 0 <= neighbour < len(rows.beads):
        raise UsageError(f"There is no row {'above' if up else 'below'} this one.")
    other = rows.beads[neighbour]
    cut = sentences[0].stop if up else sentences[-1].start
    here: Span = getattr(bead, side)
    there: Span = getattr(other, side)
    if up:
        shrunk, grown = Span(cut, here.stop), Span(there.start, cut)
    else:
        shrunk, grown = Span(here.start, cut), Span(cut, there.stop)
    new = [_with_side(other, side, grown), _with_side(bead, side, shrunk)]
    if not up:
        new.reverse()
    kept = [b for b in new if len(b.src) or len(b.tgt)]
    return replace_run(rows, min(number, neighbour), max(number, neighbour), kept)


def _with_side(bead: ReviewBead, side: Side, span: Span) -> ReviewBead:
    src, tgt = (span, bead.tgt) if side == "src" else (bead.src, span)
    return ReviewBead(new_id(), src, tgt)


def unpair(rows: Rows, id: str) -> tuple[Change, ...]:  # noqa: A002
    """Take a row's two sides apart: the source first, then the translation."""
    number = rows.index(id)
    bead = rows.beads[number]
    if bead.is_null:
        raise UsageError("This row has one side only; there is nothing to unpair.")
    above = ReviewBead(new_id(), bead.src, Span(bead.tgt.start, bead.tgt.start))
    below = ReviewBead(new_id(), Span(bead.src.stop, bead.src.stop), bead.tgt)
    return replace_run(rows, number, number, [above, below])


def is_apart(rows: Rows, id: str, other: str) -> bool:  # noqa: A002
    """Whether two rows that each lack a side have paired rows between them."""
    first, last = sorted((rows.index(id), rows.index(other)))
    ends = {_only_side(rows.beads[first]), _only_side(rows.beads[last])}
    return ends == {"src", "tgt"} and not all(b.is_null for b in rows.beads[first : last + 1])


def pair(rows: Rows, id: str, other: str) -> tuple[Change, ...]:  # noqa: A002
    """Join two rows that each lack a side; only rows that lack one too may lie between them."""
    first, last = sorted((rows.index(id), rows.index(other)))
    run = rows.beads[first : last + 1]
    sides = {_only_side(b) for b in (run[0], run[-1])}
    if sides != {"src", "tgt"}:
        raise UsageError(
            "To pair, choose one row that has only the source and one that has only the "
            "translation; rows that are paired already can be merged or unpaired."
        )
    between = [number for number in range(first, last + 1) if not rows.beads[number].is_null]
    if between:
        raise UsageError(
            f"Row {between[0] + 1} between these two is paired; "
            "unpair it first, or merge the rows one by one."
        )
    lone = {_only_side(b): b for b in (run[0], run[-1])}
    src, tgt = lone["src"].src, lone["tgt"].tgt
    before = [b for b in run if b.src.stop <= src.start and b.tgt.stop <= tgt.start]
    rest = [b for b in run if b not in before and b not in (run[0], run[-1])]
    early = [b for b in rest if (len(b.src) and b.src < src) or (len(b.tgt) and b.tgt < tgt)]
    late = [b for b in rest if b not in early]
    ordered = [*before, *early, ReviewBead(new_id(), src, tgt), *late]
    return replace_run(rows, first, last, retiled(ordered, run[0].src.start, run[0].tgt.start))


def _only_side(bead: ReviewBead) -> str:
    if not bead.is_null:
        return "both"
    return "src" if len(bead.src) else "tgt"


def retiled(beads: Sequence[ReviewBead], src_at: int, tgt_at: int) -> list[ReviewBead]:
    """Give the empty sides their places anew; beads whose place changed get a new id."""
    placed: list[ReviewBead] = []
    for bead in beads:
        src = bead.src if len(bead.src) else Span(src_at, src_at)
        tgt = bead.tgt if len(bead.tgt) else Span(tgt_at, tgt_at)
        if (src, tgt) == (bead.src, bead.tgt):
            placed.append(bead)
        else:
            placed.append(replace(bead, id=new_id(), src=src, tgt=tgt))
        src_at, tgt_at = src.stop, tgt.stop
    return placed


def confirm(rows: Rows, ids: Sequence[str], confirmed: bool) -> tuple[Change, ...]:
    """Say that the pairing of some rows is right, or take that back."""
    wanted = set(ids)
    return tuple(
        Change("beads", b.id, b.to_json(), replace(b, confirmed=confirmed).to_json())
        for b in rows.beads
        if b.id in wanted and b.confirmed != confirmed
    )


def check(rows: Rows) -> None:
    """Make sure that the rows tile both texts and consist of whole sentences.

    Raises:
        InvalidAlignment: they do not.
    """
    check_tiling(rows.beads, rows.src_ends[-1], rows.tgt_ends[-1])
    broken = cut_through(rows)
    if broken is not None:
        raise InvalidAlignment("A row ends inside a sentence; whole sentences make a row.")


def cut_through(rows: Rows) -> ReviewBead | None:
    """The first row that does not end where sentences end, if there is one."""
    src, tgt = {0, *rows.src_ends}, {0, *rows.tgt_ends}
    for bead in rows.beads:
        if bead.src.stop not in src or bead.tgt.stop not in tgt:
            return bead
    return None


def swap(rows: Rows, id: str) -> tuple[Change, ...]:  # noqa: A002
    """Let a row of one side only change places with the next row, of the other side only."""
    first = rows.index(id)
    if first + 1 >= len(rows.beads):
        raise UsageError("This is the last row; there is no next row to change places with.")
    a, b = rows.beads[first : first + 2]
    if {_only_side(a), _only_side(b)} != {"src", "tgt"}:
        raise UsageError(
            "Only a row without translation and a row without source can change places; "
            "unpair them first."
        )
    new = retiled([b, a], a.src.start, a.tgt.start)
    return replace_run(rows, first, first + 1, new)

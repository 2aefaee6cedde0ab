"""Several versions of one text: their alignments over the same source put into common rows.

Each version is aligned to the source by itself. Where the beads of all versions end at the same
place in the source, a common row ends; so each is the smallest union of beads of every version,
and two versions are aligned to each other by way of what they translate.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.domain.alignment import Bead, Sided
from workbench.domain.text import Span
from workbench.errors import InvalidAlignment


@dataclass(frozen=True, slots=True)
class CommonRow:
    """A run of the source with what each version has for it.

    src: placed span of the source. versions: one placed span for each version, in their order;
    an empty one says where that version leaves the source out. beads: for each version, the run
    of its beads that is joined here, as 0-based numbers.
    """

    src: Span
    versions: tuple[Span, ...]
    beads: tuple[Span, ...]


def common_rows(alignments: Sequence[Sequence[Sided]]) -> tuple[CommonRow, ...]:
    """The smallest groups that are unions of beads in every one of some alignments, in order.

    alignments: of each version, its beads in order; all tile the same source, in any unit.
    A bead without source is a row of its own, unless it stands inside of what another version
    joins; at one place of the source, those of an earlier version come first, since nothing
    says that they translate each other.

    Raises:
        InvalidAlignment: there is none, or they are about sources of different length.
    """
    sizes = {beads[-1].src.stop if beads else 0 for beads in alignments}
    if len(sizes) != 1:
        raise InvalidAlignment("Only alignments of the same source have rows in common.")
    ends = [{0, *(bead.src.stop for bead in beads)} for beads in alignments]
    shared = sorted(set.intersection(*ends))
    at = [0] * len(alignments)
    rows: list[CommonRow] = []
    for stop in shared:
        start = rows[-1].src.stop if rows else 0
        if stop > start:
            rows.append(_joined(alignments, at, Span(start, stop)))
        rows.extend(_sourceless(alignments, at, stop))
    return tuple(rows)


def _joined(alignments: Sequence[Sequence[Sided]], at: list[int], src: Span) -> CommonRow:
    """One row of all beads up to a place that is an end in every alignment; moves `at` on."""
    runs = []
    for number, beads in enumerate(alignments):
        first = last = at[number]
        while beads[last].src.stop < src.stop:
            last += 1
        at[number] = last + 1
        runs.append(Span(first, last + 1))
    spans = [
        Span(beads[run.start].tgt.start, beads[run.stop - 1].tgt.stop)
        for beads, run in zip(alignments, runs, strict=True)
    ]
    return CommonRow(src, tuple(spans), tuple(runs))


def _sourceless(
    alignments: Sequence[Sequence[Sided]], at: list[int], place: int
) -> Iterator[CommonRow]:
    """A row for each bead without source at a place that is an end in every alignment."""
    for number, beads in enumerate(alignments):
        while at[number] < len(beads) and not len(beads[at[number]].src):
            spans = [_place(one, n) for one, n in zip(alignments, at, strict=True)]
            runs = [Span(n, n) for n in at]
            spans[number] = beads[at[number]].tgt
            at[number] += 1
            runs[number] = Span(at[number] - 1, at[number])
            yield CommonRow(Span(place, place), tuple(spans), tuple(runs))


def _place(beads: Sequence[Sided], number: int) -> Span:
    """The empty span before a bead, or after the last one."""
    stop = beads[number - 1].tgt.stop if number else 0
    return Span(stop, stop)


def between(rows: Sequence[CommonRow], first: int = 0, second: int = 1) -> tuple[Bead, ...]:
    """Two versions aligned to each other through the source; the beads tile both of them."""
    pairs = [(row.versions[first], row.versions[second]) for row in rows]
    return tuple(Bead(a, b) for a, b in pairs if len(a) or len(b))

"""Two translations of one original compared, by way of its rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workbench.domain.beads import ReviewBead
from workbench.domain.comparing import Alike, Compared, Facing, Kind
from workbench.domain.diff import word_diff
from workbench.domain.reading import rows, segmentation
from workbench.domain.review import StoredFlag
from workbench.domain.text import Role, Segmentation, Span
from workbench.domain.versions import CommonRow
from workbench.services.checking import stored_flags
from workbench.services.encoding import workspace_encoder
from workbench.services.versions import SideBySide, side_by_side
from workbench.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Version:
    """A translation: its text, division, rows, and what seems left out of it."""

    content: str
    division: Segmentation
    beads: tuple[ReviewBead, ...]
    omitted: tuple[Span, ...]

    def sentences(self, within: Span) -> list[Span]:
        return [s for s in self.division.sentences if len(s) and s.start in within]

    def is_commentary(self, span: Span) -> bool:
        return any(
            role is Role.COMMENTARY and span.start in paragraph
            for paragraph, role in zip(self.division.paragraphs, self.division.roles, strict=True)
        )

    def bead_of(self, span: Span) -> ReviewBead | None:
        return next((b for b in self.beads if b.tgt.overlaps(span)), None)


def compare_versions(ws: Workspace, first: str, second: str) -> Compared:
    """Two translations in the common rows of their original; commentary is left out.

    Where one version pairs with one row what the other has in several, since it lacks some of
    it, the English sentences are compared, so that those that only one has stand alone.
    """
    found = side_by_side(ws, (first, second))
    with ws.db.read() as session:
        flags = [_omissions(stored_flags(session, bitext)) for bitext in (first, second)]
    states = [ws.state(bitext) for bitext in (first, second)]
    sides = tuple(
        _Version(text.content, segmentation(state, "tgt"), tuple(rows(state).beads), omitted)
        for text, state, omitted in zip(found.versions, states, flags, strict=True)
    )
    facing: list[Facing] = []
    for row, ids in zip(found.rows, found.row_ids, strict=True):
        pairs = tuple(zip(sides, row.versions, strict=True))
        if not len(row.src) and any(side.is_commentary(span) for side, span in pairs if len(span)):
            continue
        parted = _parted(ws, sides, row) if max(map(len, ids)) > 1 else []
        if parted:
            facing += _apart(found, sides, row, parted)
        elif any(len(trimmed(side.content, span)) for side, span in pairs):
            facing.append(_facing(found, sides, row.src, row.versions))
    return Compared(found.versions[0], found.versions[1], tuple(facing), (first, second))


def _parted(ws: Workspace, sides: Sequence[_Version], row: CommonRow) -> list[Alike]:
    """The sentences of a joined row by meaning, when some of them are in one version only."""
    from workbench.align.alike import align_alike

    own = [side.sentences(span) for side, span in zip(sides, row.versions, strict=True)]
    if len(own[0]) == len(own[1]) or not all(own):
        return []
    words = [[s.of(side.content) for s in spans] for side, spans in zip(sides, own, strict=True)]
    with workspace_encoder(ws) as encoder:
        alike = align_alike(words[0], words[1], encoder, chinese=False)
    alone = any(not one.first or not one.second for one in alike)
    return alike if alone and any(one.first and one.second for one in alike) else []


def _apart(
    found: SideBySide, sides: Sequence[_Version], row: CommonRow, parted: Sequence[Alike]
) -> Iterator[Facing]:
    """The rows of such sentences; the original beside each is what one of the versions pairs."""
    own = [side.sentences(span) for side, span in zip(sides, row.versions, strict=True)]
    for alike in parted:
        spans = tuple(
            Span(spans[numbers[0]].start, spans[numbers[-1]].stop) if numbers else Span(0, 0)
            for spans, numbers in zip(own, (alike.first, alike.second), strict=True)
        )
        finer = 0 if len(own[0]) >= len(own[1]) else 1  # whose rows say more of the original
        by = finer if len(spans[finer]) else 1 - finer
        beads = [b for b in sides[by].beads if b.tgt.overlaps(spans[by])]
        src = Span(beads[0].src.start, beads[-1].src.stop) if beads else Span(0, 0)
        yield _facing(found, sides, src, spans)


def _facing(
    found: SideBySide, sides: Sequence[_Version], src: Span, versions: Sequence[Span]
) -> Facing:
    here, there = (trimmed(side.content, span) for side, span in zip(sides, versions, strict=True))
    words = here.of(sides[0].content), there.of(sides[1].content)
    kind: Kind = "both" if all(words) else "first" if words[0] else "second"
    ids = [
        bead.id if len(span) and (bead := side.bead_of(span)) else ""
        for side, span in zip(sides, (here, there), strict=True)
    ]
    return Facing(
        kind,
        here,
        there,
        0.0,
        moved=False,
        pieces=tuple(word_diff(*words)) if kind == "both" else (),
        src=src.of(found.src.content).strip(),
        lacks=_lacks(found, src, sides) if kind == "both" else ((), ()),
        rows=(ids[0], ids[1]),
    )


def trimmed(content: str, span: Span) -> Span:
    """A span without the white space at its ends."""
    words = span.of(content)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _omissions(flags: Iterable[StoredFlag]) -> tuple[Span, ...]:
    return tuple(flag.src for flag in flags if flag.detector == "omission" and flag.src is not None)


def _lacks(
    found: SideBySide, row: Span, sides: Sequence[_Version]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What one version seems to leave out of a row and the other does not."""
    inside = [[span for span in side.omitted if span.overlaps(row)] for side in sides]
    only = [
        tuple(
            span.of(found.src.content).strip()
            for span in inside[side]
            if not any(span.overlaps(other) for other in inside[1 - side])
        )
        for side in (0, 1)
    ]
    return only[0], only[1]

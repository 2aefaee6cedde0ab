"""A bitext as tables for notebooks: pandas frames of its beads, flags, annotations, decisions."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Literal

from workbench.domain.review import Verdict
from workbench.domain.text import Span
from workbench.errors import UnknownName
from workbench.exchange.whole import FlagEntry, WholeBitext

if TYPE_CHECKING:
    import pandas as pd

Table = Literal["beads", "flags", "annotations", "decisions"]
Line = list[Any]
SPANS = ("src_start", "src_stop", "tgt_start", "tgt_stop")


def frame(bitext: WholeBitext, what: Table = "beads") -> "pd.DataFrame":
    """One of the tables of a bitext.

    Offsets are code points into the two texts, half-open; -1 where a side has no words.

    Raises:
        UnknownName: there is no such table.
    """
    import pandas as pd

    if what not in TABLES:
        raise UnknownName("table", what, TABLES)
    columns, lines = TABLES[what]
    return pd.DataFrame(list(lines(bitext)), columns=columns)


def _bounds(src: Span | None, tgt: Span | None) -> list[int]:
    return [n for span in (src, tgt) for n in ((span.start, span.stop) if span else (-1, -1))]


def _beads(bitext: WholeBitext) -> Iterator[Line]:
    for row in bitext.rows:
        bead = row.bead
        yield [
            row.id,
            row.number,
            row.group + 1,
            str(row.role),
            row.kind,
            # An empty side has its place too.
            bead.src.start,
            bead.src.stop,
            bead.tgt.start,
            bead.tgt.stop,
            bitext.words("src", bead.src).strip(),
            bitext.words("tgt", bead.tgt).strip(),
            bead.confirmed,
            row.status,
            bead.probability,
            bead.score,
            sum(map(_is_open, row.flags)),
            row.made.author,
            row.made.made_at,
        ]


def _is_open(entry: FlagEntry) -> bool:
    return entry.decision is None or entry.decision.verdict is Verdict.DEFERRED


def _flags(bitext: WholeBitext) -> Iterator[Line]:
    for row in bitext.rows:
        for entry in row.flags:
            flag = entry.flag
            yield [
                flag.fingerprint,
                row.id,
                flag.detector,
                flag.category,
                str(flag.severity),
                *_bounds(flag.src, flag.tgt),
                flag.src_words,
                flag.tgt_words,
                flag.evidence,
                flag.confidence,
                str(entry.decision.verdict) if entry.decision else "",
            ]


def _annotations(bitext: WholeBitext) -> Iterator[Line]:
    for row in bitext.rows:
        for note in row.notes:
            said = note.annotation
            yield [
                note.id,
                row.id,
                str(said.kind),
                said.category,
                str(said.severity or ""),
                *_bounds(said.src, said.tgt),
                bitext.words("src", said.src),
                bitext.words("tgt", said.tgt),
                said.note,
                said.wording,
                said.flag,
                note.made.author,
                note.made.made_at,
            ]


def _decisions(bitext: WholeBitext) -> Iterator[Line]:
    current = {entry.flag.fingerprint for row in bitext.rows for entry in row.flags}
    for made in bitext.decisions:
        decision = made.decision
        yield [
            made.fingerprint,
            decision.detector,
            decision.category,
            decision.src_words,
            decision.tgt_words,
            str(decision.verdict),
            decision.reason,
            made.fingerprint in current,
            made.made.author,
            made.made.made_at,
        ]


def _columns(names: str) -> list[str]:
    """Names of columns; "spans" stands for the four offsets."""
    return [c for name in names.split() for c in (SPANS if name == "spans" else [name])]


TABLES: dict[str, tuple[list[str], Callable[[WholeBitext], Iterator[Line]]]] = {
    "beads": (
        _columns(
            "bead number group role kind spans src tgt confirmed status probability score "
            "open_flags author made_at"
        ),
        _beads,
    ),
    "flags": (
        _columns("flag bead detector category severity spans src tgt evidence confidence decision"),
        _flags,
    ),
    "annotations": (
        _columns(
            "annotation bead kind category severity spans src tgt note wording flag author made_at"
        ),
        _annotations,
    ),
    "decisions": (
        _columns("flag detector category src tgt decision reason current author made_at"),
        _decisions,
    ),
}

"""Searching the workspace: rows of all bitexts, and what people and detectors said about them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import accumulate
from threading import Lock, Thread
from typing import Any

from workbench.domain.beads import ReviewBead, Side
from workbench.domain.operations import State
from workbench.domain.reading import content_beads, rows, segmentation
from workbench.domain.text import Span, Text
from workbench.errors import UsageError, WorkbenchError
from workbench.search.folding import fold, letters
from workbench.search.query import Compiled, Query, compile_query
from workbench.services.checking import stored_flags
from workbench.services.remarks import Filter, Places, Remark, remarks
from workbench.services.workspace import Workspace
from workbench.storage import repository

LIMIT = 200  # hits shown at once
SIDES: tuple[Side, Side] = ("src", "tgt")


@dataclass(frozen=True, slots=True)
class SearchRow:
    """A row as it is searched. number: on the page, from 1; 0 for commentary.

    src_start, tgt_start: where its words begin in their texts. folded: both, as they are
    searched, the Chinese one first. pairing, doubt: as `Filter` asks for them.
    """

    id: str
    number: int
    src: str
    tgt: str
    src_start: int
    tgt_start: int
    folded: tuple[str, str]
    pairing: str = "pair"
    doubt: float = 0.0


@dataclass(frozen=True, eq=False)
class SearchBitext:
    """The rows of a bitext with its languages."""

    id: str
    title: str
    src_lang: str
    tgt_lang: str
    rows: tuple[SearchRow, ...]

    @property
    def zh_is_src(self) -> bool:
        """Which side is the Chinese one."""
        return self.src_lang.startswith("zh")

    @cached_property
    def _folded(self) -> tuple["_Column", "_Column"]:
        return _column(r.folded[0] for r in self.rows), _column(r.folded[1] for r in self.rows)

    @cached_property
    def _sounds(self) -> tuple["_Column", "_Column"]:
        return _column(letters(r.folded[0]) for r in self.rows), _column(("",))

    def candidates(self, compiled: Compiled) -> Iterable[int]:
        """Numbers of rows, rising, among which are all whose texts answer."""
        found: set[int] | None = None
        for finder, sides in (
            (compiled.any_side, (0, 1)),
            (compiled.zh, (0,)),
            (compiled.en, (1,)),
        ):
            if finder and finder.part:
                columns = self._sounds if finder.sounds else self._folded
                here = set().union(*(columns[side].holding(finder.part) for side in sides))
                found = here if found is None else found & here
        return range(len(self.rows)) if found is None else sorted(found)


@dataclass(frozen=True, slots=True)
class _Column:
    """One side of all rows in one text, to look through it in one go. starts: of the rows."""

    text: str
    starts: list[int]

    def holding(self, part: str) -> set[int]:
        """The numbers of the rows that hold a run of characters."""
        found = set()
        at = self.text.find(part)
        while at >= 0:
            number = bisect_right(self.starts, at) - 1
            found.add(number)
            at = self.text.find(part, self.starts[number + 1])
        return found


def _column(parts: Iterable[str]) -> _Column:
    rows = list(parts)
    starts = [0, *accumulate(len(row) + 1 for row in rows)]
    return _Column("\0".join(rows), starts)  # no part that is looked for holds a NUL


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that answers, with the places in both of its texts.

    notes: annotations and flags of the row that were found. at: its number among all rows, from 0.
    """

    bitext: SearchBitext
    row: SearchRow
    src_spans: tuple[Span, ...]
    tgt_spans: tuple[Span, ...]
    notes: tuple[Remark, ...] = ()
    at: int = 0

    @property
    def context(self) -> tuple[SearchRow, ...]:
        """The rows around it: one before, one after, where there are any."""
        around = (self.at - 1, self.at + 1)
        return tuple(self.bitext.rows[n] for n in around if 0 <= n < len(self.bitext.rows))

    @property
    def place(self) -> str:
        """The part of a review's address that leads to what was found, or to the row."""
        for side, start, spans in (
            ("tgt", self.row.tgt_start, self.tgt_spans),
            ("src", self.row.src_start, self.src_spans),
        ):
            if spans:
                return f"{side}-{start + spans[0].start}-{start + spans[0].stop}"
        return f"r-{self.row.id}"


@dataclass(frozen=True, slots=True)
class Results:
    """The first hits, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


def corpus(ws: Workspace, only: str = "") -> list[SearchBitext]:
    """All aligned bitexts of the workspace as they stand, or only one."""
    with _READING:
        return _corpus(ws, only)


_READING = Lock()  # one reads what many ask for


def _corpus(ws: Workspace, only: str) -> list[SearchBitext]:
    with ws.db.read() as session:
        bitexts = repository.bitexts(session)
        states = [(bitext, ws.state(bitext.id, session)) for bitext in bitexts]
    found = []
    for bitext, state in states:
        ws.remember(bitext.id, state)
        if (only and bitext.id != only) or not state.collection("beads"):
            continue
        texts = (ws.text(bitext.src_id), ws.text(bitext.tgt_id))
        found.append(_bitext(bitext.id, bitext.title, _Key(ws.root, state), *texts))
    return found


def titles(ws: Workspace) -> list[tuple[str, str]]:
    """Ids and titles of the bitexts of the workspace."""
    with ws.db.read() as session:
        return [(bitext.id, bitext.title) for bitext in repository.bitexts(session)]


def read_ahead(ws: Workspace) -> None:
    """Read the workspace beside other work, so that the first search need not wait for it."""

    from workbench.align.lexicon import words

    def read() -> None:
        with suppress(WorkbenchError):  # the search itself will say what is wrong
            corpus(ws)
        words("词")  # the dictionary that the concordance divides Chinese with

    Thread(target=read, daemon=True).start()


@dataclass(frozen=True)
class _Key:
    """A state, known by the log number it stands at."""

    root: Any
    state: State

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._place == other._place

    def __hash__(self) -> int:
        return hash(self._place)

    @property
    def _place(self) -> tuple[Any, int]:
        return self.root, self.state.seq


@lru_cache(maxsize=256)
def _bitext(id_: str, title: str, key: _Key, src: Text, tgt: Text) -> SearchBitext:
    content = {bead.id for bead in content_beads(key.state)}
    ends: dict[str, list[int]] = {
        side: [s.stop for s in segmentation(key.state, side).sentences] for side in SIDES
    }
    found, number = [], 0
    for bead in rows(key.state).beads:
        number += bead.id in content
        words = (bead.src.of(src.content), bead.tgt.of(tgt.content))
        zh, en = words if src.lang.startswith("zh") else words[::-1]
        shown = number if bead.id in content else 0
        starts = (bead.src.start, bead.tgt.start)
        doubt = 0.0 if bead.confirmed or bead.probability is None else 1 - bead.probability
        folded = (fold(zh), fold(en))
        found.append(
            SearchRow(bead.id, shown, *words, *starts, folded, _pairing(bead, ends), doubt)
        )
    return SearchBitext(id_, title, src.lang, tgt.lang, tuple(found))


def _pairing(bead: ReviewBead, ends: dict[str, list[int]]) -> str:
    """Whether a row is a "pair", "many" sentences, or lacks a side ("no-src", "no-tgt")."""
    counts = []
    for side, span in (("src", bead.src), ("tgt", bead.tgt)):
        if not len(span):
            return f"no-{side}"
        counts.append(bisect_right(ends[side], span.stop) - bisect_right(ends[side], span.start))
    return "pair" if counts == [1, 1] else "many"


def search(
    ws: Workspace,
    query: Query,
    *,
    only: str = "",
    limit: int = LIMIT,
    wanted: Filter = Filter(),  # noqa: B008  # frozen
) -> Results:
    """The rows whose texts, notes or flags answer a query, in the order of the library.

    wanted: what the rows, and what was said about them, must be like. A filter alone finds every
    row that fits it.

    Raises:
        UsageError: it asks for nothing, or its pattern can't be read.
    """
    if not query.asks and not wanted.asks:
        raise UsageError("Type what to look for.")
    compiled = compile_query(query)
    hits: list[Hit] = []
    total = 0
    for bitext in corpus(ws, only):
        said = _said(ws, bitext, query, compiled, wanted)
        for at in _answering(bitext, query, compiled, said, wanted):
            total += 1
            if len(hits) < limit:  # of the others only the number is told
                hits.append(_hit(bitext, at, query, compiled, said))
    return Results(tuple(hits), total)


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said about rows, by row. fitting: what fits the filter; found: its words answer."""

    fitting: dict[str, list[Remark]]
    found: dict[str, list[Remark]]


def _answering(
    bitext: SearchBitext, query: Query, compiled: Compiled, said: _Said, wanted: Filter
) -> Iterator[int]:
    """The numbers of the rows that answer."""
    numbers = bitext.candidates(compiled) if query.asks else range(len(bitext.rows))
    if said.found:
        noted = (at for at, row in enumerate(bitext.rows) if row.id in said.found)
        numbers = sorted({*numbers, *noted})
    for at in numbers:
        row = bitext.rows[at]
        if wanted.asks and not _row_fits(row, wanted):
            continue
        if wanted.of_remarks and row.id not in said.fitting:
            continue
        if row.id in said.found or not query.asks or compiled.answers(*row.folded):
            yield at


def _hit(bitext: SearchBitext, at: int, query: Query, compiled: Compiled, said: _Said) -> Hit:
    row = bitext.rows[at]
    found = (compiled.match(*row.folded) if query.asks else None) or ([], [])
    src, tgt = found if bitext.zh_is_src else found[::-1]
    notes = said.found.get(row.id) or said.fitting.get(row.id, [])
    return Hit(bitext, row, tuple(src), tuple(tgt), tuple(notes), at)


def _row_fits(row: SearchRow, wanted: Filter) -> bool:
    # a pair of several sentences is a pair, too
    pairing = wanted.pairing in ("", row.pairing) or (wanted.pairing, row.pairing) == (
        "pair",
        "many",
    )
    return pairing and row.doubt >= wanted.doubt


def _said(
    ws: Workspace, bitext: SearchBitext, query: Query, compiled: Compiled, wanted: Filter
) -> _Said:
    said = _Said({}, {})
    finder = compiled.any_side if query.text_only else None
    if not finder and not wanted.of_remarks:
        return said
    with ws.db.read() as session:
        flags = stored_flags(session, bitext.id)
    places = Places(partial(_places, bitext))
    for remark in remarks(ws.state(bitext.id), flags):
        if not wanted.fits(remark):
            continue
        answers = finder and any(map(finder.answers, map(fold, (remark.words, remark.words_zh))))
        row = places.of(remark) if answers or wanted.of_remarks else ""
        if row and wanted.of_remarks:
            said.fitting.setdefault(row, []).append(remark)
        if row and answers:
            said.found.setdefault(row, []).append(remark)
    return said


def _places(bitext: SearchBitext, side: str) -> list[tuple[int, int, str]]:
    starts = ((row, row.src_start if side == "src" else row.tgt_start) for row in bitext.rows)
    return [
        (start, start + len(row.src if side == "src" else row.tgt), row.id) for row, start in starts
    ]

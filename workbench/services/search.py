"""Searching the workspace: rows of all bitexts, and what people and detectors said about them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from workbench.domain.operations import State
from workbench.domain.reading import content_beads, rows
from workbench.domain.text import Span, Text
from workbench.errors import UsageError
from workbench.search.folding import fold
from workbench.search.query import Compiled, Query, compile_query
from workbench.services.checking import StoredFlag, stored_flags
from workbench.services.workspace import Workspace
from workbench.storage import repository

LIMIT = 200  # hits shown at once


@dataclass(frozen=True, slots=True)
class SearchRow:
    """A row as it is searched. number: on the page, from 1; 0 for commentary.

    src_start, tgt_start: where its words begin in their texts. folded: both, as they are
    searched, the Chinese one first.
    """

    id: str
    number: int
    src: str
    tgt: str
    src_start: int
    tgt_start: int
    folded: tuple[str, str]


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that answers, with the places in both of its texts.

    notes: annotations and flags of the row that were found, as (kind, category, words, words in
    Chinese).
    """

    bitext: SearchBitext
    row: SearchRow
    src_spans: tuple[Span, ...]
    tgt_spans: tuple[Span, ...]
    notes: tuple[tuple[str, str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """The first hits, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


def corpus(ws: Workspace, only: str = "") -> list[SearchBitext]:
    """All aligned bitexts of the workspace as they stand, or only one."""
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
    found, number = [], 0
    for bead in rows(key.state).beads:
        number += bead.id in content
        words = (bead.src.of(src.content), bead.tgt.of(tgt.content))
        zh, en = words if src.lang.startswith("zh") else words[::-1]
        shown = number if bead.id in content else 0
        starts = (bead.src.start, bead.tgt.start)
        found.append(SearchRow(bead.id, shown, *words, *starts, (fold(zh), fold(en))))
    return SearchBitext(id_, title, src.lang, tgt.lang, tuple(found))


def search(ws: Workspace, query: Query, *, only: str = "", limit: int = LIMIT) -> Results:
    """The rows whose texts, notes or flags answer a query, in the order of the library.

    Raises:
        UsageError: it asks for nothing, or its pattern can't be read.
    """
    if not query.asks:
        raise UsageError("Type what to look for.")
    compiled = compile_query(query)
    hits: list[Hit] = []
    total = 0
    for bitext in corpus(ws, only):
        remarks = _remarks(ws, bitext, compiled) if query.text_only else {}
        for hit in _hits(bitext, compiled, remarks):
            total += 1
            if len(hits) < limit:
                hits.append(hit)
    return Results(tuple(hits), total)


Remarks = dict[str, list[tuple[str, str, str, str]]]


def _hits(bitext: SearchBitext, compiled: Compiled, remarks: Remarks) -> Iterator[Hit]:
    for row in bitext.rows:
        spans = compiled.match(*row.folded)
        notes = tuple(remarks.get(row.id, ()))
        if spans is None and not notes:
            continue
        found = spans or ([], [])
        src, tgt = found if bitext.zh_is_src else found[::-1]
        yield Hit(bitext, row, tuple(src), tuple(tgt), notes)


def _remarks(ws: Workspace, bitext: SearchBitext, compiled: Compiled) -> Remarks:
    """Annotations and flags that answer, by row."""
    assert compiled.any_side is not None
    state = ws.state(bitext.id)
    with ws.db.read() as session:
        flags = stored_flags(session, bitext.id)
    found: Remarks = {}
    for flag in flags:
        if any(map(compiled.any_side, map(fold, (flag.evidence, flag.evidence_zh)))):
            _put(found, bitext, flag, ("flag", flag.category, flag.evidence, flag.evidence_zh))
    for value in state.collection("annotations").values():
        words = " ".join(str(value.get(name, "")) for name in ("note", "wording"))
        if compiled.any_side(fold(words)):
            row = _row_at(bitext, value.get("src"), value.get("tgt"))
            if row:
                remark = (str(value.get("kind", "")), str(value.get("category", "")), words, words)
                found.setdefault(row, []).append(remark)
    return found


def _put(
    found: Remarks, bitext: SearchBitext, flag: StoredFlag, remark: tuple[str, str, str, str]
) -> None:
    spans = [[s.start, s.stop] if s else None for s in (flag.src, flag.tgt)]
    row = _row_at(bitext, spans[0], spans[1] or [flag.at[1], flag.at[1]])
    if row:
        found.setdefault(row, []).append(remark)


def _row_at(bitext: SearchBitext, src: Sequence[int] | None, tgt: Sequence[int] | None) -> str:
    """The row that holds the first of the words."""
    for span, side in ((src, "src"), (tgt, "tgt")):
        if span is None:
            continue
        for row in bitext.rows:
            start = getattr(row, f"{side}_start")
            if start <= span[0] < start + len(getattr(row, side)):
                return row.id
    return ""

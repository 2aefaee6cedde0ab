"""The corrected text of a bitext: what would change, and the new version that is made of it."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from workbench.domain.beads import ReviewBead
from workbench.domain.carrying import ORPHANS, Carrier
from workbench.domain.corrections import (
    Correction,
    clashes,
    corrected,
    corrections_of,
    stretches,
)
from workbench.domain.diff import Piece, word_diff
from workbench.domain.operations import State, Touch
from workbench.domain.reading import content_beads, rows, segmentation
from workbench.domain.rewording import reads
from workbench.domain.text import Span, Text
from workbench.errors import UsageError
from workbench.exchange.portable import Header, Portable
from workbench.segment import segment
from workbench.services import jobs, library
from workbench.services.aligning import characters
from workbench.services.checking import stored_flags
from workbench.services.library import Draft
from workbench.services.readings import corrections_by_row
from workbench.services.store import now
from workbench.services.workspace import Workspace
from workbench.storage import repository
from workbench.storage.repository import Bitext


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A correction as a person chooses it.

    pieces: its words against the old ones. note: what the annotation says, "" for an edit of the
    row. clash: number of the group of which only one can be used, 0 if it stands alone.
    """

    correction: Correction
    pieces: tuple[Piece, ...]
    touch: Touch
    note: str
    category: str
    clash: int


@dataclass(frozen=True, slots=True)
class RowChanges:
    """A row whose English changes. number: as on the review page. pieces: all of its English."""

    row: str
    number: int
    src: str
    pieces: tuple[Piece, ...]
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class Orphan:
    """What had no place in this version. of: "annotations", "decisions" or "wordings".

    words, before, after: in the old text. now: what stands in this text instead; row: where.
    """

    id: str
    of: str
    value: Mapping[str, Any]
    words: str
    before: str
    after: str
    now: str
    row: str
    touch: Touch


@dataclass(frozen=True, slots=True)
class Difference:
    """Sentences that are not as in the version that this one corrects. row: of this one."""

    row: str
    src: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class CorrectedView:
    """What the page of the corrected text shows.

    rows: those with corrections. used: how many are. clashing: how many groups nobody settled.
    corrects: id of the bitext whose English this one corrects, "" for none; since: what differs.
    """

    bitext: Bitext
    seq: int
    rows: tuple[RowChanges, ...]
    used: int
    clashing: int
    orphans: tuple[Orphan, ...]
    corrects: str
    since: tuple[Difference, ...]

    @property
    def ready(self) -> bool:
        """Whether a new version can be made."""
        return bool(self.used) and not self.clashing


def corrected_view(ws: Workspace, bitext_id: str) -> CorrectedView:
    """The corrections of a bitext, and how it differs from the version it corrects.

    Raises:
        UnknownName: no such bitext.
        UsageError: it is not aligned yet.
    """
    bitext = ws.bitext(bitext_id)
    state = ws.state(bitext_id)
    found = corrections_of(state)
    groups = clashes(found)
    parent = _corrects(ws, bitext)
    return CorrectedView(
        bitext,
        state.seq,
        _rows(state, ws.text(bitext.src_id), ws.text(bitext.tgt_id).content),
        sum(one.used for one in found),
        len(groups),
        _orphans(state),
        parent,
        _since(ws, parent, bitext_id) if parent else (),
    )


def _rows(state: State, src: Text, content: str) -> tuple[RowChanges, ...]:
    found = corrections_of(state)
    groups = clashes(found)
    numbers = {bead.id: n for n, bead in enumerate(content_beads(state), 1)}
    beads = {bead.id: bead for bead in rows(state).beads}
    by_row = corrections_by_row(state, content)
    return tuple(
        RowChanges(
            id_,
            numbers.get(id_, 0),
            beads[id_].src.of(src.content).strip(),
            tuple(
                word_diff(beads[id_].tgt.of(content).strip(), reads(content, found, beads[id_].tgt))
            ),
            tuple(_change(state, content, one, groups) for one in ours),
        )
        for id_, ours in by_row.items()
    )


def reading_of(ws: Workspace, bitext_id: str, row: str) -> tuple[str, str]:
    """The Chinese of a row, and how its English reads with its corrections.

    Raises:
        UsageError: there is no such row.
    """
    bitext, state = ws.bitext(bitext_id), ws.state(bitext_id)
    current = rows(state)
    bead = current.beads[current.index(row)]
    content = ws.text(bitext.tgt_id).content
    english = reads(content, corrections_of(state), bead.tgt)
    return bead.src.of(ws.text(bitext.src_id).content).strip(), english


def _change(
    state: State, content: str, one: Correction, groups: tuple[frozenset[str], ...]
) -> ChangeView:
    said = state.get("annotations", one.id) or {}
    return ChangeView(
        one,
        tuple(word_diff(one.span.of(content), one.wording)),
        state.touched["wordings" if one.edited else "annotations", one.id],
        str(said.get("note", "")),
        str(said.get("category", "")),
        next((n for n, group in enumerate(groups, 1) if one.id in group), 0),
    )


def _orphans(state: State) -> tuple[Orphan, ...]:
    beads = rows(state).beads
    starts = [bead.tgt.start for bead in beads]
    return tuple(
        Orphan(
            id_,
            value["of"],
            value["value"],
            value["words"],
            value["before"],
            value["after"],
            value["now"],
            beads[max(0, bisect_right(starts, value["place"]) - 1)].id,
            state.touched[ORPHANS, id_],
        )
        for id_, value in sorted(state.collection(ORPHANS).items(), key=lambda i: i[1]["place"])
    )


def _corrects(ws: Workspace, bitext: Bitext) -> str:
    """The bitext with the text that the English of another one corrects; "" for none."""
    entries = ws.catalogue.entries()
    entry = entries.get(bitext.tgt_id)
    if entry is None or not entry.corrects:
        return ""
    with ws.db.read() as session:
        known = repository.bitexts(session)
    pair = (bitext.src_id, entry.corrects)
    return next((one.id for one in known if (one.src_id, one.tgt_id) == pair), "")


def _since(ws: Workspace, old: str, new: str) -> tuple[Difference, ...]:
    """Where the English of two versions differs, sentence by sentence, whatever their rows."""
    states = [ws.state(old), ws.state(new)]
    if not all(state.collection("beads") for state in states):
        return ()
    contents = [ws.text(ws.bitext(name).tgt_id).content for name in (old, new)]
    sentences = [segmentation(state, "tgt").sentences for state in states]
    words = [
        [span.of(content).strip() for span in spans]
        for spans, content in zip(sentences, contents, strict=True)
    ]
    src = ws.text(ws.bitext(new).src_id).content
    found = []
    for tag, *bounds in SequenceMatcher(None, words[0], words[1], autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        runs = [
            characters(Span(a, b), [span.stop for span in spans])
            for a, b, spans in zip(bounds[::2], bounds[1::2], sentences, strict=True)
        ]
        before, after = (
            run.of(content).strip() for run, content in zip(runs, contents, strict=True)
        )
        beads = _beads_at(states[1], runs[1])
        chinese = Span(beads[0].src.start, beads[-1].src.stop).of(src).strip()
        found.append(Difference(beads[0].id, chinese, tuple(word_diff(before, after))))
    return tuple(found)


def _beads_at(state: State, run: Span) -> list[ReviewBead]:
    """The rows of some English words; of none, the row where they would stand."""
    beads = rows(state).beads
    here = [bead for bead in beads if bead.tgt.overlaps(run)]
    return here or [[bead for bead in beads if bead.tgt.start <= run.start][-1]]


def make_version(ws: Workspace, bitext_id: str, author: str) -> Bitext:
    """Make a new version of the English with the corrections that are used, and align it.

    The old version stays as it is. What was said about words that are the same in both is
    carried over, rows that a person confirmed among it; what has no place there is kept with the
    new version as an orphan. Aligning and checking it is queued as a job.

    Raises:
        UsageError: nothing is corrected, or two corrections want the same words.
    """
    bitext = ws.bitext(bitext_id)
    if bitext.session_id:
        raise UsageError(
            "This is one reviewer's copy; the new version is made of the bitext, once the session "
            "is closed and its record is made."
        )
    text = ws.text(bitext.tgt_id)
    with ws.db.read() as session:
        state = ws.state(bitext_id, session)
        flags = stored_flags(session, bitext_id)
    found = corrections_of(state)
    if clashes(found):
        raise UsageError("Two corrections want the same words; leave one of them out first.")
    pieces = stretches(text.content, found)
    content = corrected(pieces)
    if content == text.content:
        raise UsageError("Nothing is corrected; suggest a wording or edit the English of a row.")
    made = _store(ws, bitext, content)
    if ws.state(made.id).seq:
        return made  # the very same corrections were made before
    carrier = Carrier(state, text.content, pieces, segment(content, text.lang), flags, now())
    carried = carrier.carry()
    src = ws.text(made.src_id)
    tgt = ws.text(made.tgt_id)
    header = Header(
        made.id, made.title, (src.id, src.sha256, src.lang), (tgt.id, tgt.sha256, tgt.lang)
    )
    file = Portable(header, carried.values, carried.touched, {})
    with ws.db.write() as session:
        for operation in file.operations():
            repository.append(session, made.id, operation)
    ws.save_portable(made.id)
    jobs.enqueue(ws, jobs.ALIGN, made.id, force=True, author=author)
    return made


def _store(ws: Workspace, bitext: Bitext, content: str) -> Bitext:
    """Keep the corrected text as a text of its own, paired with the same original."""
    old = ws.catalogue.entry(bitext.tgt_id)
    if library.is_blank(content):
        raise UsageError("The corrected text would be empty; leave some of the corrections out.")
    data = content.encode("utf-8")
    known = ws.catalogue.by_hash(library.digest(data))
    draft = Draft(
        content, data, "utf-8", (), old.title, old.lang, 1.0, segment(content, old.lang), known
    )
    entry = library.store_text(
        ws, draft, id=old.id, title=old.title, date=old.date, source=old.source,
        licence=old.licence, corrects=old.id,
    )  # fmt: skip
    return library.pair_texts(ws, bitext.src_id, entry.id, title=bitext.title, id=bitext.id)

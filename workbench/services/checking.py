"""Running the detectors over a bitext and keeping what they found."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from workbench.domain.beads import ReviewBead, Rows
from workbench.domain.moves import Move, moves_of
from workbench.domain.reading import rows, segmentation
from workbench.domain.review import AlignedTexts, Flag, Row, fingerprint
from workbench.domain.review import StoredFlag as StoredFlag
from workbench.domain.text import Role, Segmentation, Span, Text
from workbench.progress import Progress, silent
from workbench.services.patterns import workspace_patterns
from workbench.services.term_lists import workspace_terms
from workbench.services.workspace import Workspace
from workbench.storage import repository

_COMPARED = 3000  # rows of other bitexts; more would take too long to read at each check


def stored_flags(session: Session, bitext_id: str) -> list[StoredFlag]:
    """The flags of the last check, in order."""
    return [StoredFlag.from_json(body) for body in repository.flags(session, bitext_id)]


def check_bitext(ws: Workspace, bitext_id: str, progress: Progress = silent) -> list[StoredFlag]:
    """Check a bitext as it stands now and keep the flags.

    Raises:
        UnknownName: no such bitext.
        UsageError: it is not aligned yet.
        BadInput: the workspace's terms or patterns can't be read.
        Stopped: the user stopped it; the flags of the last check stay.
    """
    from workbench.detect import Context, check
    from workbench.services.encoding import workspace_encoder, workspace_linker

    bitext = ws.bitext(bitext_id)
    state = ws.state(bitext_id)
    texts = together(aligned_texts(ws, bitext_id), list(moves_of(state).values()))
    terms, patterns = workspace_terms(ws), workspace_patterns(ws)
    with workspace_encoder(ws) as encoder, workspace_linker(ws) as links:
        others = _other_texts(ws, bitext_id)
        context = Context(terms, encoder, links, others=others, patterns=patterns)
        flags = check(texts, context, progress=progress)
        signature = f"encoder:{encoder.signature}"
    placed = place(flags, texts)
    with ws.db.write() as session:
        repository.replace_flags(session, bitext.id, [flag.to_json() for flag in placed])
        repository.update_bitext(
            session, bitext.id, checked_seq=state.seq, check_signature=signature
        )
    return placed


def together(texts: AlignedTexts, moves: Sequence[Move]) -> AlignedTexts:
    """The same with passages that were moved beside what translates them, as one row."""
    wanted = {move.src.start: move.tgt.start for move in moves}
    alone = {row.tgt_start: row for row in texts.rows if row.tgt and not row.src}
    found: list[Row] = []
    taken: set[str] = set()
    for row in texts.rows:
        there = alone.get(wanted.get(row.src_start, -1)) if row.src and not row.tgt else None
        if there:
            taken.add(there.id)
            row = replace(
                row,
                tgt=there.tgt,
                tgt_start=there.tgt_start,
                tgt_role=there.tgt_role,
                tgt_sentences=there.tgt_sentences,
                tgt_dateline=there.tgt_dateline,
                probability=None,
            )
        found.append(row)
    return replace(texts, rows=tuple(row for row in found if row.id not in taken))


def _other_texts(ws: Workspace, bitext_id: str) -> tuple[AlignedTexts, ...]:
    """The workspace's bitexts of other sources that have been checked, up to a number of rows."""
    found: list[AlignedTexts] = []
    left, own = _COMPARED, ws.bitext(bitext_id).src_id
    with ws.db.read() as session:
        bitexts = repository.bitexts(session)
    for bitext in bitexts:
        if bitext.src_id != own and bitext.checked_seq and left > 0:
            found.append(aligned_texts(ws, bitext.id))
            left -= len(found[-1].rows)
    return tuple(found)


def aligned_texts(
    ws: Workspace, bitext_id: str, only: Collection[str] | None = None
) -> AlignedTexts:
    """A bitext as the detectors see it. only: ids of rows; all when None."""
    bitext = ws.bitext(bitext_id)
    state = ws.state(bitext_id)
    src, tgt = ws.text(bitext.src_id), ws.text(bitext.tgt_id)
    divisions = (segmentation(state, "src"), segmentation(state, "tgt"))
    current = rows(state)
    return AlignedTexts(
        tuple(
            _row(bead, current, (src, tgt), divisions)
            for bead in current.beads
            if only is None or bead.id in only
        ),
        src.lang,
        tgt.lang,
    )


def _row(
    bead: ReviewBead,
    current: Rows,
    texts: tuple[Text, Text],
    divisions: tuple[Segmentation, Segmentation],
) -> Row:
    return make_row(
        bead.id,
        row_side(bead.src, current.sentences(bead, "src"), texts[0].content, divisions[0]),
        row_side(bead.tgt, current.sentences(bead, "tgt"), texts[1].content, divisions[1]),
        1.0 if bead.confirmed else bead.probability,
    )


@dataclass(frozen=True, slots=True)
class RowSide:
    """One side of a row before the two are joined."""

    words: str
    start: int
    role: Role
    sentences: tuple[Span, ...]
    dateline: int


def make_row(id: str, src: RowSide, tgt: RowSide, probability: float | None) -> Row:  # noqa: A002
    """A row as the detectors see it, from its two sides; probability: of the pairing."""
    return Row(
        id,
        src.words,
        tgt.words,
        src.start,
        tgt.start,
        src.role,
        tgt.role,
        src.sentences,
        tgt.sentences,
        src.dateline,
        tgt.dateline,
        probability,
    )


def row_side(
    span: Span, sentences: tuple[Span, ...], content: str, division: Segmentation
) -> RowSide:
    """One side of a row: its words without trailing white space, and what is known of them."""
    if not len(span):
        return RowSide("", span.start, Role.BODY, (), 0)
    words = span.of(content).rstrip()
    paragraphs = zip(division.paragraphs, division.roles, strict=True)
    role = next(role for paragraph, role in paragraphs if span.start in paragraph)
    dateline = next((len(d) for d in division.datelines if d.start == span.start), 0)
    shifted = tuple(sentence.shift(-span.start) for sentence in sentences)
    return RowSide(words, span.start, role, shifted, dateline)


def place(flags: list[Flag], texts: AlignedTexts) -> list[StoredFlag]:
    """Give flags their place in the whole texts, and their fingerprints."""
    by_id = {row.id: row for row in texts.rows}
    seen: Counter[tuple[str, ...]] = Counter()
    placed = []
    for flag in flags:
        row = by_id[flag.row]
        src_words = flag.src.of(row.src) if flag.src else ""
        tgt_words = flag.tgt.of(row.tgt) if flag.tgt else ""
        key = (flag.detector, flag.category, src_words, tgt_words)
        placed.append(
            StoredFlag(
                fingerprint(flag, src_words, tgt_words, seen[key]),
                flag.detector,
                flag.category,
                flag.severity,
                flag.src.shift(row.src_start) if flag.src else None,
                flag.tgt.shift(row.tgt_start) if flag.tgt else None,
                (row.src_start, row.tgt_start),
                src_words,
                tgt_words,
                flag.evidence,
                flag.evidence_zh,
                round(flag.confidence, 3),
                flag.detectors,
                flag.suggestion,
            )
        )
        seen[key] += 1
    return placed

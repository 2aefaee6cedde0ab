"""Errors that somebody marked in a table, brought into the bitext they are about."""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from workbench.domain.beads import ReviewBead
from workbench.domain.notes import NOTE_LIMIT, Annotation
from workbench.domain.operations import IMPORT, WORKBENCH, Change, Operation, new_id
from workbench.domain.reading import rows
from workbench.domain.review import AnnotationKind, Severity
from workbench.domain.text import Span
from workbench.errors import BadInput
from workbench.exchange.decoding import decode
from workbench.exchange.incoming.mqm import MqmLine, read_mqm
from workbench.exchange.mqm import NO_ERROR, category_of
from workbench.services.store import now
from workbench.services.workspace import Workspace
from workbench.storage import repository

_IDS = uuid.UUID("c3a1d6a5-2a0e-4a55-9f0e-0c5c9d0b7a11")  # for lines that have no id


@dataclass(slots=True)
class MqmFindings:
    """What a table holds for a bitext.

    lines: of the table. placed: errors that have their row. known: those that are there already.
    without_error: lines that say there is none. remarks: a sentence each, with how often.
    skipped: why a line has no place, with how often.
    """

    lines: int = 0
    placed: int = 0
    known: int = 0
    without_error: int = 0
    remarks: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    bead: ReviewBead
    src: str
    tgt: str


def import_mqm(ws: Workspace, bitext_id: str, path: Path, *, dry_run: bool = False) -> MqmFindings:
    """Add the errors of a table to a bitext as annotations, each in its rater's name.

    Rows are found by their words, whatever the white space.

    Raises:
        BadInput: no such table, damaged, or none of its lines is about this bitext.
        UsageError: the bitext is not aligned yet.
    """
    try:
        lines = list(read_mqm(decode(path.read_bytes()).content))
    except BadInput as error:
        raise BadInput(f"{path.name}: {error}") from None
    findings = MqmFindings(lines=len(lines))
    places = _Places(ws, bitext_id)
    there = ws.state(bitext_id).collection("annotations")
    found = list(_errors(lines, places, findings, set(there)))
    if lines and findings.skipped.total() == len(lines):
        raise BadInput(f"{path.name}: none of its lines has the words of a row of {bitext_id}.")
    if found and not dry_run:
        with ws.db.write() as session:
            for operation in _operations(found):
                repository.append(session, bitext_id, operation)
        ws.save_portable(bitext_id)
    return findings


def _errors(
    lines: Iterable[MqmLine], places: "_Places", findings: MqmFindings, there: set[str]
) -> Iterator[tuple[str, Annotation, MqmLine]]:
    for line in lines:
        row = places.row(line)
        if row is None:
            findings.skipped["A line whose words are those of no row."] += 1
        elif NO_ERROR.lower() in (line.category.lower(), line.severity):
            findings.without_error += 1
        else:
            annotation = _annotation(line, row, findings)
            key = f"{row.bead.src.start} {annotation} {line.rater}"
            id_ = line.id or str(uuid.uuid5(_IDS, key))
            if id_ in there:
                findings.known += 1
                continue
            there.add(id_)
            findings.placed += 1
            yield id_, annotation, line


def _annotation(line: MqmLine, row: _Row, findings: MqmFindings) -> Annotation:
    category, exactly = category_of(line.category)
    if not exactly:
        findings.remarks[f"The category “{line.category}” is taken as {category}."] += 1
    known = {str(severity) for severity in Severity}
    if line.severity not in known:
        findings.remarks[f"The severity “{line.severity}” is taken as minor."] += 1
    severity = Severity(line.severity) if line.severity in known else Severity.MINOR
    src = _placed(line.source, line.src, row.src, row.bead.src)
    tgt = _placed(line.target, line.tgt, row.tgt, row.bead.tgt)
    if src is None and tgt is None:
        side = row.bead.tgt if len(row.bead.tgt) else row.bead.src
        src, tgt = (None, side) if len(row.bead.tgt) else (side, None)
        findings.remarks["An error without marked words is put on the whole row."] += 1
    return Annotation(
        AnnotationKind.ERROR,
        src,
        tgt,
        line.note[:NOTE_LIMIT],
        category,
        severity,
        line.wording[:NOTE_LIMIT],
        line.flag,
    )


def _placed(cell: str, marked: Span | None, words: str, place: Span) -> Span | None:
    """Marked words of a cell, in the whole text; white space may differ between the two."""
    if marked is None:
        return None
    before = len(_folded(cell[: marked.start]))
    size = len(_folded(marked.of(cell)))
    solid = [at for at, char in enumerate(words) if not char.isspace()]
    if not size or before + size > len(solid):
        return None
    return Span(solid[before], solid[before + size - 1] + 1).shift(place.start)


def _folded(text: str) -> str:
    return "".join(text.split())


class _Places:
    """Finds the row that a line is about."""

    def __init__(self, ws: Workspace, bitext_id: str) -> None:
        bitext = ws.bitext(bitext_id)
        src, tgt = ws.text(bitext.src_id).content, ws.text(bitext.tgt_id).content
        self._by_words: dict[tuple[str, str], list[_Row]] = {}
        for number, bead in enumerate(rows(ws.state(bitext_id)).beads, 1):
            row = _Row(number, bead, bead.src.of(src), bead.tgt.of(tgt))
            self._by_words.setdefault((_folded(row.src), _folded(row.tgt)), []).append(row)

    def row(self, line: MqmLine) -> _Row | None:
        """The row with these words; of several that with the number of the segment."""
        found = self._by_words.get((_folded(line.source), _folded(line.target)), [])
        numbered = [row for row in found if str(row.number) == line.segment]
        return next(iter(numbered or found), None)


def _operations(found: Iterable[tuple[str, Annotation, MqmLine]]) -> Iterator[Operation]:
    moment = now()
    groups: dict[tuple[str, str], list[Change]] = {}
    for id_, annotation, line in found:
        author = line.rater if line.rater and line.rater != WORKBENCH else "import"
        change = Change("annotations", id_, None, annotation.to_json())
        groups.setdefault((line.made_at or moment, author), []).append(change)
    for (made_at, author), changes in sorted(groups.items(), key=lambda group: group[0]):
        yield Operation(new_id(), IMPORT, author, made_at, tuple(changes))

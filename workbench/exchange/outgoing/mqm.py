"""Errors as a table of the kind that the WMT evaluations publish: one line an error."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from workbench.domain.beads import Side
from workbench.domain.review import AnnotationKind
from workbench.domain.text import Span
from workbench.exchange.fields import side_of
from workbench.exchange.mqm import COLUMNS, NO_ERROR, START, STOP, shown
from workbench.exchange.outgoing import ExportFormat, ExportOptions, ExportReport
from workbench.exchange.outgoing.bundle import report_of_rows
from workbench.exchange.outgoing.units import words_of
from workbench.exchange.whole import NoteEntry, WholeBitext, WholeRow

_BREAKS = str.maketrans(dict.fromkeys("\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " "))


def write(stream: BinaryIO, bitext: WholeBitext, _: ExportOptions) -> ExportReport:
    """MQM errors as a table of the WMT evaluations' kind, for scorers and statistics."""
    report = report_of_rows(bitext)
    report.lost["confirmations"] = 0  # a confirmed row without an error is a line of its own
    errors = 0
    report.units = 0
    stream.write(("\t".join(COLUMNS) + "\n").encode())
    for row in bitext.rows:
        for cells in _lines(bitext, row):
            stream.write(("\t".join(cells) + "\n").encode())
            report.units += 1
        errors += sum(note.annotation.kind is AnnotationKind.ERROR for note in row.notes)
    report.lost["notes"] -= errors
    return report.tidy()


MQM = ExportFormat(write, ".mqm.tsv", "text/tab-separated-values")


def _lines(bitext: WholeBitext, row: WholeRow) -> Iterator[list[str]]:
    errors = [n for n in row.notes if n.annotation.kind is AnnotationKind.ERROR]
    place = [bitext.tgt.id, bitext.id, bitext.id, str(row.number)]
    for note in errors:
        cells, spans = [], {}
        for side, name in (("src", "source_spans"), ("tgt", "target_spans")):
            words, span = _marked(bitext, row, "src" if side == "src" else "tgt", note)
            cells.append(words)
            if span:
                spans[name] = [[span.start, span.stop]]
        said = note.annotation
        kind = [shown(said.category), str(said.severity).capitalize()]
        yield [*place, note.made.author, *cells, *kind, _metadata(note, spans)]
    if row.is_pair and row.bead.confirmed and not errors:
        cells = [_marked(bitext, row, "src", None)[0], _marked(bitext, row, "tgt", None)[0]]
        yield [*place, row.made.author, *cells, NO_ERROR, NO_ERROR.lower(), "{}"]


def _marked(
    bitext: WholeBitext, row: WholeRow, side: Side, note: NoteEntry | None
) -> tuple[str, Span | None]:
    """The words of one side with a mark around those in question, and where these are."""
    words = words_of(bitext, side, side_of(row, side))
    text = words.text.translate(_BREAKS)
    span = (note.annotation.src if side == "src" else note.annotation.tgt) if note else None
    if span is None:
        return text, None
    start = min(max(span.start - words.start, 0), len(text))
    stop = min(max(span.stop - words.start, start), len(text))
    marked = f"{text[:start]}{START}{text[start:stop]}{STOP}{text[stop:]}"
    return marked, Span(start, stop)


def _metadata(note: NoteEntry, spans: dict[str, list[list[int]]]) -> str:
    """What the other columns have no place for; spans count characters of the cells."""
    said = note.annotation
    known = {"id": note.id, "made_at": note.made.made_at, **spans}
    more = {"note": said.note, "wording": said.wording, "flag": said.flag}
    return json.dumps(known | {k: v for k, v in more.items() if v})

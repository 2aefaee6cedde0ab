"""Formats of several files: two divided texts and the links between them, in one archive."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

from lxml import etree

from workbench.domain.alignment import Bead
from workbench.domain.beads import Side, in_sentences
from workbench.domain.text import Span
from workbench.exchange.alignments import line_formats
from workbench.exchange.legal import Sieve
from workbench.exchange.outgoing import ExportFormat, ExportOptions, ExportReport
from workbench.exchange.outgoing.units import SIDES
from workbench.exchange.whole import WholeBitext, starting_in

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that an archive can name
_UNIX = 3


def write_vecalign(stream: BinaryIO, bitext: WholeBitext, _: ExportOptions) -> ExportReport:
    """Vecalign's lists, with both texts, one sentence a line."""
    _write(stream, [*_texts(bitext), (f"{bitext.id}.align", _lines(bitext, "vecalign"))])
    return report_of_rows(bitext)


def write_hunalign(stream: BinaryIO, bitext: WholeBitext, _: ExportOptions) -> ExportReport:
    """Hunalign's ladder, with both texts, one sentence a line."""
    _write(stream, [*_texts(bitext), (f"{bitext.id}.ladder", _lines(bitext, "ladder"))])
    return report_of_rows(bitext)


def write_intertext(stream: BinaryIO, bitext: WholeBitext, _: ExportOptions) -> ExportReport:
    """InterText XML: two documents of numbered sentences, and the links between them."""
    sieve = Sieve()
    names = {side: f"{bitext.id}.{bitext.text(side).lang[:2]}.xml" for side in SIDES}
    files = [(names[side], _document(bitext, side, sieve)) for side in SIDES]
    both = ".".join(bitext.text(side).lang[:2] for side in SIDES)
    files.append((f"{bitext.id}.{both}.xml", _links(bitext, names)))
    _write(stream, files)
    report = report_of_rows(bitext)
    report.lost["confirmations"] = 0  # a confirmed link has the status “man”
    report.removed = sieve.removed
    return report.tidy()


_MEDIA = "application/zip"
VECALIGN = ExportFormat(write_vecalign, ".zip", _MEDIA)
HUNALIGN = ExportFormat(write_hunalign, ".zip", _MEDIA)
INTERTEXT = ExportFormat(write_intertext, ".zip", _MEDIA)


def report_of_rows(bitext: WholeBitext) -> ExportReport:
    """The report of a format that holds all rows and nothing of what hangs on them."""
    report = ExportReport(units=len(bitext.rows))
    report.lost["flags"] = sum(len(row.flags) for row in bitext.rows)
    report.lost["notes"] = sum(len(row.notes) for row in bitext.rows)
    report.lost["decisions"] = len(bitext.decisions)
    report.lost["confirmations"] = sum(row.bead.confirmed for row in bitext.rows)
    report.lost["tags"] = len(bitext.src.tags) + len(bitext.tgt.tags)
    return report.tidy()


def _write(stream: BinaryIO, files: Iterable[tuple[str, bytes]]) -> None:
    """An archive with the same bytes on any machine: not packed, without times."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)


def _texts(bitext: WholeBitext) -> Iterator[tuple[str, bytes]]:
    for side in SIDES:
        text = bitext.text(side)
        lines = (_one_line(span.of(text.content)) for span in text.division.sentences)
        yield f"{bitext.id}.{text.lang[:2]}", "".join(f"{line}\n" for line in lines).encode()


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _lines(bitext: WholeBitext, form: str) -> bytes:
    return "".join(f"{line}\n" for line in line_formats.get(form)(_beads(bitext))).encode()


def _beads(bitext: WholeBitext) -> Sequence[Bead]:
    """The rows in numbers of sentences."""
    ends = [[span.stop for span in bitext.text(side).division.sentences] for side in SIDES]
    return [
        Bead(
            in_sentences(row.bead.src, ends[0]),
            in_sentences(row.bead.tgt, ends[1]),
            row.bead.probability,
        )
        for row in bitext.rows
    ]


def _document(bitext: WholeBitext, side: Side, sieve: Sieve) -> bytes:
    text = bitext.text(side)
    root = etree.Element("text")
    root.text = "\n"
    for number, paragraph in enumerate(text.division.paragraphs, 1):
        element = etree.SubElement(root, "p", id=str(number))
        element.text = element.tail = "\n"
        for place, sentence in enumerate(starting_in(text.division.sentences, paragraph), 1):
            words = etree.SubElement(element, "s", id=f"{number}:{place}")
            words.text = sieve.text(_one_line(sentence.of(text.content)))
            words.tail = "\n"
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _links(bitext: WholeBitext, names: dict[Side, str]) -> bytes:
    """The links; `xtargets` names the sentences of the document linked to first."""
    ids = {side: list(_ids(bitext, side)) for side in SIDES}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<linkGrp toDoc={quoteattr(names['tgt'])} fromDoc={quoteattr(names['src'])}>",
    ]
    for row, bead in zip(bitext.rows, _beads(bitext), strict=True):
        src, tgt = ids["src"][_slice(bead.src)], ids["tgt"][_slice(bead.tgt)]
        status = "man" if row.bead.confirmed else "auto"
        lines.append(
            f'<link type="{len(tgt)}-{len(src)}" '
            f'xtargets="{" ".join(tgt)};{" ".join(src)}" status="{status}"/>'
        )
    return "\n".join([*lines, "</linkGrp>", ""]).encode()


def _ids(bitext: WholeBitext, side: Side) -> Iterator[str]:
    division = bitext.text(side).division
    for number, paragraph in enumerate(division.paragraphs, 1):
        for place, _ in enumerate(starting_in(division.sentences, paragraph), 1):
            yield f"{number}:{place}"


def _slice(run: Span) -> slice:
    return slice(run.start, run.stop)

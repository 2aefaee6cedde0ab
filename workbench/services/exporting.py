"""Taking an alignment home, in the format of another tool."""

from dataclasses import dataclass
from itertools import islice
from tempfile import TemporaryFile
from typing import BinaryIO

from workbench.exchange.outgoing import ExportOptions, ExportReport, export_formats
from workbench.exchange.outgoing.units import select
from workbench.exchange.whole import WholeBitext
from workbench.services.whole import whole_bitext
from workbench.services.workspace import Workspace

_SHOWN = 5  # units of a preview


@dataclass(frozen=True, slots=True)
class Preview:
    """What an export would give: its first pairs, its report, and the size of the file in bytes."""

    pairs: tuple[tuple[str, str], ...]
    report: ExportReport
    size: int


def export(
    ws: Workspace, bitext_id: str, stream: BinaryIO, options: ExportOptions, form: str = "tmx"
) -> ExportReport:
    """Write a bitext in one of the export formats.

    Should it raise, what is in `stream` is half a file.

    Raises:
        UnknownName: no such bitext, or no such format.
        UsageError: it is not aligned yet, or the format does not heed an option.
    """
    return _write(whole_bitext(ws, bitext_id), stream, options, form)


def preview(ws: Workspace, bitext_id: str, options: ExportOptions, form: str = "tmx") -> Preview:
    """What an export would give. Raises as `export` does."""
    whole = whole_bitext(ws, bitext_id)
    with TemporaryFile() as stream:
        report = _write(whole, stream, options, form)
        size = stream.tell()
    return Preview(_first_pairs(whole, options, form), report, size)


def _write(whole: WholeBitext, stream: BinaryIO, options: ExportOptions, form: str) -> ExportReport:
    format_ = export_formats.get(form)
    format_.check(form, options)
    return format_.write(stream, whole, options)


def _first_pairs(
    whole: WholeBitext, options: ExportOptions, form: str
) -> tuple[tuple[str, str], ...]:
    """The first units of a memory, or the first rows of a format that holds all of them."""
    swap = -1 if options.direction == "en-zh" else 1
    if "with_errors" in export_formats.get(form).heeds:
        units = islice(select(whole, options, ExportReport()), _SHOWN)
        pairs = [(unit.src.text, unit.tgt.text) for unit in units]
    else:
        beads = [row.bead for row in whole.rows[:_SHOWN]]
        pairs = [
            (whole.words("src", bead.src).strip(), whole.words("tgt", bead.tgt).strip())
            for bead in beads
        ]
    return tuple((pair[::swap][0], pair[::swap][1]) for pair in pairs)

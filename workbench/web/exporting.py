"""The export dialog: what an export would hold, and the file itself."""

from tempfile import TemporaryFile
from typing import cast

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workbench.errors import UsageError
from workbench.exchange.outgoing import (
    DIRECTIONS,
    LEFT_OUT,
    LEVELS,
    LOST,
    Direction,
    ExportOptions,
    Level,
    export_formats,
)
from workbench.services import exporting
from workbench.web.layout import label, workspace

bp = Blueprint("exporting", __name__)


@bp.app_context_processor
def shared() -> dict[str, object]:
    """Give the templates what the dialog offers."""
    return {"export_dialog": dialog}


def formats() -> dict[str, tuple[str, str]]:
    """Name and description of every format, in the interface's language."""
    return {
        "tmx": (_("TMX, a translation memory"), _("For Trados, memoQ, Phrase, OmegaT and others.")),
        "xliff": (
            _("XLIFF 2.1, for CAT tools"),
            _("With states, notes and quality issues; everything comes back with an import."),
        ),
        "xliff1": (
            _("XLIFF 1.2, for older CAT tools"),
            _("The same, for tools that do not read version 2."),
        ),
        "jsonl": (
            _("JSON Lines, everything"),
            _("One record a line, for scripts and for keeping; can be imported again."),
        ),
        "mqm": (
            _("MQM errors, a table"),
            _("One line an error, as the WMT evaluations publish them; for scorers."),
        ),
        "intertext": (
            _("InterText XML, three files"),
            _("Two documents of numbered sentences and the links between them."),
        ),
        "vecalign": (
            _("Vecalign, three files"),
            _("Two texts, one sentence a line, and lists of the sentences that go together."),
        ),
        "hunalign": (
            _("Hunalign, three files"),
            _("Two texts, one sentence a line, and a ladder of where the pairs begin."),
        ),
        "xlsx": (
            _("Excel workbook"),
            _("Rows with the words in question in colour, flags, annotations, decisions."),
        ),
        "csv": (_("CSV table"), _("One line a row, for any spreadsheet.")),
        "docx": (
            _("Word document"),
            _("Both texts in a table; notes as comments, wordings as tracked changes."),
        ),
        "text": (
            _("Corrected text"),
            _("The English alone, with the corrections in their place."),
        ),
        "text-docx": (
            _("Corrected text in Word"),
            _("The same as a document, clean or with tracked changes."),
        ),
        "html": (_("Page for reading"), _("One file with flags and notes, for any browser.")),
        "packet": (
            _("Offline review packet"),
            _("A page in which somebody without the workbench comments; import what they save."),
        ),
        "pdf": (
            _("PDF for printing"),
            _("The page for reading on A4, printed by Chromium or Chrome."),
        ),
    }


def profiles() -> dict[str, str]:
    """What the profiles of the formats are for."""
    return {
        "generic": _("everything that TMX can hold"),
        "trados": _("fields as Trados reads them"),
        "clean": _("confirmed pairs, nothing but the text"),
        "plain": _("with the corrections made"),
        "tracked": _("with the corrections as tracked changes"),
    }


@bp.get("/b/<bitext_id>/export")
def preview(bitext_id: str) -> ResponseReturnValue:
    """What an export would hold: the first units, and what is left out and why."""
    ws = workspace()
    found = exporting.preview(ws, bitext_id, _options(), _format())
    bitext = ws.bitext(bitext_id)
    langs = [ws.text(id_).lang for id_ in (bitext.src_id, bitext.tgt_id)]
    if request.args.get("direction") == "en-zh":
        langs.reverse()
    return render_template(
        "export_preview.html",
        preview=found,
        langs=langs,
        left_out=[(label(LEFT_OUT, key), n) for key, n in found.report.left_out.items()],
        lost=[(label(LOST, key), n) for key, n in found.report.lost.items()],
    )


@bp.get("/b/<bitext_id>/export/file")
def download(bitext_id: str) -> ResponseReturnValue:
    """The file."""
    name, options = _format(), _options()
    format_ = export_formats.get(name)
    stream = TemporaryFile()  # noqa: SIM115  # closed by the answer that sends it
    try:
        exporting.export(workspace(), bitext_id, stream, options, name)
    except BaseException:
        stream.close()
        raise
    size = stream.tell()
    stream.seek(0)
    answer = send_file(
        stream,
        mimetype=format_.media_type,
        as_attachment=True,
        download_name=f"{bitext_id}{format_.ending}",
    )
    answer.content_length = size
    return answer


def _format() -> str:
    return request.args.get("format", "tmx")


def _options() -> ExportOptions:
    get = request.args.get
    return ExportOptions(
        get("profile", ""),
        cast(Level, _one_of("level", LEVELS)),
        cast(Direction, _one_of("direction", DIRECTIONS)),
        get("confirmed_only") == "1",
        get("with_errors") == "1",
        cast(Level, _one_of("many_as", LEVELS)),
    )


def _one_of(name: str, choices: tuple[str, ...]) -> str:
    value = request.args.get(name, choices[0])
    if value not in choices:
        raise UsageError(
            _(
                "%(name)s is %(value)s; choose from: %(choices)s.",
                name=name,
                value=value,
                choices=", ".join(choices),
            )
        )
    return value


def dialog() -> list[dict[str, object]]:
    """What the dialog offers: every format with its options."""
    names, dialects = formats(), profiles()
    return [
        {
            "name": name,
            "title": names[name][0],
            "about": names[name][1],
            "heeds": sorted(export_formats.get(name).heeds),
            "profiles": [(id_, dialects[id_]) for id_ in export_formats.get(name).profiles],
        }
        for name in export_formats
    ]

"""The report of a bitext as a file."""

import json
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import click

from workbench.cli.terminal import TerminalProgress, say
from workbench.services import library
from workbench.services.workspace import Workspace
from workbench.storage.files import write_atomic

FORMATS = ("html", "pdf", "docx", "xlsx", "json")


@click.command()
@click.argument("bitext")
@click.option("--format", "form", type=click.Choice(FORMATS), default="html", help="Default: html.")
@click.option(
    "--language",
    type=click.Choice(("en", "zh")),
    default="en",
    help="Language of the report (html, pdf, docx).",
)
@click.option(
    "--out", default="", help="File to write, - for stdout; default: BITEXT-report.FORMAT."
)
@click.pass_obj
def report(root: Path, bitext: str, form: str, language: str, out: str) -> None:
    """Write the report of a bitext: what was found, decided, chosen, and the score."""
    ws = Workspace(root)
    found = library.find_bitext(ws, bitext)
    progress = TerminalProgress()
    content = _WRITERS[form](ws, found.id, language, progress)
    progress.close()
    if out == "-":
        sys.stdout.buffer.write(content)
        return
    target = Path(out or f"{found.id}-report.{form}")
    write_atomic(target, content)
    say(f"The report is in {target}")


Writer = Callable[[Workspace, str, str, TerminalProgress], bytes]


def _html(ws: Workspace, bitext_id: str, language: str, _: TerminalProgress) -> bytes:
    from workbench.web import create_app
    from workbench.web.report import standalone

    locale = {"en": "en", "zh": "zh_Hans_CN"}[language]
    with create_app(ws).test_request_context():
        return standalone(ws, bitext_id, locale).encode("utf-8", "replace")


def _pdf(ws: Workspace, bitext_id: str, language: str, progress: TerminalProgress) -> bytes:
    from workbench.exchange.printing import to_pdf

    page = _html(ws, bitext_id, language, progress)
    return to_pdf(page.replace(b"<details>", b"<details open>"))  # paper can't be unfolded


def _json(ws: Workspace, bitext_id: str, _: str, progress: TerminalProgress) -> bytes:
    from workbench.report.tables import to_json
    from workbench.services.claims import bitext_claims
    from workbench.services.reporting import report as gather

    body = to_json(gather(ws, bitext_id, progress))
    body["claims"] = list(bitext_claims(ws, bitext_id).to_json())
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def _xlsx(ws: Workspace, bitext_id: str, _: str, progress: TerminalProgress) -> bytes:
    from workbench.report.files import write_xlsx
    from workbench.report.tables import tables
    from workbench.services.claims import bitext_claims
    from workbench.services.reporting import report as gather

    stream = BytesIO()
    claims = list(bitext_claims(ws, bitext_id).to_json())
    write_xlsx(stream, tables(gather(ws, bitext_id, progress), claims))
    return stream.getvalue()


def _docx(ws: Workspace, bitext_id: str, language: str, progress: TerminalProgress) -> bytes:
    from workbench.exchange.printing import pictures
    from workbench.report.memo import write_docx

    stream = BytesIO()
    html = _html(ws, bitext_id, language, progress).decode("utf-8")
    write_docx(stream, html, pictures(html))
    return stream.getvalue()


_WRITERS: dict[str, Writer] = {
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
    "json": _json,
}

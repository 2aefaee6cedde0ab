"""Making and showing a workspace."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from workbench import __version__
from workbench.cli.serving import PORT, run_server
from workbench.cli.terminal import TerminalProgress, print_json, say
from workbench.errors import BadInput, Conflict, UsageError, WorkbenchError
from workbench.services.typologies import typology_of, write_typology
from workbench.services.workspace import Workspace

SAMPLE = "lanting-visit"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make FOLDER a workspace: texts/, alignments/ and a database."""
    ws = Workspace.init(folder)
    write_typology(ws.root)
    say(f"{ws.root} is a workspace. Go on with: workbench -w {folder} serve")


@click.command()
@click.option("--port", type=int, default=None, help=f"Port of the page; default: {PORT}.")
@click.option("--serve/--no-serve", "serving", default=True, help="Serve the page at the end.")
@click.pass_obj
def demo(root: Path, port: int | None, serving: bool) -> None:
    """Import, align and check the sample, then serve the page."""
    from workbench.services import jobs, library
    from workbench.services.page import review_view

    ws = Workspace(root)
    if SAMPLE not in ws.catalogue.pairings():
        raise UsageError(
            "This workspace does not hold the sample; run the demo in the project's own folder."
        )
    say("Importing the sample…")
    bitext = library.find_bitext(ws, SAMPLE)
    progress = TerminalProgress()
    aligned = ws.state(bitext.id).collection("beads")  # by an earlier demo; people may have edited
    kind = jobs.CHECK if aligned else jobs.ALIGN
    job = jobs.run_and_wait(ws, jobs.enqueue(ws, kind, bitext.id), progress)
    progress.close()
    if job.status != "done":
        raise Conflict(job.message or "The sample could not be aligned.")
    summary = review_view(ws, bitext.id, "").summary
    say(
        f"{bitext.title}: {summary.rows} rows, {summary.unpaired} of them unpaired, "
        f"{summary.flags} flags."
    )
    if serving:
        run_server(ws, port)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def doctor(root: Path, as_json: bool) -> None:
    """Look whether everything the workbench needs is in order."""
    findings = [("workbench", True, __version__), ("python", True, sys.version.split()[0])]
    findings.append(_examine("encoder", _encoder))
    findings.append(_examine("word links", _word_encoder))
    findings.append(_examine("workspace", lambda: _workspace(root)))
    findings.append(_examine("typology", lambda: _typology(root)))
    if as_json:
        print_json([{"what": what, "ok": ok, "found": found} for what, ok, found in findings])
    else:
        for what, ok, found in findings:
            click.echo(f"{'✓' if ok else '✗'} {what}: {found}")
    if not all(ok for _, ok, _ in findings):
        raise SystemExit(3)


def _examine(what: str, look: Callable[[], str]) -> tuple[str, bool, str]:
    try:
        return what, True, look()
    except WorkbenchError as error:
        return what, False, str(error)


def _encoder() -> str:
    from workbench.encode import load_encoder
    from workbench.settings import Settings

    encoder = load_encoder(Settings.from_environment().encoder)
    return f"{encoder.signature}, {encoder.encode(['一', 'one']).shape[1]} dimensions"


def _word_encoder() -> str:
    from workbench.encode.e5 import E5Words

    encoder = E5Words()
    return f"{encoder.signature}, {encoder.words([['一']])[0].shape[1]} dimensions"


def _workspace(root: Path) -> str:
    ws = Workspace(root)
    if ws.differences:
        names = ", ".join(d.file for d in ws.differences.values())
        raise Conflict(
            f"{names} in alignments/ differ from the database; choose on the library page."
        )
    stored = [entry for entry in ws.catalogue.entries().values() if entry.file]
    for entry in stored:
        ws.text(entry.id)
    return f"{ws.root}, {len(stored)} texts in order"


def _typology(root: Path) -> str:
    names = typology_of(Workspace(root))
    if names.problem:
        raise BadInput(names.problem)
    found = names.typology
    return f"{len(found.errors)} kinds of error, {len(found.choices)} of choice"

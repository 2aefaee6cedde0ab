"""Making a new version of the English from its corrections."""

from pathlib import Path
from typing import Any

import click

from workbench.cli.terminal import print_json, say
from workbench.cli.texts import as_json_option
from workbench.cli.work import run_job
from workbench.services import correcting, jobs, library
from workbench.services.correcting import CorrectedView
from workbench.services.workspace import Workspace


@click.command()
@click.argument("bitext")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@as_json_option
@click.pass_obj
def correct(root: Path, bitext: str, dry_run: bool, as_json: bool) -> None:
    """Make a new version of the English of a bitext from what reviewers corrected."""
    ws = Workspace(root)
    found = library.find_bitext(ws, bitext)
    view = correcting.corrected_view(ws, found.id)
    if dry_run:
        if as_json:
            print_json([_json(row) for row in view.rows])
        else:
            for row in view.rows:
                click.echo(f"{row.number}\t{_line(row)}")
        _tell(view)
        return
    made = correcting.make_version(ws, found.id, "workbench")
    run_job(ws, jobs.ALIGN, made.id, force=True)
    after = correcting.corrected_view(ws, made.id)
    if as_json:
        orphans = [{"of": o.of, "words": o.words, "now": o.now} for o in after.orphans]
        print_json({"bitext": made.id, "text": made.tgt_id, "orphans": orphans})
    else:
        click.echo(made.id)
        say(f"{len(after.since)} passages differ from {found.id}; "
            f"{len(after.orphans)} notes and decisions had no place in it")  # fmt: skip


def _tell(view: CorrectedView) -> None:
    say(f"{view.used} corrections in {len(view.rows)} rows")
    if view.clashing:
        say(f"{view.clashing} times two of them want the same words; leave one of each out")


def _line(row: correcting.RowChanges) -> str:
    """The English of a row, what goes in [-brackets-] and what comes in {+braces+}."""
    marks = {"same": "{}", "old": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(
        marks[piece.kind].format(" ".join(piece.text.split("\n"))) for piece in row.pieces
    )


def _json(row: correcting.RowChanges) -> dict[str, Any]:
    return {
        "row": row.row,
        "number": row.number,
        "src": row.src,
        "pieces": [[piece.kind, piece.text] for piece in row.pieces],
        "corrections": [
            {
                "id": change.correction.id,
                "tgt": [change.correction.span.start, change.correction.span.stop],
                "wording": change.correction.wording,
                "used": change.correction.used,
                "by": change.touch.author,
                "clash": change.clash,
            }
            for change in row.changes
        ],
    }

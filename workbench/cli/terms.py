"""The terms that a workspace goes by: looking at them, bringing in lists, taking them out."""

import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryFile

import click

from workbench.cli.terminal import print_json, print_table, say
from workbench.cli.texts import FILE, as_json_option
from workbench.exchange.outgoing.terms import term_formats
from workbench.services.term_import import TermPreview
from workbench.services.workspace import Workspace
from workbench.storage.files import atomic

own_option = click.option("--own", is_flag=True, help="Without the terms that come with Workbench.")


@click.group()
def terms() -> None:
    """Term lists: look at them, import and export them."""


@terms.command("list")
@own_option
@as_json_option
@click.pass_obj
def list_(root: Path, own: bool, as_json: bool) -> None:
    """List the terms that the checks go by."""
    from workbench.services.term_lists import own_terms, workspace_terms

    ws = Workspace(root)
    found = own_terms(ws) if own else workspace_terms(ws).entries
    if as_json:
        print_json([asdict(term) for term in found])
        return
    lines = [(t.src, t.preferred, " | ".join(t.deprecated), t.confidence) for t in found]
    print_table(("Chinese", "preferred", "deprecated", "confidence"), lines)


@terms.command("import")
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Let the file's renderings replace those there are.")
@click.option("--dry-run", is_flag=True, help="Show what would change and store nothing.")
@as_json_option
@click.pass_obj
def import_(root: Path, file: Path, replace: bool, dry_run: bool, as_json: bool) -> None:
    """Bring a term list (CSV, Excel, TBX) into texts/terms.csv."""
    from workbench.services import term_import

    work = term_import.preview_terms if dry_run else term_import.import_terms
    preview = work(Workspace(root), file, replace_known=replace)
    if as_json:
        print_json(_as_json(file, preview, stored=not dry_run))
        return
    _tell(file, preview)


@terms.command("export")
@click.option(
    "--format", "form", type=click.Choice(tuple(term_formats)), default="csv", help="File format."
)
@own_option
@click.option("--out", default="", help="File to write, - for stdout; default: terms and ending.")
@as_json_option
@click.pass_obj
def export(root: Path, form: str, own: bool, out: str, as_json: bool) -> None:
    """Write the terms as CSV or TBX."""
    from workbench.services.term_import import export_terms

    ws = Workspace(root)
    piped = out == "-"
    target = Path(out or f"terms.{form}")
    with TemporaryFile() if piped else atomic(target) as stream:
        count, removed = export_terms(ws, stream, form, own=own)
        if piped:
            stream.seek(0)
            shutil.copyfileobj(stream, sys.stdout.buffer)
    if as_json:
        told = {"file": "" if piped else str(target), "terms": count, "removed": removed}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2), err=piped)
    else:
        say(f"{count} terms" + ("" if piped else f" in {target}"))


def _as_json(file: Path, preview: TermPreview, *, stored: bool) -> dict[str, object]:
    return {
        "file": str(file),
        "stored": stored,
        "added": [asdict(change.after) for change in preview.added],
        "changed": [asdict(change) for change in preview.changed],
        "same": preview.same,
        "remarks": dict(preview.findings.remarks),
        "skipped": dict(preview.findings.skipped),
    }


def _tell(file: Path, preview: TermPreview) -> None:
    say(
        f"{file}: {len(preview.findings.terms)} terms; {len(preview.added)} new, "
        f"{len(preview.changed)} changed, {preview.same} as they are here"
    )
    for group in (preview.findings.remarks, preview.findings.skipped):
        for sentence, count in group.items():
            say(f"  {sentence}{f' ({count} times)' if count > 1 else ''}")
    lines = [
        (
            change.after.src,
            change.before.preferred if change.before else "",
            " | ".join((change.after.preferred, *change.after.admitted)),
        )
        for change in (*preview.changed, *preview.added)
    ]
    if lines:
        print_table(("Chinese", "before", "after"), lines)

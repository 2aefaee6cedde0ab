"""Exporting a bitext of the workspace."""

import json
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import cast

import click

from workbench.cli.terminal import say
from workbench.cli.texts import as_json_option
from workbench.exchange.outgoing import (
    DIRECTIONS,
    LEFT_OUT,
    LEVELS,
    LOST,
    Direction,
    ExportOptions,
    ExportReport,
    Level,
    export_formats,
)
from workbench.services import exporting, library
from workbench.services.workspace import Workspace
from workbench.storage.files import atomic


@click.command()
@click.argument("bitext")
@click.option(
    "--format", "form", type=click.Choice(tuple(export_formats)), default="tmx", help="File format."
)
@click.option(
    "--profile", default="", help="Dialect of the format; for tmx: generic, trados, clean."
)
@click.option("--level", type=click.Choice(LEVELS), default="sentence", help="One unit for each.")
@click.option(
    "--many-as",
    type=click.Choice(LEVELS),
    default="sentence",
    help="What a row of several sentences is called in a file of sentences.",
)
@click.option(
    "--direction", type=click.Choice(DIRECTIONS), default="zh-en", help="Which language is first."
)
@click.option("--confirmed", is_flag=True, help="Only pairs that a person confirmed.")
@click.option(
    "--with-errors",
    is_flag=True,
    help="Also pairs with a major error that is neither dismissed nor corrected.",
)
@click.option(
    "--out",
    default="",
    help="File or folder to write to, - for stdout; default: BITEXT and its ending here.",
)
@as_json_option
@click.pass_obj
def export(
    root: Path,
    bitext: str,
    form: str,
    profile: str,
    level: str,
    many_as: str,
    direction: str,
    confirmed: bool,
    with_errors: bool,
    out: str,
    as_json: bool,
) -> None:
    """Write a bitext as a translation memory, or in the format of another tool."""
    ws = Workspace(root)
    found = library.find_bitext(ws, bitext)
    options = ExportOptions(
        profile, cast(Level, level), cast(Direction, direction), confirmed, with_errors,
        cast(Level, many_as),
    )  # fmt: skip
    if out and (Path(out).is_dir() or out.endswith("/")):
        out = str(Path(out) / f"{found.id}{export_formats.get(form).ending}")
    piped = out == "-"
    target = Path(out or f"{found.id}{export_formats.get(form).ending}")
    with TemporaryFile() if piped else atomic(target) as stream:
        report = exporting.export(ws, found.id, stream, options, form)
        if piped:
            stream.seek(0)
            shutil.copyfileobj(stream, sys.stdout.buffer)
    if as_json:
        told = {"file": "" if piped else str(target), **report.to_json()}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2), err=piped)
    else:
        _tell(report, "" if piped else f" in {target}")


def _tell(report: ExportReport, where: str) -> None:
    say(f"{report.units} units{where}")
    for heading, counts, names in (
        ("Left out", report.left_out, LEFT_OUT),
        ("Not in this format", report.lost, LOST),
    ):
        for key, count in counts.items():
            say(f"  {heading}: {names[key][0]} ({count})")
    if report.corrected:
        say(f"  With a correction in its place: {report.corrected}")
    if report.removed:
        say(f"  Removed: characters that the format can't hold ({report.removed})")

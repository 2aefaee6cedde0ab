"""Set formulations across the dated texts of the workspace."""

import sys
from pathlib import Path
from typing import Any

import click

from workbench.cli.terminal import print_json, print_table, say
from workbench.cli.texts import as_json_option
from workbench.domain.formulation_edits import Doing
from workbench.domain.formulations import Change, Place
from workbench.services import formulations as found
from workbench.services.files import read_file
from workbench.services.workspace import Workspace

NAME = "Terminal"  # the author of corrections made here


@click.group()
def formulations() -> None:
    """Set formulations: follow established wordings through dated texts."""


@formulations.command()
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@click.option("--kind", default="", help="What they are, such as briefing.")
@click.option("--counterpart", default="", help="Whom they are about, such as Russia.")
@click.option("--date", "day", default="", help="Their date, if their names do not say it.")
@click.pass_obj
def add(root: Path, files: tuple[Path, ...], kind: str, counterpart: str, day: str) -> None:
    """Store dated texts; the date is taken from each file's name or first lines."""
    from workbench.services.dated import add_dated

    ws = Workspace(root)
    for file in files:
        entry = add_dated(
            ws, read_file(file), file.name, day=day, kind=kind, counterpart=counterpart
        )
        click.echo(f"{entry.id}\t{entry.date}")


@formulations.command("list")
@click.option("--csv", "as_csv", is_flag=True, help="Print every occurrence as CSV.")
@as_json_option
@click.pass_obj
def list_(root: Path, as_csv: bool, as_json: bool) -> None:
    """List the formulations of the workspace, those in most texts first."""
    ws = Workspace(root)
    if as_csv:
        found.formulation_frame(ws).to_csv(sys.stdout, index=False)
        return
    series = found.series(ws)
    lines = [
        (f.label, len(f.texts), len(f.places), series.text(f.texts[0]).date,
         series.text(f.texts[-1]).date)
        for f in series.formulations
    ]  # fmt: skip
    heads = ("formulation", "texts", "times", "first", "last")
    if as_json:
        print_json([dict(zip(heads, line, strict=True)) for line in lines])
        return
    if not series.enough:
        say(f"{len(series.texts)} dated Chinese texts: too few to follow a phrase through them.")
        return
    print_table(heads, lines)


@formulations.command()
@click.argument("text_id", metavar="TEXT")
@click.option(
    "--by",
    type=click.Choice(("kind", "counterpart", "all")),
    help="Which earlier texts: of the same kind, about the same counterpart, or all.",
)
@as_json_option
@click.pass_obj
def compare(root: Path, text_id: str, by: str | None, as_json: bool) -> None:
    """Say what TEXT has that the earlier texts do not, and the reverse."""
    c = found.compare_text(Workspace(root), text_id, "" if by == "all" else by)
    if as_json:
        print_json(_as_json(c))
        return
    say(f"{c.text.title}, {c.text.date}, against {len(c.earlier)} earlier texts")
    print_table(
        ("what", "formulation", "here", "before", "texts", "how"),
        [(one.shift, one.formulation.label, one.count, one.earlier, one.earlier_texts,
          _how(one)) for one in c.changes],
    )  # fmt: skip
    click.echo()
    for clause in c.unheard:
        words = "、".join(span.of(c.text.content) for span in clause.words)
        click.echo(f"{clause.clause.of(c.text.content)}  ({words})")


def _how(one: Change) -> str:
    if one.words_here:
        before = ", ".join(word or "—" for word in one.words_before)
        return f"{', '.join(word or '—' for word in one.words_here)} (before: {before})"
    return f"like {one.near}" if one.near else ""


def _as_json(c: found.Comparison) -> dict[str, Any]:
    def place(one: Place) -> dict[str, Any]:
        return {
            "text": one.text,
            "span": [one.span.start, one.span.stop],
            "words": one.words,
            "speaker": one.speaker,
            "degree": one.degree,
            "rendering": c.renderings.get(one, ""),
        }

    return {
        "text": c.text.id,
        "date": c.text.date,
        "by": c.by or "all",
        "earlier": [text.id for text in c.earlier],
        "changes": [
            {
                "shift": str(one.shift),
                "formulation": one.formulation.words,
                "count": one.count,
                "earlier": one.earlier,
                "earlier_texts": one.earlier_texts,
                "near": one.near,
                "words_here": one.words_here,
                "words_before": one.words_before,
                "here": [place(p) for p in one.here],
                "before": [place(p) for p in one.before],
            }
            for one in c.changes
        ],
        "unheard": [
            {
                "span": [one.clause.start, one.clause.stop],
                "clause": one.clause.of(c.text.content),
                "words": [[span.start, span.stop] for span in one.words],
                "speaker": one.speaker,
            }
            for one in c.unheard
        ],
    }


@formulations.command()
@click.argument("do", type=click.Choice([str(one) for one in Doing]))
@click.argument("phrase")
@click.argument("other", default="")
@click.pass_obj
def correct(root: Path, do: str, phrase: str, other: str) -> None:
    """Correct the list: join PHRASE to OTHER, drop it, add it, or rename it to OTHER."""
    from workbench.services import formulation_edits as corrections

    made = corrections.correct(Workspace(root), do, phrase, other, NAME)
    say(f"Kept in texts/{corrections.FILE} as {made.id}; take it back with its id.")


@formulations.command("take-back")
@click.argument("correction_id", metavar="ID")
@click.pass_obj
def take_back(root: Path, correction_id: str) -> None:
    """Take a correction back."""
    from workbench.services import formulation_edits as corrections

    corrections.take_back(Workspace(root), correction_id)

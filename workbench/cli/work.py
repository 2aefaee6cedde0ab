"""Aligning and checking: a bitext of the workspace, or two plain files."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from workbench.cli.terminal import TerminalProgress, print_json, say
from workbench.cli.texts import as_json_option, read_source
from workbench.domain.alignment import Bead
from workbench.domain.doubt import Doubt, doubt
from workbench.domain.text import Span
from workbench.errors import (
    NotTranslations,
    Stopped,
    Unavailable,
    UsageError,
    WorkbenchError,
)
from workbench.exchange.alignments import line_formats
from workbench.exchange.documents import Wishes
from workbench.exchange.outgoing import LEVELS
from workbench.services import files, folders, jobs, library, versions
from workbench.services.files import read_file
from workbench.services.page import review_view
from workbench.services.workspace import Workspace

Command = Callable[..., None]
FOUND = 1  # exit code: findings at or above --fail-on
force_option = click.option(
    "--force", is_flag=True, help="Also texts that do not seem to be translations of each other."
)
lang_options = (
    click.option("--src-lang", default="", help="Language of the first file; guessed if absent."),
    click.option("--tgt-lang", default="", help="Language of the second file; guessed if absent."),
)


def with_langs(command: Command) -> Command:
    """Give a command the options --src-lang and --tgt-lang."""
    for option in reversed(lang_options):
        command = option(command)
    return command


def is_bitext(names: tuple[str, ...]) -> bool:
    """An argument that is an existing path is a file, else an id in the catalogue."""
    if len(names) == 1:
        return True
    if len(names) == 2:
        return False
    raise UsageError("Name a bitext of the workspace, or two files: SOURCE TARGET.")


def is_known(root: Path, name: str) -> bool:
    """Whether a name is that of a bitext here, and not that of a file."""
    if Path(name).exists() or not (root / "texts").is_dir():
        return False
    return library.is_bitext(Workspace(root), name)


def run_job(ws: Workspace, kind: str, bitext_id: str, *, force: bool = False) -> str:
    """Run a job to its end, its progress on stderr; raises what came of it if it isn't done.

    Returns what it says of its outcome, if anything.
    """
    progress = TerminalProgress()
    job = jobs.run_and_wait(ws, jobs.enqueue(ws, kind, bitext_id, force=force), progress)
    progress.close()
    outcomes: dict[str, type[WorkbenchError]] = {"refused": NotTranslations, "stopped": Stopped}
    if job.status != "done":
        raise outcomes.get(job.status, Unavailable)(job.message)
    return job.message


@click.command()
@click.argument(
    "what",
    nargs=-1,
    required=True,
    metavar="BITEXT [VERSION] | SOURCE TARGET | FOLDER FOLDER",
)
@with_langs
@click.option("--level", type=click.Choice(LEVELS), default="sentence", help="Units of the result.")
@click.option("--segmented", is_flag=True, help="Each line of the files is one unit already.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("tsv", "json", "vecalign", "ladder")),
    default=None,
    help="How the result is printed; default: tsv, for folders vecalign.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the results when two folders are aligned.",
)
@click.option("--aligner", default="default", help="Aligner; default: default.")
@click.option(
    "--wrong",
    type=click.FloatRange(min=0),
    default=1.0,
    help="How many wrong rows you would leave; says how many to look at for that. Default: 1.",
)
@click.option(
    "--moved", is_flag=True, help="Look also for passages that the translation puts elsewhere."
)
@force_option
@as_json_option
@click.pass_obj
def align(
    root: Path,
    what: tuple[str, ...],
    src_lang: str,
    tgt_lang: str,
    level: str,
    segmented: bool,
    form: str | None,
    out: Path | None,
    aligner: str,
    wrong: float,
    moved: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Align a bitext of the workspace, two text files, or two folders of text files.

    With another English version of its original, a file or a web address, this version is added
    to the workspace and aligned. With further bitexts of the same original, all are printed side
    by side as they are aligned now.
    """
    if len(what) > 1 and is_known(root, what[0]):
        ws = Workspace(root)
        if all(library.is_bitext(ws, name) for name in what):
            _print_versions(ws, what, "json" if as_json else form)
            return
        what = (_add_version(ws, what, tgt_lang),)
    if is_bitext(what):
        ws = Workspace(root)
        bitext = library.find_bitext(ws, what[0])
        run_job(ws, jobs.ALIGN, bitext.id, force=force)
        if moved:
            say(run_job(ws, jobs.MOVES, bitext.id))
        view = review_view(ws, bitext.id, "")
        summary = view.summary
        say(f"{bitext.id}: {summary.rows} rows, {summary.unpaired} unpaired, {summary.flags} flags")
        say_doubt(view.unreviewed, wrong)
        return
    options = files.AlignOptions(level, segmented, force, aligner, moved)
    langs = (src_lang, tgt_lang)
    if all(Path(name).is_dir() for name in what):
        _align_folders(what, out, langs, form or "vecalign", options)
        return
    progress = TerminalProgress()
    pair = files.read_pair((read_file(Path(what[0])), read_file(Path(what[1]))), what, langs)
    aligned = files.align_pair(pair, progress, options)
    progress.close()
    found = say_doubt([b.probability for b in aligned.alignment.beads if b.probability], wrong)
    if moved:
        _say_moved(aligned.alignment.moves)
    _print_aligned(aligned, level, "json" if as_json else form, found)


def _print_aligned(aligned: files.AlignedPair, level: str, form: str | None, found: Doubt) -> None:
    if form == "json":
        units = files.units(aligned, level)
        judged = {
            "signature": aligned.alignment.signature,
            "doubt": asdict(found),
            "moved": [{"src": list(_numbers(move.src)), "tgt": list(_numbers(move.tgt))}
                      for move in aligned.alignment.moves],
        }  # fmt: skip
        print_json(judged | {"units": units})
    elif form in line_formats:
        for line in line_formats.get(form or "")(files.beads_at(aligned, level)):
            click.echo(line)
    else:
        for unit in files.units(aligned, level):
            click.echo(f"{unit['src_text']}\t{unit['tgt_text']}")


def _say_moved(moves: Sequence[Bead]) -> None:
    """Name the passages that are put elsewhere, by the numbers of their sentences."""
    for move in moves:
        src, tgt = (_counted(span) for span in (move.src, move.tgt))
        say(f"Put elsewhere: {src} of the source, {tgt} of the translation.")
    if not moves:
        say("No passage was found that is put elsewhere.")


def _numbers(span: Span) -> range:
    return range(span.start, span.stop)


def _counted(span: Span) -> str:
    """Sentences by number, counted from 1."""
    one = len(span) == 1
    return f"sentence {span.stop}" if one else f"sentences {span.start + 1} to {span.stop}"


def _add_version(ws: Workspace, what: tuple[str, ...], lang: str) -> str:
    """Add another version of a bitext's original; the id of the bitext that they make."""
    bitext, *places = what
    if len(places) > 1:
        raise UsageError("Add one version at a time: a bitext, and the file of its new version.")
    return versions.add_version(ws, bitext, read_source(ws, places[0], lang, Wishes())).id


def _print_versions(ws: Workspace, what: tuple[str, ...], form: str | None) -> None:
    """Several versions of one original in common rows; as lines, the first two by sentence."""
    found = versions.side_by_side(ws, what)
    if form == "json":
        print_json({"bitexts": list(found.bitexts), "source": found.src.id, "units": found.units()})
    elif form in line_formats:
        for line in line_formats.get(form or "")(versions.in_sentences(ws, found)):
            click.echo(line)
    else:
        for unit in found.units():
            texts = (unit["src_text"], *(version["text"] for version in unit["versions"]))
            click.echo("\t".join(" ".join(text.split()) for text in texts))


def say_doubt(probabilities: Sequence[float], wrong: float) -> Doubt:
    """Say how many rows are expected to be wrong, and how many to look at to leave fewer."""
    found = doubt(probabilities, wrong)
    line = f"About {found.expected:.1f} of {found.unreviewed} rows nobody looked at may be wrong"
    if found.to_review:
        line += f"; looking at the {found.to_review} most doubtful leaves at most {wrong:g}"
    say(f"{line}.")
    return found


def _align_folders(
    what: tuple[str, ...],
    out: Path | None,
    langs: tuple[str, str],
    form: str,
    options: files.AlignOptions,
) -> None:
    if out is None:
        raise UsageError("Say where the results go with --out FOLDER.")
    if form not in line_formats:
        raise UsageError(f"Folders are aligned to: {', '.join(line_formats)}.")
    progress = TerminalProgress()
    src, tgt = (Path(name) for name in what)
    outcomes = folders.align_folder(src, tgt, out, langs, form, options, progress)
    progress.close()
    for outcome in outcomes:
        say(f"{outcome.name}: {outcome.problem or f'{outcome.beads} beads'}")
    say(f"{sum(not outcome.problem for outcome in outcomes)} pairs aligned, in {out}")
    failed = [outcome.exit_code for outcome in outcomes if outcome.problem]
    if failed:
        raise SystemExit(max(failed))

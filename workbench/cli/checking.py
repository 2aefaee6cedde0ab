"""Looking for divergences: in a bitext of the workspace, in two files, or in plain pairs."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from workbench.cli.terminal import TerminalProgress, print_json, print_table, say
from workbench.cli.texts import as_json_option, read_file
from workbench.cli.work import FOUND, force_option, is_bitext, run_job, with_langs
from workbench.domain.review import Severity
from workbench.errors import UsageError
from workbench.services import files, jobs, library
from workbench.services.checking import StoredFlag
from workbench.services.page import review_view
from workbench.services.plain_pairs import check_pairs, flag_json, read_pairs
from workbench.services.workspace import Workspace
from workbench.settings import Settings

_SEVERITIES = [str(severity) for severity in Severity]


@click.command()
@click.argument("what", nargs=-1, metavar="BITEXT | SOURCE TARGET")
@click.option(
    "--pairs",
    metavar="FILE|-",
    help="Check plain pairs instead: a line is source<TAB>target, or JSON with id, src and tgt.",
)
@click.option("--jsonl", is_flag=True, help="With --pairs: one JSON object for each pair.")
@with_langs
@click.option(
    "--fail-on",
    type=click.Choice(_SEVERITIES),
    help="Exit with 1 when there is an open flag of this severity or worse.",
)
@force_option
@as_json_option
@click.pass_obj
def check(
    root: Path,
    what: tuple[str, ...],
    pairs: str | None,
    jsonl: bool,
    src_lang: str,
    tgt_lang: str,
    fail_on: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """Look for divergences in a bitext of the workspace, in two text files, or in plain pairs."""
    langs = (src_lang, tgt_lang)
    if pairs is not None:
        if what:
            raise UsageError("Give either --pairs or texts to check, not both.")
        severities = _check_pairs(pairs, langs, as_json=jsonl or as_json)
    elif jsonl:
        raise UsageError("--jsonl goes with --pairs; use --json for texts.")
    elif is_bitext(what):
        flags = _check_bitext(Workspace(root), what[0], force)
        _print_flags(flags, as_json)
        severities = [flag.severity for flag in flags]
    else:
        severities = _check_files(what, langs, force, as_json)
    if fail_on and any(severity.rank >= Severity(fail_on).rank for severity in severities):
        raise SystemExit(FOUND)


def _check_pairs(name: str, langs: tuple[str, str], *, as_json: bool) -> list[Severity]:
    """Check pairs as they come, and give back the severities found."""
    from workbench.detect import CHECKING, Context
    from workbench.detect.terms import TermList
    from workbench.encode import load_encoder

    context = Context(TermList.load(), load_encoder(Settings.from_environment().encoder))
    progress = TerminalProgress()
    found: list[Severity] = []
    with click.open_file(name, "rb") as lines:
        for number, answer in enumerate(check_pairs(read_pairs(lines), context, langs), 1):
            found += [Severity(flag["severity"]) for flag in answer["flags"]]
            if as_json:
                click.echo(json.dumps(answer, ensure_ascii=False))
            else:
                for flag in answer["flags"]:
                    click.echo(f"{number}\t{flag['severity']}\t{flag['category']}\t"
                               f"{flag['explanation']}")  # fmt: skip
            progress(CHECKING, number, 0)
    progress.close()
    say(f"{len(found)} flags")
    return found


def _check_files(
    what: Sequence[str], langs: tuple[str, str], force: bool, as_json: bool
) -> list[Severity]:
    progress = TerminalProgress()
    data = (read_file(Path(what[0])), read_file(Path(what[1])))
    checked = files.check_pair(files.read_pair(data, tuple(what), langs), progress, force=force)
    progress.close()
    if as_json:
        print_json(files.checked_json(checked))
    else:
        _print_flags(checked.flags, False)
    return [flag.severity for flag in checked.flags]


def _check_bitext(ws: Workspace, bitext_id: str, force: bool) -> list[StoredFlag]:
    bitext = library.find_bitext(ws, bitext_id)
    aligned = bool(ws.state(bitext.id).collection("beads"))
    run_job(ws, jobs.CHECK if aligned else jobs.ALIGN, bitext.id, force=force)
    view = review_view(ws, bitext.id, "")
    return [flag.flag for row in view.rows.values() for flag in row.flags if flag.open]


def _print_flags(flags: list[StoredFlag], as_json: bool) -> None:
    if as_json:
        print_json([flag_json(flag) | flag.words for flag in flags])
        return
    print_table(
        ("severity", "category", "source", "target", "evidence"),
        [
            (f.severity, f.category, _short(f.src_words, 16), _short(f.tgt_words, 36), f.evidence)
            for f in flags
        ],
    )
    say(f"{len(flags)} open flags")


def _short(words: str, size: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= size else words[: size - 1] + "…"

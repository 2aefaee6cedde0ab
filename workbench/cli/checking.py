"""Looking for divergences: in a bitext of the workspace, in two files, or in plain pairs."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from workbench.cli.terminal import TerminalProgress, print_json, print_table, say
from workbench.cli.texts import as_json_option
from workbench.cli.work import FOUND, force_option, is_bitext, run_job, with_langs
from workbench.domain.review import Severity
from workbench.errors import UsageError
from workbench.services import files, gate, jobs, library
from workbench.services.encoding import plain_context
from workbench.services.files import read_file
from workbench.services.gate_reports import gate_json
from workbench.services.gate_reports import junit as junit_xml
from workbench.services.page import review_view
from workbench.services.plain_pairs import check_pairs, read_pairs
from workbench.services.profiles import Profile, baseline_json, load_profile, read_baseline
from workbench.services.workspace import Workspace
from workbench.storage.files import write_atomic

_SEVERITIES = [str(severity) for severity in Severity]
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_NEW = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("what", nargs=-1, metavar="BITEXT | SOURCE TARGET | FILE | FOLDER FOLDER")
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
@click.option(
    "--profile",
    type=_FILE,
    help="TOML file that says which checks, severities and terms count.",
)
@click.option("--baseline", type=_FILE, help="Known findings, which do not count.")
@click.option("--write-baseline", type=_NEW, help="Write what is found as known findings.")
@click.option("--junit", type=_NEW, help="Write the findings as JUnit XML.")
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
    profile: Path | None,
    baseline: Path | None,
    write_baseline: Path | None,
    junit: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Look for divergences in a bitext, in texts or bilingual files, or in plain pairs."""
    judged = load_profile(profile) if profile else Profile()
    judged = replace(judged, fail_on=fail_on or judged.fail_on)
    known = read_baseline(baseline) if baseline else frozenset()
    options = gate.Options(judged, known, (src_lang, tgt_lang), force)
    if pairs is not None:
        if what:
            raise UsageError("Give either --pairs or texts to check, not both.")
        found = _check_pairs(pairs, options.langs, as_json=jsonl or as_json)
        if judged.fail_on and any(s.rank >= Severity(judged.fail_on).rank for s in found):
            raise SystemExit(FOUND)
        return
    if jsonl:
        raise UsageError("--jsonl goes with --pairs; use --json for texts.")
    if len(what) not in (1, 2):
        is_bitext(what)
    plain = not (profile or baseline or write_baseline or junit)
    if len(what) == 2 and as_json and plain and not Path(what[0]).is_dir():
        checked = [_with_beads(what, options)]
    elif len(what) == 1 and not Path(what[0]).exists():
        checked = [_check_bitext(Workspace(root), what[0], options)]
        _print(checked, judged, as_json)
    else:
        progress = TerminalProgress()
        sources = gate.sources([Path(name) for name in what])
        if len(sources) == 1:
            checked = [gate.check_source(sources[0], options, progress)]
        else:
            checked = gate.check_sources(sources, options, progress)
        progress.close()
        _print(checked, judged, as_json)
    _write(checked, judged, write_baseline, junit)
    _leave(checked, judged)


def _check_pairs(name: str, langs: tuple[str, str], *, as_json: bool) -> list[Severity]:
    """Check pairs as they come, and give back the severities found."""
    from workbench.detect import CHECKING

    context = plain_context()
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


def _with_beads(what: Sequence[str], options: gate.Options) -> gate.Checked:
    """Two texts with all that is known of each row, printed as JSON."""
    progress = TerminalProgress()
    data = (read_file(Path(what[0])), read_file(Path(what[1])))
    pair = files.read_pair(data, tuple(what), options.langs)
    checked = files.check_pair(pair, progress, force=options.force)
    progress.close()
    judged = gate.judged(what[1], checked.flags, options)
    fail_on = options.profile.fail_on
    passed = not options.profile.fails(judged.flags)
    print_json({"passed": passed, "fail_on": fail_on, **files.checked_json(checked)})
    return judged


def _check_bitext(ws: Workspace, bitext_id: str, options: gate.Options) -> gate.Checked:
    """The flags of a bitext that nobody has decided."""
    bitext = library.find_bitext(ws, bitext_id)
    aligned = bool(ws.state(bitext.id).collection("beads"))
    run_job(ws, jobs.CHECK if aligned else jobs.ALIGN, bitext.id, force=options.force)
    view = review_view(ws, bitext.id, "")
    flags = [flag.flag for row in view.rows.values() for flag in row.flags if flag.open]
    return gate.judged(bitext.id, flags, options)


def _print(checked: Sequence[gate.Checked], profile: Profile, as_json: bool) -> None:
    if as_json:
        print_json(gate_json(checked, profile))
        return
    several = len(checked) > 1
    heads = ("severity", "category", "source", "target", "evidence")
    lines = [
        [
            *([one.name] if several else []),
            *(f.severity, f.category, _short(f.src_words, 16), _short(f.tgt_words, 36)),
            f.evidence,
        ]
        for one in checked
        for f in one.flags
    ]
    if lines:
        print_table(("file", *heads) if several else heads, lines)
    for one in checked:
        if one.problem:
            say(f"{one.name}: {one.problem}")
    silenced = sum(one.silenced for one in checked)
    say(f"{len(lines)} open flags" + (f", {silenced} known ones left out" if silenced else ""))


def _short(words: str, size: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= size else words[: size - 1] + "…"


def _write(
    checked: Sequence[gate.Checked],
    profile: Profile,
    write_baseline: Path | None,
    junit: Path | None,
) -> None:
    if write_baseline:
        known = baseline_json(flag for one in checked for flag in one.flags)
        write_atomic(write_baseline, (json.dumps(known, ensure_ascii=False, indent=1)).encode())
        say(f"{len(known['known'])} known findings are in {write_baseline}")
    if junit:
        write_atomic(junit, junit_xml(checked, profile))


def _leave(checked: Sequence[gate.Checked], profile: Profile) -> None:
    """End with the gravest exit code: trouble with a file, else findings that fail."""
    problems = [one.exit_code for one in checked if one.problem]
    if any(profile.fails(one.flags) for one in checked):
        problems.append(FOUND)
    if problems:
        raise SystemExit(max(problems))

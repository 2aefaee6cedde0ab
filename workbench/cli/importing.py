"""Importing: texts, pairs of texts, and the files of other tools."""

from dataclasses import asdict
from pathlib import Path

import click

from workbench.cli.terminal import TerminalProgress, print_json, say
from workbench.cli.texts import (
    FILE,
    as_json_option,
    changes_option,
    read_source,
    whole_page_option,
)
from workbench.errors import UsageError, WorkbenchError
from workbench.exchange.documents import Wishes
from workbench.exchange.fetching import is_address
from workbench.exchange.incoming.values import Findings
from workbench.services import library
from workbench.services.files import read_file
from workbench.services.library import Draft
from workbench.services.packet_import import import_notes, is_packet
from workbench.services.workspace import Workspace

Langs = tuple[str, str]


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--title", default="", help="Title of the pair.")
@click.option("--src-lang", default="", help="Language of the first file; guessed if absent.")
@click.option("--tgt-lang", default="", help="Language of the second file; guessed if absent.")
@click.option(
    "--alignment",
    type=FILE,
    default=None,
    help="How two divided texts go together: hunalign, vecalign, bertalign or InterText links.",
)
@click.option(
    "--into", default="", metavar="BITEXT", help="The bitext that a table of errors is about."
)
@click.option(
    "--memory",
    is_flag=True,
    help="Keep the pairs as a memory for the concordance, not as a text to review.",
)
@whole_page_option
@changes_option
@click.option("--dry-run", is_flag=True, help="Say what would be imported and store nothing.")
@as_json_option
@click.pass_obj
def import_(
    root: Path,
    files: tuple[str, ...],
    title: str,
    src_lang: str,
    tgt_lang: str,
    alignment: Path | None,
    into: str,
    memory: bool,
    whole_page: bool,
    changes: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import a text, a Chinese text and its English translation, or a bilingual file."""
    if len(files) > 2:
        raise UsageError("Import one text, or two that are translations of each other.")
    langs = (src_lang, tgt_lang)
    if alignment:
        if len(files) != 2:
            raise UsageError("Name the two texts that the alignment is of, in its order.")
        click.echo(_import_linked(root, (Path(files[0]), Path(files[1])), alignment, title, langs))
        return
    if into:
        if len(files) != 1:
            raise UsageError("Name one table of errors to bring into the bitext.")
        _import_errors(root, Path(files[0]), into, dry_run, as_json)
        return
    alone = len(files) == 1 and not is_address(files[0])
    if alone and is_packet(Path(files[0])):
        _import_notes(root, Path(files[0]), dry_run, as_json)
        return
    if alone and _import_bilingual(root, Path(files[0]), title, langs, memory, dry_run, as_json):
        return
    if memory:
        raise UsageError("A memory is made from one file with both languages, such as a TMX.")
    wishes = Wishes(whole_page, changes)
    _import_texts(root, files, title, langs, wishes, dry_run, as_json)


def _import_errors(root: Path, file: Path, into: str, dry_run: bool, as_json: bool) -> None:
    from workbench.services import mqm

    read_file(file)
    ws = Workspace(root)
    bitext = library.find_bitext(ws, into)
    found = mqm.import_mqm(ws, bitext.id, file, dry_run=dry_run)
    if as_json:
        print_json({"file": str(file), "bitext": bitext.id, "stored": not dry_run, **asdict(found)})
        return
    say(
        f"{file}: {found.lines} lines, {found.placed} errors for {bitext.id}, "
        f"{found.known} there already, {found.without_error} lines without an error"
    )
    for sentence, count in (*found.remarks.items(), *found.skipped.items()):
        say(f"  {sentence}{f' ({count} times)' if count > 1 else ''}")


def _import_notes(root: Path, file: Path, dry_run: bool, as_json: bool) -> None:
    """Bring the comments of an offline review packet to their bitext."""
    brought = import_notes(Workspace(root), file, dry_run=dry_run)
    if as_json:
        print_json(
            {
                "outcome": "warn" if brought.astray else "parse",
                "bitext": brought.bitext.id,
                "author": brought.author,
                "added": brought.added,
                "known": brought.known,
                "astray": list(brought.astray),
            }
        )
        return
    say(f"{brought.added} comments by {brought.author}, {brought.known} known already")
    for words in brought.astray:
        say(f"Left out, its words are not at their place: {words}")
    click.echo(brought.bitext.id)


def _import_texts(
    root: Path,
    files: tuple[str, ...],
    title: str,
    langs: Langs,
    wishes: Wishes,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import one text, or two as a pair."""
    ws = Workspace(root)
    drafts: list[Draft] = []
    outcomes: list[dict[str, object]] = []
    problem: WorkbenchError | None = None
    for file, lang in zip(files, langs, strict=False):
        try:
            draft = read_source(ws, file, lang, wishes)
        except WorkbenchError as error:
            outcomes.append({"file": file, "outcome": "error", "reasons": [str(error)]})
            problem = problem or error
            continue
        drafts.append(draft)
        outcomes.append(_outcome(file, draft))
    bitext_id = ""
    if problem is None and len(drafts) == 2:
        library.check_languages(drafts[0].lang, drafts[1].lang)
        drafts.sort(key=lambda draft: draft.lang.startswith("en"))  # the original is the Chinese
    if problem is None and not dry_run:
        if len(drafts) == 2:
            bitext_id = library.create_bitext(ws, drafts[0], drafts[1], title=title).id
        else:
            bitext_id = library.store_text(ws, drafts[0], title=title).id
    _print_outcomes(outcomes, bitext_id, as_json)
    if problem:
        raise problem


def _import_linked(
    root: Path, files: tuple[Path, Path], links: Path, title: str, langs: Langs
) -> str:
    from workbench.services import bilingual

    for file in (*files, links):
        read_file(file)
    return bilingual.import_linked(Workspace(root), files, links, title=title, langs=langs).id


def _import_bilingual(
    root: Path, file: Path, title: str, langs: Langs, memory: bool, dry_run: bool, as_json: bool
) -> bool:
    """Import a file of another tool; False when the file is a text."""
    from workbench.exchange.incoming import bilingual_formats, whole_formats
    from workbench.services import bilingual, memories

    stored = ""
    progress = TerminalProgress()
    try:
        form = bilingual.kind_of(file)
        if not form:
            return False
        if dry_run:
            findings = bilingual.look_into(file, form, progress)
        elif memory:
            kept, findings = memories.import_memory(
                Workspace(root), file, form, title=title, langs=langs, progress=progress
            )
            stored = kept.id
        elif form == "mqm":
            raise UsageError(f"{file.name} is a table of errors; say of which bitext with --into.")
        elif form == "tbx":
            raise UsageError(f"{file.name} is a term list; use: workbench terms import {file}")
        elif form == "blocks":
            findings = bilingual.look_into(file, form)
            stored = bilingual.import_blocks(Workspace(root), file, title=title).id
        elif form not in (*bilingual_formats, *whole_formats):
            raise UsageError(
                f"{file.name} holds no translated text by itself; look into it with --dry-run."
            )
        else:
            bitext, findings = bilingual.import_bitext(
                Workspace(root), file, form, title=title, langs=langs, progress=progress
            )
            stored = bitext.id
        progress.close()
    except WorkbenchError as error:
        _print_outcomes(
            [{"file": str(file), "outcome": "error", "reasons": [str(error)]}], "", as_json
        )
        raise
    _print_findings(file, findings, stored, as_json)
    return True


def _print_findings(file: Path, findings: Findings, stored: str, as_json: bool) -> None:
    groups = {
        name: dict(getattr(findings, name))
        for name in ("repairs", "warnings", "remarks", "skipped")
    }
    if as_json:
        found = {
            "file": str(file),
            "outcome": findings.outcome,
            "reasons": [*findings.repairs, *findings.warnings],
            "format": findings.format,
            "version": findings.version,
            "tool": findings.tool,
            "src_lang": findings.src_lang,
            "units": findings.units,
            "langs": dict(findings.langs),
            "one_sided": findings.one_sided,
            "tags": findings.tags,
            "first": findings.first,
            "last": findings.last,
            **groups,
        }
        print_json({"files": [found], "stored": stored})
        return
    langs = ", ".join(f"{count} in {lang or '?'}" for lang, count in findings.langs.items())
    parts = [f"{findings.format} {findings.version}".strip(), findings.tool,
             f"{findings.units} units ({langs or 'empty'})"]  # fmt: skip
    if findings.first:
        parts.append(f"{findings.first} to {findings.last}")
    say(f"{file}: {', '.join(filter(None, parts))}")
    for group in groups.values():
        for sentence, count in group.items():
            say(f"  {sentence}{f' ({count} times)' if count > 1 else ''}")
    if stored:
        click.echo(stored)


def _outcome(file: str, draft: Draft) -> dict[str, object]:
    reasons = list(draft.repairs)
    outcome = "repair" if reasons else "parse"
    if draft.sure < 0.8:
        outcome = "warn"
        reasons.append(f"The language is a guess ({draft.lang}); set it with --src-lang or so.")
    return {
        "file": str(file),
        "outcome": outcome,
        "reasons": reasons,
        "lang": draft.lang,
        "encoding": draft.encoding,
        "paragraphs": len(draft.segmentation.paragraphs),
        "sentences": len(draft.segmentation.sentences),
        "known": draft.known.id if draft.known else "",
    }


def _print_outcomes(outcomes: list[dict[str, object]], stored: str, as_json: bool) -> None:
    if as_json:
        print_json({"files": outcomes, "stored": stored})
        return
    for found in outcomes:
        if found["outcome"] != "error":
            say(
                f"{found['file']}: {found['lang']}, {found['encoding']}, "
                f"{found['paragraphs']} paragraphs, {found['sentences']} sentences"
                + (f", known as {found['known']}" if found["known"] else "")
            )
        for reason in found["reasons"] if found["outcome"] != "error" else ():  # type: ignore[attr-defined]
            say(f"  {reason}")
    if stored:
        click.echo(stored)

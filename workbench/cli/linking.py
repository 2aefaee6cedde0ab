"""Word links: of two texts, or of lines of tokens."""

from pathlib import Path

import click

from workbench.cli.terminal import TerminalProgress, print_json
from workbench.cli.texts import as_json_option
from workbench.cli.work import force_option, with_langs
from workbench.errors import UsageError
from workbench.services import files, linking
from workbench.services.files import read_file


@click.command()
@click.argument("what", nargs=-1, metavar="SOURCE TARGET")
@click.option(
    "--tokenized",
    metavar="FILE|-",
    help="Link lines of tokens instead: source tokens ||| target tokens; prints i-j from 0.",
)
@with_langs
@force_option
@as_json_option
def links(
    what: tuple[str, ...],
    tokenized: str | None,
    src_lang: str,
    tgt_lang: str,
    force: bool,
    as_json: bool,
) -> None:
    """Link the words of two texts that translate each other, or of lines of tokens."""
    progress = TerminalProgress()
    if tokenized is not None:
        if what or as_json:
            raise UsageError("--tokenized goes without texts and without --json.")
        langs = (src_lang or "zh", tgt_lang or ("zh" if src_lang[:2] == "en" else "en"))
        with click.open_file(tokenized, "rb") as lines:
            for line in linking.link_lines(lines, langs, progress):
                click.echo(line)
        progress.close()
        return
    if len(what) != 2:
        raise UsageError("Name two texts, SOURCE TARGET, or --tokenized FILE.")
    data = (read_file(Path(what[0])), read_file(Path(what[1])))
    pair = files.read_pair(data, what, (src_lang, tgt_lang))
    aligned, linked = linking.link_pair(pair, progress, force=force)
    progress.close()
    found = linking.linked_json(aligned, linked)
    if as_json:
        print_json(found)
        return
    contents = (pair.src.content, pair.tgt.content)
    for bead in found["beads"]:
        click.echo(
            "\t".join(
                f"{_quoted(contents[0], bead['src_words'][i])}={_quoted(contents[1], word)}"
                for i, j, _ in bead["links"]
                for word in (bead["tgt_words"][j],)
            )
        )


def _quoted(content: str, word: list[int]) -> str:
    return content[word[0] : word[1]]

"""Comparing two texts in one language."""

import hashlib
from pathlib import Path

import click

from workbench.cli.terminal import print_json, say
from workbench.cli.texts import as_json_option
from workbench.domain.comparing import Compared
from workbench.domain.text import Text
from workbench.services.files import read_file
from workbench.services.workspace import Workspace
from workbench.settings import Settings


@click.command()
@click.argument("first")
@click.argument("second")
@as_json_option
@click.pass_obj
def compare(root: Path, first: str, second: str, as_json: bool) -> None:
    """Compare two readouts, or two translations of one original, in the same language.

    FIRST and SECOND are files, texts of the workspace, or bitexts with the same original.
    """
    from workbench.services import comparing

    if Path(first).exists() and Path(second).exists():
        from workbench.encode import load_encoder

        encoder = load_encoder(Settings.from_environment().encoder)
        found = comparing.compare_texts(_text(first), _text(second), encoder)
    else:
        found = comparing.compare(Workspace(root), first, second)
    if as_json:
        print_json(comparing.compared_json(found))
        return
    _print(found)


def _text(name: str) -> Text:
    from workbench.exchange.decoding import decode
    from workbench.segment import guess_language

    data = read_file(Path(name))
    content = decode(data).content
    digest = hashlib.sha256(data).hexdigest()
    return Text(name, name, guess_language(content).lang, content, digest)


def _print(found: Compared) -> None:
    marks = {"both": " ", "first": "<", "second": ">"}
    for row in found.rows:
        if row.kind == "both":
            mark = "=" if row.same else "~" if not row.moved else "%"
            pieces = "".join(
                piece.text if piece.kind == "same" else f"[-{piece.text}-]"
                if piece.kind == "old" else f"{{+{piece.text}+}}"
                for piece in row.pieces
            )  # fmt: skip
            click.echo(f"{mark} {' '.join(pieces.split())}")
        else:
            text, span = (
                (found.first, row.first) if row.kind == "first" else (found.second, row.second)
            )
            click.echo(f"{marks[row.kind]} {' '.join(span.of(text.content).split())}")
    say(
        f"{found.count('both')} rows in both, {found.same} of them the same; "
        f"{found.count('first')} only in the first, {found.count('second')} only in the second"
    )

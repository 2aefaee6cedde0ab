"""Holding a commentary against the original."""

from pathlib import Path

import click

from workbench.cli.terminal import TerminalProgress, print_jsonl, print_table, say
from workbench.services.files import read_file
from workbench.services.workspace import Workspace


@click.command()
@click.argument("text")
@click.argument("original")
@click.option(
    "--spans",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="File with the claims, as offsets or words; without it they are looked for.",
)
@click.option("--jsonl", "as_jsonl", is_flag=True, help="One JSON object a line.")
@click.pass_obj
def claims(root: Path, text: str, original: str, spans: Path | None, as_jsonl: bool) -> None:
    """Check what the commentary in TEXT (English) says against ORIGINAL (Chinese).

    Both are files, or texts of the workspace. Sentences of TEXT that translate ORIGINAL only help
    to find the evidence.
    """
    from workbench.exchange.decoding import decode
    from workbench.services import files
    from workbench.services.claims import check_files

    progress = TerminalProgress()
    names = (original, text)
    src, tgt = (_bytes(root, name) for name in names)
    pair = files.read_pair((src, tgt), names, ("", ""))
    listed = decode(read_file(spans)).content if spans else ""
    checked = check_files(pair, listed, progress)
    progress.close()
    records = list(checked.to_json())
    if as_jsonl:
        print_jsonl(records)
        return
    print_table(
        ("id", "verdict", "claim", "evidence", "reason"),
        [
            (r["id"], r["verdict"], r["claim"], " … ".join(r["evidence"]), r["reason"])
            for r in records
        ],
    )
    say(f"{len(records)} claims")


def _bytes(root: Path, name: str) -> bytes:
    """A file, or else a text of the workspace."""
    if Path(name).exists():
        return read_file(Path(name))
    return Workspace(root).text(name).content.encode()

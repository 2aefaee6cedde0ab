"""The memories that the concordance looks into."""

from dataclasses import asdict
from pathlib import Path

import click

from workbench.cli.terminal import print_json, print_table
from workbench.cli.texts import as_json_option
from workbench.services import memories
from workbench.services.workspace import Workspace


@click.group()
def memory() -> None:
    """List and remove the memories that the concordance looks into."""


@memory.command("list")
@as_json_option
@click.pass_obj
def list_(root: Path, as_json: bool) -> None:
    """List the memories of the workspace."""
    found = memories.memories(Workspace(root))
    if as_json:
        print_json([asdict(one) for one in found])
        return
    print_table(
        ("id", "languages", "units", "since", "title"),
        [
            (m.id, f"{m.src_lang} {m.tgt_lang}", f"{m.units:,}", m.made_at[:10], m.title)
            for m in found
        ],
    )


@memory.command()
@click.argument("memory_id", metavar="MEMORY")
@click.pass_obj
def remove(root: Path, memory_id: str) -> None:
    """Take a memory away."""
    memories.remove_memory(Workspace(root), memory_id)

"""`workbench bench search`: how long searching the workspace takes."""

from pathlib import Path

import click

from workbench.cli.terminal import print_json, print_table, say
from workbench.cli.texts import as_json_option


@click.command("search")
@click.option("--times", default=5, type=click.IntRange(1), help="Times each is asked; default: 5.")
@as_json_option
@click.pass_obj
def search(root: Path, times: int, as_json: bool) -> None:
    """Time each way of searching this workspace, and the concordance, with its own usual words."""
    from workbench.services import search_times
    from workbench.services.workspace import Workspace

    words, reading, found = search_times.measure(Workspace(root), times)
    if as_json:
        asked = [
            {
                "way": one.way,
                "words": one.words,
                "found": one.found,
                "median_ms": round(one.median, 1),
                "slowest_ms": round(max(one.times), 1),
            }
            for one in found
        ]
        print_json({"english_words": words, "reading_ms": round(reading, 1), "asked": asked})
        return
    say(f"{words:,} English words, read in {reading:,.0f} ms.")
    print_table(
        ("way of asking", "words", "found", "median", "slowest"),
        [
            (one.way, one.words, one.found, f"{one.median:.0f} ms", f"{max(one.times):.0f} ms")
            for one in found
        ],
    )

"""`workbench bench ui`: the waiting time of the review page."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from workbench.cli.terminal import TerminalProgress, print_json, print_table
from workbench.cli.texts import as_json_option
from workbench.errors import Unavailable, UsageError

LONG = "long"  # title of the generated text


@click.command("ui")
@click.argument("bitext", required=False)
@click.option("--rows", default=3000, help="Rows of the generated text; 0: none. Default: 3000.")
@click.option("--edits", default=200, help="Edits on each text; default: 200.")
@as_json_option
@click.pass_obj
def ui(root: Path, bitext: str | None, rows: int, edits: int, as_json: bool) -> None:
    """Time edits on the review page, in Chromium: on BITEXT and on a generated long text.

    Everything is done on a copy; the workspace stays as it is.
    """
    from workbench.evaluate import bench_ui

    if edits < 20:
        raise UsageError(
            "Fewer than 20 edits say nothing about the slowest; give --edits 20 or more."
        )
    if not bitext and not rows:
        raise UsageError("There is nothing to measure; name a bitext, or give --rows 3000.")
    progress = TerminalProgress()
    with TemporaryDirectory(prefix="workbench-bench-") as folder, bench_ui.browser() as opened:
        names = _prepare(root, Path(folder) / "workspace", bitext, rows, progress)
        with _served(Path(folder) / "workspace") as address:
            found = [
                bench_ui.measure(opened, f"{address}b/{name}", edits, name=name, progress=progress)
                for name in names
            ]
    progress.close()
    if as_json:
        print_json({"timings": [timing.to_json() for timing in found]})
        return
    heads = ("bitext", "rows", "ready", "edits", "refused", "median", "95%", "stutter")
    print_table(
        heads,
        [
            (
                timing.name,
                timing.rows,
                f"{timing.ready:.0f} ms",
                len(timing.edits),
                timing.refused,
                f"{timing.median:.0f} ms",
                f"{timing.p95:.0f} ms",
                f"{timing.stutter:.1%}",
            )
            for timing in found
        ],
    )


def _prepare(
    root: Path, folder: Path, bitext: str | None, rows: int, progress: TerminalProgress
) -> list[str]:
    """A workspace to measure on; the names of its bitexts."""
    from workbench.evaluate.long_text import long_text
    from workbench.services import library
    from workbench.services.aligning import align_bitext
    from workbench.services.checking import check_bitext
    from workbench.services.workspace import Workspace

    names = []
    if bitext:
        library.find_bitext(Workspace(root), bitext)
        shutil.copytree(root / "texts", folder / "texts")
        (folder / "alignments").mkdir()
        shutil.copy(Workspace(root).alignment_file(bitext), folder / "alignments")
        names.append(bitext)
    ws = Workspace.init(folder)
    if rows:
        sides = [library.read_draft(ws, side.encode()) for side in long_text(rows)]
        made = library.create_bitext(ws, sides[0], sides[1], title=LONG)
        align_bitext(ws, made.id, progress, force=True)
        names.append(made.id)
    for name in names:
        check_bitext(ws, name, progress)
    ws.db.engine.dispose()
    return names


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The address of a workspace, served by a process of its own."""
    command = [sys.executable, "-m", "workbench", "-w", str(folder), "serve"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        line = server.stdout.readline() if server.stdout else ""
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        if not found:
            raise Unavailable("The server did not start; try “workbench serve” to see why.")
        yield found[0]
    finally:
        server.terminate()
        server.wait(timeout=10)

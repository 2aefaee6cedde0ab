"""Aligning a folder of pairs with several processes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import BadInput, WorkbenchError
from workbench.exchange.alignments import line_formats
from workbench.progress import Progress, silent
from workbench.services.files import AlignOptions, align_pair, beads_at, read_pair
from workbench.services.parallel import each
from workbench.storage.files import write_atomic


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one pair. problem: "" when it was aligned; kind: the error's class name."""

    name: str
    beads: int = 0
    problem: str = ""
    exit_code: int = 0


def align_folder(
    src: Path,
    tgt: Path,
    out: Path,
    langs: tuple[str, str],
    form: str,
    options: AlignOptions,
    progress: Progress = silent,
    *,
    processes: int | None = None,
) -> list[Outcome]:
    """Align every file of `src` with the file of the same name in `tgt`.

    Results go to `out`/NAME.align. A pair whose result is there already is skipped, so that a
    run that was stopped goes on where it was; delete a result to have it made anew.

    Raises:
        BadInput: the folders have no file name in common.
        UnknownName: no such format.
    """
    line_formats.get(form)
    names = sorted(path.name for path in src.iterdir() if (tgt / path.name).is_file())
    if not names:
        raise BadInput(f"{src} and {tgt} have no file name in common; name pairs alike.")
    out.mkdir(parents=True, exist_ok=True)
    waiting = [name for name in names if not (out / f"{name}.align").exists()]
    tasks = [
        (src / name, tgt / name, out / f"{name}.align", langs, form, options) for name in waiting
    ]
    done = len(names) - len(waiting)
    outcomes: list[Outcome] = []
    progress("Aligning pairs", done, len(names))
    for outcome in each(_one, tasks, processes):
        outcomes.append(outcome)
        progress("Aligning pairs", done + len(outcomes), len(names))
    return sorted(outcomes, key=lambda outcome: outcome.name)


Task = tuple[Path, Path, Path, tuple[str, str], str, AlignOptions]


def _one(task: Task) -> Outcome:
    src, tgt, out, langs, form, options = task
    write: Callable[..., Iterator[str]] = line_formats.get(form)
    try:
        data = (src.read_bytes(), tgt.read_bytes())
        pair = read_pair(data, (str(src), str(tgt)), langs)
        beads = beads_at(align_pair(pair, silent, options), options.level)
    except WorkbenchError as error:
        return Outcome(src.name, 0, str(error), error.exit_code)
    write_atomic(out, "".join(f"{line}\n" for line in write(beads)).encode())
    return Outcome(src.name, len(beads))

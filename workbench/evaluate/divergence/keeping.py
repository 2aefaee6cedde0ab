"""The figures stored with the product, and the table of them in the documents."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import workbench
from workbench.detect import detectors
from workbench.detect.record import FILE, TrackRecord, stored
from workbench.errors import BadInput
from workbench.evaluate.divergence.bench import DetectorResult

_MARKS = ("<!-- figures: written by workbench bench detect --keep -->", "<!-- end of figures -->")
_COLUMNS = ("found", "false_alarms", "precision", "auc", "hit1", "f1")
HEADS = ("found", "false alarms", "flags right", "AUC", "hit@1", "F1")


def keep(results: Iterable[DetectorResult], root: Path) -> list[Path]:
    """Store figures in the package, and in `docs/detectors.md` if `root` is the project.

    Detectors that were not measured this time keep the figures they had. Returns what was written.

    Raises:
        BadInput: the package can't be written, or the document has lost its marks.
    """
    entries = stored() | {result.detector: result.to_json() for result in results}
    ordered = {name: entries[name] for name in detectors if name in entries}
    record = Path(workbench.__file__).parent / "detect" / "data" / FILE
    page = root / "docs" / "detectors.md"
    try:
        record.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise BadInput(f"{record} can't be written: {error.strerror}.") from None
    if not page.exists():
        return [record]
    page.write_text(on_page(page.read_text("utf-8"), ordered), "utf-8")
    return [record, page]


def on_page(text: str, entries: dict[str, Any]) -> str:
    """The document with the table of figures brought up to date.

    Raises:
        BadInput: it has not got both marks between which the table stands.
    """
    head, found, rest = text.partition(_MARKS[0])
    _, closed, tail = rest.partition(_MARKS[1])
    if not (found and closed):
        raise BadInput("docs/detectors.md has lost the marks around its figures; put them back.")
    return f"{head}{_MARKS[0]}\n\n{markdown(entries)}\n{_MARKS[1]}{tail}"


def markdown(entries: dict[str, Any]) -> str:
    """All figures as a Markdown table, and for each detector how often its flags are right."""
    lines = [_row(("detector", "set", "pairs: wrong, right", *HEADS)), _row(["---"] * 9)]
    for name in detectors:
        entry = entries.get(name)
        lines += [_row(line) for line in table(name, entry)] if entry else [
            _row((f"`{name}`", "not measured", *[""] * 7))
        ]  # fmt: skip
    lines += ["", "What is shown with each flag:", ""]
    for name in detectors:
        headline = entries.get(name, {}).get("headline")
        said = TrackRecord(**headline, date="", signature="").sentences()[0] if headline else (
            "Not measured."
        )  # fmt: skip
        lines.append(f"- `{name}`: {said}")
    dates = sorted({entry["date"] for entry in entries.values()})
    lines += ["", f"Measured {' to '.join(dict.fromkeys((dates[0], dates[-1])))}." if dates else ""]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def table(name: str, entry: dict[str, Any]) -> list[tuple[str, ...]]:
    """One line for each set: detector, set, sizes, and the figures that there are."""
    return [
        (
            f"`{name}`",
            measured["title"],
            f"{measured['wrong']:,}, {measured['right']:,}",
            *[_figure(column, measured["figures"].get(column)) for column in _COLUMNS],
        )
        for measured in entry["measures"]
    ]


def _figure(name: str, figure: dict[str, Any] | None) -> str:
    if figure is None:
        return ""
    digits = 2 if name in ("auc", "f1") else None
    value, low, high = (figure[key] for key in ("value", "low", "high"))
    if digits:
        return f"{value:.2f} ({low:.2f}–{high:.2f})"
    return (
        f"{100 * value:.1f}% ({100 * low:.0f}–{100 * high:.0f}), {figure['right']}/{figure['of']}"
    )

"""Printing: progress on stderr, tables and JSON on stdout."""

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import click


class TerminalProgress:
    """Shows a step and how far it is; a new line for each step when it isn't a terminal."""

    def __init__(self) -> None:
        self._step = ""
        self._live = sys.stderr.isatty()

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show where the work is."""
        if self._live:
            share = f" {100 * done // total}%" if total else f" {done}" if done else ""
            new_line = "\n" if self._step not in ("", step) else ""
            click.echo(f"{new_line}\r\x1b[K{step}…{share}", err=True, nl=False)
        elif step != self._step:
            click.echo(f"{step}…", err=True)
        self._step = step

    def close(self) -> None:
        """End the line."""
        if self._live and self._step:
            click.echo(err=True)
        self._step = ""


def say(text: str) -> None:
    """A line for the person at the terminal."""
    click.echo(text, err=True)


def print_json(value: Any) -> None:  # noqa: ANN401
    """One JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_jsonl(records: Iterable[Any]) -> None:
    """One JSON object a line."""
    for record in records:
        click.echo(json.dumps(record, ensure_ascii=False))


def print_table(heads: Sequence[str], lines: Sequence[Sequence[object]]) -> None:
    """A plain table whose columns line up, Chinese characters counted as two wide."""
    cells = [[str(cell) for cell in line] for line in [list(heads), *lines]]
    widths = [max(_width(line[n]) for line in cells) for n in range(len(heads))]
    for line in cells:
        padded = (c + " " * (w - _width(c)) for c, w in zip(line, widths, strict=True))
        click.echo("  ".join(padded).rstrip())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)

"""Alignments without their texts: vecalign's and bertalign's lists, hunalign's ladder.

Read back, they are beads, so each needs its two texts, one sentence a line.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from workbench.domain.alignment import Bead
from workbench.domain.text import Span
from workbench.errors import BadInput

_NUMBERS = r"(\[\s*(?:\d+\s*(?:,\s*\d+\s*)*)?\])"
_LISTS = re.compile(rf"{_NUMBERS}:{_NUMBERS}(?::(-?[\d.eE+-]+))?")
_RUNG = re.compile(r"(\d+)\t(\d+)\t(-?[\d.eE+-]+)")


def is_lists(line: str) -> bool:
    """Whether a line is one of vecalign's or bertalign's: `[0, 1]:[2]` with or without a cost."""
    return _LISTS.fullmatch(line.strip()) is not None


def is_rung(line: str) -> bool:
    """Whether a line is a rung of hunalign's ladder: two numbers and a quality."""
    return _RUNG.fullmatch(line.rstrip("\r\n")) is not None


def read_lists(lines: Sequence[str]) -> list[Bead]:
    """Beads from lists of sentence numbers, in order of the lines; costs are left aside.

    Raises:
        BadInput: a line is none, or its numbers do not follow each other; names the line.
    """
    beads = []
    at = [0, 0]
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        found = _LISTS.fullmatch(line.strip())
        if not found:
            raise BadInput(f"Line {number}: not like “[0, 1]:[2]”; check that line.")
        spans = []
        for side, text in enumerate(found.group(1, 2)):
            numbers = [int(digits) for digits in re.findall(r"\d+", text)]
            start = numbers[0] if numbers else at[side]
            if numbers != list(range(start, start + len(numbers))):
                raise BadInput(f"Line {number}: {text} leaves sentences out; check that line.")
            at[side] = start + len(numbers)
            spans.append(Span(start, at[side]))
        beads.append(Bead(spans[0], spans[1]))
    return beads


def read_ladder(lines: Sequence[str]) -> list[Bead]:
    """Beads between the rungs of a ladder; a rung's quality is that of the bead it begins.

    Raises:
        BadInput: a line is no rung, or a rung goes back; names the line.
    """
    rungs: list[tuple[int, int]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        found = _RUNG.fullmatch(line.rstrip("\r\n"))
        if not found:
            raise BadInput(f"Line {number}: not two sentence numbers and a quality; check it.")
        rung = (int(found[1]), int(found[2]))
        if rungs and (rung[0] < rungs[-1][0] or rung[1] < rungs[-1][1]):
            raise BadInput(f"Line {number}: the rung goes back behind the one before; check it.")
        rungs.append(rung)
    return [Bead(Span(a[0], b[0]), Span(a[1], b[1])) for a, b in pairwise(rungs) if a != b]

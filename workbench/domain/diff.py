"""Two wordings compared word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORDS = re.compile(
    r"\d+(?:[.,]\d+)+|[\u3400-\u9fff\uf900-\ufaff]|[^\W\u3400-\u9fff\uf900-\ufaff]+|\s+|[^\w\s]"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that both wordings have, or only the old, or only the new one."""

    kind: Literal["same", "old", "new"]
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """The pieces of both wordings in order; a Chinese character counts as a word.

    The same and old pieces together are the old wording, the same and new ones the new.
    """
    return diff(_WORDS.findall(old), _WORDS.findall(new))


def diff(a: list[str], b: list[str]) -> list[Piece]:
    """The same for wordings that are cut into words already."""
    pieces: list[Piece] = []
    for i, i_stop, j, j_stop, same in _runs(a, b):
        if same:
            pieces.append(Piece("same", "".join(a[i:i_stop])))
            continue
        if i < i_stop:
            pieces.append(Piece("old", "".join(a[i:i_stop])))
        if j < j_stop:
            pieces.append(Piece("new", "".join(b[j:j_stop])))
    return pieces


def around(pieces: Sequence[Piece], words: int = 5) -> list[Piece]:
    """The pieces with no more of the same words than stand next to a change."""
    shown: list[Piece] = []
    for number, piece in enumerate(pieces):
        found = re.findall(r"\s*[^\s]+\s*", piece.text)
        first, last = number == 0, number == len(pieces) - 1
        if piece.kind != "same" or len(found) <= words * (1 if first or last else 2):
            shown.append(piece)
            continue
        before = "" if first else "".join(found[:words]).rstrip() + " "
        after = "" if last else " " + "".join(found[-words:]).lstrip()
        shown.append(Piece("same", f"{before}…{after}"))
    return shown


def _runs(a: list[str], b: list[str]) -> list[tuple[int, int, int, int, bool]]:
    """Runs of both lists and whether they are the same; a blank between changes is a change."""
    runs: list[tuple[int, int, int, int, bool]] = []
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    for number, (tag, i, i_stop, j, j_stop) in enumerate(codes):
        inside = 0 < number < len(codes) - 1
        same = tag == "equal" and bool("".join(a[i:i_stop]).strip() or not inside)
        if runs and not same and not runs[-1][4]:
            runs[-1] = (runs[-1][0], i_stop, runs[-1][2], j_stop, False)
        else:
            runs.append((i, i_stop, j, j_stop, same))
    return runs

"""Inline codes: what stands among the words of a segment and is none of them."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Tag:
    """An inline code: formatting or a placeholder that is no part of the words.

    at: offset into the segment's text, in code points, where it stands.
    kind: "open" and "close" enclose words, "alone" stands for itself.
    name: of the element in its format; attributes: as they were; inner: what is inside a code,
        as XML, since another program will want it back unchanged.
    """

    at: int
    kind: Literal["open", "close", "alone"]
    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    inner: str = ""

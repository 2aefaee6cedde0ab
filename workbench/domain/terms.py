"""Terms: a source expression with the renderings that are preferred, admitted or deprecated."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a term list.

    src: the source expression, Chinese. preferred: the rendering to use.
    admitted: renderings that are also right. deprecated: renderings known to be wrong.
    confidence: "high", "medium" or "low", how sure we are that `preferred` is established.
    note: why, or when, and the same in Chinese; source: where the rendering is from.
    """

    src: str
    preferred: str
    admitted: tuple[str, ...] = ()
    deprecated: tuple[str, ...] = ()
    confidence: str = "medium"
    note: str = ""
    source: str = ""
    note_zh: str = ""

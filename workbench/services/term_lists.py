"""The term list that a workspace goes by, and changing it."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.domain.terms import Term
from workbench.errors import UnknownName, UsageError
from workbench.services.store import Store
from workbench.storage.files import write_atomic

if TYPE_CHECKING:
    from workbench.detect.terms import TermList

FILE = "terms.csv"
_HAN = re.compile(r"[\u3400-\u9fff]")


def workspace_terms(ws: Store) -> "TermList":
    """The product's list with the entries of the workspace's own on top."""
    from workbench.detect.terms import TermList

    path = _path(ws)
    return TermList.load(*[path] if path.exists() else [])


def own_terms(ws: Store) -> Sequence[Term]:
    """The workspace's own entries, in the order of their file.

    Raises:
        BadInput: the file can't be read as a term list.
    """
    from workbench.detect.terms import TermList

    path = _path(ws)
    return TermList.read(path).entries if path.exists() else ()


def save_term(ws: Store, term: Term) -> None:
    """Add an entry, or put it in the place of the one with the same Chinese.

    Raises:
        UsageError: it has no Chinese or no rendering.
    """
    if not term.src.strip() or not term.preferred.strip():
        raise UsageError("A term needs its Chinese and the rendering to use; fill in both.")
    write_terms(ws, [*(one for one in own_terms(ws) if one.src != term.src), term])


def keep_rendering(ws: Store, src: str, rendering: str, author: str) -> Term:
    """Make a rendering the one to use for a Chinese expression; those known before stay admitted.

    Raises:
        UsageError: one of the two is missing, or the expression is not Chinese.
    """
    src, rendering = src.strip(), " ".join(rendering.split())
    if not _HAN.search(src):
        raise UsageError("A term needs its Chinese; select the Chinese words, too.")
    known = next((term for term in workspace_terms(ws).entries if term.src == src), None)
    before = [known.preferred, *known.admitted] if known else []
    term = Term(
        src,
        rendering,
        tuple(one for one in dict.fromkeys(before) if one != rendering),
        tuple(one for one in known.deprecated if one != rendering) if known else (),
        "high",
        known.note if known else "",
        author,
    )
    save_term(ws, term)
    return term


def remove_term(ws: Store, src: str) -> None:
    """Take an entry away.

    Raises:
        UnknownName: there is no such entry.
    """
    found = own_terms(ws)
    kept = [term for term in found if term.src != src]
    if len(kept) == len(found):
        raise UnknownName("term", src, [term.src for term in found])
    write_terms(ws, kept)


def _path(ws: Store) -> Path:
    return ws.root / "texts" / FILE


def write_terms(ws: Store, terms: Sequence[Term]) -> None:
    """Put a list in the place of the workspace's own."""
    from workbench.exchange.outgoing.terms import csv_of

    write_atomic(_path(ws), csv_of(terms).encode())

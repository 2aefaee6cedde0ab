"""The term list that a workspace goes by, and changing it."""

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.domain.terms import Term
from workbench.errors import UnknownName, UsageError
from workbench.services.store import Store
from workbench.storage.files import write_atomic

if TYPE_CHECKING:
    from workbench.detect.terms import TermList

FILE = "terms.csv"


def workspace_terms(ws: Store) -> "TermList":
    """The product's list with the entries of the workspace's own on top."""
    from workbench.detect.terms import TermList

    path = _path(ws)
    return TermList.load(*[path] if path.exists() else [])


def own_terms(ws: Store) -> list[Term]:
    """The workspace's own entries, by their Chinese.

    Raises:
        BadInput: the file can't be read as a term list.
    """
    from workbench.detect.terms import TermList

    path = _path(ws)
    found = TermList.read(path).entries if path.exists() else ()
    return sorted(found, key=lambda term: term.src)


def save_term(ws: Store, term: Term) -> None:
    """Add an entry, or put it in the place of the one with the same Chinese.

    Raises:
        UsageError: it has no Chinese or no rendering.
    """
    if not term.src.strip() or not term.preferred.strip():
        raise UsageError("A term needs its Chinese and the rendering to use; fill in both.")
    _write(ws, [*(one for one in own_terms(ws) if one.src != term.src), term])


def remove_term(ws: Store, src: str) -> None:
    """Take an entry away.

    Raises:
        UnknownName: there is no such entry.
    """
    found = own_terms(ws)
    kept = [term for term in found if term.src != src]
    if len(kept) == len(found):
        raise UnknownName("term", src, [term.src for term in found])
    _write(ws, kept)


def _path(ws: Store) -> Path:
    return ws.root / "texts" / FILE


def _write(ws: Store, terms: list[Term]) -> None:
    text = io.StringIO(newline="")
    out = csv.writer(text, lineterminator="\n")
    out.writerow(("src", "preferred", "admitted", "deprecated", "confidence", "note", "source"))
    for term in sorted(terms, key=lambda one: one.src):
        lists = ("|".join(part) for part in (term.admitted, term.deprecated))
        out.writerow((term.src, term.preferred, *lists, term.confidence, term.note, term.source))
    write_atomic(_path(ws), text.getvalue().encode())

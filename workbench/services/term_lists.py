"""The term list that a workspace goes by."""

from typing import TYPE_CHECKING

from workbench.services.store import Store

if TYPE_CHECKING:
    from workbench.detect.terms import TermList

FILE = "terms.csv"


def workspace_terms(ws: Store) -> "TermList":
    """The product's list with the entries of the workspace's own on top."""
    from workbench.detect.terms import TermList

    path = ws.root / "texts" / FILE
    return TermList.load(*[path] if path.exists() else [])

"""The search patterns that a workspace keeps beside its texts."""

from typing import TYPE_CHECKING

from workbench.services.store import Store

if TYPE_CHECKING:
    from workbench.detect.patterns import SearchPattern


def workspace_patterns(ws: Store) -> "tuple[SearchPattern, ...]":
    """The patterns of `texts/patterns.csv`; none without that file.

    Raises:
        BadInput: a line of it is wrong.
    """
    from workbench.detect.patterns import FILE, read_patterns

    path = ws.root / "texts" / FILE
    return read_patterns(path) if path.exists() else ()

"""Workbench: align, check and review Chinese-English official texts side by side.

import workbench
readout = workbench.open(".", "lanting-visit")
readout.to_frame("flags")
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.services.opened import OpenBitext

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(folder: "str | Path", bitext: str) -> "OpenBitext":  # noqa: A001
    """A bitext of a workspace, for scripts and notebooks.

    Raises:
        UsageError: `folder` is no workspace.
        UnknownName: it has no such bitext.
    """
    from workbench.services.opened import OpenBitext

    return OpenBitext.find(Path(folder), bitext)

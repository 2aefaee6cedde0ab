"""Workbench: align, check and review Chinese-English official texts side by side.

import workbench
readout = workbench.open(".", "lanting-visit")
readout.to_frame("flags")

for unit in workbench.align_files("zh.txt", "en.txt"):
    print(unit["src_text"], unit["tgt_text"])
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from workbench.services.opened import OpenBitext, OpenFile

__version__ = "0.1.0"
__all__ = ["__version__", "align_files", "open", "read", "set_formulations", "trends"]


def open(folder: "str | Path", bitext: str = "") -> "OpenBitext":  # noqa: A001
    """A bitext of a workspace, for scripts and notebooks; its only one may be left unnamed.

    Raises:
        UsageError: `folder` is no workspace, or it has several bitexts and none is named.
        UnknownName: it has no such bitext.
    """
    from workbench.services.opened import open_folder

    return open_folder(Path(folder), bitext)


def read(file: "str | Path") -> "OpenFile":
    """A bitext that was exported whole, as JSON Lines or XLIFF, without a workspace.

    Raises:
        BadInput: the file is none of ours, or damaged.
    """
    from workbench.services.opened import OpenFile

    return OpenFile.read(Path(file))


def align_files(
    src: "str | Path",
    tgt: "str | Path",
    *,
    src_lang: str = "",
    tgt_lang: str = "",
    level: str = "sentence",
    segmented: bool = False,
    moved: bool = False,
) -> list[dict[str, Any]]:
    """Align two text files: one unit for each bead, or for each paragraph group.

    A unit has `src` and `tgt` (numbers of its segments), `src_span` and `tgt_span` (half-open
    code-point offsets), `src_text` and `tgt_text`, and `probability` of being exactly right.

    moved: look also for passages that the translation puts elsewhere. Units of sentences that
        were moved then have `moved_to`: the numbers on the other side where they are translated.

    Raises:
        BadInput: a file can't be decoded or is empty, or both are in one language.
        NotTranslations: they do not seem to be translations of each other; says why.
    """
    from workbench.services import files

    names = (str(src), str(tgt))
    pair = files.read_pair(
        (Path(src).read_bytes(), Path(tgt).read_bytes()), names, (src_lang, tgt_lang)
    )
    options = files.AlignOptions(level, segmented, moved=moved)
    return files.units(files.align_pair(pair, options=options), level)


def set_formulations(folder: "str | Path") -> "pd.DataFrame":
    """Every occurrence of every set formulation in the dated Chinese texts of a workspace.

    Raises:
        UsageError: `folder` is no workspace.
    """
    from workbench.services.formulations import formulation_frame
    from workbench.services.workspace import Workspace

    return formulation_frame(Workspace(Path(folder)))


def trends(folder: "str | Path", what: str = "texts") -> "pd.DataFrame":
    """What was reviewed in a workspace, one line for each text, error, or rendering of a term.

    what: "texts", "errors" or "terms".

    Raises:
        UsageError: `folder` is no workspace.
        UnknownName: there is no such table.
    """
    from workbench.services.trends import trend_frame
    from workbench.services.trends import trends as gather
    from workbench.services.workspace import Workspace

    return trend_frame(gather(Workspace(Path(folder))), what)

"""A bitext opened from Python: the same steps as on the page and the command line."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.domain.review import StoredFlag
from workbench.errors import BadInput, UsageError
from workbench.exchange.incoming import read_whole, recognise
from workbench.exchange.whole import WholeBitext
from workbench.progress import Progress, silent
from workbench.services import library
from workbench.services.aligning import align_bitext
from workbench.services.checking import check_bitext
from workbench.services.frames import Table, frame
from workbench.services.rules import apply_rules
from workbench.services.versions import side_by_side, versions_of
from workbench.services.whole import whole_bitext
from workbench.services.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd

    from workbench.domain.alignment import Alignment
    from workbench.report.values import Report


@dataclass(frozen=True, slots=True)
class OpenBitext:
    """One bitext of a workspace."""

    workspace: Workspace
    id: str

    @classmethod
    def find(cls, folder: Path, bitext: str) -> "OpenBitext":
        """Open a workspace and find a bitext in it, also one only the catalogue names."""
        ws = Workspace(folder)
        return cls(ws, library.find_bitext(ws, bitext).id)

    def align(self, progress: Progress = silent) -> "Alignment":
        """Align anew; raises NotTranslations when the texts do not belong together."""
        return align_bitext(self.workspace, self.id, progress)

    def check(self, progress: Progress = silent) -> list[StoredFlag]:
        """Check anew and keep the flags."""
        flags = check_bitext(self.workspace, self.id, progress)
        apply_rules(self.workspace, self.id)
        return flags

    def versions(self) -> list["OpenBitext"]:
        """All versions of the same original, this one among them."""
        found = versions_of(self.workspace, self.id)
        return [OpenBitext(self.workspace, version.bitext) for version in found]

    def beside(self, *others: str) -> "pd.DataFrame":
        """This version and others of the same original in common rows; the others by their ids.

        A line has, for the original and for each version, its words and where they stand.

        Raises:
            UsageError: one of them is not aligned yet, or translates another original.
        """
        return side_by_side(self.workspace, (self.id, *others)).to_frame()

    def report(self, progress: Progress = silent) -> "Report":
        """Its score, findings, terms, choices and charts' figures, counted from the log."""
        from workbench.services.reporting import report

        return report(self.workspace, self.id, progress)

    def to_frame(self, what: Table = "beads") -> "pd.DataFrame":
        """A table of the bitext as it stands: beads, flags, annotations or decisions.

        Offsets are code points into the two texts, half-open; -1 where a side has no words.

        Raises:
            UnknownName: there is no such table.
            UsageError: the bitext is not aligned yet.
        """
        return frame(whole_bitext(self.workspace, self.id), what)


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A whole bitext read from a file of ours, without a workspace."""

    whole: WholeBitext

    @classmethod
    def read(cls, path: Path) -> "OpenFile":
        """Read JSON Lines or XLIFF that an export wrote. Raises BadInput."""
        with path.open("rb") as stream:
            whole = read_whole(stream, recognise(stream, path.name))
        if whole is None:
            raise BadInput(
                f"{path.name} is no bitext as the workbench exports it (JSON Lines or XLIFF); "
                "import it into a workspace."
            )
        return cls(whole)

    def to_frame(self, what: Table = "beads") -> "pd.DataFrame":
        """A table of the bitext, as `OpenBitext.to_frame` gives it."""
        return frame(self.whole, what)


def open_folder(folder: Path, bitext: str = "") -> OpenBitext:
    """A bitext of a workspace; its only one when none is named.

    Raises:
        UsageError: `folder` is no workspace, or it has several bitexts or none.
        UnknownName: it has no such bitext.
    """
    if bitext:
        return OpenBitext.find(folder, bitext)
    ids = [shelf.id for shelf in library.shelves(Workspace(folder))]
    if len(ids) != 1:
        known = ", ".join(sorted(ids)) or "none yet"
        raise UsageError(f"Name one of the bitexts of {folder}: {known}.")
    return OpenBitext.find(folder, ids[0])

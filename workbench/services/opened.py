"""A bitext opened from Python: the same steps as on the page and the command line."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from workbench.domain.text import Span
from workbench.errors import UnknownName
from workbench.progress import Progress, silent
from workbench.services import library
from workbench.services.aligning import align_bitext
from workbench.services.checking import StoredFlag, check_bitext
from workbench.services.page import review_view
from workbench.services.rules import apply_rules
from workbench.services.views import ReviewView
from workbench.services.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd

    from workbench.domain.alignment import Alignment

Table = Literal["beads", "flags", "annotations", "decisions"]


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

    def to_frame(self, what: Table = "beads") -> "pd.DataFrame":
        """A table of the bitext as it stands: beads, flags, annotations or decisions.

        Offsets are code points into the two texts, half-open; -1 where a side has no words.

        Raises:
            UnknownName: there is no such table.
            UsageError: the bitext is not aligned yet.
        """
        import pandas as pd

        if what not in TABLES:
            raise UnknownName("table", what, TABLES)
        columns, lines = TABLES[what]
        view = review_view(self.workspace, self.id, "")
        return pd.DataFrame(lines(view, self._quote), columns=columns)

    def _quote(self, side: str, span: Span) -> str:
        bitext = self.workspace.bitext(self.id)
        text = self.workspace.text(bitext.src_id if side == "src" else bitext.tgt_id)
        return span.of(text.content).strip()


Quote = Callable[[str, Span], str]
Lines = Callable[[ReviewView, Quote], list[list[Any]]]
SPANS = ["src_start", "src_stop", "tgt_start", "tgt_stop"]


def _bounds(src: Span | None, tgt: Span | None) -> list[int]:
    return [n for span in (src, tgt) for n in ((span.start, span.stop) if span else (-1, -1))]


def _beads(view: ReviewView, quote: Quote) -> list[list[Any]]:
    return [
        [
            row.id,
            row.kind,
            *_bounds(row.src.span, row.tgt.span),
            quote("src", row.src.span),
            quote("tgt", row.tgt.span),
            row.confirmed,
            row.probability,
            row.open_flags,
        ]
        for row in view.rows.values()
    ]


def _flags(view: ReviewView, _: Quote) -> list[list[Any]]:
    return [
        [
            f.flag.fingerprint,
            row.id,
            f.flag.detector,
            f.flag.category,
            str(f.flag.severity),
            *_bounds(f.flag.src, f.flag.tgt),
            f.flag.src_words,
            f.flag.tgt_words,
            f.flag.evidence,
            f.flag.confidence,
            str(f.decision.verdict) if f.decision else "",
        ]
        for row in view.rows.values()
        for f in row.flags
    ]


def _annotations(view: ReviewView, _: Quote) -> list[list[Any]]:
    return [
        [
            note.id,
            row.id,
            str(note.annotation.kind),
            note.annotation.category,
            str(note.annotation.severity or ""),
            *_bounds(note.annotation.src, note.annotation.tgt),
            note.src_words,
            note.tgt_words,
            note.annotation.note,
            note.annotation.wording,
            note.touch.author,
            note.touch.made_at,
        ]
        for row in view.rows.values()
        for note in row.notes
    ]


def _decisions(view: ReviewView, _: Quote) -> list[list[Any]]:
    return [
        [
            f.flag.fingerprint,
            f.decision.detector,
            f.decision.category,
            str(f.decision.verdict),
            f.decision.reason,
            f.touch.author,
            f.touch.made_at,
        ]
        for row in view.rows.values()
        for f in row.flags
        if f.decision and f.touch
    ]


def _columns(names: str) -> list[str]:
    """Names of columns; "spans" stands for the four offsets."""
    return [c for name in names.split() for c in (SPANS if name == "spans" else [name])]


TABLES: dict[str, tuple[list[str], Lines]] = {
    "beads": (_columns("bead kind spans src tgt confirmed probability open_flags"), _beads),
    "flags": (
        _columns("flag bead detector category severity spans src tgt evidence confidence decision"),
        _flags,
    ),
    "annotations": (
        _columns(
            "annotation bead kind category severity spans src tgt note wording author made_at"
        ),
        _annotations,
    ),
    "decisions": (
        _columns("flag detector category decision reason author made_at"),
        _decisions,
    ),
}

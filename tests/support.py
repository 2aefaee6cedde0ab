"""What several tests need: a workspace with the sample, aligned by its gold."""

import ast
import shutil
from pathlib import Path

from workbench.domain.alignment import Alignment, Bead
from workbench.domain.operations import WORKBENCH, Operation, apply, new_id
from workbench.domain.text import Span
from workbench.segment import segment
from workbench.services import aligning, library
from workbench.services.workspace import Workspace, now
from workbench.storage import repository

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
READOUT = SHARED / "texts" / "readout-2025-05"
READOUT_GOLD = SHARED / "gold" / "readout-2025-05"
SAMPLE = "lanting-visit"
GOLD = ROOT / "alignments" / "gold"


def read_gold(path: Path) -> tuple[Bead, ...]:
    """Beads from lines `[src]:[tgt]`; empty sides are placed where they stand."""
    beads, src_at, tgt_at = [], 0, 0
    for line in path.read_text(encoding="utf-8").splitlines():
        src, tgt = (ast.literal_eval(part) for part in line.split(":"))
        src_stop = src[-1] + 1 if src else src_at
        tgt_stop = tgt[-1] + 1 if tgt else tgt_at
        beads.append(Bead(Span(src_at, src_stop), Span(tgt_at, tgt_stop), 0.97, 3.1))
        src_at, tgt_at = src_stop, tgt_stop
    return tuple(beads)


def sample_workspace(folder: Path) -> Workspace:
    """A workspace with the sample's texts, not aligned."""
    shutil.copytree(ROOT / "texts", folder / "texts")
    (folder / "alignments").mkdir()
    return Workspace(folder)


def align_by_gold(ws: Workspace, bitext_id: str = SAMPLE) -> None:
    """Give the sample its gold alignment, without an encoder."""
    bitext = library.find_bitext(ws, bitext_id)
    texts = (ws.text(bitext.src_id), ws.text(bitext.tgt_id))
    divisions = tuple(segment(text.content, text.lang) for text in texts)
    beads = read_gold(GOLD / f"{bitext_id}.sentences.align")
    sizes = [len(division.sentences) for division in divisions]
    alignment = Alignment(beads, *sizes, "gold")
    tgt = aligning.with_commentary(alignment, *divisions)
    with ws.db.write() as session:
        state = ws.state(bitext_id, session)
        changes = aligning.alignment_changes(state, (divisions[0], tgt), alignment)
        operation = Operation(new_id(), "align", WORKBENCH, now(), changes)
        state = apply(state, repository.append(session, bitext_id, operation))
    ws.remember(bitext_id, state)
    ws.save_portable(bitext_id)

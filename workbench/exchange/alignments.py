"""Alignments as plain lines: what other aligners write and their scorers read.

vecalign: `[0, 1]:[2]:0.031000`, numbers from 0; the last figure is a cost, here one minus the
    probability of the bead. ladder: hunalign's rungs, `source<TAB>target<TAB>quality`, each the
    start of a bead, and one more for the end; the quality is the bead's probability.
"""

from collections.abc import Callable, Iterator, Sequence

from workbench.domain.alignment import Bead
from workbench.registry import Registry

LineWriter = Callable[[Sequence[Bead]], Iterator[str]]

line_formats: Registry[LineWriter] = Registry(
    "alignment format",
    {
        "vecalign": "workbench.exchange.alignments:vecalign",
        "ladder": "workbench.exchange.alignments:ladder",
    },
)


def vecalign(beads: Sequence[Bead]) -> Iterator[str]:
    """Vecalign's lines: both sides as lists, and a cost."""
    for bead in beads:
        src = list(range(bead.src.start, bead.src.stop))
        tgt = list(range(bead.tgt.start, bead.tgt.stop))
        yield f"{src}:{tgt}:{1 - _quality(bead):.6f}"


def ladder(beads: Sequence[Bead]) -> Iterator[str]:
    """Hunalign's ladder: where each bead begins on both sides, and its quality."""
    for bead in beads:
        yield f"{bead.src.start}\t{bead.tgt.start}\t{_quality(bead):.4f}"
    if beads:
        yield f"{beads[-1].src.stop}\t{beads[-1].tgt.stop}\t0.0000"


def _quality(bead: Bead) -> float:
    return 1.0 if bead.probability is None else bead.probability

"""Two texts put side by side for the aligners, the Chinese one on the left."""

from dataclasses import dataclass, field
from functools import cached_property

from workbench.align.features import Features
from workbench.align.prepared import Measured
from workbench.domain.alignment import Bead
from workbench.domain.text import Span


@dataclass(frozen=True, slots=True)
class Gap:
    """What is to be aligned: a run of sentences on each side, between fixed beads."""

    left: Span
    right: Span

    @property
    def shape(self) -> tuple[int, int]:
        """Number of sentences on each side."""
        return len(self.left), len(self.right)


@dataclass
class Pair:
    """Both sides measured. Vectors and words are made when an aligner first asks for them.

    wholes: beads of whole paragraphs, when an aligner has made them.
    """

    left: Measured
    right: Measured
    wholes: list[Bead] = field(default_factory=list)

    @cached_property
    def features(self) -> Features:
        """What the default aligner sees of a bead."""
        return Features(self.left, self.right)

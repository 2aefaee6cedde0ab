"""Which words of the two sides of a row translate each other."""

from array import array
from dataclasses import dataclass, field

from workbench.domain.text import Span


@dataclass(frozen=True, slots=True, order=True)
class WordLink:
    """Two words by their numbers, and the probability that they translate each other."""

    src: int
    tgt: int
    probability: float


def _nothing() -> "array[float]":
    return array("f")


@dataclass(frozen=True, slots=True)
class LinkedPair:
    """The words of two texts and the links between them.

    src_words, tgt_words: half-open spans, in order; punctuation is left out. links: in order of
    words. src_best, tgt_best: for each word the probability of its best link, also where that is
    too small to be one; 0 when the other side is empty. src_evidence, tgt_evidence: word after word
    what speaks for any counterpart, in the order of `workbench.links.evidence.OF_WORD`; nothing
    when one side is empty or both are very long. likeness: how the texts as wholes compare: by
    dimension the difference of their mean states, then the product, of unit vectors; nothing
    without states.
    """

    src_words: tuple[Span, ...]
    tgt_words: tuple[Span, ...]
    links: tuple[WordLink, ...]
    src_best: tuple[float, ...]
    tgt_best: tuple[float, ...]
    src_evidence: "array[float]" = field(default_factory=_nothing)
    tgt_evidence: "array[float]" = field(default_factory=_nothing)
    likeness: "array[float]" = field(default_factory=_nothing)

    def flipped(self) -> "LinkedPair":
        """The same with source and target changed places."""
        links = sorted(WordLink(link.tgt, link.src, link.probability) for link in self.links)
        return LinkedPair(
            self.tgt_words,
            self.src_words,
            tuple(links),
            self.tgt_best,
            self.src_best,
            self.tgt_evidence,
            self.src_evidence,
            self.likeness,
        )

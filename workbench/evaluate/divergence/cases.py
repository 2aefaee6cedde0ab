"""What the detectors are measured on: pairs known to be right or wrong, in sets."""

from dataclasses import dataclass

from workbench.domain.review import AlignedTexts, Row
from workbench.domain.text import Span
from workbench.segment import segment


@dataclass(frozen=True, slots=True)
class Case:
    """One pair of a Chinese and an English segment.

    group: pairs of one source sentence share it; the bootstrap draws whole groups.
    wrong: whether the pair holds the error that the set is about.
    zh_gold, en_gold: where the error stands, in characters; empty where it left no words.
    """

    group: str
    zh: str
    en: str
    wrong: bool
    zh_gold: tuple[Span, ...] = ()
    en_gold: tuple[Span, ...] = ()

    @property
    def located(self) -> bool:
        """Whether it is known where the error stands."""
        return bool(self.zh_gold or self.en_gold)


def one_row(zh: str, en: str) -> AlignedTexts:
    """A pair as a bitext of one row, in which the Chinese is the source."""
    row = Row(
        "0",
        zh,
        en,
        src_sentences=segment(zh, "zh").sentences,
        tgt_sentences=segment(en, "en").sentences,
    )
    return AlignedTexts((row,), "zh-CN", "en-US")


@dataclass(frozen=True, slots=True)
class TestSet:
    """Pairs that say how well certain detectors do.

    id: short name. title, title_zh: what a reader is told. detectors: ids, all when empty.
    natural: translations as they came, marked by people; else errors were planted. Only a set
        with right and wrong pairs can say how many flags are right.
    complete: every error the detector claims is marked, so that it can be said how many it finds.
    """

    __test__ = False  # no test class of pytest's

    id: str
    title: str
    title_zh: str
    cases: tuple[Case, ...]
    detectors: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    natural: bool = False
    complete: bool = True

    def speaks_of(self, detector: str) -> bool:
        """Whether the set measures this detector."""
        return detector not in self.but and (not self.detectors or detector in self.detectors)

"""The aligner's benchmark: documents with reference alignments in, scores, times and memory out."""

import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.align import Side, align
from workbench.domain.alignment import Alignment, Bead
from workbench.encode import Encoder
from workbench.errors import BadInput
from workbench.evaluate.calibration import Calibration, calibration
from workbench.evaluate.scores import Group, Score, by_kind, groups, joined, lax, read_gold, strict
from workbench.evaluate.stopwatch import Stopwatch
from workbench.progress import Progress, silent
from workbench.segment import segment

LEVELS = ("sentence", "paragraph")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and of the processor, for encoding and for aligning after it."""

    encoding: float = 0.0
    encoding_cpu: float = 0.0
    aligning: float = 0.0
    aligning_cpu: float = 0.0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            self.encoding + other.encoding,
            self.encoding_cpu + other.encoding_cpu,
            self.aligning + other.aligning,
            self.aligning_cpu + other.aligning_cpu,
        )

    def to_json(self) -> dict[str, float]:
        """The four figures, rounded."""
        return {name: round(getattr(self, name), 3) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """One document: sizes, scores, cost, and how probable and how right each bead was."""

    name: str
    n_src: int
    n_tgt: int
    strict: Score
    lax: Score
    joined: Score
    cost: Cost
    outcomes: tuple[tuple[float, bool], ...] = field(repr=False, default=())

    def to_json(self) -> dict[str, Any]:
        """Everything but the single beads."""
        return {
            "name": self.name,
            "sentences": [self.n_src, self.n_tgt],
            "strict": self.strict.to_json(),
            "lax": self.lax.to_json(),
            "joined": self.joined.to_json(),
            "seconds": self.cost.to_json(),
        }


@dataclass(frozen=True, slots=True)
class BenchResult:
    """All documents of a folder, one by one and pooled.

    peak_memory: of the whole process so far, in bytes.
    """

    data: str
    signature: str
    documents: tuple[DocumentResult, ...]
    kinds: dict[str, Score]
    peak_memory: int

    @property
    def strict(self) -> Score:
        """Pooled over documents."""
        return sum((d.strict for d in self.documents), Score())

    @property
    def lax(self) -> Score:
        """Pooled over documents."""
        return sum((d.lax for d in self.documents), Score())

    @property
    def joined(self) -> Score:
        """Pooled over documents."""
        return sum((d.joined for d in self.documents), Score())

    @property
    def cost(self) -> Cost:
        """Summed over documents."""
        return sum((d.cost for d in self.documents), Cost())

    @property
    def calibration(self) -> Calibration:
        """How honest the probabilities of all beads were; paragraph groups have none."""
        return calibration([outcome for d in self.documents for outcome in d.outcomes])

    def to_json(self) -> dict[str, Any]:
        """What is printed with `--json` and kept to compare later runs with."""
        return {
            "data": self.data,
            "signature": self.signature,
            "strict": self.strict.to_json(),
            "lax": self.lax.to_json(),
            "joined": self.joined.to_json(),
            "kinds": {kind: score.to_json() for kind, score in self.kinds.items()},
            "calibration": self.calibration.to_json(),
            "seconds": self.cost.to_json(),
            "peak_memory": self.peak_memory,
            "documents": [document.to_json() for document in self.documents],
        }


def run(
    data: Path,
    src_lang: str,
    tgt_lang: str,
    *,
    encoder: Encoder,
    aligner: str = "default",
    level: str = "sentence",
    progress: Progress = silent,
) -> BenchResult:
    """Align every document of a folder and score it.

    data: a folder with `src/NAME` and `tgt/NAME`, one sentence a line, and `gold/NAME.align`
        with lines `[src]:[tgt]` of 0-based numbers.
    level: what a line is. Lines that are paragraphs are cut into sentences, the sentences aligned,
        and the paragraph groups that follow are compared with the reference.

    Raises:
        BadInput: the folder has no such files, or a reference goes beyond its document.
    """
    names = sorted(path.stem for path in (data / "gold").glob("*.align"))
    if not names:
        raise BadInput(f"{data} has no gold/NAME.align; give a folder with src, tgt and gold.")
    results, signature = [], ""
    found: list[Group] = []
    expected: list[Group] = []
    for number, name in enumerate(names):
        progress("Documents", number, len(names))
        sides = [_side(read_lines(data / part / name), lang, level)
                 for part, lang in (("src", src_lang), ("tgt", tgt_lang))]  # fmt: skip
        gold = read_gold(data / "gold" / f"{name}.align")
        alignment, cost = _timed(sides[0], sides[1], encoder, aligner, progress)
        beads = alignment.beads if level == "sentence" else alignment.paragraphs
        result = _result(name, beads, gold, cost)
        results.append(result)
        signature = alignment.signature
        # numbers differ by document, so that beads of two documents are never taken for one
        found += [_apart(group, number) for group in groups(beads)]
        expected += [_apart(group, number) for group in gold]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return BenchResult(data.name, signature, tuple(results), by_kind(found, expected), peak)


def read_lines(path: Path) -> tuple[str, ...]:
    """The lines of a UTF-8 file; only a line feed ends one."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise BadInput(f"There is no {path}; each reference needs both of its texts.") from None
    return tuple(line.strip() for line in text.removesuffix("\n").split("\n"))


def _side(lines: Sequence[str], lang: str, level: str) -> Side:
    if level == "sentence":
        return Side(tuple(lines), lang=lang)
    cut = [[span.of(line).strip() for span in segment(line, lang).sentences] or [""]
           for line in lines]  # fmt: skip
    numbers = tuple(number for number, line in enumerate(cut) for _ in line)
    return Side(tuple(sentence for line in cut for sentence in line), numbers, lang=lang)


def _timed(
    src: Side, tgt: Side, encoder: Encoder, aligner: str, progress: Progress
) -> tuple[Alignment, Cost]:
    watch: Any = Stopwatch(encoder)
    start, start_cpu = time.perf_counter(), time.process_time()
    alignment = align(
        src, tgt, encoder=watch, aligner=aligner, progress=progress, check_plausible=False
    )
    all_, all_cpu = time.perf_counter() - start, time.process_time() - start_cpu
    cost = Cost(watch.seconds, watch.cpu, all_ - watch.seconds, all_cpu - watch.cpu)
    return alignment, cost


def _result(name: str, beads: Sequence[Bead], gold: Sequence[Group], cost: Cost) -> DocumentResult:
    sizes = beads[-1].src.stop, beads[-1].tgt.stop
    for side, size in enumerate(sizes):
        last = max((max(group[side], default=-1) for group in gold), default=-1)
        if last >= size:
            raise BadInput(
                f"The reference of {name} names segment {last} of a text that has {size}; "
                "check that the files belong together."
            )
    found = groups(beads)
    right = set(gold)
    outcomes = tuple(
        (bead.probability, group in right)
        for bead, group in zip(beads, found, strict=True)
        if bead.probability is not None
    )
    scores = strict(found, gold), lax(found, gold), joined(found, gold)
    return DocumentResult(name, *sizes, *scores, cost, outcomes)


def _apart(group: Group, document: int) -> Group:
    by = document * 10_000_000
    return tuple(i + by for i in group[0]), tuple(j + by for j in group[1])

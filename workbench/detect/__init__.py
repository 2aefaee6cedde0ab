"""Looking for divergences between the two languages of an aligned pair.

A detector is a function from the aligned texts to flags. `examine` runs them all, merges what
they say about the same words into one flag, and gives each row one number for each detector, by
which rows can be ranked whether flagged or not.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.detect.merge import merged
from workbench.domain.review import AlignedTexts, Flag
from workbench.progress import Progress, silent
from workbench.registry import Registry

if TYPE_CHECKING:
    from workbench.detect.coverage import RowCoverage, RowWords
    from workbench.detect.patterns import SearchPattern
    from workbench.detect.terms import TermList
    from workbench.encode import Encoder
    from workbench.links import Linker

CHECKING = "Checking for divergences"


@dataclass(frozen=True, slots=True)
class Context:
    """What detectors may use besides the texts.

    encoder: a sentence encoder, or None to do without.
    links: links the words of rows and remembers them, or None: then coverage goes by the
    dictionary, numbers, sounds and places alone.
    others: further bitexts of the workspace, whose renderings are compared with.
    patterns: what the workspace looks for besides.
    words: the words of rows seen before and how surely they are rendered; filled and read by
    `workbench.detect.coverage`.
    """

    terms: "TermList"
    encoder: "Encoder | None" = None
    links: "Linker | None" = None
    others: tuple[AlignedTexts, ...] = ()
    patterns: "tuple[SearchPattern, ...]" = ()
    words: "dict[tuple[object, ...], RowWords]" = field(default_factory=dict, compare=False)


Detector = Callable[[AlignedTexts, Context], list[Flag]]
Ranker = Callable[[AlignedTexts, Context], list[float]]

detectors: Registry[Detector] = Registry(
    "detector",
    {
        "numbers": "workbench.detect.numbers:numbers",
        "approximators": "workbench.detect.numbers.approximators:approximators",
        "terms": "workbench.detect.terms:terms",
        "names": "workbench.detect.names:names",
        "polarity": "workbench.detect.polarity:polarity",
        "speaker": "workbench.detect.speaker:speaker",
        "modality": "workbench.detect.modality:modality",
        "mood": "workbench.detect.mood:mood",
        "omission": "workbench.detect.omission:omission",
        "addition": "workbench.detect.omission:addition",
        "consistency": "workbench.detect.consistency:consistency",
        "mechanical": "workbench.detect.mechanical:mechanical",
        "doubt": "workbench.detect.doubt:doubt",
    },
)

rankers: Registry[Ranker] = Registry(
    "ranker",
    {
        "names": "workbench.detect.names:names_rank",
        "numbers": "workbench.detect.numbers:numbers_rank",
        "polarity": "workbench.detect.polarity:polarity_rank",
        "doubt": "workbench.detect.doubt:doubt_rank",
        "modality": "workbench.detect.modality:modality_rank",
        "omission": "workbench.detect.omission:omission_rank",
        "addition": "workbench.detect.omission:addition_rank",
    },
)
"""Detectors that can tell more from less likely rows below their threshold, by the same ids.

A ranker gives one number for each row of the texts, higher for likelier; only the order counts.
"""


@dataclass(frozen=True, slots=True)
class Findings:
    """What an examination found.

    flags: merged, in order of rows, the gravest first. scores: by detector one number for each
    row, higher where a finding of this kind is likelier. errors: for each row the probability of a
    major error of any kind. coverage: for each row its words with how surely each is rendered.
    """

    flags: list[Flag]
    scores: dict[str, list[float]]
    errors: list[float]
    coverage: "list[RowCoverage]"


def examine(
    texts: AlignedTexts,
    context: Context,
    *,
    only: Collection[str] | None = None,
    progress: Progress = silent,
) -> Findings:
    """Run the detectors and their rankers, and sum up each row.

    only: ids of the detectors to run; all when None.

    Raises:
        UnknownName: `only` names a detector there is not.
        Stopped: from `progress`.
    """
    from workbench.detect.coverage import row_coverage
    from workbench.detect.error import error_probabilities

    names = [name for name in detectors if only is None or name in only]
    for name in only or ():
        detectors.get(name)
    flags: list[Flag] = []
    scores: dict[str, list[float]] = {}
    for done, name in enumerate(names):
        progress(CHECKING, done, len(names))
        found = detectors.get(name)(texts, context)
        flags += found
        scores[name] = row_scores(name, found, texts, context)
    progress(CHECKING, len(names), len(names))
    kept = merged(flags, texts)
    coverage = row_coverage(texts, context)
    return Findings(kept, scores, error_probabilities(texts, context, kept), coverage)


def check(
    texts: AlignedTexts,
    context: Context,
    *,
    only: Collection[str] | None = None,
    progress: Progress = silent,
) -> list[Flag]:
    """The flags of `examine` alone; same arguments, same errors."""
    return examine(texts, context, only=only, progress=progress).flags


def row_scores(name: str, found: list[Flag], texts: AlignedTexts, context: Context) -> list[float]:
    """One number for each row, by which a detector ranks it. found: the detector's flags."""
    if name in rankers:
        return rankers.get(name)(texts, context)
    # Without a ranker of its own a detector says what its gravest flag in the row says.
    gravest: dict[str, Flag] = {}
    for flag in sorted(found, key=lambda f: (f.severity.rank, f.confidence)):
        gravest[flag.row] = flag
    return [gravest[row.id].confidence if row.id in gravest else 0.0 for row in texts.rows]

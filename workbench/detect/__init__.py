"""Looking for divergences between the two languages of an aligned pair.

A detector is a function from the aligned texts to flags. `check` runs them all and merges what
they say about the same words into one flag.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.detect.merge import merged
from workbench.domain.review import AlignedTexts, Flag
from workbench.progress import Progress, silent
from workbench.registry import Registry

if TYPE_CHECKING:
    from workbench.detect.terms import TermList
    from workbench.encode import Encoder


@dataclass(frozen=True, slots=True)
class Context:
    """What detectors may use besides the texts.

    encoder: a sentence encoder, or None: then coverage goes by the dictionary alone.
    """

    terms: "TermList"
    encoder: "Encoder | None" = None


Detector = Callable[[AlignedTexts, Context], list[Flag]]

detectors: Registry[Detector] = Registry(
    "detector",
    {
        "numbers": "workbench.detect.numbers:numbers",
        "approximators": "workbench.detect.numbers.approximators:approximators",
        "terms": "workbench.detect.terms:terms",
        "polarity": "workbench.detect.polarity:polarity",
        "omission": "workbench.detect.omission:omission",
        "addition": "workbench.detect.omission:addition",
        "consistency": "workbench.detect.consistency:consistency",
        "mechanical": "workbench.detect.mechanical:mechanical",
    },
)


def check(
    texts: AlignedTexts,
    context: Context,
    *,
    only: Collection[str] | None = None,
    progress: Progress = silent,
) -> list[Flag]:
    """Run the detectors and merge what they find, in order of rows, the gravest first.

    only: ids of the detectors to run; all when None.

    Raises:
        UnknownName: `only` names a detector there is not.
        Stopped: from `progress`.
    """
    names = [name for name in detectors if only is None or name in only]
    for name in only or ():
        detectors.get(name)
    flags: list[Flag] = []
    for done, name in enumerate(names):
        progress("Checking for divergences", done, len(names))
        flags += detectors.get(name)(texts, context)
    progress("Checking for divergences", len(names), len(names))
    return merged(flags, texts)

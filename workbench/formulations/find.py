"""Finding what is repeated as a whole: n-grams of words that hang together and end where they end.

A phrase counts when what stands before and after it varies (branching entropy), when its parts
meet far more often than by chance (pointwise mutual information of its weakest joint), and when
it opens and closes where a Chinese phrase may. Words are never cut.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from workbench.domain.formulations import Dated
from workbench.domain.text import Span
from workbench.formulations.reading import Run, Word, runs
from workbench.formulations.shape import Shape, light

_LONGEST = 12  # words
_CHARACTERS = (4, 24)
_VARIETY = 0.9  # bits of entropy on either side
_COHESION = 3.5  # bits of the weakest joint
_ALONE = 0.25  # the share of a phrase's occurrences that must lie outside longer phrases

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase. weight: bits of its weakest joint, more for one that many texts have."""

    words: str
    weight: float


def find(texts: Sequence[Dated], listed: Collection[str] = ()) -> list[Found]:
    """The phrases that are repeated in some texts, or that a list has.

    listed: Chinese terms, which count from their first occurrence on.
    """
    read = [run for text in texts for run in runs(text.content, text.silent)]
    grams = _Grams(read)
    shape = Shape(grams.tags)
    kept = {
        key: weight
        for key, places in grams.places.items()
        if (weight := _weight(grams, shape, key, places)) is not None
    }
    known, places_of_known = _listed(read, listed)
    for key in _without_verbs(kept, grams, shape):
        del kept[key]
    found = _alone(kept, grams, places_of_known)
    found |= {words: max(found.get(words, 0.0), 20.0) for words in known}
    return [Found(words, weight) for words, weight in found.items()]


Placed = list[tuple[int, int]]  # (number of the run, number of its first word)


class _Grams:
    """Runs of words that occur twice or more, with where they do. Grown word by word."""

    def __init__(self, read: Sequence[Run]) -> None:
        self.runs = read
        self.size = sum(map(len, read))
        self.counts: Counter[Key] = Counter((word.text,) for run in read for word in run)
        self.tags = _tags(word for run in read for word in run)
        self.places: dict[Key, Placed] = {}
        level: dict[Key, Placed] = defaultdict(list)
        for number, run in enumerate(read):
            for at, word in enumerate(run):
                level[word.text,].append((number, at))
        for size in range(1, _LONGEST + 1):
            level = {key: places for key, places in level.items() if len(places) > 1}
            self.places |= level
            self.counts.update({key: len(places) for key, places in level.items() if size > 1})
            level = self._longer(level, size)

    def _longer(self, level: Mapping[Key, Placed], size: int) -> dict[Key, Placed]:
        longer: dict[Key, Placed] = defaultdict(list)
        for key, places in level.items():
            for number, at in places:
                if at + size < len(self.runs[number]):
                    longer[(*key, self.runs[number][at + size].text)].append((number, at))
        return longer

    def span(self, number: int, at: int, size: int) -> Span:
        """Characters of a run, from a word on."""
        run = self.runs[number]
        start = run[at].start - run[0].start
        return Span(start, start + size)

    def around(self, key: Key, places: Placed) -> tuple[list[Word | None], list[Word | None]]:
        """The words before and after each occurrence, None at a mark."""
        before: list[Word | None] = []
        after: list[Word | None] = []
        for number, at in places:
            run, stop = self.runs[number], at + len(key)
            before.append(run[at - 1] if at and not run[at - 1].is_mark else None)
            after.append(run[stop] if stop < len(run) and not run[stop].is_mark else None)
        return before, after

    def cohesion(self, key: Key) -> float:
        """Bits by which the two parts of the weakest joint meet more often than by chance."""
        if len(key) == 1:
            return 2 * _COHESION
        joints = [
            log2(self.counts[key] * self.size / (self.counts[key[:at]] * self.counts[key[at:]]))
            for at in range(1, len(key))
        ]
        return min(joints)


def _tags(words: Iterable[Word]) -> dict[str, str]:
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for word in words:
        seen[word.text][word.tag] += 1
    return {text: tags.most_common(1)[0][0] for text, tags in seen.items()}


def _weight(grams: _Grams, shape: Shape, key: Key, places: Placed) -> float | None:
    """How much of a set phrase it is, None when it is none."""
    words = "".join(key)
    if not _CHARACTERS[0] <= len(words) <= _CHARACTERS[1] or not shape.may_be(key):
        return None
    before, after = grams.around(key, places)
    if min(_entropy(before), _entropy(after)) < _VARIETY:
        return None
    cohesion = grams.cohesion(key)
    if cohesion < _COHESION or not shape.is_whole(key, before, after):
        return None
    return cohesion * log2(1 + len(places))


def _entropy(context: Sequence[Word | None]) -> float:
    """Of what stands beside a phrase; every mark counts as something else."""
    counts = Counter(word.text if word else f"|{n}" for n, word in enumerate(context))
    return -sum(c / len(context) * log2(c / len(context)) for c in counts.values())


def _without_verbs(kept: Mapping[Key, float], grams: _Grams, shape: Shape) -> Iterator[Key]:
    """Phrases that are verbs or adverbs before a phrase that also stands without them."""
    for key in list(kept):
        for at in range(1, len(key)):
            rest = key[at:]
            if rest in kept and shape.is_lead(key[:at]):
                if len(grams.places[rest]) - len(grams.places[key]) > 1:
                    yield key
                break


def _alone(
    kept: Mapping[Key, float], grams: _Grams, listed: Mapping[int, list[Span]]
) -> dict[str, float]:
    """The phrases that stand often enough outside longer ones and outside terms, longest first."""
    taken = {number: list(spans) for number, spans in listed.items()}
    found: dict[str, float] = {}
    for key in sorted(kept, key=lambda k: (-len("".join(k)), k)):
        words = "".join(key)
        spans = [(number, grams.span(number, at, len(words))) for number, at in grams.places[key]]
        free = sum(
            not any(_inside(span, other) for other in taken.get(number, ()))
            for number, span in spans
        )
        if free < max(2, _ALONE * len(spans)):
            continue
        found[words] = kept[key]
        for number, span in spans:
            taken.setdefault(number, []).append(span)
    return found


def _inside(span: Span, other: Span) -> bool:
    return span != other and other.start <= span.start and span.stop <= other.stop


def _listed(read: Sequence[Run], listed: Collection[str]) -> tuple[set[str], dict[int, list[Span]]]:
    """The terms of a list that stand in the texts, the longest at each place; and where, by run."""
    longest = sorted((t for t in listed if len(t) >= _CHARACTERS[0] and t not in light()), key=len)
    longest.reverse()
    pattern = re.compile("|".join(map(re.escape, longest)) or r"(?!)")
    words: set[str] = set()
    places: dict[int, list[Span]] = {}
    for number, run in enumerate(read):
        for match in pattern.finditer("".join(word.text for word in run)):
            words.add(match[0])
            places.setdefault(number, []).append(Span(*match.span()))
    return words, places

"""What a text says that earlier ones do not, and the reverse."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from workbench.domain.formulations import (
    Change,
    Dated,
    Formulation,
    Place,
    Shift,
    Unheard,
)
from workbench.domain.text import Span
from workbench.formulations.reading import Run, Word, runs
from workbench.formulations.shape import leads
from workbench.formulations.speakers import Speakers

_USUAL = 0.5  # share of the earlier texts that must have a formulation to be missed
_LEAST = 3  # and at least so many texts
_OFTEN = 2.0  # times the earlier rate, to be said more or less often
_CHANCE = 0.01
_LIKE = 0.55  # how alike an earlier formulation must be to be shown beside a new one
_MOST_LEVEL = 2 / 3  # share of the earlier occurrences that agree on a degree

Renderings = Mapping[Place, str]


def compare(
    text: Dated,
    earlier: Sequence[Dated],
    formulations: Sequence[Formulation],
    renderings: Renderings | None = None,
) -> list[Change]:
    """The formulations whose use in a text differs from that in the earlier ones.

    renderings: English words by place, for the texts that have a translation.
    """
    ids = [one.id for one in earlier]
    before = [f for f in formulations if any(id_ in f.texts for id_ in ids)]
    found: list[Change] = []
    for formulation in formulations:
        here = tuple(p for p in formulation.places if p.text == text.id)
        there = tuple(p for p in formulation.places if p.text in set(ids))
        texts = len({place.text for place in there})
        shown = (formulation, len(here), len(there), texts)
        if here and not there:
            near = _near(formulation, before)
            if not _is_led(formulation.words, before):
                found.append(Change(Shift.NEW, *shown, near, here))
        elif there and not here and texts >= max(_LEAST, _USUAL * len(ids)):
            found.append(Change(Shift.DROPPED, *shown, "", (), there))
        elif here and there:
            found += _degrees(shown, here, there)
            found += _often(shown, here, there, text, earlier)
            found += _rendered(shown, here, there, renderings or {})
    return sorted(found, key=_order)


def _order(change: Change) -> tuple[float, ...]:
    place = list(Shift).index(change.shift)
    size = change.count if change.shift is not Shift.DROPPED else change.earlier_texts
    return (place, -size, -len(change.here or change.before), -change.formulation.weight)


def _is_led(words: str, before: Sequence[Formulation]) -> bool:
    """Whether it is a known formulation with nothing but a common verb before it."""
    return any(
        words.endswith(known.words) and words.removesuffix(known.words) in leads()
        for known in before
    )


def _near(formulation: Formulation, before: Sequence[Formulation]) -> str:
    """The earlier formulation most like a new one, "" when none is like it.

    Alike are those that share neighbouring characters, the end of a phrase most of all.
    """
    pairs = set(pairwise(formulation.words))
    best, words = _LIKE, ""
    for known in before:
        other = set(pairwise(known.words))
        like = 2 * len(pairs & other) / (len(pairs) + len(other))
        if like > best:
            best, words = like, known.words
    return words


Shown = tuple[Formulation, int, int, int]


def _degrees(shown: Shown, here: tuple[Place, ...], there: tuple[Place, ...]) -> Iterator[Change]:
    """Said more strongly than ever before, or more weakly than it nearly always was."""
    if len(there) < _LEAST:
        return
    highest = max(place.level for place in here)
    strong = tuple(p for p in here if p.level == highest)
    if highest > max(place.level for place in there) and highest > 1:
        usual = Counter(p.degree for p in there).most_common(3)
        yield Change(
            Shift.STRENGTHENED, *shown, "", strong, there,
            _words(strong), tuple(w for w, _ in usual),
        )  # fmt: skip
    stronger = tuple(p for p in there if p.level > max(highest, 1))
    if len(stronger) >= _MOST_LEVEL * len(there):
        yield Change(
            Shift.WEAKENED, *shown, "", strong, stronger, _words(strong), _words(stronger)
        )  # fmt: skip


def _words(places: Sequence[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.degree for place in places))


def _often(
    shown: Shown,
    here: tuple[Place, ...],
    there: tuple[Place, ...],
    text: Dated,
    earlier: Sequence[Dated],
) -> Iterator[Change]:
    """Said so much more or less often for the texts' length that chance would not do it."""
    from scipy.stats import binomtest

    size, sizes = len(text.content), sum(len(one.content) for one in earlier)
    n, m = len(here), len(there)
    rate, usual = n / size, m / sizes
    if rate < _OFTEN * usual and usual < _OFTEN * rate:
        return
    chance = float(binomtest(n, n + m, size / (size + sizes)).pvalue)
    if chance < _CHANCE:
        yield Change(Shift.MORE if rate > usual else Shift.LESS, *shown, "", here, there)


def _rendered(
    shown: Shown, here: tuple[Place, ...], there: tuple[Place, ...], renderings: Renderings
) -> Iterator[Change]:
    """Rendered as in none of the earlier texts that are translated."""
    known = {renderings[p].lower() for p in there if renderings.get(p)}
    new = tuple(p for p in here if renderings.get(p) and renderings[p].lower() not in known)
    if known and new:
        words = tuple(dict.fromkeys(renderings[place] for place in new))
        before = tuple(dict.fromkeys(renderings[p] for p in there if renderings.get(p)))
        yield Change(Shift.RENDERED, *shown, "", new, there, words, before)


_CONTENT = ("n", "v", "a", "i", "l", "z", "j", "b")
_FEWEST = 2  # words that nobody used before, of a clause that is shown


def unheard(text: Dated, earlier: Sequence[Dated], most: int = 20) -> list[Unheard]:
    """The clauses of a text with most words that no earlier text has, in the text's order.

    Names, numbers and single characters do not count.
    """
    said = "\n".join(one.content for one in earlier)
    speakers = Speakers(text.content, text.speaker)
    found: list[tuple[float, Unheard]] = []
    for run in runs(text.content, text.silent):
        words = _unheard_words(run, said)
        if len(words) >= _FEWEST:
            clause = Span(run[0].start, run[-1].start + len(run[-1].text))
            spans = tuple(Span(w.start, w.start + len(w.text)) for w in words)
            share = sum(map(len, spans)) / len(clause)
            weight = len(words) * share
            found.append((weight, Unheard(text.id, clause, spans, speakers.at(clause.start))))
    chosen = [one for _, one in sorted(found, key=lambda pair: -pair[0])[:most]]
    return sorted(chosen, key=lambda one: one.clause)


def _unheard_words(run: Run, said: Collection[str] | str) -> list[Word]:
    return [
        word
        for word in run
        if len(word.text) > 1
        and word.tag.startswith(_CONTENT)
        and not word.tag.startswith(("nr", "ns", "nt", "nz"))
        and word.text not in said
    ]

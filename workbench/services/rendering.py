"""What renders a phrase in the other text of its row: a term of the list, or by the dictionary."""

from collections.abc import Sequence
from itertools import pairwise

from workbench.domain.terms import Term
from workbench.domain.text import Span
from workbench.services.term_lists import workspace_terms
from workbench.services.workspace import Workspace

Place = tuple[str, str, Span]
_APART = 3  # words that may stand between two words of a rendering


def renderings_in(ws: Workspace, places: Sequence[Place], *, chinese: bool) -> list[Span | None]:
    """For each (text, other text, span of the phrase) the words that render it, if they show.

    chinese: whether `text` is the Chinese one; for English phrases the dictionary is read
    backwards.
    """
    terms = workspace_terms(ws)
    found: list[Span | None] = []
    for text, other, span in places:
        phrase = span.of(text)
        place = span.start / max(1, len(text)) * len(other)
        if chinese:
            term = next((t for s, t in terms.find(phrase) if len(s) == len(phrase)), None)
            found.append(_listed(other, term, place) or _by_dictionary(phrase, other, place))
        else:
            found.append(_backwards(phrase, other, place))
    return found


def _listed(english: str, term: Term | None, place: float) -> Span | None:
    from workbench.detect.rendering import find_rendering

    if term is None:
        return None
    known = (term.preferred, *term.admitted, *term.deprecated)
    return find_rendering(english, [words for words in known if words], (), place)


def _by_dictionary(phrase: str, english: str, place: float) -> Span | None:
    """The closest run of English words that the words of the phrase may stand behind."""
    from workbench.align.lexicon import content_words, stems_behind

    wanted = stems_behind(phrase)
    every = content_words(english)
    hits = [n for n, (stem, _, _) in enumerate(every) if stem in wanted]
    if not hits:
        return None
    best = max(
        _runs(hits, _APART),
        key=lambda run: (len({every[n][0] for n in run}), -abs(every[run[0]][1] - place)),
    )
    return Span(every[best[0]][1], every[best[-1]][2])


def _backwards(phrase: str, chinese: str, place: float) -> Span | None:
    """The run of Chinese words that may be rendered by the words of an English phrase."""
    from workbench.align.lexicon import content_words, lexicon, words

    wanted = {stem for stem, _, _ in content_words(phrase)}
    every = words(chinese)
    hits = [n for n, (word, _, _) in enumerate(every) if lexicon().translations(word) & wanted]
    if not hits:
        return None
    best = max(_runs(hits, 1), key=lambda run: (len(run), -abs(every[run[0]][1] - place)))
    return Span(every[best[0]][1], every[best[-1]][2])


def _runs(hits: Sequence[int], apart: int) -> list[list[int]]:
    """Numbers in groups whose neighbours are at most so far apart; there is at least one."""
    runs = [[hits[0]]]
    for a, b in pairwise(hits):
        if b - a <= apart:
            runs[-1].append(b)
        else:
            runs.append([b])
    return runs

"""Finding every occurrence of the formulations, with who says it and how strongly."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from workbench.domain.formulations import Dated, Formulation, Place
from workbench.domain.text import Span
from workbench.formulations.find import Found
from workbench.formulations.speakers import Speakers

_REACH = 8  # characters before a phrase in which a word of degree belongs to it
_CLOSES = re.compile(r"[，。；：！？、的和\n]|$")
_MARK = re.compile(r"[，。；：！？\n]")


def place(
    texts: Sequence[Dated],
    phrases: Sequence[Found],
    *,
    listed: frozenset[str] = frozenset(),
    by_hand: frozenset[str] = frozenset(),
    variants: Mapping[str, Sequence[str]] | None = None,
    labels: Mapping[str, str] | None = None,
) -> list[Formulation]:
    """The formulations with their places, those in most texts first.

    texts: in the order of their dates. listed, by_hand: phrases that a list has or a person added.
    variants: by phrase, other wordings that count as it. labels: by phrase, what to call it.
    """
    variants, labels = variants or {}, labels or {}
    speakers = {text.id: Speakers(text.content, text.speaker) for text in texts}
    found = []
    for phrase in phrases:
        words = (phrase.words, *variants.get(phrase.words, ()))
        places = tuple(p for text in texts for p in _places(text, words, speakers[text.id]))
        if places:
            found.append(
                Formulation(
                    phrase.words,
                    labels.get(phrase.words, phrase.words),
                    words[1:],
                    phrase.words in listed,
                    phrase.words in by_hand,
                    phrase.weight,
                    places,
                )
            )
    return sorted(found, key=lambda f: (-len(f.texts), -len(f.places), -f.weight, f.words))


def _places(text: Dated, wordings: Sequence[str], speakers: Speakers) -> list[Place]:
    longest = sorted(wordings, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest)))
    found = []
    for match in pattern.finditer(text.content):
        span = Span(*match.span())
        if any(silent.overlaps(span) for silent in text.silent):
            continue
        clause = _clause(text.content, span)
        degree, level = "", 0
        if _CLOSES.match(text.content, span.stop):  # else the degree is of what goes on
            degree, level = _degree(text.content[clause.start : span.start])
        found.append(Place(text.id, span, match[0], clause, speakers.at(span.start), degree, level))
    return found


def _clause(content: str, span: Span) -> Span:
    before = [match.end() for match in _MARK.finditer(content, 0, span.start)]
    after = _MARK.search(content, span.stop)
    return Span(before[-1] if before else 0, after.start() if after else len(content))


def _degree(before: str) -> tuple[str, int]:
    """The last word of degree near the end of what stands before a phrase."""
    hits = [(match.end(), match[0]) for match in _degrees()[0].finditer(before[-_REACH:])]
    if not hits:
        return "", 0
    words = max(hits)[1]
    return words, _degrees()[1][words]


@cache
def _degrees() -> tuple[re.Pattern[str], dict[str, int]]:
    content = (files("workbench.formulations") / "data" / "degrees.txt").read_text("utf-8")
    levels = {
        word: int(line.split()[0])
        for line in content.splitlines()
        if line and not line.startswith("#")
        for word in line.split()[1:]
    }
    longest = sorted(levels, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))), levels

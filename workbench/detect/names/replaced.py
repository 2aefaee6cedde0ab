"""Names that stand where another name should: linked by place and context, alike in nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.detect.linked import Linked, at
from workbench.detect.names import chinese, english
from workbench.detect.names.reading import Name, Reading
from workbench.domain.text import Span

_LINKED = 0.5  # probability of a link that puts a name in the place of another
_SUPPORTED = 0.5
_SHORTEST = 3  # characters of a name that is told by its characters alone


@dataclass(frozen=True, slots=True)
class Swapped:
    """A Chinese name and the English words that the links put in its place."""

    zh: Name
    en: Span
    probability: float


def swapped(linked: Linked, reading: Reading) -> Iterator[Swapped]:
    """Chinese names without counterpart that are linked to capitalised words nothing stands for."""
    answered = [name.span for name in reading.en if name.partner and name.support > _SUPPORTED]
    runs = english.runs(linked.en_text)
    for name in reading.zh:
        if name.support >= _SUPPORTED or not (name.sure or _looks_like_a_name(name.text)):
            continue
        found = _linked_run(linked, name.span, runs)
        if found and not any(found[0].overlaps(span) for span in answered):
            words = found[0].of(linked.en_text)
            first = english.starts_sentence(linked.en_text, found[0].start)
            plain = _is_ordinary(words) and (first or not name.sure)
            if not plain and name.text.lower() not in words.lower():
                yield Swapped(name, *found)


def _linked_run(linked: Linked, place: Span, runs: list[Span]) -> tuple[Span, float] | None:
    """The capitalised words that a name is linked to most surely."""
    links = [
        (p, run)
        for z in at(linked.zh, place)
        for e, p in linked.of_zh.get(z, ())
        for run in runs
        if p >= _LINKED and run.overlaps(linked.en[e])
    ]
    if not links:
        return None
    p, run = max(links)
    return run, p


def _looks_like_a_name(word: str) -> bool:
    """Whether a word is written with the characters of foreign names, or has a surname and is no
    word of the dictionary.
    """
    from workbench.align.lexicon import lexicon

    if len(word) < _SHORTEST:
        return False
    return chinese.usual_in_names().issuperset(word) or (
        len(word) == _SHORTEST and word[0] in chinese.surnames() and word not in lexicon()
    )


def _is_ordinary(words: str) -> bool:
    return all(english.is_ordinary(word) for word in re.findall(r"[^\W\d_]+", words))

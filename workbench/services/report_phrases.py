"""Recurring phrases of a bitext with their renderings, by the term list."""

from typing import TYPE_CHECKING

from workbench.domain.review import AlignedTexts
from workbench.report.values import Phrase, Rendering

if TYPE_CHECKING:
    from workbench.detect.terms import TermList


def phrases(texts: AlignedTexts, terms: "TermList", numbers: dict[str, int]) -> list[Phrase]:
    """The terms of the list that occur twice or more, or are rendered unusually.

    Renderings are counted without regard to case. numbers: of the rows on the page, by id.
    """
    from workbench.detect.sides import pairs
    from workbench.detect.terms import term_uses

    found: dict[str, dict[str, list[int]]] = {}
    about = {}
    for item in pairs(texts):
        if item.is_null:
            continue
        for use in term_uses(item, terms):
            about[use.term.src] = use.term
            words = use.en.of(item.en).lower() if use.en else ""
            if words or use.verdict == "absent":
                found.setdefault(use.term.src, {}).setdefault(words, []).append(
                    numbers.get(item.row.id, 0)
                )
    result = []
    for src, renderings in found.items():
        term = about[src]
        listed = [
            Rendering(words, len(rows), _standing(words, term), tuple(rows))
            for words, rows in renderings.items()
        ]
        listed.sort(key=lambda r: (-r.count, r.words))
        phrase = Phrase(src, term.preferred, tuple(listed))
        if sum(r.count for r in listed) > 1 or phrase.uneven:
            result.append(phrase)
    return sorted(result, key=lambda p: (not p.uneven, -sum(r.count for r in p.renderings), p.src))


def _standing(words: str, term: object) -> str:
    from workbench.detect.rendering import rendering_pattern

    for name in ("preferred", "admitted", "deprecated"):
        value = getattr(term, name)
        for rendering in (value,) if isinstance(value, str) else value:
            if rendering_pattern(rendering).fullmatch(words):
                return name
    return ""

"""Finding an English rendering in a sentence, with the tolerance a translator needs."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from workbench.domain.text import Span

_FUNCTION_WORDS = frozenset(
    {"a", "an", "the", "of", "for", "to", "in", "on", "at", "by", "with", "and", "or", "its"}
    | {"their", "his", "her", "our", "is", "are", "be", "as", "from"}
)
_ENDINGS = r"(?:es|s|e|d|ed|ing|ies|y)?(?:[’']s?)?"
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*|\d+")


@lru_cache(maxsize=8192)
def rendering_pattern(rendering: str) -> re.Pattern[str]:
    """A pattern for a rendering: any case, space or hyphen, articles, inflected words.

    "…" in a rendering stands for some words in between, within the clause.
    """
    parts = []
    for part in rendering.split("…"):
        words = [_word_pattern(word) for word in re.findall(r"[^\s\-‐–]+", part)]
        parts.append(r"[\s\-‐–]+(?:(?:the|a|an)\s+)?".join(words))
    return re.compile(r"(?<!\w)" + r"\s[^.;:]{0,60}?\b".join(parts) + r"(?!\w)", re.IGNORECASE)


def _word_pattern(word: str) -> str:
    bare = word.rstrip(",")
    comma = ",?" if bare != word else ""
    bare = bare.replace("’", "'")
    if bare.lower() in _FUNCTION_WORDS or len(bare) < 3 or bare.isupper():
        return re.escape(bare).replace("'", "[’']") + comma
    stem = re.sub(r"(?:[ye]|(?<!s)s)$", "", bare)
    # American and British spelling
    stem = re.escape(stem).replace("'", "[’']")
    stem = re.sub(r"i[sz](?=ation|ing|ed|$)", "i[sz]", stem)
    stem = re.sub(r"o(?:u?)r(?=\b|al|ed|ing|ly)", "ou?r", stem) if len(bare) > 4 else stem
    return stem + _ENDINGS + comma


def stems(words: str) -> tuple[str, ...]:
    """The beginnings of the content words of a rendering, to compare renderings by."""
    found = [re.sub(r"[’']s?$", "", word.lower()) for word in _WORD.findall(words)]
    return tuple(
        word[:6] if len(word) > 6 else word.rstrip("s")
        for word in found
        if word not in _FUNCTION_WORDS
    )


@lru_cache(maxsize=8192)
def _beginnings(rendering: str) -> frozenset[str]:
    """Letters that any match of a rendering's pattern holds.

    Most renderings of a list are in none of a text's rows, and need no pattern then.
    """
    words = re.findall(r"[^\s\-‐–…,'’]+", rendering.lower())
    return frozenset(word[: min(3, len(word) - 1)] for word in words if len(word) > 1)


def find_rendering(
    english: str, renderings: Iterable[str], taken: Sequence[Span], place: float
) -> Span | None:
    """The longest of the renderings that stands in the sentence, outside `taken`.

    Of equals, the one nearest to `place`, an offset.
    """
    lower = english.lower()
    found = [
        Span(*match.span())
        for rendering in renderings
        if all(beginning in lower for beginning in _beginnings(rendering))
        for match in rendering_pattern(rendering).finditer(english)
    ]
    free = [span for span in found if not any(span.overlaps(other) for other in taken)]
    if not free:
        return None
    return max(free, key=lambda span: (len(span), -abs(span.start - place)))


def nearest_rendering(
    english: str, preferred: str, taken: Sequence[Span], place: float
) -> Span | None:
    """Words that share at least half of the content words of a rendering without being it.

    They must stand close together and include two shared words; None when there are none.
    """
    wanted = [word for word in _WORD.findall(preferred) if word.lower() not in _FUNCTION_WORDS]
    if len(wanted) < 3:
        return None
    hits: list[tuple[Span, str]] = []
    for word in dict.fromkeys(wanted):
        for match in re.finditer(r"(?<!\w)" + _word_pattern(word) + r"(?!\w)", english, re.I):
            span = Span(*match.span())
            if not any(span.overlaps(other) for other in taken):
                hits.append((span, word))
    hits.sort()
    best: tuple[int, float, Span] | None = None
    reach = int(len(preferred) * 1.6)
    for i, (first, _) in enumerate(hits):
        inside = [hit for hit in hits[i:] if hit[0].stop - first.start <= reach]
        count = len({word for _, word in inside})
        if count * 2 >= len(wanted) and count >= 2:
            span = Span(first.start, max(hit[0].stop for hit in inside))
            candidate = (count, -abs(span.start - place), span)
            best = max(best, candidate) if best else candidate
    return best[2] if best else None

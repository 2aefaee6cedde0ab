"""One Chinese term with several English renderings in a document."""

import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.detect.rendering import stems
from workbench.detect.sides import Pair, pairs
from workbench.detect.terms import TermUse, term_uses
from workbench.domain.review import AlignedTexts, Flag, Severity

if TYPE_CHECKING:
    from workbench.detect import Context


def consistency(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """A term of the list that is rendered in another way than elsewhere in the document.

    The most frequent rendering stands for the document; short forms and inflections of it are
    no difference. The other renderings are flagged, at least two uses being needed.
    """
    found: dict[str, list[tuple[Pair, TermUse]]] = defaultdict(list)
    for item in pairs(texts):
        if not item.is_null:
            for use in term_uses(item, context.terms):
                if use.en:
                    found[use.term.src].append((item, use))
    return [flag for src, uses in found.items() for flag in _term(src, uses)]


def _term(src: str, uses: list[tuple[Pair, TermUse]]) -> list[Flag]:
    words = [use.en.of(item.en) if use.en else "" for item, use in uses]
    keys = [stems(text) for text in words]
    counts = Counter(keys)
    if len(counts) < 2:
        return []
    best = max(counts, key=lambda key: (counts[key], -keys.index(key)))
    shown = words[keys.index(best)]
    return [
        _flag(item, use, words[i], shown, Counter(keys)[best])
        for i, (item, use) in enumerate(uses)
        if keys[i] != best and not _short_form(words[i], shown)
    ]


def _short_form(a: str, b: str) -> bool:
    """UN and United Nations, the Charter and the UN Charter: one name, longer and shorter."""
    one, other = set(stems(a)), set(stems(b))
    if one <= other or other <= one:
        return True
    for long, short in ((a, b), (b, a)):
        initials = "".join(word[0] for word in re.findall(r"\w+", long) if word[0].isupper())
        if short.isupper() or short.replace(".", "").upper() == initials.upper():
            return True
    return False


def _flag(item: Pair, use: TermUse, words: str, usual: str, count: int) -> Flag:
    times = "once" if count == 1 else f"{count} times"
    flag = item.flag(
        "consistency", "terminology/inconsistent", Severity.MINOR, use.zh, use.en,
        (
            f"{use.term.src} is “{words}” here and “{usual}” elsewhere ({times}).",
            f"“{use.term.src}”此处译作“{words}”，别处译作“{usual}”（{count}处）。",
        ),
        0.6,
    )  # fmt: skip
    return replace(flag, suggestion=usual)

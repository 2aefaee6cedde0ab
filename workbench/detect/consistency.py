"""One Chinese expression with several English renderings, and several with one."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from operator import ne
from typing import TYPE_CHECKING

from workbench.align.lexicon import content_words
from workbench.detect.linked import Linked, linked, linked_rows
from workbench.detect.rendering import stems
from workbench.detect.renderings import Rendered, Use, alike, renderings
from workbench.detect.sides import Pair, pairs
from workbench.detect.terms import TermUse, term_uses
from workbench.domain.review import AlignedTexts, Flag, Severity

if TYPE_CHECKING:
    from workbench.detect import Context
    from workbench.detect.terms import TermList

_CATEGORY = "terminology/inconsistent"
_OFTEN = 5  # uses from which a word is looked at
_USUAL, _LIKELY = (
    3,
    0.6,
)  # uses, and part of the uses, from which a rendering is an expression's own


def consistency(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """An expression rendered in another way than elsewhere, or as another expression is.

    Terms of the list are looked for as they stand there; other words and repeated phrases go by
    the word links. The most frequent rendering stands for the document; short forms, inflections
    and words of one root are no difference.
    """
    items = [item for item in pairs(texts) if not item.is_null]
    found: dict[str, list[tuple[Pair, TermUse]]] = defaultdict(list)
    for item in items:
        for use in term_uses(item, context.terms):
            if use.en:
                found[use.term.src].append((item, use))
    flags = [flag for src, uses in found.items() for flag in _term(src, uses)]
    rows = linked_rows(items, texts, context)
    said = renderings([*rows, *_elsewhere(context)])
    return flags + _by_links(items, said, context.terms)


def _elsewhere(context: "Context") -> Iterator[Linked]:
    """The rows of the workspace's other bitexts, those whose links are known."""
    for texts in context.others:
        items = [item for item in pairs(texts) if not item.is_null]
        known = context.links.known(texts) if context.links else []
        yield from (linked(item, known[item.number]) for item in items if known[item.number])


def _by_links(items: Sequence[Pair], said: Sequence[Rendered], terms: "TermList") -> list[Flag]:
    flags: list[Flag] = []
    known = {term.src for term in terms.entries}
    taken: set[tuple[int, int]] = set()  # (pair, place) where a longer phrase has been looked at
    for expression in sorted(said, key=lambda one: -len(one.zh)):
        for other in expression.others:
            first = next((use for use in other if use.number < len(items)), None)
            if first is None:
                continue
            places = {(first.number, at) for at in range(first.zh.start, first.zh.stop)}
            often = expression.count >= _OFTEN and len(other) > 1
            listed = expression.zh in known
            if (expression.is_phrase or often) and not listed and not taken & places:
                taken |= places
                flags.append(_several(items[first.number], expression, first, len(other)))
    flags += [
        _borrowed(items[use.number], one, use, other)
        for one, use, other in _borrowings(said, terms)
        if use.number < len(items)
    ]
    flags += [
        _one(items[b.number], one, a, other, b)
        for one, a, other, b in _collisions(said)
        if b.number < len(items)
    ]
    return flags


def _several(item: Pair, said: Rendered, use: Use, here: int) -> Flag:
    words, shown = use.words, said.usual[0].words
    there = len(said.usual)
    flag = item.flag(
        "consistency", _CATEGORY, Severity.MINOR if said.is_phrase else Severity.NEUTRAL,
        use.zh, use.en,
        (f"{said.zh} is “{words}” here ({_times(here)}) and “{shown}” elsewhere "
         f"({_times(there)}).",
         f"“{said.zh}”此处译作“{words}”（{here}处），别处译作“{shown}”（{there}处）。"),
        0.5 if said.is_phrase else 0.45,
    )  # fmt: skip
    return replace(flag, suggestion=shown)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _borrowings(
    said: Sequence[Rendered], terms: "TermList"
) -> Iterator[tuple[Rendered, Use, Rendered]]:
    """Words that take, in places, the usual rendering of another, where the term list keeps them
    apart: 协作 as "cooperation".
    """
    own = [
        one for one in said
        if not one.is_phrase and len(one.usual) >= _USUAL and len(one.usual) >= _LIKELY * one.count
    ]  # fmt: skip
    for one in said:
        if one.is_phrase or not one.others:
            continue
        listed = [term.preferred for term in terms.entries if one.zh in term.src]
        for group in (one.usual, *one.others):
            other = next((o for o in own if o.zh != one.zh and alike(group[0], o.usual[0])), None)
            rest = [use for g in (one.usual, *one.others) if g is not group for use in g]
            if (
                other
                and _look_alike(one.zh, other.zh)
                and not any(_renders(text, group[0]) for text in listed)
                and sum(any(_renders(text, use) for use in rest) for text in listed) > 1
            ):
                yield one, group[0], other


def _renders(preferred: str, use: Use) -> bool:
    return use.key <= {stem for stem, _, _ in content_words(preferred)}


def _collisions(said: Sequence[Rendered]) -> Iterator[tuple[Rendered, Use, Rendered, Use]]:
    """Phrases that differ in one word and are rendered alike: 战略协作 and 战略合作."""
    by_key: dict[frozenset[str], list[tuple[Rendered, Use]]] = defaultdict(list)
    for one in sorted(said, key=lambda one: len(one.zh)):
        if one.is_phrase:
            for group in (one.usual, *one.others):
                by_key[group[0].key].append((one, group[0]))
    told: list[Use] = []  # a longer phrase around one that is told says no more
    for found in by_key.values():
        for (one, use), (other, place) in combinations(found, 2):
            known = any(t.number == place.number and t.zh.overlaps(place.zh) for t in told)
            if len(use.key) > 1 and not known and _look_alike(one.zh, other.zh):
                told.append(place)
                yield one, use, other, place


def _look_alike(one: str, other: str) -> bool:
    """Whether two expressions of one length differ in one character only."""
    return len(one) == len(other) and sum(map(ne, one, other)) == 1


def _borrowed(item: Pair, said: Rendered, use: Use, other: Rendered) -> Flag:
    elsewhere = next(g[0] for g in (said.usual, *said.others) if use not in g).words
    return item.flag(
        "consistency", _CATEGORY, Severity.MINOR, use.zh, use.en,
        (f"“{use.words}” stands for {other.zh} elsewhere ({_times(len(other.usual))}); {said.zh}, "
         f"which it renders here, is “{elsewhere}” elsewhere.",
         f"“{use.words}”在别处译“{other.zh}”（{len(other.usual)}处），此处却译“{said.zh}”；"
         f"后者别处译作“{elsewhere}”。"),
        0.5,
    )  # fmt: skip


def _one(item: Pair, one: Rendered, use: Use, other: Rendered, place: Use) -> Flag:
    return item.flag(
        "consistency", _CATEGORY, Severity.NEUTRAL, place.zh, place.en,
        (f"{other.zh} is “{place.words}” here; elsewhere “{use.words}” stands for {one.zh}.",
         f"“{other.zh}”此处译作“{place.words}”，别处“{use.words}”译的是“{one.zh}”。"),
        0.5,
    )  # fmt: skip


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
    flag = item.flag(
        "consistency", _CATEGORY, Severity.MINOR, use.zh, use.en,
        (
            f"{use.term.src} is “{words}” here and “{usual}” elsewhere ({_times(count)}).",
            f"“{use.term.src}”此处译作“{words}”，别处译作“{usual}”（{count}处）。",
        ),
        0.6,
    )  # fmt: skip
    return replace(flag, suggestion=usual)

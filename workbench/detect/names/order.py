"""Countries that are named in another order: 中俄 as Russia and China."""

import re
from itertools import pairwise

from workbench.detect.names import chinese, listed
from workbench.detect.names.listed import Entry
from workbench.detect.sides import Pair
from workbench.domain.review import Flag, Severity
from workbench.domain.text import Span

_JOIN = re.compile(r"(?:'s|’s)?\s*(?:-|–|/|,|,?\s+and)\s*(?:the\s+)?")
_SAYS = re.compile(r"说|表示|称|指出|强调|认为|重申")


def order(item: Pair) -> list[Flag]:
    """Two countries that English joins in the other order than Chinese.

    The order follows the speaker, so nothing is said where the Chinese has both orders or quotes a
    foreigner.
    """
    groups = [(span, entries) for span, entries in chinese.country_groups(item.zh)
              if len(entries) == 2]  # fmt: skip
    if not groups or _quotes_a_foreigner(item.zh):
        return []
    joined = _joined(item.en)
    flags = []
    for span, (first, second) in groups:
        same = any(set(a) & set(first) and set(b) & set(second) for _, a, b in joined)
        turned = [s for s, a, b in joined if set(a) & set(second) and set(b) & set(first)]
        backwards = any(set(a) & set(second) and set(b) & set(first) for _, (a, b) in groups)
        if turned and not same and not backwards:
            flags.append(_flag(item, span, turned[0]))
    return flags[:1]


def _joined(text: str) -> list[tuple[Span, tuple[Entry, ...], tuple[Entry, ...]]]:
    """Neighbouring countries of an English text: Russia and China, Sino-Russian."""
    found = listed.in_english(text)
    return [
        (Span(a.start, b.stop), first, second)
        for (a, first), (b, second) in pairwise(found)
        if _JOIN.fullmatch(text[a.stop : b.start])
    ]


def _quotes_a_foreigner(zh: str) -> bool:
    if not _SAYS.search(zh):
        return False
    people = [entries for _, entries in listed.in_chinese(zh) if entries[0].kind == "person"]
    return any(len(entry.zh[0]) != 3 or entry.zh[0][0] not in chinese.surnames()
               for entries in people for entry in entries)  # fmt: skip


def _flag(item: Pair, zh: Span, en: Span) -> Flag:
    words, said = zh.of(item.zh), en.of(item.en)
    return item.flag(
        "names", "accuracy/name", Severity.MINOR, zh, en,
        (f"{words} names the countries in the other order than “{said}”.",
         f"“{words}”与“{said}”中两国先后次序不同。"),
        0.6,
    )  # fmt: skip

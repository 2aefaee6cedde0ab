"""What a document itself shows about its names: which Chinese stands for which English one."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from workbench.detect.names.listed import Entry, in_chinese
from workbench.detect.names.reading import read
from workbench.detect.names.sound import plain
from workbench.detect.sides import Pair

HEARD = 0.7  # likeness in sound from which a match teaches
_TIMES = 2  # rows in which it must be seen


def learned(items: Sequence[Pair]) -> tuple[Entry, ...]:
    """Names of one English word that sound like the same Chinese ones in several rows.

    Spellings that differ by a letter or two are one name; the most frequent one comes first.
    """
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        for name in read(item.zh, item.en).en:
            if name.partner and not name.kind and name.support >= HEARD and name.text.isalpha():
                seen[name.partner.of(item.zh)][name.text] += 1
    found = []
    for zh, spellings in seen.items():
        usual, _ = spellings.most_common(1)[0]
        alike = [text for text, _ in spellings.most_common() if distance(text, usual) <= 2]
        if len(zh) > 1 and sum(spellings[text] for text in alike) >= _TIMES:
            found.append(Entry((zh,), tuple(alike), "learned"))
    chars = "".join(sorted({entry.zh[0][0] for entry in found}))
    return tuple(replace(entry, zh=(*entry.zh, *_short_forms(entry, chars))) for entry in found)


def _short_forms(entry: Entry, chars: str) -> tuple[str, ...]:
    """澜方 for 澜廷, and 澜韦 for it and another: by their first characters."""
    from workbench.align.lexicon import lexicon

    first = entry.zh[0][0]
    others = [char for char in chars if char != first]
    pairs = [a + b for char in others for a, b in ((first, char), (char, first))]
    forms = (f"{first}方", f"{first}国", *pairs)
    return tuple(form for form in forms if form not in lexicon() and not in_chinese(form))


def distance(a: str, b: str) -> int:
    """Letters to insert, delete, replace or swap with a neighbour to turn one into the other."""
    a, b = plain(a), plain(b)
    rows = [[i + j if not i * j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            same = a[i - 1] == b[j - 1]
            rows[i][j] = min(rows[i - 1][j], rows[i][j - 1], rows[i - 1][j - 1] - same) + 1
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]

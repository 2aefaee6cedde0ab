"""The concordance: every occurrence of a phrase with its renderings, and how often each is used.

It looks into the bitexts of the workspace and, behind them, into the memories of others.
"""

from collections import Counter
from dataclasses import dataclass

from workbench.domain.text import Span
from workbench.errors import UsageError
from workbench.search.folding import fold
from workbench.search.query import Compiled, Mode, Query, compile_query
from workbench.services.memories import pairs_with
from workbench.services.rendering import renderings_in
from workbench.services.search import SearchBitext, SearchRow, corpus
from workbench.services.workspace import Workspace

Occurrence = tuple[SearchBitext, SearchRow, str, str, Span]
LIMIT = 500
_WIDTH = 24  # characters of Chinese on either side


@dataclass(frozen=True, slots=True)
class Line:
    """One occurrence.

    bitext, row: where it is; a bitext without an id is a memory, its row a pair of it.
    before, words, after: of the phrase. other: the same of its rendering in the other text of
    the row; where that can't be told, the words are "" and the text stands before them.
    """

    bitext: SearchBitext
    row: SearchRow
    before: str
    words: str
    after: str
    other: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Concordance:
    """The occurrences of a phrase. renderings: how often each was found, the most frequent first.

    chinese: whether the phrase is Chinese. more: whether the memories have further occurrences,
    which are not counted.
    """

    lines: tuple[Line, ...]
    total: int
    renderings: tuple[tuple[str, int], ...]
    chinese: bool
    more: bool = False


def concordance(ws: Workspace, phrase: str, *, limit: int = LIMIT) -> Concordance:
    """Every occurrence of a phrase in the workspace.

    Raises:
        UsageError: it is empty.
    """
    if not phrase.strip():
        raise UsageError("Type the phrase to look for.")
    chinese = any("\u3400" <= char <= "\u9fff" for char in phrase)
    side = Query(zh=phrase) if chinese else Query(en=phrase, mode=Mode.WORD)
    compiled = compile_query(side)
    places: list[Occurrence] = []
    for bitext in corpus(ws):
        for at in bitext.candidates(compiled):
            row = bitext.rows[at]
            zh, en = (row.src, row.tgt) if bitext.zh_is_src else (row.tgt, row.src)
            found = compiled.match(*row.folded)
            if found is None:
                continue
            text, other, spans = (zh, en, found[0]) if chinese else (en, zh, found[1])
            places += [(bitext, row, text, other, span) for span in spans]
    found_here = len(places)
    places += _in_memories(ws, phrase, compiled, chinese=chinese, most=limit + 1 - len(places))
    shown = places[:limit]
    rendered = renderings_in(
        ws, [(text, other, span) for _, _, text, other, span in shown], chinese=chinese
    )
    lines = tuple(
        Line(
            bitext,
            row,
            *_around(text, span, chinese=chinese),
            _around(other, rendering or Span(len(other), len(other)), chinese=not chinese),
        )
        for (bitext, row, text, other, span), rendering in zip(shown, rendered, strict=True)
    )
    counts = Counter(line.other[1].lower() for line in lines if line.other[1])
    more = len(places) > max(limit, found_here)
    return Concordance(lines, len(places) - more, tuple(counts.most_common()), chinese, more)


def _in_memories(
    ws: Workspace, phrase: str, compiled: Compiled, *, chinese: bool, most: int
) -> list[Occurrence]:
    """Occurrences in the memories, as many as are wanted."""
    places: list[Occurrence] = []
    if most <= 0:
        return places
    first = max(fold(phrase).split(), key=len)
    for title, pair in pairs_with(ws, first, chinese=chinese):
        memory = SearchBitext("", title, "zh", "en", ())
        row = SearchRow("", pair.number, pair.zh, pair.en, 0, 0, pair.folded)
        found = compiled.match(*row.folded)
        if found:
            text, other, spans = (
                (pair.zh, pair.en, found[0]) if chinese else (pair.en, pair.zh, found[1])
            )
            places += [(memory, row, text, other, span) for span in spans]
        if len(places) >= most:
            break
    return places[:most]


def _around(text: str, span: Span, *, chinese: bool) -> tuple[str, str, str]:
    width = _WIDTH if chinese else 3 * _WIDTH
    before, after = text[: span.start][-width:], text[span.stop :][:width]
    if not chinese:  # no words cut through
        if len(before) < span.start:
            before = before.partition(" ")[2]
        if span.stop + len(after) < len(text):
            after = after.rpartition(" ")[0]
    return before.replace("\n", " "), span.of(text), after.replace("\n", " ")

"""The concordance: every occurrence of a phrase with its renderings, and how often each is used."""

from collections import Counter
from dataclasses import dataclass

from workbench.domain.text import Span
from workbench.errors import UsageError
from workbench.search.query import Mode, Query, compile_query
from workbench.services.rendering import renderings_in
from workbench.services.search import SearchBitext, SearchRow, corpus
from workbench.services.workspace import Workspace

LIMIT = 500
_WIDTH = 24  # characters of Chinese on either side


@dataclass(frozen=True, slots=True)
class Line:
    """One occurrence.

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

    chinese: whether the phrase is Chinese.
    """

    lines: tuple[Line, ...]
    total: int
    renderings: tuple[tuple[str, int], ...]
    chinese: bool


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
    places: list[tuple[SearchBitext, SearchRow, str, str, Span]] = []
    for bitext in corpus(ws):
        for row in bitext.rows:
            zh, en = (row.src, row.tgt) if bitext.zh_is_src else (row.tgt, row.src)
            found = compiled.match(*row.folded)
            if found is None:
                continue
            text, other, spans = (zh, en, found[0]) if chinese else (en, zh, found[1])
            places += [(bitext, row, text, other, span) for span in spans]
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
    return Concordance(lines, len(places), tuple(counts.most_common()), chinese)


def _around(text: str, span: Span, *, chinese: bool) -> tuple[str, str, str]:
    width = _WIDTH if chinese else 3 * _WIDTH
    before, after = text[: span.start][-width:], text[span.stop :][:width]
    if not chinese:  # no words cut through
        if len(before) < span.start:
            before = before.partition(" ")[2]
        if span.stop + len(after) < len(text):
            after = after.rpartition(" ")[0]
    return before.replace("\n", " "), span.of(text), after.replace("\n", " ")

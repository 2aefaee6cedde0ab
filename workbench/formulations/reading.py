"""A Chinese text as runs of words with their parts of speech, between marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from workbench.domain.text import Span

# A mark that a phrase may span: 平等有序、普惠包容; what stands in quotation marks or titles.
INNER = frozenset("、“”‘’《》")
_RUN = re.compile(r"[^，。；：！？!?;:…—\s（）()【】\[\]]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word at its place. tag: its part of speech, as jieba names it."""

    text: str
    tag: str
    start: int

    @property
    def is_mark(self) -> bool:
        """Whether it is a mark inside a phrase."""
        return self.text in INNER


Run = tuple[Word, ...]


def runs(content: str, silent: Sequence[Span] = ()) -> list[Run]:
    """The words of a text between marks, without what is silent."""
    found = []
    for match in _RUN.finditer(content):
        if any(span.overlaps(Span(*match.span())) for span in silent):
            continue
        at, words = match.start(), []
        for text, tag in _tagged(match[0]):
            words.append(Word(text, tag, at))
            at += len(text)
        found.append(tuple(words))
    return found


def _tagged(run: str) -> list[tuple[str, str]]:
    return [(word.word, word.flag) for word in _tagger().cut(run, HMM=True)]


@cache
def _tagger() -> Any:  # noqa: ANN401
    """jieba's tagger; reading its dictionary takes a second or two."""
    import jieba
    from jieba import posseg

    jieba.setLogLevel("ERROR")
    return posseg.dt

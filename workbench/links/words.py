"""Words and marks of a Chinese or an English text, with their places."""

import re
from functools import lru_cache
from typing import NamedTuple

from workbench.align.lexicon import content_words, cut, lexicon
from workbench.domain.text import Span

_LIGHT = frozenset(
    "的了着地得在是和与及并而对将把被于以之等中上下为所也都就又还个这那其从向由到给让使"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_CHINESE = re.compile(
    r"[\u3400-\u9fff]+"
    r"|[0-9０-９]+(?:[.,．，][0-9０-９]+)*"
    r"(?:[十百千万亿]+|[%％]|(?<=[0-9０-９]{4})年|[月日号])?(?![A-Za-z])"
    r"|[^\W\u3400-\u9fff]+|[^\w\s]"
)
_LETTER = r"[^\W\d_\u3400-\u9fff]"
_ENGLISH = re.compile(
    rf"{_LETTER}+?(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b"  # the parts of contractions
    rf"|(?:{_LETTER}\.){{2,}}|\d+(?:st|nd|rd|th)\b|\d+(?:[.,]\d+)*"
    rf"|{_LETTER}[^\W_\u3400-\u9fff]*(?:[-‐]{_LETTER}[^\W_\u3400-\u9fff]*)*"
    r"|[\u3400-\u9fff]+|[^\w\s]|\w",
    re.IGNORECASE,
)
_COMPOUND, _LONG = 4, 6  # characters of a word that may be cut; that is cut though known


class Word(NamedTuple):
    """A word or a mark of punctuation."""

    text: str
    span: Span

    @property
    def is_mark(self) -> bool:
        """Whether there is neither a letter nor a digit in it."""
        return is_mark(self.text)


def is_mark(word: str) -> bool:
    """Whether there is neither a letter nor a digit in a word."""
    return not any(c.isalnum() for c in word)


def is_chinese(word: str) -> bool:
    """Whether there is a Chinese character in a word."""
    return bool(_HAN.search(word))


def is_light(word: str) -> bool:
    """Whether a word is a function word, which may go without a counterpart."""
    if is_chinese(word):
        return word in _LIGHT
    return word.isascii() and word[:1].isalpha() and not content_words(word)


def chinese(text: str) -> list[Word]:
    """Words by jieba, numbers with their 万 and 亿 and Latin words whole, marks one by one."""
    found = []
    for match in _CHINESE.finditer(text):
        at = match.start()
        for word in _words(match[0]) if _HAN.match(match[0]) else [match[0]]:
            found.append(Word(word, Span(at, at + len(word))))
            at += len(word)
    return found


def _words(run: str) -> list[str]:
    return [part for word in cut(run) for part in _parts(word)]


@lru_cache(maxsize=50_000)
def _parts(word: str) -> tuple[str, ...]:
    """A long word in parts, when it is made of dictionary words of two characters and more.

    jieba has many compounds and phrases as one word (国际局势), whose parts have counterparts of
    their own; what the dictionary has as a whole, such as an idiom, stays whole.
    """
    if len(word) < _COMPOUND or (word in lexicon() and len(word) < _LONG):
        return (word,)
    best: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
    for stop in range(2, len(word) + 1):
        for start in range(stop - 1):
            before, part = best[start], word[start:stop]
            if before is not None and part != word and part in lexicon():
                now = best[stop]
                if now is None or len(before) + 1 < len(now):
                    best[stop] = (*before, part)
    return best[-1] or (word,)


def english(text: str) -> list[Word]:
    """Words and numbers whole, 's and n't apart, marks one by one."""
    return [Word(match[0], Span(*match.span())) for match in _ENGLISH.finditer(text)]

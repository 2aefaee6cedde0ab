"""Texts as a search sees them: one character for each, so that offsets stay what they are."""

import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache


def fold(text: str) -> str:
    """A text without case, width, accents and the difference of traditional and simplified.

    The result has as many characters as the text.
    """
    return text.translate(_folded())


class _AsMet(dict[int, str]):
    """What becomes of characters, worked out as they are met, and remembered."""

    def __init__(self, of: Callable[[str], str]) -> None:
        self._of = of

    def __missing__(self, code: int) -> str:
        self[code] = made = self._of(chr(code))
        return made


@cache
def _folded() -> _AsMet:
    return _AsMet(_fold_one)


@cache
def _sounds() -> _AsMet:
    return _AsMet(_sound)


def _fold_one(char: str) -> str:
    if char in "‘’＇":
        return "'"
    if char in "“”＂":
        return '"'
    if char in "‐‑–—":
        return "-"
    plain = unicodedata.normalize("NFKC", char)
    plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    plain = unicodedata.normalize("NFC", plain).lower()
    if len(plain) != 1 or (plain.isspace() and not char.isspace()):  # such as an accent alone
        return char
    return _simplified().get(plain, plain)


@cache
def _simplified() -> dict[str, str]:
    """Single traditional characters and their simplified forms, from the dictionary."""
    from workbench.align.lexicon import lexicon

    return lexicon().simplified()


@lru_cache(maxsize=100_000)
def letters(text: str) -> str:
    """The pinyin of the Chinese characters of a text, without tones, run together."""
    return "" if text.isascii() else text.translate(_sounds())


def spelled(text: str) -> tuple[str, tuple[int, ...]]:
    """Its letters, and for each of them the offset of its character in the text."""
    sounds = _sounds()
    offsets = [offset for offset, char in enumerate(text) for _ in sounds[ord(char)]]
    return letters(text), tuple(offsets)


def _sound(char: str) -> str:
    """The pinyin of a character; "" for one that has none."""
    from pypinyin import lazy_pinyin

    if not "\u3400" <= char <= "\u9fff":
        return ""
    return str(lazy_pinyin(char)[0]).replace("ü", "u").replace("v", "u").lower()

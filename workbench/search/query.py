"""A question to a pair of texts, and where each of them answers it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.text import Span
from workbench.errors import UsageError
from workbench.search.folding import fold, letters, spelled


@dataclass(frozen=True, slots=True)
class Finder:
    """places: where a folded text answers. answers: whether it does, told more quickly.

    part: what every text that answers holds, among its letters if `sounds`, else as it is folded;
    "" where nothing can be said. Thousands of texts are looked through for it at once.
    """

    places: Callable[[str], list[Span]]
    answers: Callable[[str], bool]
    part: str
    sounds: bool = False


_SLOW = re.compile(r"[*+}]\)?[*+{]|\([^)]*[*+}][^)]*\)[*+{]")


class Mode(StrEnum):
    """How the words are meant."""

    PLAIN = "plain"
    WORD = "word"
    REGEX = "regex"
    PINYIN = "pinyin"


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    text: in either language. zh, en: must stand in the Chinese, in the English.
    no_zh, no_en: must not. Empty parts ask nothing.
    """

    text: str = ""
    mode: Mode = Mode.PLAIN
    zh: str = ""
    en: str = ""
    no_zh: str = ""
    no_en: str = ""

    @property
    def asks(self) -> bool:
        """Whether it asks for anything that must be there."""
        return any(part.strip() for part in (self.text, self.zh, self.en))

    @property
    def text_only(self) -> bool:
        """Whether it asks nothing of one language alone; then notes and flags answer too."""
        return not any(p.strip() for p in (self.zh, self.en, self.no_zh, self.no_en))


@dataclass(frozen=True, slots=True)
class Compiled:
    """A query made ready. It looks at folded texts (see `fold`)."""

    any_side: Finder | None
    zh: Finder | None
    en: Finder | None
    no_zh: Finder | None
    no_en: Finder | None

    def answers(self, zh: str, en: str) -> bool:
        """Whether the pair answers. zh, en: folded."""
        if self.any_side and not (self.any_side.answers(zh) or self.any_side.answers(en)):
            return False
        for wanted, unwanted, text in ((self.zh, self.no_zh, zh), (self.en, self.no_en, en)):
            if wanted and not wanted.answers(text):
                return False
            if unwanted and unwanted.answers(text):
                return False
        return True

    def match(self, zh: str, en: str) -> tuple[list[Span], list[Span]] | None:
        """The places found in both texts; None when the pair does not answer. zh, en: folded."""
        if not self.answers(zh, en):
            return None
        found: tuple[list[Span], list[Span]] = ([], [])
        for number, finder, text in ((0, self.zh, zh), (1, self.en, en)):
            for one in (self.any_side, finder):
                if one:
                    found[number].extend(one.places(text))
        return sorted(found[0]), sorted(found[1])


def compile_query(query: Query) -> Compiled:
    """Make a query ready.

    Raises:
        UsageError: a pattern can't be read, or could take forever.
    """
    finders = [
        _finder(part, query.mode) if part.strip() else None
        for part in (query.text, query.zh, query.en, query.no_zh, query.no_en)
    ]
    return Compiled(*finders)


def _finder(text: str, mode: Mode) -> Finder:
    if mode is Mode.PINYIN:
        return _pinyin_finder(text)
    folded = fold(text.strip())
    first = _sure_part(text.strip()) if mode is Mode.REGEX else folded.split()[0]
    whole = False
    if mode is Mode.REGEX:
        pattern = _regex(text.strip())
    else:
        words = r"\s+".join(re.escape(word) for word in folded.split())
        # Chinese has no blanks between its words
        whole = mode is Mode.WORD and not re.search(r"[\u3400-\u9fff]", folded)
        pattern = re.compile(rf"(?<!\w){words}(?!\w)" if whole else words)

    literal = mode is not Mode.REGEX and folded == first and not whole

    def find(where: str) -> list[Span]:
        if first not in where:  # much quicker than the pattern, and settles most rows
            return []
        return [Span(*m.span()) for m in pattern.finditer(where) if m.end() > m.start()]

    def answers(where: str) -> bool:
        if first not in where or literal:
            return first in where
        found = pattern.search(where)
        return found is not None and (found.end() > found.start() or bool(find(where)))

    return Finder(find, answers, first)


def _sure_part(pattern: str) -> str:
    """Letters that stand in whatever a simple pattern finds; "" where that can't be told."""
    if re.search(r"[|(\[]|\\[xuUN0-9]", pattern) or pattern != pattern.lower():
        return ""
    plain = re.sub(r"\\.", "\0", pattern)
    return max(re.findall(r"[a-z0-9\u3400-\u9fff]+(?![?*{])", plain), key=len, default="")


def _regex(text: str) -> re.Pattern[str]:
    if _SLOW.search(text):
        raise UsageError(
            "This pattern repeats a repetition, which can take forever; write it without."
        )
    # Folded texts have no capitals; for a pattern without any, the engine may look for its letters.
    flags = re.IGNORECASE if text != text.lower() else re.NOFLAG
    try:
        return re.compile(text, flags)
    except re.error as error:
        raise UsageError(f"The pattern can't be read ({error}); mend it.") from None


def _pinyin_finder(text: str) -> Finder:
    wanted = re.sub(r"[^a-z]", "", fold(text).replace("v", "u"))  # nv, nu and nü are one
    if len(wanted) < 2:
        raise UsageError("Pinyin needs at least two letters, such as wangyi.")

    def find(where: str) -> list[Span]:
        if wanted not in letters(where):
            return []
        sounds, offsets = spelled(where)
        found = []
        start = sounds.find(wanted)
        while start >= 0:
            stop = start + len(wanted)
            # Syllables are not cut through.
            whole = start == 0 or offsets[start - 1] != offsets[start]
            if whole and (stop == len(sounds) or offsets[stop] != offsets[stop - 1]):
                found.append(Span(offsets[start], offsets[stop - 1] + 1))
            start = sounds.find(wanted, start + 1)
        return found

    return Finder(find, lambda where: bool(find(where)), wanted, sounds=True)

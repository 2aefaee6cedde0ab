"""A question to a pair of texts, and where each of them answers it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.text import Span
from workbench.errors import UsageError
from workbench.search.folding import fold, spelled

Finder = Callable[[str], list[Span]]
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

    def match(self, zh: str, en: str) -> tuple[list[Span], list[Span]] | None:
        """The places found in both texts; None when the pair does not answer. zh, en: folded."""
        found: tuple[list[Span], list[Span]] = ([], [])
        if self.any_side:
            found = (self.any_side(zh), self.any_side(en))
            if not found[0] and not found[1]:
                return None
        for number, finder, text in ((0, self.zh, zh), (1, self.en, en)):
            if finder:
                spans = finder(text)
                if not spans:
                    return None
                found[number].extend(spans)
        if (self.no_zh and self.no_zh(zh)) or (self.no_en and self.no_en(en)):
            return None
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
    first = "" if mode is Mode.REGEX else folded.split()[0]
    if mode is Mode.REGEX:
        pattern = _regex(text.strip())
    else:
        words = r"\s+".join(re.escape(word) for word in folded.split())
        # Chinese has no blanks between its words
        whole = mode is Mode.WORD and not re.search(r"[\u3400-\u9fff]", folded)
        pattern = re.compile(rf"(?<!\w){words}(?!\w)" if whole else words)

    def find(where: str) -> list[Span]:
        if first not in where:  # much quicker than the pattern, and settles most rows
            return []
        return [Span(*m.span()) for m in pattern.finditer(where) if m.end() > m.start()]

    return find


def _regex(text: str) -> re.Pattern[str]:
    if _SLOW.search(text):
        raise UsageError(
            "This pattern repeats a repetition, which can take forever; write it without."
        )
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise UsageError(f"The pattern can't be read ({error}); mend it.") from None


def _pinyin_finder(text: str) -> Finder:
    wanted = re.sub(r"[^a-z]", "", fold(text).replace("v", "u"))  # nv, nu and nü are one
    if len(wanted) < 2:
        raise UsageError("Pinyin needs at least two letters, such as wangyi.")

    def find(where: str) -> list[Span]:
        letters, offsets = spelled(where)
        found = []
        start = letters.find(wanted)
        while start >= 0:
            stop = start + len(wanted)
            # Syllables are not cut through.
            whole = start == 0 or offsets[start - 1] != offsets[start]
            if whole and (stop == len(letters) or offsets[stop] != offsets[stop - 1]):
                found.append(Span(offsets[start], offsets[stop - 1] + 1))
            start = letters.find(wanted, start + 1)
        return found

    return find

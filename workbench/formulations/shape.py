"""What a Chinese phrase may begin and end with, so that fragments fall away."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from workbench.align.lexicon import lexicon
from workbench.detect.reporting import reports
from workbench.formulations.reading import INNER, Word

# Parts of speech by the first letter or letters of jieba's tag.
_EDGES = frozenset(["u", "p", "c", "m", "q", "f", "y", "e", "o", "r", "k", "t"]) | {"d"}
_PEOPLE = ("nr",)
_PLACES = ("ns", "nt")
_VERBAL = ("v", "ad", "d", "vd", "vn")
_OPEN_ENDED = ("v", "a", "b", "d")  # what wants something after it
_AFTER_NOUN = ("u", "c", "p", "d", "f", "y")
_AFTER_VERB = ("u", "c")
_BEFORE_NOUN = ("u", "v", "c", "p", "a", "d", "m", "q", "r", "b", "f")
_WHOLE = 0.5  # share of the occurrences that open or close as a phrase does
_PARTIES = frozenset(["双方", "两国", "三国", "四国", "各方", "中方", "我国", "我们"])
_HAN = re.compile(r"[\u3400-\u9fff]")
# Short for two or more countries: 中俄, 中美, 俄中.
_CLASSICAL = re.compile(
    r"[\u3400-\u9fff]{2}之[^间一中上下后前内外际时类]"
)  # 长久之计: one word, however it is cut
_COUNTRIES = "中俄美英法德日印韩朝越老柬泰缅马菲哈乌吉塔土阿埃沙伊以巴秘墨澳新加欧非拉盟匈塞南东海"
_SHORT = re.compile(f"[{_COUNTRIES}]{{2,3}}")


class Shape:
    """Judges sequences of words by their tags."""

    def __init__(self, tags: Mapping[str, str]) -> None:
        self._tags = tags

    def _is(self, word: str, kinds: Sequence[str]) -> bool:
        return self._tags.get(word, "x").startswith(tuple(kinds))

    def _is_place(self, word: str) -> bool:
        short = bool(_SHORT.fullmatch(word)) and self._is(word, ("n", "j", "x", "v"))
        return word != "中国" and (short or (self._is(word, _PLACES) and lexicon().is_name(word)))

    def may_be(self, key: Sequence[str]) -> bool:
        """Whether the words alone may be a phrase: no names, marks or particles at its ends."""
        first, last = key[0], key[-1]
        words = "".join(key)
        if _CLASSICAL.fullmatch(words):
            return True
        if len(_HAN.findall(words)) < 4 or first in INNER or last in INNER:
            return False
        if any(words.count(a) != words.count(b) for a, b in ("“”", "‘’", "《》")):
            return False
        if any(self._is(word, _PEOPLE) for word in key) or words in light():
            return False
        ends = (first, last)
        if any(self._is_edge(word) or self._is_place(word) or word in _PARTIES for word in ends):
            return False
        if last == "中国" or (len(first) == 1 and self._is(first, ("n", "x", "g"))):
            return False
        if self._is(first, ("d", "ad")) and all(self._is(w, ("v", "d", "ad")) for w in key):
            return False  # 进一步深化 wants to know what
        if reports(first, "zh") or reports(words[-2:], "zh") or first in light():
            return False
        return not (first == "中国" and len(key) > 1 and self._is(key[1], _VERBAL))

    def _is_edge(self, word: str) -> bool:
        tag = self._tags.get(word, "x")
        return tag[:1] in _EDGES and not (tag.startswith("d") and len(word) > 1)

    def is_whole(
        self, key: Sequence[str], before: Sequence[Word | None], after: Sequence[Word | None]
    ) -> bool:
        """Whether its surroundings show that it opens and closes there.

        before, after: the words beside each occurrence, None at a mark.
        """
        if (len(key) == 1 and len(key[0]) >= 4) or _CLASSICAL.fullmatch("".join(key)):
            return True
        open_ended = self._is(key[-1], _OPEN_ENDED)
        closed = self._share(after, _AFTER_VERB if open_ended else _AFTER_NOUN)
        if not open_ended:  # a verb may as well be used as a noun that belongs to the phrase
            closed += self._share(after, ("v",), marks=False) / 2
        opened = 1.0 if self._is(key[0], _VERBAL) else self._share(before, _BEFORE_NOUN)
        if all(self._is(word, ("v", "d", "ad")) for word in key):
            closed -= 0.2  # two verbs are a phrase only where nothing hangs on them
        return min(closed, opened) >= _WHOLE

    def _share(
        self, context: Sequence[Word | None], kinds: tuple[str, ...], *, marks: bool = True
    ) -> float:
        """The share of neighbours that are of some kinds, or marks."""
        fitting = sum(
            marks if w is None else w.tag.startswith(kinds) or (marks and w.text in ("等", "时"))
            for w in context
        )
        return fitting / len(context)

    def is_lead(self, key: Sequence[str]) -> bool:
        """Whether words are only verbs and adverbs that lead to something."""
        return all(self._is(word, _VERBAL) for word in key)


@cache
def light() -> frozenset[str]:
    """Words and phrases of the genre that say nothing of a position."""
    return _words("light.txt")


@cache
def leads() -> frozenset[str]:
    """Verbs that stand before formulations of any kind."""
    return _words("leads.txt")


def _words(name: str) -> frozenset[str]:
    content = (files("workbench.formulations") / "data" / name).read_text(encoding="utf-8")
    lines = (line for line in content.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())

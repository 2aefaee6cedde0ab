"""Cutting Chinese into words as jieba does, with its dictionary, about twice as fast.

The result is that of `jieba.lcut`. What takes time there is looking up the same pieces and
guessing the same unknown words again and again; both are remembered here.
"""

import re
from functools import cache, lru_cache
from math import inf, log

_KNOWN = re.compile(r"[\u4e00-\u9fd5]+")  # what jieba takes for Chinese


class _Scores(dict[str, float | None]):
    """Log probabilities of words; of what only begins one, minus infinity; of all else, None."""

    def __init__(self, frequency: dict[str, int], total: float) -> None:
        self._frequency, self.total = frequency, total

    def __missing__(self, piece: str) -> float | None:
        count = self._frequency.get(piece)
        self[piece] = None if count is None else log(count) - self.total if count else -inf
        return self[piece]


class Cutter:
    """jieba's most probable path over its dictionary, and its guesses at unknown words."""

    def __init__(self) -> None:
        import jieba
        from jieba import finalseg

        jieba.setLogLevel("ERROR")
        jieba.initialize()
        self._frequency: dict[str, int] = jieba.dt.FREQ
        self._scores = _Scores(self._frequency, log(jieba.dt.total))
        self._guess = lru_cache(maxsize=50_000)(lambda run: tuple(finalseg.cut(run)))

    def frequency(self, word: str) -> int:
        """How often jieba's corpus has a word; 0 for one it does not know."""
        return self._frequency.get(word) or 0

    def cut(self, run: str) -> list[str]:
        """The words of a run of Chinese characters."""
        found: list[str] = []
        at = 0
        for match in _KNOWN.finditer(run):
            found += run[at : match.start()]  # rare characters, one by one
            found += self._cut(match[0])
            at = match.end()
        found += run[at:]
        return found

    def _cut(self, run: str) -> list[str]:
        stops = self._path(run)
        found: list[str] = []
        at = single = 0  # where single characters that may be an unknown word begin
        while at < len(run):
            stop = stops[at]
            if stop - at > 1:
                if single < at:
                    found += self._singles(run[single:at])
                found.append(run[at:stop])
                single = stop
            at = stop
        if single < at:
            found += self._singles(run[single:at])
        return found

    def _singles(self, run: str) -> "list[str] | tuple[str, ...] | str":
        if len(run) == 1 or self._frequency.get(run):
            return run
        return self._guess(run)

    def _path(self, run: str) -> list[int]:
        """Where the word that begins at each character stops, on the best path from there."""
        size, scores = len(run), self._scores
        best, stops = [0.0] * (size + 1), [0] * size
        for at in range(size - 1, -1, -1):
            top, stop = -1e300, 0
            for end in range(at + 1, size + 1):
                piece = run[at:end]
                score = scores[piece]
                if score is None:
                    break
                value = score + best[end]
                if value >= top:  # of equals the longer, as jieba has it
                    top, stop = value, end
            if not stop:
                top, stop = best[at + 1] - scores.total, at + 1
            best[at], stops[at] = top, stop
        return stops


@cache
def cutter() -> Cutter:
    """The one cutter of this process; reading the dictionary takes half a second."""
    return Cutter()

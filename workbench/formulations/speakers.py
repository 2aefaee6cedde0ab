"""Who says what stands at a place, by the verbs of saying before it."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from workbench.detect.reporting import reports

_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]?")
_SUBJECT = re.compile(r"[^，。；：！？“”（）\n]{1,20}$")
_ADVERBS = re.compile(
    r"(?:最后|还|也|均|都|并|再次|特别|明确|共同|分别|进一步|普遍|一致|一再|随后|同时|又|则|就此"
    r"|当场|郑重|公开|多次|[\u4e00-\u9fff]{4}地)+$"
)
_NO_SUBJECT = re.compile(r"^(?:并|还|也|同时|就|对|以|为|将|要|把|从|在|以及|和|与)|[的了]$")
_FORCES = frozenset(("say", "point", "stress", "reaffirm", "believe", "warn", "announce", "call"))
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class _Turn:
    start: int
    speaker: str


class Speakers:
    """The turns of a text. fallback: who speaks where nobody is named."""

    def __init__(self, content: str, fallback: str = "") -> None:
        self._turns = list(_turns(content, fallback))
        self._starts = [turn.start for turn in self._turns]

    def at(self, offset: int) -> str:
        """Who speaks at an offset; "" where it does not show."""
        number = bisect_right(self._starts, offset) - 1
        return self._turns[number].speaker if number >= 0 else ""


def _turns(content: str, fallback: str) -> list[_Turn]:
    """A turn holds to the end of its paragraph, or to the next verb with a subject."""
    turns = [_Turn(0, fallback)]
    for match in _SENTENCE.finditer(content):
        if match.start() and content[match.start() - 1] == "\n":
            turns.append(_Turn(match.start(), fallback))
        for report in reports(match[0], "zh"):
            subject = _subject(match[0][: report.span.start])
            if report.force in _FORCES and subject:
                turns.append(_Turn(match.start() + report.span.start, subject))
    return turns


def _subject(before: str) -> str:
    found = _SUBJECT.search(before)
    words = _ADVERBS.sub("", found[0]) if found else ""
    if not 2 <= len(words) <= _LONGEST or _NO_SUBJECT.search(words):
        return ""
    return words

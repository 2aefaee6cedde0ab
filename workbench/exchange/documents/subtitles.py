"""Subtitles (SubRip and WebVTT): the words, joined to sentences across cues."""

import re
from collections.abc import Iterator

from workbench.errors import BadInput
from workbench.exchange.decoding import decode
from workbench.exchange.documents import Extracted, Wishes

_TIMES = re.compile(
    r"(?:(\d+):)?(\d\d):(\d\d)[.,](\d{3}) --> (?:(\d+):)?(\d\d):(\d\d)[.,](\d{3}).*"
)
_MARKUP = re.compile(r"<[^>]*>|\{\\[^}]*\}")
_ENDS = re.compile(r"[.!?。！？…][”’\"'」』)）]*$")
_HAN = re.compile(r"[\u2e80-\u9fff，。！？、；：]")
_PAUSE = 2.0  # seconds between cues that part two sentences, whatever the punctuation


def read_subtitles(data: bytes, wishes: Wishes) -> Extracted:
    """Subtitles: a line for each sentence, times and styles left out.

    Raises:
        BadInput: it can't be decoded, or there is no cue in it.
    """
    decoded = decode(data)
    lines: list[str] = []
    last = 0.0
    for start, stop, words in _cues(decoded.content):
        goes_on = lines and not _ENDS.search(lines[-1]) and start - last < _PAUSE
        if goes_on:
            lines[-1] = _joined(lines[-1], words)
        else:
            lines.append(words)
        last = stop
    if not lines:
        raise BadInput("There is no subtitle in the file; check that it is SRT or WebVTT.")
    remark = "Times were left out, and cues joined to sentences."
    return Extracted("".join(line + "\n" for line in lines), (*decoded.repairs, remark))


def _cues(content: str) -> Iterator[tuple[float, float, str]]:
    for block in re.split(r"\r?\n[ \t]*\r?\n", content):
        rows = block.strip().splitlines()
        at = next((n for n, row in enumerate(rows) if _TIMES.fullmatch(row.strip())), None)
        found = _TIMES.fullmatch(rows[at].strip()) if at is not None else None
        if at is None or found is None:
            continue  # a header, a note, a style
        words = ""
        for row in rows[at + 1 :]:
            words = _joined(words, _MARKUP.sub("", row).strip())
        if words:
            yield _seconds(found, 1), _seconds(found, 5), words


def _seconds(times: re.Match[str], first: int) -> float:
    hours, minutes, seconds, thousandths = (int(times[first + k] or 0) for k in range(4))
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _joined(before: str, after: str) -> str:
    """Two pieces of a sentence; Chinese ones without a blank."""
    if not before or not after:
        return before + after
    return before + ("" if _HAN.match(before[-1]) and _HAN.match(after[0]) else " ") + after

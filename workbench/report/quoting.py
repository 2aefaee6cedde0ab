"""Words of a row quoted with what stands around them."""

import re

_ENGLISH, _CHINESE = 130, 50  # characters on either side of the words
_MARKS = re.compile(r"[，。；：！？,;:.!?—]\s*")


def around(text: str, words: str) -> tuple[str, str, str]:
    """What stands before some words, the words, and what stands after them.

    Long surroundings are cut where a clause begins or ends, else between words, with an ellipsis.
    Where the words are empty or not in the text, the first part is its beginning.
    """
    most = _CHINESE if re.search(r"[\u3400-\u9fff]", text[:200]) else _ENGLISH
    at = text.find(words) if words else -1
    if at < 0:
        return _until(text, 3 * most), "", ""
    return _since(text[:at], most), words, _until(text[at + len(words) :], most)


def _since(before: str, most: int) -> str:
    if len(before) <= most:
        return before
    kept = before[-most:]
    start = _MARKS.search(kept, 0, most // 2) or re.search(r"\s+", kept)
    return "…" + kept[start.end() if start else 0 :]


def _until(after: str, most: int) -> str:
    if len(after) <= most:
        return after
    kept = after[:most]
    ends = [match.start() for match in _MARKS.finditer(kept, most // 2)]
    stop = ends[-1] if ends else kept.rfind(" ")
    return kept[: stop if stop > 0 else most] + "…"

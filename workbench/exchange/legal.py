"""What XML can hold: every character but most controls."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from workbench.exchange.tags import Tag

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't hold in any form: most C0 controls, surrogates, U+FFFE and U+FFFF."""


class Sieve:
    """Takes out what XML can't hold, and counts it."""

    def __init__(self) -> None:
        self.removed = 0

    def text(self, words: str) -> str:
        """Words without illegal characters."""
        kept, removed = ILLEGAL.subn("", words)
        self.removed += removed
        return kept

    def tagged(self, words: str, tags: Sequence[Tag]) -> tuple[str, tuple[Tag, ...]]:
        """The same for words with inline codes, which keep their places."""
        gone = [match.start() for match in ILLEGAL.finditer(words)]
        self.removed += len(gone)
        return ILLEGAL.sub("", words) if gone else words, tuple(
            replace(
                tag,
                at=tag.at - bisect_left(gone, tag.at),
                attributes=tuple((name, self.text(value)) for name, value in tag.attributes),
                inner=self.text(tag.inner),
            )
            for tag in tags
        )

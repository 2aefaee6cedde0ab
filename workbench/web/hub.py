"""Who is looking at which bitext, and the streams by which open pages hear of news.

A stream holds a thread of the server for as long as the page is open, so there are only so many:
beyond the cap, and beyond a few for one browser (which has but six connections to a server), a page
asks every few seconds instead.
"""

import threading
import time
from collections import Counter
from dataclasses import dataclass

STREAMS = 8  # at once; the server has this many threads and eight more
FOR_ONE = 2  # streams of one browser
GONE = 40.0  # seconds after which a page that said nothing is taken to be closed


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody's page and the row it is on: the first characters of both sides."""

    person: str
    src: int
    tgt: int
    since: float


class Hub:
    """What open pages share, in memory: nothing of it need survive a restart."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._news: Counter[str] = Counter()
        self._pages: dict[str, dict[str, Here]] = {}
        self._streams: Counter[str] = Counter()
        self.closed = False

    # -- streams ----------------------------------------------------------------------------

    def take(self, browser: str) -> bool:
        """Take one of the streams; False when there is none left."""
        with self._changed:
            if self._streams.total() >= STREAMS or self._streams[browser] >= FOR_ONE:
                return False
            self._streams[browser] += 1
            return True

    def give_back(self, browser: str) -> None:
        """Let another page have the stream."""
        with self._changed:
            self._streams[browser] -= 1

    def news(self, bitext_id: str) -> int:
        """A number that rises with everything that happens to a bitext here."""
        return self._news[bitext_id]

    def tell(self, bitext_id: str) -> None:
        """Something happened to a bitext."""
        with self._changed:
            self._news[bitext_id] += 1
            self._changed.notify_all()

    def wait(self, bitext_id: str, seen: int, seconds: float) -> int:
        """Wait for news after `seen`, but not longer than that; the number there is then."""
        with self._changed:
            self._changed.wait_for(lambda: self.closed or self._news[bitext_id] != seen, seconds)
            return self._news[bitext_id]

    def close(self) -> None:
        """End all streams, since the server stops."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    # -- people -----------------------------------------------------------------------------

    def here(self, bitext_id: str, page: str, here: Here) -> None:
        """Note where somebody is, and tell the others if that is new."""
        with self._changed:
            pages = self._pages.setdefault(bitext_id, {})
            had = pages.get(page)
            pages[page] = here
            self._forget(bitext_id)
        if had is None or (had.person, had.src, had.tgt) != (here.person, here.src, here.tgt):
            self.tell(bitext_id)

    def left(self, bitext_id: str, page: str) -> None:
        """Note that a page was closed or put away."""
        with self._changed:
            gone = self._pages.get(bitext_id, {}).pop(page, None)
        if gone:
            self.tell(bitext_id)

    def people(self, bitext_id: str, me: str) -> list[tuple[str, int, int]]:
        """Everybody else and the row each is on, by name; of several pages the newest counts."""
        with self._changed:
            self._forget(bitext_id)
            pages = sorted(self._pages.get(bitext_id, {}).values(), key=lambda here: here.since)
        found = {here.person: (here.person, here.src, here.tgt) for here in pages}
        return [found[name] for name in sorted(found) if name != me]

    def _forget(self, bitext_id: str) -> None:
        pages = self._pages.get(bitext_id, {})
        for page, here in list(pages.items()):
            if time.monotonic() - here.since > GONE:
                del pages[page]

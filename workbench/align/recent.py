"""The two texts measured last, so that aligning them again around other anchors costs little."""

import threading

from workbench.align.features import length_ratio
from workbench.align.pair import Pair
from workbench.align.prepared import Side
from workbench.encode import Encoder, WindowEncoder
from workbench.progress import Progress

_LARGEST = 4_000  # sentences of both texts; what is kept of them takes a few dozen megabytes


class Recent:
    """Keeps one pair. Whoever takes it has it alone, so that threads don't share one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pair: Pair | None = None

    def take(self, left: Side, right: Side, encoder: Encoder, progress: Progress) -> Pair | None:
        """The pair of these texts as this encoder sees them, if it is the one that was kept."""
        with self._lock:
            pair, self._pair = self._pair, None
        if pair is None or (pair.left.side, pair.right.side) != (left, right):
            return None
        if pair.left.encoder.signature != encoder.signature:
            return None
        for side in (pair.left, pair.right):  # those of the last time may be closed by now
            side.encoder, side.progress = encoder, progress
        sums = pair.left.length_sums, pair.right.length_sums
        pair.features.ratio = length_ratio(sums[0][-1], sums[1][-1])  # an aligner may set it anew
        return pair

    def keep(self, pair: Pair) -> None:
        """Keep a pair for the next time, unless it is large or its encoder gives no parts."""
        small = len(pair.left) + len(pair.right) <= _LARGEST
        if small and isinstance(pair.left.encoder, WindowEncoder):
            with self._lock:
                self._pair = pair

"""Time spent inside an encoder, measured from outside."""

import time
from collections.abc import Callable
from typing import ParamSpec

from workbench.encode import Encoder, Vectors, WindowEncoder

P = ParamSpec("P")


class Stopwatch:
    """Wraps an encoder; `seconds` and `cpu` add up what encoding sentences took.

    Making windows and clauses of what was encoded is not counted: it is a part of aligning.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.name, self.signature = encoder.name, encoder.signature
        self.seconds = self.cpu = 0.0
        self.encode = self._timing(encoder.encode)
        if isinstance(encoder, WindowEncoder):
            self.parts = self._timing(encoder.parts)
            self.windows, self.edges, self.joined = encoder.windows, encoder.edges, encoder.joined

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._encoder.dim

    def _timing(self, call: Callable[P, Vectors]) -> Callable[P, Vectors]:
        def timed(*args: P.args, **kwargs: P.kwargs) -> Vectors:
            start, start_cpu = time.perf_counter(), time.process_time()
            try:
                return call(*args, **kwargs)
            finally:
                self.seconds += time.perf_counter() - start
                self.cpu += time.process_time() - start_cpu

        return timed

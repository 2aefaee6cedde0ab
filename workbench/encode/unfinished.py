"""Encoding that goes on after a kill: what is done of a long text is kept in a file meanwhile."""

import contextlib
import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
from filelock import FileLock, Timeout

from workbench.encode import ENCODING, Encoder, Indices, Vectors, WindowEncoder
from workbench.progress import Progress, silent

LONG = 2_000  # sentences; shorter texts are encoded anew sooner than they are worth a file
_AT_ONCE = 1_024  # sentences between two writes: what a kill can cost
_OLD = 14 * 24 * 3600.0  # seconds after which nobody will go on with a run


class UnfinishedEncoder:
    """An encoder that writes down what it has made of long texts, and goes on from there.

    Rows are kept in half precision. When the disk is full or the folder can't be written, the
    work is done without it. `forget` takes the files away once their texts are aligned.
    """

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder = encoder
        self._folder = folder
        self._written: list[Path] = []
        self.name = encoder.name
        self.signature = encoder.signature
        if isinstance(encoder, WindowEncoder):  # then this one is a WindowEncoder as well
            self.windows: Callable[[Vectors, Indices, Indices], Vectors] = encoder.windows
            self.joined: Callable[[Vectors, Indices, Indices], Vectors] = encoder.joined
            self.edges = encoder.edges
            self.parts = self._parts

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._encoder.dim

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        """Vectors of shape (len(texts), dim), rows of unit length to half precision."""
        return self._rows("vectors", texts, self._encoder.encode, progress).astype(np.float32)

    def _parts(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        encoder = cast(WindowEncoder, self._encoder)
        return self._rows("parts", texts, encoder.parts, progress)

    def forget(self) -> None:
        """Take away what was kept of the texts encoded so far, and what others left long ago."""
        with contextlib.suppress(OSError):
            old = [
                path
                for path in self._folder.glob("*.rows*")
                if time.time() - path.stat().st_mtime > _OLD
            ]
            for path in [*self._written, *old]:
                path.unlink(missing_ok=True)
        self._written.clear()

    def _rows(
        self,
        kind: str,
        texts: Sequence[str],
        make: Callable[[Sequence[str], Progress], Vectors],
        progress: Progress,
    ) -> Vectors:
        if len(texts) < LONG:
            return make(texts, progress)
        path = self._folder / f"{_key(kind, self.signature, texts)}.rows"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(path.with_suffix(".rows.lock"), timeout=0), path.open("a+b") as file:
                self._written += [path, path.with_suffix(".rows.lock")]
                return _continued(file, texts, make, progress)
        except (OSError, Timeout):  # no room, no right, or another run on the same texts
            return make(texts, progress)


def _key(kind: str, signature: str, texts: Sequence[str]) -> str:
    digest = hashlib.sha256(f"{kind}\0{signature}\0{len(texts)}".encode())
    for text in texts:
        digest.update(text.encode())
        digest.update(b"\0")
    return digest.hexdigest()[:32]


def _continued(
    file: Any,  # noqa: ANN401
    texts: Sequence[str],
    make: Callable[[Sequence[str], Progress], Vectors],
    progress: Progress,
) -> Vectors:
    """All rows; those that the file does not have are made and appended block by block."""
    first = make(texts[:1], silent).astype(np.float16)
    width = first.shape[1]
    rows = np.zeros((len(texts), width), dtype=np.float16)
    kept = os.fstat(file.fileno()).st_size // (2 * width)  # a kill may leave a piece of a row
    file.truncate(kept * 2 * width)
    file.seek(0)
    done = min(kept, len(texts))
    if done:
        file.readinto(rows[:done].data.cast("B"))
    room = True
    for start, stop in _blocks(done, len(texts)):
        progress(ENCODING, start, len(texts))
        rows[start:stop] = make(texts[start:stop], silent)
        try:
            if room:
                file.write(rows[start:stop].tobytes())
                file.flush()
        except OSError:
            room = False  # the work goes on; only a kill would cost it
    progress(ENCODING, len(texts), len(texts))
    return cast(Vectors, rows)


def _blocks(start: int, stop: int) -> Iterator[tuple[int, int]]:
    return ((at, min(at + _AT_ONCE, stop)) for at in range(start, stop, _AT_ONCE))

"""Vectors kept in a file, so that no sentence is encoded twice by the same model."""

import hashlib
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import cast

import numpy as np
from filelock import FileLock

from workbench.encode import ENCODING, Encoder, Indices, Vectors, WindowEncoder
from workbench.errors import Unavailable
from workbench.progress import Progress, silent

_AT_ONCE = 512  # texts per encoding and per transaction: what a kill can cost
_ASKED = 500  # keys per question, below the limit of old versions of SQLite
_WAIT = 60.0  # seconds for another process to finish its transaction


class VectorStore:
    """Vectors by (encoder signature, sha256 of the text), in half precision, in one SQLite file.

    Several processes and threads may use one file. What is put is safe from a kill at once.

    Raises:
        Unavailable: the file is damaged or locked; it can be deleted without loss.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._db = sqlite3.connect(
            path, timeout=_WAIT, isolation_level=None, check_same_thread=False
        )
        try:
            # SQLite does not wait when two connections turn a new file to WAL at the same time
            with FileLock(path.with_name(f"{path.name}.lock"), timeout=_WAIT):
                self._db.execute("PRAGMA journal_mode=WAL")
                self._db.execute("PRAGMA synchronous=NORMAL")
                self._db.execute(
                    "CREATE TABLE IF NOT EXISTS vector (signature TEXT, text BLOB, "
                    "value BLOB NOT NULL, PRIMARY KEY (signature, text)) WITHOUT ROWID"
                )
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise Unavailable(
                f"The file of kept vectors {path} can't be used ({error}); delete it, "
                "it is made anew from the texts."
            ) from error

    def get(self, signature: str, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        """The vectors that are there, by key (see `key_of`)."""
        found: dict[bytes, Vectors] = {}
        for some in _chunks(keys, _ASKED):
            marks = ",".join("?" * len(some))
            with self._lock:
                rows = self._db.execute(
                    f"SELECT text, value FROM vector WHERE signature = ? AND text IN ({marks})",
                    (signature, *some),
                ).fetchall()
            found.update((key, np.frombuffer(value, np.float16)) for key, value in rows)
        return found

    def put(self, signature: str, vectors: Mapping[bytes, Vectors]) -> None:
        """Keep vectors, all in one transaction; those already there stay."""
        rows = [(signature, k, v.astype(np.float16).tobytes()) for k, v in vectors.items()]
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._db.executemany("INSERT OR IGNORE INTO vector VALUES (?, ?, ?)", rows)
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()


def key_of(text: str) -> bytes:
    """The key under which a text's vector is kept."""
    return hashlib.sha256(text.encode()).digest()


class CachedEncoder:
    """An encoder that asks its model only for texts that the store does not have.

    For a `WindowEncoder` the store keeps the parts, so that windows too cost no encoding.
    """

    def __init__(self, encoder: Encoder, store: VectorStore) -> None:
        self._encoder = encoder
        self._store = store
        self.name = encoder.name
        self.signature = encoder.signature
        if isinstance(encoder, WindowEncoder):  # then this one is a WindowEncoder as well
            self.windows: Callable[[Vectors, Indices, Indices], Vectors] = encoder.windows
            self.parts = self._kept_parts

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._encoder.dim

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        """Vectors of shape (len(texts), dim), rows of unit length to half precision."""
        if isinstance(self._encoder, WindowEncoder):
            numbers = np.arange(len(texts), dtype=np.intp)
            return self.windows(self._kept_parts(texts, progress), numbers, numbers + 1)
        if not texts:
            return self._encoder.encode([])
        return self._kept("", texts, self._encoder.encode, progress)

    def _kept_parts(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        encoder = cast(WindowEncoder, self._encoder)
        if not texts:
            return encoder.parts([])
        return self._kept("|parts", texts, encoder.parts, progress)

    def _kept(
        self,
        kind: str,
        texts: Sequence[str],
        make: Callable[[Sequence[str]], Vectors],
        progress: Progress,
    ) -> Vectors:
        signature = self.signature + kind
        keys = [key_of(text) for text in texts]
        found = self._store.get(signature, list(dict.fromkeys(keys)))
        missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in found}
        done = len(found)
        for some in _chunks(list(missing), _AT_ONCE):
            progress(ENCODING, done, done + len(missing))
            made = make([missing[key] for key in some]).astype(np.float16)
            new = dict(zip(some, made, strict=True))
            self._store.put(signature, new)
            found.update(new)
            done += len(some)
        progress(ENCODING, len(texts), len(texts))
        return np.stack([found[key] for key in keys]).astype(np.float32)


def _chunks(items: Sequence[bytes], size: int) -> Iterator[list[bytes]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some

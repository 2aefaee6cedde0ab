"""Vectors kept in a file, so that no sentence is encoded twice by the same model."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import cast

import numpy as np

from workbench.encode import ENCODING, Encoder, Indices, Vectors, WindowEncoder
from workbench.encode.kept import Kept, chunks, key_of
from workbench.progress import Progress, silent

_AT_ONCE = 512  # texts per encoding and per transaction: what a kill can cost


class VectorStore:
    """Vectors by (encoder signature, sha256 of the text), in half precision, in one SQLite file.

    Raises:
        Unavailable: the file is damaged or locked; it can be deleted without loss.
    """

    def __init__(self, path: Path) -> None:
        self._kept = Kept(path, "vector")

    def get(self, signature: str, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        """The vectors that are there, by key (see `key_of`)."""
        found = self._kept.get(signature, keys)
        return {key: np.frombuffer(value, np.float16) for key, value in found.items()}

    def put(self, signature: str, vectors: Mapping[bytes, Vectors]) -> None:
        """Keep vectors, all in one transaction; those already there stay."""
        self._kept.put(signature, {k: v.astype(np.float16).tobytes() for k, v in vectors.items()})

    def close(self) -> None:
        """Let go of the file."""
        self._kept.close()


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
            self.joined: Callable[[Vectors, Indices, Indices], Vectors] = encoder.joined
            self.edges = encoder.edges
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
        return self._kept("", texts, self._encoder.encode, progress).astype(np.float32)

    def _kept_parts(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        encoder = cast(WindowEncoder, self._encoder)
        if not texts:
            return encoder.parts([])
        return self._kept("|parts and clauses", texts, encoder.parts, progress)

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
        for some in chunks(list(missing), _AT_ONCE):
            progress(ENCODING, done, done + len(missing))
            made = make([missing[key] for key in some]).astype(np.float16)
            new = dict(zip(some, made, strict=True))
            self._store.put(signature, new)
            found.update(new)
            done += len(some)
        progress(ENCODING, len(texts), len(texts))
        return np.stack([found[key] for key in keys])

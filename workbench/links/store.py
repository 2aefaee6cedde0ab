"""Links kept in a file, so that no row is linked twice by the same model."""

import json
import zlib
from array import array
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from workbench.domain.links import LinkedPair, WordLink
from workbench.domain.text import Span
from workbench.encode.kept import Kept, key_of

Texts = tuple[str, str]


class LinkStore:
    """Linked pairs by signature and the two texts, in one SQLite file.

    Raises:
        Unavailable: the file is damaged or locked; it can be deleted without loss.
    """

    def __init__(self, path: Path) -> None:
        self._kept = Kept(path, "link")

    def get(self, signature: str, pairs: Sequence[Texts]) -> dict[Texts, LinkedPair]:
        """The pairs that are there."""
        keys = {_key(pair): pair for pair in pairs}
        found = self._kept.get(signature, list(keys))
        return {keys[key]: _from_json(zlib.decompress(value)) for key, value in found.items()}

    def put(self, signature: str, linked: Mapping[Texts, LinkedPair]) -> None:
        """Keep some; those already there stay."""
        values = {_key(pair): zlib.compress(_to_json(one)) for pair, one in linked.items()}
        self._kept.put(signature, values)

    def close(self) -> None:
        """Let go of the file."""
        self._kept.close()


def _key(pair: Texts) -> bytes:
    return key_of("\0".join(pair))


def _to_json(one: LinkedPair) -> bytes:
    words = [[[s.start, s.stop] for s in spans] for spans in (one.src_words, one.tgt_words)]
    links = [[link.src, link.tgt, link.probability] for link in one.links]
    best = one.src_best, one.tgt_best
    evidence = [[round(x, 3) for x in side] for side in (one.src_evidence, one.tgt_evidence)]
    likeness = b64encode(np.array(one.likeness, np.float16).tobytes()).decode()
    return json.dumps([*words, links, *best, *evidence, likeness]).encode()


def _from_json(content: bytes) -> LinkedPair:
    src, tgt, links, src_best, tgt_best, src_evidence, tgt_evidence, likeness = json.loads(content)
    return LinkedPair(
        tuple(Span(*span) for span in src),
        tuple(Span(*span) for span in tgt),
        tuple(WordLink(*link) for link in links),
        tuple(src_best),
        tuple(tgt_best),
        array("f", src_evidence),
        array("f", tgt_evidence),
        array("f", np.frombuffer(b64decode(likeness), np.float16).tolist()),
    )

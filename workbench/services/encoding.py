"""The workspace's encoder, with its vectors kept in `.workbench/vectors.sqlite`."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from workbench.services.workspace import Workspace

if TYPE_CHECKING:
    from workbench.encode import Encoder


@contextmanager
def workspace_encoder(ws: Workspace) -> "Iterator[Encoder]":
    """The encoder that the settings name; it loads its model only for unseen sentences.

    Raises:
        Unavailable: no such model here, and it can't be fetched while offline.
    """
    from workbench.encode import load_encoder
    from workbench.encode.cache import CachedEncoder, VectorStore

    with closing(VectorStore(ws.hidden / "vectors.sqlite")) as store:
        yield CachedEncoder(load_encoder(ws.settings.encoder), store)

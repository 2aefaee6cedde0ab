"""The workspace's models, with what they made of its texts kept in `.workbench/`."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.services.workspace import Workspace
from workbench.settings import Settings

if TYPE_CHECKING:
    from workbench.detect import Context
    from workbench.encode import Encoder
    from workbench.links import Linker


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


@contextmanager
def workspace_linker(ws: Workspace) -> "Iterator[Linker]":
    """Links words; it loads its model only for rows that were not linked before.

    Raises:
        Unavailable: the file of kept links can't be used.
    """
    from workbench.encode import load_word_encoder
    from workbench.links import Linker
    from workbench.links.store import LinkStore

    with closing(LinkStore(ws.hidden / "links.sqlite")) as store:
        yield Linker(load_word_encoder(), store)


def plain_context(*term_lists: Path) -> "Context":
    """What the detectors use for texts outside a workspace; nothing is kept.

    term_lists: files whose terms stand above the product's own.

    Raises:
        BadInput: one of them is no term list.
        Unavailable: the encoder that the settings name can't be had.
    """
    from workbench.detect import Context
    from workbench.detect.terms import TermList
    from workbench.encode import load_encoder

    encoder = load_encoder(Settings.from_environment().encoder)
    return Context(TermList.load(*term_lists), encoder, plain_linker())


def plain_linker() -> "Linker":
    """Links the words of texts outside a workspace; nothing is kept."""
    from workbench.encode import load_word_encoder
    from workbench.links import Linker

    return Linker(load_word_encoder())

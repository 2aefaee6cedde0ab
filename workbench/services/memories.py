"""Translation memories of others: kept beside the bitexts, for the concordance to look into.

A memory is not a text: its pairs come from anywhere, are in no order and are not edited. So it
lies in the database as it came, pair by pair, and may be larger than the computer's memory.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from filelock import FileLock, Timeout

from workbench.domain.operations import new_id
from workbench.errors import BadInput, Stopped, Unavailable
from workbench.exchange.incoming import bilingual_formats, read_units
from workbench.exchange.incoming.values import Findings
from workbench.progress import Progress, silent
from workbench.search.folding import fold
from workbench.services.bilingual import languages_of, look_into, named
from workbench.services.store import Store, now
from workbench.storage import memories as table
from workbench.storage.memories import Memory, MemoryPair

KINDS = ("tmx", "xliff", "table", "alternating")
_AT_ONCE = 2_000  # pairs written in one turn, so that others can write in between


def memories(ws: Store) -> list[Memory]:
    """The memories of the workspace, the newest first."""
    with ws.db.read() as session:
        return table.memories(session)


def import_memory(
    ws: Store,
    path: Path,
    form: str,
    *,
    title: str = "",
    langs: tuple[str, str] = ("", ""),
    progress: Progress = silent,
) -> tuple[Memory, Findings]:
    """Keep the pairs of a bilingual file as a memory, all of them or none.

    langs: which languages to take where the file has several.

    Raises:
        BadInput: the file is broken, or does not hold Chinese and English.
        Stopped: somebody asked to stop; nothing was stored.
    """
    if form not in KINDS or form not in bilingual_formats:
        raise BadInput(f"{path.name} holds no pairs for a memory; choose a TMX, XLIFF or table.")
    findings = look_into(path, form, progress)
    chosen = languages_of(path.name, findings, langs)
    memory = Memory(new_id(), title or path.stem, *chosen, tool=findings.tool, made_at=now())
    with _turn(ws):
        _sweep(ws)
        with ws.db.write() as session:
            table.begin(session, memory)
        try:
            _store(ws, memory, _pairs(path, form, memory, findings), progress, findings)
        except BaseException as error:
            _sweep(ws)
            if isinstance(error, KeyboardInterrupt):
                raise Stopped("Stopped; nothing of the memory was stored.") from None
            raise
    return next(one for one in memories(ws) if one.id == memory.id), findings


def remove_memory(ws: Store, id: str) -> None:  # noqa: A002
    """Take a memory away. Raises UnknownName."""
    with ws.db.write() as session:
        table.hide(session, id)
    with _turn(ws):
        _sweep(ws)


def pairs_with(ws: Store, words: str, *, chinese: bool) -> Iterator[tuple[str, MemoryPair]]:
    """Pairs of the memories with these folded words, each with the title of its memory."""
    titles = {memory.id: memory.title for memory in memories(ws)}
    if not titles:
        return
    with ws.db.read() as session:
        for pair in table.pairs_with(session, words, chinese=chinese):
            if pair.memory_id in titles:
                yield titles[pair.memory_id], pair


def _pairs(path: Path, form: str, memory: Memory, findings: Findings) -> Iterator[MemoryPair]:
    """The pairs of a file that have words on both sides; others are counted."""
    number = 0
    with path.open("rb") as stream, named(path):
        for unit in read_units(stream, form, Findings(form)):
            words = {segment.lang: segment.text.strip() for segment in unit.segments}
            zh, en = words.get(memory.src_lang, ""), words.get(memory.tgt_lang, "")
            if not zh or not en:
                findings.skipped["A unit without words in both languages."] += 1
                continue
            number += 1
            yield MemoryPair(memory.id, number, zh, en, (fold(zh), fold(en)))


def _store(
    ws: Store,
    memory: Memory,
    pairs: Iterator[MemoryPair],
    progress: Progress,
    findings: Findings,
) -> None:
    done = 0
    while batch := list(islice(pairs, _AT_ONCE)):
        with ws.db.write() as session:
            table.add_pairs(session, batch)
        done += len(batch)
        progress("Storing", done, findings.units)
    if not done:
        raise BadInput(f"{memory.title} has no pair of Chinese and English words; choose another.")
    with ws.db.write() as session:
        table.finish(session, memory.id, done)


def _sweep(ws: Store) -> None:
    """Delete what is left of memories that were removed or whose import broke off."""
    with ws.db.read() as session:
        left = table.halves(session)
    for id_ in left:
        dropped = _AT_ONCE
        while dropped == _AT_ONCE:
            with ws.db.write() as session:
                dropped = table.drop_pairs(session, id_, _AT_ONCE)
        with ws.db.write() as session:
            table.drop(session, id_)


@contextmanager
def _turn(ws: Store) -> Iterator[None]:
    """One import or removal at a time, so that none sweeps away what another is writing."""
    lock = FileLock(ws.hidden / "memories.lock")
    try:
        with lock.acquire(timeout=1):
            yield
    except Timeout:
        raise Unavailable(
            "Another memory is being stored or removed just now; try again when it is done."
        ) from None

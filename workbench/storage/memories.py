"""Translation memories in the database. Every function takes an open session, commits nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from workbench.errors import UnknownName
from workbench.storage.models import MemoryRow, MemoryUnitRow


@dataclass(frozen=True, slots=True)
class Memory:
    """A memory of others. units: how many pairs; tool: what wrote the file it is from."""

    id: str
    title: str
    src_lang: str
    tgt_lang: str
    tool: str
    made_at: str
    units: int = 0


@dataclass(frozen=True, slots=True)
class MemoryPair:
    """One pair. folded: both, as they are searched, the Chinese first."""

    memory_id: str
    number: int
    zh: str
    en: str
    folded: tuple[str, str]


def memories(session: Session) -> list[Memory]:
    """Those that are there from end to end, the newest first."""
    query = select(MemoryRow).where(MemoryRow.whole).order_by(MemoryRow.made_at.desc())
    return [
        Memory(**{name: getattr(row, name) for name in Memory.__dataclass_fields__})
        for row in session.scalars(query)
    ]


def halves(session: Session) -> list[str]:
    """Ids of those whose import did not come to its end."""
    return list(session.scalars(select(MemoryRow.id).where(~MemoryRow.whole)))


def taken(session: Session) -> set[str]:
    """The ids that a new memory can't have."""
    return set(session.scalars(select(MemoryRow.id)))


def begin(session: Session, memory: Memory) -> None:
    """Make room for a memory that nobody sees yet."""
    session.add(MemoryRow(**asdict(memory), whole=False))
    session.flush()


def add_pairs(session: Session, pairs: Sequence[MemoryPair]) -> None:
    """Store some pairs."""
    session.execute(
        insert(MemoryUnitRow),
        [
            {
                "memory_id": pair.memory_id,
                "number": pair.number,
                "zh": pair.zh,
                "en": pair.en,
                "zh_folded": pair.folded[0],
                "en_folded": pair.folded[1],
            }
            for pair in pairs
        ],
    )


def finish(session: Session, id: str, units: int) -> None:  # noqa: A002
    """Let a memory be seen."""
    session.execute(update(MemoryRow).where(MemoryRow.id == id).values(units=units, whole=True))


def drop_pairs(session: Session, id: str, most: int) -> int:  # noqa: A002
    """Delete some pairs of a memory, `most` at a time; how many were deleted."""
    last = select(MemoryUnitRow.number).where(MemoryUnitRow.memory_id == id)
    numbers = list(session.scalars(last.order_by(MemoryUnitRow.number).limit(most)))
    if numbers:
        session.execute(
            delete(MemoryUnitRow).where(
                MemoryUnitRow.memory_id == id, MemoryUnitRow.number <= numbers[-1]
            )
        )
    return len(numbers)


def drop(session: Session, id: str) -> None:  # noqa: A002
    """Delete a memory that has no pairs any more."""
    session.execute(delete(MemoryRow).where(MemoryRow.id == id))


def hide(session: Session, id: str) -> None:  # noqa: A002
    """Let nobody see a memory any more. Raises UnknownName."""
    row = session.get(MemoryRow, id)
    if row is None:
        raise UnknownName("memory", id, taken(session))
    row.whole = False


def pairs_with(session: Session, words: str, *, chinese: bool) -> Iterator[MemoryPair]:
    """The pairs of all memories that have these folded words on one side, as they come."""
    column = MemoryUnitRow.zh_folded if chinese else MemoryUnitRow.en_folded
    query = (
        select(MemoryUnitRow)
        .join(MemoryRow, MemoryRow.id == MemoryUnitRow.memory_id)
        .where(MemoryRow.whole, column.contains(words, autoescape=True))
        .execution_options(yield_per=200)
    )
    for row in session.scalars(query):
        folded = (row.zh_folded, row.en_folded)
        yield MemoryPair(row.memory_id, row.number, row.zh, row.en, folded)

"""What people corrected in the list of set formulations: one entry for each, easily taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Doing(StrEnum):
    """What a correction does to a phrase."""

    JOIN = "join"
    DROP = "drop"
    ADD = "add"
    RENAME = "rename"


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction. other: the phrase it is joined to, or its new name; by: who, at: ISO 8601."""

    id: str
    do: Doing
    phrase: str
    other: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What all corrections come to.

    added, dropped: phrases. variants: by phrase, other wordings of it. labels: by phrase.
    """

    added: tuple[str, ...]
    dropped: frozenset[str]
    variants: dict[str, tuple[str, ...]]
    labels: dict[str, str]


def corrected(corrections: Sequence[Correction]) -> Corrected:
    """Read corrections in order; a later one for the same phrase counts.

    Joining follows: what was joined to a phrase that is then joined to another goes with it.
    """
    added: dict[str, None] = {}
    dropped: set[str] = set()
    into: dict[str, str] = {}
    labels: dict[str, str] = {}
    for one in corrections:
        if one.do is Doing.ADD:
            added[one.phrase] = None
            dropped.discard(one.phrase)
            into.pop(one.phrase, None)
        elif one.do is Doing.DROP:
            dropped.add(one.phrase)
            added.pop(one.phrase, None)
        elif one.do is Doing.RENAME:
            labels[one.phrase] = one.other
        elif _end(into, one.other) != one.phrase:
            into[one.phrase] = one.other
    variants: dict[str, list[str]] = {}
    for phrase in into:
        variants.setdefault(_end(into, phrase), []).append(phrase)
    return Corrected(
        tuple(added),
        frozenset(dropped | set(into)),
        {phrase: tuple(others) for phrase, others in variants.items()},
        labels,
    )


def _end(into: dict[str, str], phrase: str) -> str:
    while phrase in into:
        phrase = into[phrase]
    return phrase

"""What people and detectors said about the rows of a bitext, as a search finds and filters it."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

from workbench.domain.operations import State
from workbench.search.folding import fold
from workbench.services.checking import StoredFlag

FLAG = "flag"
NOTES = "notes"  # of any type: comments, errors and choices


@dataclass(frozen=True, slots=True)
class Remark:
    """A flag or an annotation. kind: "flag", "comment", "error" or "choice".

    status: "open", or what was decided; of an annotation "open" or "resolved". who: its author,
    or who decided the flag. words, words_zh: what it says, in both languages where it has both.
    src, tgt: where the first of its words stands in each text, None when it is not about it.
    """

    kind: str
    category: str
    severity: str
    status: str
    who: str
    words: str
    words_zh: str
    src: int | None = None
    tgt: int | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """What a row, and something said about it, must be like; "" and 0 ask nothing.

    type: of the remark, NOTES for every annotation. reviewer: a part of the name. pairing:
    "pair", "many" (not one to one), "no-tgt", "no-src". doubt: at least this doubtful, 0 to 1.
    """

    type: str = ""
    category: str = ""
    severity: str = ""
    status: str = ""
    reviewer: str = ""
    pairing: str = ""
    doubt: float = 0.0

    @property
    def of_remarks(self) -> bool:
        """Whether it asks for something that was said."""
        return any((self.type, self.category, self.severity, self.status, self.reviewer))

    @property
    def asks(self) -> bool:
        """Whether it asks for anything."""
        return self.of_remarks or bool(self.pairing or self.doubt)

    def fits(self, remark: Remark) -> bool:
        """Whether something that was said is of the kind asked for."""
        types = {"": True, NOTES: remark.kind != FLAG}
        return (
            types.get(self.type, remark.kind == self.type)
            and (not self.category or self.category == remark.category)
            and (not self.severity or self.severity == remark.severity)
            and (not self.status or self.status == remark.status)
            and fold(self.reviewer.strip()) in fold(remark.who)
        )


class Places:
    """Finds the row that holds a place of a text; sorted only when something is looked for.

    rows: (start, stop, row) of each row on each side.
    """

    def __init__(self, rows: Callable[[str], Iterable[tuple[int, int, str]]]) -> None:
        self._rows = cache(
            lambda side: sorted(place for place in rows(side) if place[0] < place[1])
        )

    def at(self, side: str, offset: int | None) -> str:
        """The id of the row, "" when there is none."""
        if offset is None:
            return ""
        places = self._rows(side)
        number = bisect_right(places, offset, key=itemgetter(0)) - 1
        return places[number][2] if number >= 0 and offset < places[number][1] else ""

    def of(self, remark: Remark) -> str:
        """The row that holds the first of a remark's words."""
        return self.at("src", remark.src) or self.at("tgt", remark.tgt)


def remarks(state: State, flags: list[StoredFlag]) -> Iterator[Remark]:
    """Everything that was said about a bitext, the flags first."""
    for flag in flags:
        decision = state.get("decisions", flag.fingerprint)
        touch = state.touched.get(("decisions", flag.fingerprint))
        yield Remark(
            FLAG, flag.category, str(flag.severity), decision["verdict"] if decision else "open",
            touch.author if decision and touch else "", flag.evidence, flag.evidence_zh,
            flag.src.start if flag.src else None,
            flag.tgt.start if flag.tgt else flag.at[1],
        )  # fmt: skip
    for id_, value in state.collection("annotations").items():
        yield _annotation(state, id_, value)


def _annotation(state: State, id_: str, value: Mapping[str, Any]) -> Remark:
    words = " ".join(filter(None, (str(value.get(name) or "") for name in ("note", "wording"))))
    return Remark(
        str(value.get("kind", "")), str(value.get("category") or ""),
        str(value.get("severity") or ""),
        "resolved" if state.get("threads", id_) else "open",
        str(value.get("begun_by") or state.touched["annotations", id_].author), words, words,
        *(value[side][0] if value.get(side) else None for side in ("src", "tgt")),
    )  # fmt: skip

"""Reading a portable alignment file into the log."""

import hashlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from workbench.domain.beads import ReviewBead, in_order
from workbench.domain.carrying import ORPHANS
from workbench.domain.corrections import WORDINGS, read_wording
from workbench.domain.cuts import CUTS
from workbench.domain.moves import MOVES, Move
from workbench.domain.notes import Annotation, Decision, Reply
from workbench.domain.operations import WORKBENCH, Change, Key, Operation, State, Value, new_id
from workbench.domain.reading import segmentation
from workbench.domain.rulings import RULINGS, Ruling
from workbench.domain.sessions import COPY
from workbench.domain.status import STATUSES, Standing, review_of
from workbench.domain.text import Role, Segmentation, Span
from workbench.errors import BadInput, WorkbenchError
from workbench.exchange.portable import Portable
from workbench.services.store import Store, now
from workbench.storage import repository
from workbench.storage.repository import Bitext


def store_portable(ws: Store, bitext_id: str, file: Portable, data: bytes) -> None:
    """Make the state of a bitext what a file says, in one transaction.

    Raises:
        BadInput: the file can't become that state, as `check_portable` says.
    """
    check_portable(ws, bitext_id, file)
    header = file.header
    with ws.db.write() as session:
        if bitext_id not in {b.id for b in repository.bitexts(session, copies=True)}:
            made, (of, copy, _) = now(), bitext_id.partition(COPY)
            bitext = Bitext(
                bitext_id, header.title, header.src[0], header.tgt[0], made, made,
                session_id=of if copy else "",
            )  # fmt: skip
            repository.add_bitext(session, bitext)
        state = ws.state(bitext_id, session)
        if state.values:
            clear = tuple(Change(*key, value, None) for key, value in state.values.items())
            repository.append(
                session, bitext_id, Operation(new_id(), "import", WORKBENCH, now(), clear)
            )
        seq = 0
        for operation in file.operations():
            seq = repository.append(session, bitext_id, operation).seq
        repository.update_bitext(
            session,
            bitext_id,
            portable_seq=seq,
            portable_sha256=hashlib.sha256(data).hexdigest(),
        )


def check_portable(ws: Store, bitext_id: str, file: Portable) -> None:
    """Make sure that a file can become the state of its bitext.

    Raises:
        BadInput: it is about another bitext or other versions of the texts, a value can't be
            read, or its beads do not tile the texts; names file and line.
    """
    name = f"alignments/{bitext_id}.jsonl"
    if file.header.bitext != bitext_id:
        raise BadInput(
            f"{name}, line 1: it holds the alignment {file.header.bitext!r}; give the file that "
            "name, or take it out of the folder."
        )
    sizes = _sizes(ws, name, file)
    divisions: dict[str, Segmentation] = {}
    for side in ("src", "tgt"):
        if ("segments", side) not in file.values:
            raise BadInput(f"{name} says nothing of the {side} segments; restore the file.")
        with _placed(name, file, ("segments", side)):
            divisions[side] = _division(file, side, sizes[side])
    texts = Texts(divisions, sizes)
    for key, value in file.values.items():
        with _placed(name, file, key):
            check_value(*key, value, texts)
    _check_beads(name, file, divisions)


def _sizes(ws: Store, name: str, file: Portable) -> dict[str, int]:
    sizes = {}
    for side, (text_id, sha256, _) in (("src", file.header.src), ("tgt", file.header.tgt)):
        try:
            text = ws.text(text_id)
        except WorkbenchError as error:
            raise BadInput(f"{name}, line 1: {error}") from None
        if text.sha256 != sha256:
            raise BadInput(
                f"{name}, line 1: it was made for another version of the text {text_id!r}; "
                "restore that version, or align anew."
            )
        sizes[side] = len(text.content)
    return sizes


def _division(file: Portable, side: str, size: int) -> Segmentation:
    alone = {key: value for key, value in file.values.items() if key[0] == CUTS}
    alone["segments", side] = file.values["segments", side]
    division = segmentation(State(values=alone), side)
    if not division.sentences or division.sentences[-1].stop != size:
        raise BadInput(f"the segments do not cover the {size} characters of the text.")
    return division


@dataclass(frozen=True)
class Texts:
    """What a value may speak of. sizes: of the texts, in characters."""

    divisions: dict[str, Segmentation]
    sizes: dict[str, int]


ANYWHERE = {"src": sys.maxsize, "tgt": sys.maxsize}
"""Sizes for what is about a text that is not here, such as the version that was corrected."""


def _check_role(id_: str, value: Value, texts: Texts) -> None:
    side, _, number = id_.partition(":")
    Role(value["role"])
    if not 0 <= int(number) < len(texts.divisions[side].roles):
        raise BadInput(f"there is no paragraph {id_}.")


def _check_annotation(_: str, value: Value, texts: Texts) -> None:
    annotation = Annotation.from_json(value)
    for side, span in (("src", annotation.src), ("tgt", annotation.tgt)):
        if span and span.stop > texts.sizes[side]:
            raise BadInput("its words are not in the text.")


def _check_cut(id_: str, value: Value, texts: Texts) -> None:
    side, at = id_.partition(":")[0], int(value["offset"])
    if not isinstance(value["end"], bool) or id_ != f"{side}:{at}":
        raise BadInput("not as it was written.")
    if not 0 < at < texts.sizes[side]:
        raise BadInput("no such place in the text.")


def _check_move(_: str, value: Value, texts: Texts) -> None:
    move = Move.from_json(value)
    if move.src.stop > texts.sizes["src"] or move.tgt.stop > texts.sizes["tgt"]:
        raise BadInput("its words are not in the text.")


def _check_wording(_: str, value: Value, texts: Texts) -> None:
    span, _wording = read_wording(value)
    if span.stop > texts.sizes["tgt"]:
        raise BadInput("its words are not in the text.")


def _check_ruling(id_: str, value: Value, texts: Texts) -> None:
    ruling = Ruling.from_json(value)
    if ruling.span.stop > texts.sizes["tgt"] or (id_ and id_ != ruling.id):
        raise BadInput("its claim is not in the text.")


def _check_orphan(_: str, value: Value, texts: Texts) -> None:
    if not 0 <= int(value["place"]) <= texts.sizes["tgt"]:
        raise BadInput("its place is not in the text.")
    check_value(str(value["of"]), "", value["value"], Texts(texts.divisions, ANYWHERE))


def _accept(_id: str, _value: Value, _texts: Texts) -> None:
    """What nothing here reads is kept as it is."""


_CHECKS: dict[str, Callable[[str, Value, Texts], object]] = {
    "roles": _check_role,
    "annotations": _check_annotation,
    "decisions": lambda _id, value, _texts: Decision.from_json(value),
    "beads": lambda id_, value, _texts: ReviewBead.from_json(id_, value),
    "replies": lambda _id, value, _texts: Reply.from_json(value),
    CUTS: _check_cut,
    MOVES: _check_move,
    STATUSES: lambda _id, value, _texts: Standing.from_json(value),
    WORDINGS: _check_wording,
    RULINGS: _check_ruling,
    ORPHANS: _check_orphan,
    "meta": lambda id_, value, _texts: review_of(State(values={("meta", id_): value})),
}


def check_value(collection: str, id_: str, value: Value, texts: Texts) -> None:
    """Make sure that a value of a collection can be read; those unknown here are kept as they are.

    Raises:
        WorkbenchError, or what Python raises when it is not at all as it was written.
    """
    _CHECKS.get(collection, _accept)(id_, value, texts)


def _check_beads(name: str, file: Portable, divisions: dict[str, Segmentation]) -> None:
    found = [ReviewBead.from_json(k[1], v) for k, v in file.values.items() if k[0] == "beads"]
    ends = {side: {0, *(s.stop for s in d.sentences)} for side, d in divisions.items()}
    at = {"src": 0, "tgt": 0}
    for bead in in_order(found):
        for side in ("src", "tgt"):
            span: Span = getattr(bead, side)
            with _placed(name, file, ("beads", bead.id)):
                if span.start != at[side]:
                    raise BadInput(
                        f"its {side} starts at {span.start}, expected {at[side]}; "
                        "beads follow each other without a gap."
                    )
                if span.stop not in ends[side] or span.stop < span.start:
                    raise BadInput(f"its {side} ends at {span.stop}, where no sentence ends.")
            at[side] = span.stop
        if not len(bead.src) and not len(bead.tgt):
            raise BadInput(f"{name}, line {file.lines['beads', bead.id]}: the bead is empty.")
    for side, stop in at.items():
        if stop != max(ends[side]):
            raise BadInput(f"{name}: its beads cover {stop} of {max(ends[side])} of the {side}.")


@contextmanager
def _placed(name: str, file: Portable, key: Key) -> Iterator[None]:
    """Say in which line a value can't be read."""
    try:
        yield
    except KeyError as error:
        raise BadInput(f"{name}, line {file.lines[key]}: {error} is missing.") from None
    except WorkbenchError as error:
        raise BadInput(f"{name}, line {file.lines[key]}: {error}") from None
    except (AttributeError, TypeError, ValueError):
        raise BadInput(f"{name}, line {file.lines[key]}: not as it was written.") from None

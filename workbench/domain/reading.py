"""The state of a bitext, read as segments and rows."""

from bisect import bisect_right
from dataclasses import replace
from typing import Any

from workbench.domain.beads import ReviewBead, Rows, in_order
from workbench.domain.cuts import CUTS, cuts_of, with_cuts
from workbench.domain.operations import State
from workbench.domain.text import Role, Segmentation, Span
from workbench.errors import UsageError

DIVIDING = frozenset(("segments", "roles", CUTS))
"""The collections that say how a text is divided."""


def segmentation(state: State, side: str) -> Segmentation:
    """How one side's text is divided, with the roles that people gave.

    Raises:
        UsageError: the bitext is not aligned yet.
    """
    return state.derive(f"segmentation {side}", DIVIDING, lambda: _segmentation(state, side))


def _segmentation(state: State, side: str) -> Segmentation:
    division = divided(state, side)
    if division is None:
        raise UsageError("This pair of texts is not aligned yet; align it first.")
    roles = list(division.roles)
    for key, role in state.collection("roles").items():
        of, _, number = key.partition(":")
        if of == side:
            roles[int(number)] = Role(role["role"])
    return replace(division, roles=tuple(roles))


def divided(state: State, side: str) -> Segmentation | None:
    """How one side is divided, with the sentences as people want them and the first roles."""
    division = machine_segmentation(state, side)
    return with_cuts(division, cuts_of(state, side)) if division else None


def machine_segmentation(state: State, side: str) -> Segmentation | None:
    """How one side was divided when it was first aligned; None before that."""
    value = state.get("segments", side)
    if value is None:
        return None

    def read() -> Segmentation:
        return Segmentation(
            _tiles(value["paragraphs"]),
            _tiles(value["sentences"]),
            tuple(Role(role) for role in value["roles"]),
            tuple(Span(*span) for span in value["datelines"]),
        )

    return state.derive(f"machine segmentation {side}", frozenset(("segments",)), read)


def sentence_ends(state: State, side: str) -> tuple[int, ...]:
    """Where the sentences of one side end, rising."""
    return state.derive(
        f"sentence ends {side}",
        DIVIDING,
        lambda: tuple(span.stop for span in segmentation(state, side).sentences),
    )


def segmentation_value(division: Segmentation) -> dict[str, Any]:
    """The inverse of `segmentation`: what the log holds."""
    return {
        "paragraphs": [span.stop for span in division.paragraphs],
        "sentences": [span.stop for span in division.sentences],
        "roles": [str(role) for role in division.roles],
        "datelines": [[span.start, span.stop] for span in division.datelines],
    }


def _tiles(ends: list[int]) -> tuple[Span, ...]:
    return tuple(Span(a, b) for a, b in zip([0, *ends], ends, strict=False))


def rows(state: State) -> Rows:
    """The rows of a bitext in order."""
    return state.derive("rows", DIVIDING | {"beads"}, lambda: _rows(state))


def _rows(state: State) -> Rows:
    known: dict[str, tuple[Any, ReviewBead]] = state.derive("read beads", frozenset(), dict)
    found = []
    for id_, value in state.collection("beads").items():
        old = known.get(id_)
        if old is None or old[0] is not value:
            old = known[id_] = (value, ReviewBead.from_json(id_, value))
        found.append(old[1])
    return Rows(in_order(found), sentence_ends(state, "src"), sentence_ends(state, "tgt"))


def content_beads(state: State) -> list[ReviewBead]:
    """The rows to be reviewed: all but those of commentary, which translate nothing."""
    division = segmentation(state, "tgt")
    stops = [span.stop for span in division.paragraphs]
    return [
        bead
        for bead in rows(state).beads
        if len(bead.src)
        or division.roles[bisect_right(stops, bead.tgt.start)] is not Role.COMMENTARY
    ]

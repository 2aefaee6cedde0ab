"""The state of a bitext, read as segments and rows."""

from bisect import bisect_right
from dataclasses import replace
from typing import Any

from workbench.domain.beads import ReviewBead, Rows, in_order
from workbench.domain.operations import State
from workbench.domain.text import Role, Segmentation, Span
from workbench.errors import UsageError


def segmentation(state: State, side: str) -> Segmentation:
    """How one side's text is divided, with the roles that people gave.

    Raises:
        UsageError: the bitext is not aligned yet.
    """
    division = machine_segmentation(state, side)
    if division is None:
        raise UsageError("This pair of texts is not aligned yet; align it first.")
    roles = list(division.roles)
    for key, role in state.collection("roles").items():
        of, _, number = key.partition(":")
        if of == side:
            roles[int(number)] = Role(role["role"])
    return replace(division, roles=tuple(roles))


def machine_segmentation(state: State, side: str) -> Segmentation | None:
    """How one side was divided when it was first aligned; None before that."""
    value = state.get("segments", side)
    if value is None:
        return None
    return Segmentation(
        _tiles(value["paragraphs"]),
        _tiles(value["sentences"]),
        tuple(Role(role) for role in value["roles"]),
        tuple(Span(*span) for span in value["datelines"]),
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
    return Rows(
        in_order([ReviewBead.from_json(k, v) for k, v in state.collection("beads").items()]),
        tuple(span.stop for span in segmentation(state, "src").sentences),
        tuple(span.stop for span in segmentation(state, "tgt").sentences),
    )


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

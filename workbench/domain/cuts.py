"""Sentences divided or joined by a person. The text itself never changes.

A cut says of one place in one text that a sentence ends there, or that none does; it overrides
what the program found. Kept by place, so that two people on different sentences never meet.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from workbench.domain.beads import ReviewBead, Side
from workbench.domain.operations import Change, State
from workbench.domain.text import Segmentation, Span
from workbench.errors import UsageError

CUTS = "cuts"
_OPENING = "“‘「『《〈（([【\"'"


def with_cuts(division: Segmentation, cuts: Iterable[Mapping[str, Any]]) -> Segmentation:
    """A division with the ends that people set and without those that they took away."""
    ends = {span.stop for span in division.sentences}
    for cut in cuts:
        if cut["end"]:
            ends.add(int(cut["offset"]))
        else:
            ends.discard(int(cut["offset"]))
    stops = sorted(ends)
    sentences = tuple(Span(a, b) for a, b in zip([0, *stops], stops, strict=False))
    return replace(division, sentences=sentences)


def cuts_of(state: State, side: str) -> list[Mapping[str, Any]]:
    """What people said about the sentence ends of one side."""
    return [v for key, v in state.collection(CUTS).items() if key.startswith(f"{side}:")]


def divide(
    state: State, division: Segmentation, side: Side, offset: int, content: str
) -> tuple[Change, ...]:
    """End a sentence before the word at `offset`. content: the text of that side."""
    at = offset
    while at > 0 and content[at - 1] in _OPENING:
        at -= 1  # a mark that opens goes with the words it opens
    sentence = _holding(division, at)
    if sentence is None or at == sentence.start:
        raise UsageError("A sentence begins here already; put the cursor inside a sentence.")
    if any(dateline.start < at < dateline.stop for dateline in division.datelines):
        raise UsageError("The cursor is inside the dateline; put it after the dateline.")
    if not content[sentence.start : at].strip() or not content[at : sentence.stop].strip():
        raise UsageError("There are no words on one side of the cursor; put it inside a sentence.")
    return (_cut(state, side, at, end=True),)


def join(
    state: State, division: Segmentation, bead: ReviewBead, side: Side, offset: int
) -> tuple[Change, ...]:
    """Join the sentence that holds `offset` with the next one of the same row.

    The last sentence of a row is joined with the one before it.
    """
    span: Span = bead.src if side == "src" else bead.tgt
    sentence = _holding(division, offset)
    if sentence is None or offset not in span:
        raise UsageError("Put the cursor into the sentence that is to be joined with the next one.")
    at = sentence.stop if sentence.stop < span.stop else sentence.start
    if at == span.start:
        raise UsageError(
            "The row has a single sentence on that side; merge the rows first, then join."
        )
    if any(paragraph.stop == at for paragraph in division.paragraphs):
        raise UsageError("The sentences are in two paragraphs; a sentence stays inside its own.")
    return (_cut(state, side, at, end=False),)


def _holding(division: Segmentation, offset: int) -> Span | None:
    number = bisect_right(division.sentences, offset, key=lambda sentence: sentence.stop)
    return division.sentences[number] if 0 <= number < len(division.sentences) else None


def _cut(state: State, side: Side, at: int, *, end: bool) -> Change:
    id_ = f"{side}:{at}"
    return Change(CUTS, id_, state.get(CUTS, id_), {"offset": at, "end": end})

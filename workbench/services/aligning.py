"""Aligning a bitext: segments, vectors, beads, and the roles that follow from them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.domain import moves, status
from workbench.domain.alignment import Alignment, Bead, paragraph_groups
from workbench.domain.beads import ReviewBead, in_sentences
from workbench.domain.cuts import CUTS, cuts_of, with_cuts
from workbench.domain.operations import (
    ALIGN,
    WORKBENCH,
    Change,
    Operation,
    State,
    apply,
    new_id,
)
from workbench.domain.reading import machine_segmentation, rows, segmentation_value
from workbench.domain.text import Role, Segmentation, Span, Text
from workbench.errors import UsageError
from workbench.progress import Progress, silent
from workbench.services.encoding import workspace_encoder
from workbench.services.store import now
from workbench.services.workspace import Workspace
from workbench.storage import repository

if TYPE_CHECKING:
    from workbench.align import Side


def align_bitext(
    ws: Workspace,
    bitext_id: str,
    progress: Progress = silent,
    *,
    force: bool = False,
    author: str = WORKBENCH,
) -> Alignment:
    """Align a bitext anew and keep the result as one operation, which can't be half done.

    Rows that a person made or confirmed are anchors: they stay, and the rest is aligned around
    them. Sentences stay divided as they were.

    force: align also two texts that do not seem to be translations of each other.
    author: who asked for it, and can undo it.

    Raises:
        NotTranslations: they do not seem to be; says why.
        Stopped: the user stopped it; the vectors made so far are kept.
        UsageError: it is the copy of an independent reviewer, whose rows stay as they are.
    """
    bitext = ws.bitext(bitext_id)
    if bitext.session_id:
        raise UsageError("The rows of an independent session stay as they are.")
    src, tgt = ws.text(bitext.src_id), ws.text(bitext.tgt_id)
    while True:
        seen = ws.state(bitext_id)
        divisions, alignment = _align(ws, (src, tgt), seen, progress, force=force)
        with ws.db.write() as session:
            state = ws.state(bitext_id, session)
            if _held(state) != _held(seen):
                continue  # somebody edited meanwhile: their rows are anchors too
            changes = alignment_changes(state, divisions, alignment)
            if changes:
                operation = Operation(new_id(), ALIGN, author, now(), changes, state.seq)
                state = apply(state, repository.append(session, bitext_id, operation))
        ws.remember(bitext_id, state)
        ws.save_portable(bitext_id)
        return alignment


def _held(state: State) -> tuple[object, ...]:
    """What of a state an alignment goes by."""
    return peoples_beads(state), state.collection(CUTS)


def peoples_beads(state: State) -> dict[tuple[Span, Span], ReviewBead]:
    """The rows that a person made or confirmed, by their place."""
    beads = [ReviewBead.from_json(id_, value) for id_, value in state.collection("beads").items()]
    return {
        (bead.src, bead.tgt): bead
        for bead in beads
        if bead.confirmed or (bead.probability is None and _by_person(state, bead))
    }


def _by_person(state: State, bead: ReviewBead) -> bool:
    touch = state.touched["beads", bead.id]
    return touch.author != WORKBENCH and touch.kind != ALIGN


def _align(
    ws: Workspace, texts: tuple[Text, Text], state: State, progress: Progress, *, force: bool
) -> tuple[tuple[Segmentation, Segmentation], Alignment]:
    from workbench.align import align
    from workbench.segment import segment

    src, tgt = texts
    progress("Dividing into sentences", 0, 2)
    src_first = machine_segmentation(state, "src") or segment(src.content, src.lang)
    progress("Dividing into sentences", 1, 2)
    tgt_first = machine_segmentation(state, "tgt") or segment(tgt.content, tgt.lang)
    src_division = with_cuts(src_first, cuts_of(state, "src"))
    tgt_division = with_cuts(tgt_first, cuts_of(state, "tgt"))
    ends = [[s.stop for s in division.sentences] for division in (src_division, tgt_division)]
    anchors = [
        Bead(in_sentences(src_span, ends[0]), in_sentences(tgt_span, ends[1]))
        for src_span, tgt_span in sorted(peoples_beads(state))
    ]
    with workspace_encoder(ws) as encoder:
        alignment = align(
            side(src, src_division),
            side(tgt, tgt_division),
            encoder=encoder,
            anchors=anchors,
            progress=progress,
            check_plausible=not force and not anchors,
        )
    roles = with_commentary(alignment, src_division, tgt_division).roles
    versions = f"texts:{src.sha256[:12]},{tgt.sha256[:12]}"
    signed = replace(alignment, signature=f"{alignment.signature}|{versions}")
    return (src_first, replace(tgt_first, roles=roles)), signed


def side(text: Text, division: Segmentation) -> "Side":
    """One side as the aligner takes it: sentences without dateline and outer white space."""
    from workbench.align import Side

    datelines = {span.start: span.stop for span in division.datelines}
    sentences = tuple(
        text.content[datelines.get(span.start, span.start) : span.stop].strip()
        for span in division.sentences
    )
    paragraphs = division.paragraph_numbers()
    roles = tuple(division.roles[number] for number in paragraphs)
    return Side(sentences, paragraphs, roles, text.lang)


def with_commentary(
    alignment: Alignment, src_division: Segmentation, tgt_division: Segmentation
) -> Segmentation:
    """Mark the English paragraphs before and after the translation as commentary.

    A run of unpaired paragraphs at either end is somebody's preamble or afterword; one in the
    middle is an addition and stays body, for the reviewer to see.
    """
    groups = paragraph_groups(
        alignment.beads, src_division.paragraph_numbers(), tgt_division.paragraph_numbers()
    )
    paired = [group for group in groups if not group.is_null]
    if not paired:
        return tgt_division
    first, last = paired[0].tgt.start, paired[-1].tgt.stop
    roles = tuple(
        role if first <= number < last else Role.COMMENTARY
        for number, role in enumerate(tgt_division.roles)
    )
    return Segmentation(
        tgt_division.paragraphs, tgt_division.sentences, roles, tgt_division.datelines
    )


def alignment_changes(
    state: State, divisions: tuple[Segmentation, Segmentation], alignment: Alignment
) -> tuple[Change, ...]:
    """What an alignment sets and replaces in the state of its bitext.

    divisions: as the program made them; the alignment goes by the sentences as people want them.
    """
    src_ends, tgt_ends = (
        [s.stop for s in with_cuts(division, cuts_of(state, side)).sentences]
        for division, side in zip(divisions, ("src", "tgt"), strict=True)
    )
    values = {
        ("segments", "src"): segmentation_value(divisions[0]),
        ("segments", "tgt"): segmentation_value(divisions[1]),
        ("meta", "alignment"): {"signature": alignment.signature},
    }
    held = peoples_beads(state)
    for bead in alignment.beads:
        place = (characters(bead.src, src_ends), characters(bead.tgt, tgt_ends))
        made = held.get(place) or ReviewBead(
            new_id(),
            *place,
            False,
            None if bead.probability is None else round(bead.probability, 4),
            None if bead.score is None else round(bead.score, 4),
        )
        values["beads", made.id] = made.to_json()
    old = {
        key: value
        for key, value in state.values.items()
        if key[0] in ("segments", "beads") or key == ("meta", "alignment")
    }
    removed = [Change(*key, value, values.get(key)) for key, value in old.items()]
    added = [Change(*key, None, value) for key, value in values.items() if key not in old]
    changes = tuple(change for change in [*removed, *added] if change.before != change.after)
    if not old:
        return changes
    return (
        *changes,
        *status.without_rows(state, changes),
        *moves.without_rows(state, rows(state), changes),
    )


def characters(span: Span, ends: Sequence[int]) -> Span:
    """A run of segments as characters; an empty one keeps its place. ends: of all segments."""
    start = ends[span.start - 1] if span.start else 0
    return Span(start, ends[span.stop - 1] if len(span) else start)

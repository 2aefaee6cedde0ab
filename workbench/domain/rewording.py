"""Edits of the English: a row written anew, and corrections used or left out."""

from collections.abc import Sequence

from workbench.domain.beads import ReviewBead
from workbench.domain.corrections import (
    LEFT_OUT,
    WORDINGS,
    Correction,
    Stretch,
    clashes,
    corrected,
    corrections_of,
    reworded,
    stretches,
    wording_value,
)
from workbench.domain.notes import NOTE_LIMIT
from workbench.domain.operations import Change, State, new_id
from workbench.domain.text import Span
from workbench.errors import Conflict, UsageError


def run_of(content: str, tgt: Span) -> Span:
    """The words of a row without the white space around them.

    Of a row without English it is the white space where its English would stand.
    """
    if len(tgt):
        words = tgt.of(content)
        start = tgt.start + len(words) - len(words.lstrip())
        return Span(start, start + len(words.strip()))
    before = content[: tgt.start]
    return Span(len(before.rstrip()), tgt.start)


def row_stretches(
    content: str, corrections: Sequence[Correction], tgt: Span
) -> tuple[Stretch, ...]:
    """The words of a row with the corrections in their place; of a row without, what is put in."""
    run = run_of(content, tgt)
    if len(tgt):
        return stretches(content, corrections, run)
    return tuple(
        Stretch(Span(tgt.start, tgt.start), piece.text.strip(), piece.by)
        for piece in stretches(content, corrections, run)
        if piece.by and piece.span == run
    )


def reword(state: State, content: str, bead: ReviewBead, text: str) -> tuple[Change, ...]:
    """Let the English of a row read otherwise in the corrected text."""
    text = text.strip()
    if len(text) > NOTE_LIMIT:
        raise UsageError(f"A row holds at most {NOTE_LIMIT:,} characters; divide it first.")
    found = corrections_of(state)
    run = run_of(content, bead.tgt)
    _refuse_entangled(found, run)
    if len(bead.tgt):
        made, gone = reworded(content, found, run, text)
    else:
        gone = {one.id for one in found if one.span == run and one.used}
        made = [(run, _put_in(run.of(content), text))] if text else []
    changes = []
    for id_ in sorted(gone):
        if value := state.get(WORDINGS, id_):
            changes.append(Change(WORDINGS, id_, value, None))
        else:  # a suggestion stays with its annotation
            changes.append(Change(LEFT_OUT, id_, None, {"left_out": True}))
    return (
        *changes,
        *(Change(WORDINGS, new_id(), None, wording_value(*one)) for one in made),
    )


def _put_in(space: str, text: str) -> str:
    """A sentence between two others, where only white space stood."""
    return f"{space or ' '}{text}{space or ' '}" if "\n" not in space else f" {text}{space}"


def _refuse_entangled(found: Sequence[Correction], run: Span) -> None:
    """Refuse to write over words about which there is something to settle first."""
    here = {one.id for one in found if one.used and _meets(one.span, run)}
    if any(group & here for group in clashes(found)):
        raise UsageError(
            "Two wordings were suggested for the same words of this row; "
            "leave one of them out first, in the corrected text."
        )
    crossing = [
        one
        for one in found
        if one.id in here and not (run.start <= one.span.start and one.span.stop <= run.stop)
    ]
    if crossing:
        raise UsageError(
            "A wording was suggested for words of this row and of the next one together; "
            "leave it out first, in the corrected text."
        )


def _meets(span: Span, run: Span) -> bool:
    return span.overlaps(run) or span == run


def use(state: State, ids: Sequence[str], used: bool) -> tuple[Change, ...]:
    """Use some corrections in the corrected text, or leave them out."""
    known = {one.id: one for one in corrections_of(state)}
    missing = [id_ for id_ in ids if id_ not in known]
    if missing:
        raise Conflict("This correction is not there any more; nothing was changed, look again.")
    mark = {"left_out": True}
    return tuple(
        Change(LEFT_OUT, id_, mark if used else None, None if used else mark)
        for id_ in dict.fromkeys(ids)
        if known[id_].used != used
    )


def reads(content: str, corrections: Sequence[Correction], tgt: Span) -> str:
    """How the English of a row reads with its corrections."""
    return corrected(row_stretches(content, corrections, tgt))

"""Looking for passages that the translation puts elsewhere, among the rows of a bitext."""

from collections.abc import Sequence

from workbench.domain import moves, status
from workbench.domain.alignment import Bead
from workbench.domain.beads import ReviewBead, Side, in_sentences
from workbench.domain.moves import MOVES, Move
from workbench.domain.operations import WORKBENCH, Change, State, new_id
from workbench.domain.reading import rows, segmentation
from workbench.domain.text import Role, Span
from workbench.progress import Progress, silent
from workbench.services.aligning import characters, peoples_beads, side
from workbench.services.edits import FIND_MOVED, Args, Desk
from workbench.services.encoding import workspace_encoder
from workbench.services.review import perform
from workbench.services.workspace import Workspace


def find_moves(
    ws: Workspace, bitext_id: str, progress: Progress = silent, *, author: str = WORKBENCH
) -> int:
    """Tie passages that translate each other across others, as one operation; how many.

    Looked at are rows that nobody made, confirmed or tied. A passage of several rows becomes one
    row, and a sentence that was taken in by its neighbour a row of its own; commentary that turns
    out to be a part of the translation becomes text.

    author: who asked for it, and can undo it.

    Raises:
        Conflict: somebody changed these rows meanwhile.
        Stopped: the user stopped it.
        UsageError: it is not aligned yet, or the copy of an independent reviewer.
    """
    state = ws.state(bitext_id)
    found = _search(ws, bitext_id, state, progress)

    def edit(desk: Desk, _: Args) -> tuple[Change, ...]:
        return _changes(desk.state, found)

    if found:
        perform(
            ws, bitext_id, FIND_MOVED, {},
            author=author, seen=state.seq, operation_id=new_id(), edit=edit,
        )  # fmt: skip
        ws.save_portable(bitext_id)
    return len(found)


def _search(ws: Workspace, bitext_id: str, state: State, progress: Progress) -> list[Move]:
    from workbench.align import moved_passages

    bitext = ws.bitext(bitext_id)
    src, tgt = ws.text(bitext.src_id), ws.text(bitext.tgt_id)
    divisions = (segmentation(state, "src"), segmentation(state, "tgt"))
    ends = [[s.stop for s in division.sentences] for division in divisions]
    free = _free(state)
    beads = [Bead(in_sentences(b.src, ends[0]), in_sentences(b.tgt, ends[1])) for b in free]
    with workspace_encoder(ws) as encoder:
        passages = moved_passages(
            side(src, divisions[0]),
            side(tgt, divisions[1]),
            beads,
            encoder=encoder,
            progress=progress,
        )
    places = [Move(characters(b.src, ends[0]), characters(b.tgt, ends[1])) for b in passages]
    return [
        move for move in places if _whole(move.src, "src", free) and _whole(move.tgt, "tgt", free)
    ]


def _free(state: State) -> list[ReviewBead]:
    """The rows of which nobody has said anything; of one side, also those that a person made."""
    tied = moves.moves_of(state).values()
    taken = {("src", move.src) for move in tied} | {("tgt", move.tgt) for move in tied}
    held = peoples_beads(state)
    return [
        bead
        for bead in rows(state).beads
        if not bead.confirmed
        and (bead.is_null or (bead.src, bead.tgt) not in held)
        and not (bead.is_null and {("src", bead.src), ("tgt", bead.tgt)} & taken)
    ]


def _whole(span: Span, side: Side, beads: Sequence[ReviewBead]) -> bool:
    """Whether words are those of whole rows of one side, or of the end of another row."""
    for bead in beads:
        here: Span = getattr(bead, side)
        if not len(here) or not here.overlaps(span):
            continue
        if bead.is_null and not (span.start <= here.start and here.stop <= span.stop):
            return False
    return True


def _changes(state: State, found: Sequence[Move]) -> tuple[Change, ...]:
    before = rows(state)
    beads = list(before.beads)
    for move in found:
        beads = moves.set_apart(moves.set_apart(beads, "src", move.src), "tgt", move.tgt)
    had, kept = set(before.beads), set(beads)
    changes = [Change("beads", b.id, b.to_json(), None) for b in before.beads if b not in kept]
    changes += [Change("beads", b.id, None, b.to_json()) for b in beads if b not in had]
    changes += status.without_rows(state, changes)
    changes += _as_text(state, found)
    return (*changes, *(Change(MOVES, new_id(), None, move.to_json()) for move in found))


def _as_text(state: State, found: Sequence[Move]) -> list[Change]:
    """Paragraphs that were taken for commentary and hold what was moved become text."""
    division = segmentation(state, "tgt")
    changes = []
    for number, (paragraph, role) in enumerate(
        zip(division.paragraphs, division.roles, strict=True)
    ):
        if role is Role.COMMENTARY and any(move.tgt.overlaps(paragraph) for move in found):
            id_ = f"tgt:{number}"
            changes.append(Change("roles", id_, state.get("roles", id_), {"role": str(Role.BODY)}))
    return changes

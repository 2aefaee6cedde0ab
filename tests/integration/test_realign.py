"""Aligning anew keeps what people made, with the real encoder."""

from tests.support import SAMPLE, edit, rows_of
from workbench.domain.moves import moves_of
from workbench.domain.reading import segmentation
from workbench.services import aligning, checking, jobs, library, moving, versions
from workbench.services.page import review_view


def places(ws):
    return {(bead.src, bead.tgt) for bead in rows_of(ws)}


def test_rows_that_people_made_or_confirmed_stay(ws):
    before = rows_of(ws)
    edit(ws, "merge", row=before[20].id)  # a pairing no aligner would make
    merged = rows_of(ws)[20]
    confirmed = rows_of(ws)[40]
    edit(ws, "confirm", rows=[confirmed.id], confirmed=True)
    edit(ws, "unpair", row=rows_of(ws)[60].id)
    alone = rows_of(ws)[60]
    aligning.align_bitext(ws, SAMPLE)
    after = {bead.id: bead for bead in rows_of(ws)}
    assert after[merged.id] == merged
    assert after[confirmed.id].confirmed
    assert after[alone.id] == alone
    assert len(places(ws) & {(bead.src, bead.tgt) for bead in before}) > 0.85 * len(before)


def test_what_people_did_can_still_be_undone_after_aligning_anew(ws):
    two = rows_of(ws)[20:22]
    edit(ws, "merge", row=two[0].id)
    aligning.align_bitext(ws, SAMPLE)
    edit(ws, "undo")
    assert {(bead.src, bead.tgt) for bead in two} <= places(ws)
    assert review_view(ws, SAMPLE, "Lin").summary.can_redo


def test_sentences_stay_divided_as_they_were(ws):
    before = segmentation(ws.state(SAMPLE), "src")
    aligning.align_bitext(ws, SAMPLE)
    assert segmentation(ws.state(SAMPLE), "src") == before


def test_an_edit_made_while_it_aligns_is_not_lost(ws):
    made = []

    def edit_once(step, done, total):
        if step == "Aligning" and not made:
            made.append(edit(ws, "merge", row=rows_of(ws)[20].id))

    row = rows_of(ws)[20]
    aligning.align_bitext(ws, SAMPLE, edit_once)
    assert made
    holder = next(bead for bead in rows_of(ws) if bead.src.start <= row.src.start < bead.src.stop)
    assert holder.probability is None
    assert holder.src.stop > row.src.stop


def test_a_job_that_kills_its_workers_is_given_up(ws):
    from workbench.storage import repository

    job = jobs.enqueue(ws, jobs.CHECK, SAMPLE)
    for attempts in range(1, jobs.ATTEMPTS + 1):
        with ws.db.write() as session:
            repository.update_job(session, job.id, status="running", attempts=attempts)
        jobs.requeue_orphans(ws)
    found = jobs.current(ws, SAMPLE)
    assert found.status == "failed"
    assert "died 3 times" in found.message


def test_aligning_anew_keeps_sentences_as_people_want_them_and_can_be_undone(ws):
    bead = rows_of(ws)[20]
    text = ws.text(ws.bitext(SAMPLE).tgt_id).content
    at = text.index(" ", bead.tgt.start + 10) + 1
    edit(ws, "divide", side="tgt", offset=at)
    edit(ws, "unpair", row=rows_of(ws)[30].id)
    edit(ws, "undo")
    before = places(ws)
    aligning.align_bitext(ws, SAMPLE, author="Lin")
    assert at in {s.stop for s in segmentation(ws.state(SAMPLE), "tgt").sentences}
    after = places(ws)
    assert after != before or ws.state(SAMPLE).get("meta", "alignment")["signature"] != "gold"
    assert not aligning.peoples_beads(ws.state(SAMPLE)), "what the aligner made is nobody's"
    edit(ws, "undo")
    assert places(ws) == before
    edit(ws, "undo")
    assert at not in {s.stop for s in segmentation(ws.state(SAMPLE), "tgt").sentences}


def test_passages_that_the_translation_moved_are_found_and_tied(ws):
    content = ws.text(f"{SAMPLE}.en").content
    paragraphs = content.splitlines(keepends=True)
    long = [n for n, words in enumerate(paragraphs) if len(words) > 400]
    moved = paragraphs.pop(long[len(long) // 2])
    paragraphs.append("\n" + moved)  # behind everything, where it is taken for commentary
    draft = library.read_draft(ws, "".join(paragraphs).encode())
    bitext = versions.add_version(ws, SAMPLE, draft, title="with a paragraph elsewhere")
    aligning.align_bitext(ws, bitext.id)
    before = ws.state(bitext.id)
    found = moving.find_moves(ws, bitext.id, author="Lin")
    view = review_view(ws, bitext.id, "Lin")
    tied = [row for row in view.rows.values() if row.elsewhere]
    assert len(tied) == 2 * found >= 4
    assert {row.elsewhere.side for row in tied} == {"src", "tgt"}
    tgt = ws.text(bitext.tgt_id).content
    for row in tied:
        words = row.elsewhere.words if row.elsewhere.side == "tgt" else row.tgt.span.of(tgt).strip()
        assert words in moved
        assert not row.is_commentary
    ties = moves_of(ws.state(bitext.id)).values()
    checked = checking.together(checking.aligned_texts(ws, bitext.id), list(ties))
    assert len(checked.rows) == len(view.rows) - found
    places = {(row.src_start, row.tgt_start) for row in checked.rows if row.src and row.tgt}
    assert {(move.src.start, move.tgt.start) for move in ties} <= places
    edit(ws, "undo", bitext=bitext.id)
    assert ws.state(bitext.id).values == before.values
    edit(ws, "redo", bitext=bitext.id)
    assert moving.find_moves(ws, bitext.id) == 0, "they are tied already"


def test_in_a_translation_in_order_nothing_is_found_to_be_moved(ws):
    before = ws.state(SAMPLE)
    assert moving.find_moves(ws, SAMPLE) == 0
    assert ws.state(SAMPLE) is before

"""What was said about a text, in a new version of it: at the same words, or an orphan."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.alignment import check_tiling
from workbench.domain.beads import ReviewBead
from workbench.domain.carrying import ORPHANS, Carrier, Places
from workbench.domain.corrections import (
    Correction,
    clashes,
    corrected,
    corrections_of,
    stretches,
    wording_value,
)
from workbench.domain.operations import State, Touch
from workbench.domain.reading import rows, segmentation, segmentation_value
from workbench.domain.review import Severity, StoredFlag
from workbench.domain.rewording import reword
from workbench.domain.text import Span
from workbench.segment import segment

CHINESE = "甲说好。乙说不。丙说是。丁说对。\n戊说早。\n"
ENGLISH = "Jia said fine. Yi said no, no. Bing said yes. Ding said right.\nWu said early.\n"


def touch(seq, author="Lin", kind="annotate"):
    return Touch(seq, author, f"2025-05-{seq:02}T08:00:00.000Z", kind)


def state_of(content=ENGLISH, chinese=CHINESE, **collections):
    """A text aligned sentence by sentence, with whatever else is given."""
    divisions = {"src": segment(chinese, "zh-CN"), "tgt": segment(content, "en-US")}
    values = {("segments", side): segmentation_value(d) for side, d in divisions.items()}
    values["meta", "alignment"] = {"signature": "gold"}
    ours = {key: touch(1, "workbench", "align") for key in values}
    sentences = [d.sentences for d in divisions.values()]
    for number, spans in enumerate(zip(*sentences, strict=True)):
        key = ("beads", f"b{number}")
        values[key] = ReviewBead(f"b{number}", *spans, True).to_json()
        ours[key] = touch(2)
    for name, held in collections.items():
        for id_, value in held.items():
            values[name.replace("_", "-"), id_] = value
            ours[name.replace("_", "-"), id_] = touch(3)
    return State(9, values, ours)


def carry(state, content=ENGLISH, flags=()):
    """The state of the new version, its text, and what was carried."""
    pieces = stretches(content, corrections_of(state))
    new = corrected(pieces)
    carrier = Carrier(state, content, pieces, segment(new, "en-US"), flags, "2025-06-01")
    found = carrier.carry()
    return State(1, found.values, found.touched), new, found


def at(words, content=ENGLISH):
    start = content.index(words)
    return [start, start + len(words)]


def note(words, content=ENGLISH, **more):
    value = {"kind": "comment", "note": "why", "tgt": at(words, content)}
    return value | more


def error(words, wording, content=ENGLISH):
    more = {"kind": "error", "category": "other", "severity": "major", "wording": wording}
    return note(words, content, **more)


def flag_on(words, occurrence=0, content=ENGLISH):
    start = -1
    for _ in range(occurrence + 1):
        start = content.index(words, start + 1)
    name = f"{words} {occurrence}"
    span = Span(start, start + len(words))
    return StoredFlag(name, "numbers", "other", Severity.MAJOR, None, span, (0, 0), "", words,
                      "why", "为何", 0.9)  # fmt: skip


def test_rows_with_the_same_english_stay_confirmed_and_others_do_not():
    state = state_of(annotations={"n": error("no, no", "never")}, statuses={
        "b1": {"status": "approved"}, "b2": {"status": "revised"}})  # fmt: skip
    new, content, _ = carry(state)
    beads = {bead.id: bead for bead in rows(new).beads}
    assert content == ENGLISH.replace("no, no", "never")
    assert beads.keys() >= {"b0", "b2", "b3", "b4"}
    assert "b1" not in beads
    changed = rows(new).beads[1]
    assert changed.tgt.of(content) == "Yi said never. "
    assert (changed.confirmed, changed.src) == (False, Span(4, 8))
    assert new.collection("statuses") == {"b2": {"status": "revised"}}
    assert new.touched["beads", "b2"].author == "Lin"


def test_notes_move_with_their_words_and_those_on_changed_words_are_orphans():
    state = state_of(annotations={
        "fix": error("no, no", "never"), "far": note("early"), "same": note("Yi said no"),
        "zh": {"kind": "comment", "note": "why", "src": [4, 5]}},
        replies={"r1": {"note": "far", "text": "yes"}, "r2": {"note": "same", "text": "no"}},
        threads={"far": {"resolved": True}})  # fmt: skip
    new, content, found = carry(state)
    notes = new.collection("annotations")
    assert notes.keys() == {"far", "zh"}
    assert content[slice(*notes["far"]["tgt"])] == "early"
    assert new.collection("replies").keys() == {"r1"}
    assert new.collection("threads").keys() == {"far"}
    assert found.applied == 1
    [orphan] = new.collection(ORPHANS).values()
    assert orphan["words"] == "Yi said no"
    assert orphan["before"] + orphan["words"] + orphan["after"] in ENGLISH
    assert "Yi said never" in orphan["now"]


def test_decisions_keep_the_flag_that_they_are_about():
    content = "Jia said no.\nYi said no.\nBing said no.\nDing said so.\n"
    chinese = "甲说不。\n乙说不。\n丙说不。\n丁说对。\n"
    flags = [flag_on("no", n, content) for n in range(3)]
    decision = {"verdict": "dismissed", "detector": "numbers", "category": "other"}
    state = state_of(
        content, chinese,
        annotations={"fix": error("Yi said no", "Yi agreed", content)},
        decisions={flag.fingerprint: decision | {"reason": flag.fingerprint} for flag in flags},
    )  # fmt: skip
    first, last = (flag_on("no", n, content) for n in (0, 2))
    new, _, _ = carry(state, content, flags)
    kept = new.collection("decisions")
    assert sorted(value["reason"] for value in kept.values()) == [
        first.fingerprint, last.fingerprint]  # fmt: skip
    again = {key for key in kept if kept[key]["reason"] == last.fingerprint}
    assert again == {_name(flags[2], 1)}  # what was the third of its kind is the second now
    assert [o["of"] for o in new.collection(ORPHANS).values()] == ["decisions"]


def _name(flag, occurrence):
    from workbench.domain.review import fingerprint

    return fingerprint(flag, flag.src_words, flag.tgt_words, occurrence)


def test_what_is_not_used_can_be_used_another_time():
    state = state_of(
        annotations={"n": error("fine", "well")},
        wordings={"w": wording_value(Span(*at("early")), "late")},
        left_out={"n": {"left_out": True}, "w": {"left_out": True}},
    )
    pieces = [*stretches(ENGLISH, [Correction(Span(*at("no, no")), "never", "x")])]
    new = corrected(pieces)
    carrier = Carrier(state, ENGLISH, pieces, segment(new, "en-US"), (), "2025-06-01")
    found = carrier.carry()
    carried = corrections_of(State(1, found.values, found.touched))
    assert [(one.span.of(new), one.wording, one.used) for one in carried] == [
        ("fine", "well", False), ("early", "late", False)]  # fmt: skip


def test_a_row_without_english_gets_what_a_reviewer_wrote_for_it():
    state = state_of()
    values = dict(state.values)
    values["beads", "b1"] = {"src": [4, 8], "tgt": [15, 15], "confirmed": True}
    values["beads", "b2"] = {"src": [8, 12], "tgt": [15, 46], "confirmed": True}
    state = State(9, values, state.touched)
    bead = rows(state).beads[1]
    for change in reword(state, ENGLISH, bead, "Yi said so."):
        values[change.key] = change.after
    touched = {key: state.touched.get(key, touch(4)) for key in values}
    new, content, _ = carry(State(10, values, touched))
    assert content.startswith("Jia said fine. Yi said so. Yi said no, no.")
    assert [bead.tgt.of(content) for bead in rows(new).beads][:2] == [
        "Jia said fine. ", "Yi said so. "]  # fmt: skip
    assert [bead.confirmed for bead in rows(new).beads] == [True, False, True, True, True]


def test_sentences_stay_divided_as_a_person_wanted_them():
    cut = ENGLISH.index(" no.") + 1
    state = state_of(cuts={f"tgt:{cut}": {"offset": cut, "end": True}},
                     annotations={"n": error("fine", "all is well")})  # fmt: skip
    new, content, _ = carry(state)
    stops = [span.stop for span in segmentation(new, "tgt").sentences]
    assert content.index(" no.") + 1 in stops


@st.composite
def corrections(draw):
    places = sorted(draw(st.lists(st.integers(0, len(ENGLISH)), min_size=2, max_size=8)))
    spans = [Span(a, b) for a, b in zip(places[::2], places[1::2], strict=False)]
    wordings = st.sampled_from(["", "x", " so. He", "\n", "never. ", " "])
    found = [Correction(span, draw(wordings), f"c{n}", True) for n, span in enumerate(spans)]
    clashing = set().union(*clashes(found))
    return [one for one in found if one.id not in clashing]


@given(corrections(), st.lists(st.tuples(st.integers(0, 70), st.integers(1, 9)), max_size=5))
def test_everything_is_carried_whole_or_kept_as_an_orphan(found, places):
    notes = {
        f"n{n}": {"kind": "comment", "note": "why", "tgt": [a, min(a + size, len(ENGLISH))]}
        for n, (a, size) in enumerate(places)
    }
    wordings = {one.id: wording_value(one.span, one.wording) for one in found}
    state = state_of(annotations=notes, wordings=wordings)
    pieces = stretches(ENGLISH, corrections_of(state))
    content = corrected(pieces)
    if not content.strip():
        return
    new, _, _ = carry(state)
    assert segmentation(new, "tgt").sentences[-1].stop == len(content)
    check_tiling(rows(new).beads, len(CHINESE), len(content))
    ends = {0, *rows(new).tgt_ends}
    assert all(bead.tgt.stop in ends for bead in rows(new).beads)
    old = {bead.id: bead for bead in rows(state).beads}
    for bead in rows(new).beads:
        if bead.id in old:
            assert bead.tgt.of(content).strip() == old[bead.id].tgt.of(ENGLISH).strip()
    kept, lost = new.collection("annotations"), new.collection(ORPHANS)
    assert kept.keys() | lost.keys() == notes.keys()
    assert not kept.keys() & lost.keys()
    for id_, value in kept.items():
        assert content[slice(*value["tgt"])] == ENGLISH[slice(*notes[id_]["tgt"])]


@given(corrections())
def test_places_keep_their_order(found):
    pieces = stretches(ENGLISH, found)
    places = Places(pieces)
    there = [places.boundary(n) for n in range(len(ENGLISH) + 1)]
    known = [at for at in there if at is not None]
    assert all(a <= b for a, b in pairwise(known))
    assert all(0 <= places.near(n) <= len(corrected(pieces)) for n in range(len(ENGLISH) + 1))

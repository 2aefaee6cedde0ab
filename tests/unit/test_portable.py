"""The portable file: what is written, and what is refused when it is read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.operations import (
    WORKBENCH,
    Change,
    Operation,
    State,
    apply_all,
)
from workbench.errors import BadInput
from workbench.exchange.portable import Header, dump, load

HEADER = Header("b", "A title", ("b.zh", "aa", "zh-CN"), ("b.en", "bb", "en-US"))
CONTENTS = ("甲说。乙说。", "A spoke. B spoke.")
BEAD = {"src": [0, 3], "tgt": [0, 9], "probability": 0.9876, "score": 3.1}
LAST = {"src": [3, 6], "tgt": [9, 17], "confirmed": True}
NOTE = {"kind": "comment", "src": [0, 1], "note": "第一行\nsecond\u2028third"}


def state(*operations):
    return apply_all(State(), operations)


def operation(seq, author, made_at, *changes):
    return Operation(str(seq), "edit", author, made_at, changes, seq=seq)


def some_state():
    return state(
        operation(
            1,
            WORKBENCH,
            "2026-01-01T00:00:00.000Z",
            Change("meta", "alignment", None, {"signature": "gold"}),
            Change("segments", "src", None, {"paragraphs": [6], "sentences": [3, 6]}),
            Change("beads", "z", None, BEAD),
            Change("beads", "a", None, LAST),
        ),
        operation(2, "林", "2026-01-02T00:00:00.000Z", Change("annotations", "n", None, NOTE)),
    )


def test_a_state_survives_the_file_with_authors_and_times():
    before = some_state()
    found = load(dump(HEADER, before, CONTENTS), "b.jsonl")
    assert found.header == HEADER
    after = apply_all(State(), found.operations())
    assert after.values == before.values
    assert {k: (t.author, t.made_at) for k, t in after.touched.items()} == {
        k: (t.author, t.made_at) for k, t in before.touched.items()
    }


def test_the_same_state_gives_the_same_bytes_however_it_came_about():
    before = some_state()
    turned = State(
        before.seq,
        dict(reversed(before.values.items())),
        dict(reversed(before.touched.items())),
    )
    assert dump(HEADER, turned, CONTENTS) == dump(HEADER, before, CONTENTS)


def test_reading_and_writing_again_changes_no_byte():
    data = dump(HEADER, some_state(), CONTENTS)
    again = apply_all(State(), load(data, "b.jsonl").operations())
    assert dump(HEADER, again, CONTENTS) == data


def test_one_line_each_in_text_order_with_words_for_the_eye():
    data = dump(HEADER, some_state(), CONTENTS).decode()
    lines = [json.loads(line) for line in data.split("\n") if line]
    assert data.count("\n") == 6
    assert "甲说。" in data, "Chinese is written as itself, not as escapes"
    beads = [line for line in lines if line.get("in") == "beads"]
    assert [(bead["id"], bead["src_head"]) for bead in beads] == [("z", "甲说。"), ("a", "乙说。")]
    assert "by" not in beads[0], "what the workbench did carries no name"


def test_the_words_for_the_eye_are_not_read_back():
    data = dump(HEADER, some_state(), CONTENTS)
    changed = data.replace('"甲说。"'.encode(), '"别的"'.encode())
    assert changed != data
    assert load(changed, "b.jsonl").values == load(data, "b.jsonl").values


@given(st.text(), st.text(min_size=1))
def test_whatever_a_person_writes_comes_back(note, author):
    try:
        (note + author).encode()
    except UnicodeEncodeError:
        return  # refused before it reaches the log
    value = {"kind": "comment", "src": [0, 1], "note": note}
    change = Change("annotations", "n", None, value)
    before = state(operation(1, author, "2026-01-02T00:00:00.000Z", change))
    found = load(dump(HEADER, before, CONTENTS), "b.jsonl")
    assert found.values[("annotations", "n")] == value
    assert found.touched[("annotations", "n")].author == author


GOOD = dump(HEADER, some_state(), CONTENTS).decode()


def changed(number, line):
    lines = GOOD.split("\n")
    lines[number - 1] = line
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", r"b\.jsonl is not an alignment file"),
        (b"<xml/>\n", r"b\.jsonl, line 1: not JSON at column 1"),
        (b"[1]\n", r"b\.jsonl, line 1: not an object"),
        (changed(1, '{"workbench": 99}'), r"not an alignment file of this version"),
        (changed(1, '{"workbench": 1, "bitext": "b"}'), r"b\.jsonl, line 1: the header lacks"),
        (changed(1, '{"workbench": 1, "bitext": "b", "title": "", "source": 3}'), r"line 1"),
        (changed(3, "<<<<<<< HEAD"), r"b\.jsonl, line 3: it holds a git conflict"),
        (changed(3, "======="), r"line 3: it holds a git conflict"),
        (changed(4, '{"in": "beads", '), r"b\.jsonl, line 4: not JSON at column \d+"),
        (changed(4, '{"id": "z", "at": "t"}'), r"line 4: 'in' is missing"),
        (changed(4, '{"in": "beads", "id": "z"}'), r"line 4: 'at' is missing"),
        (GOOD.encode() + GOOD.encode().split(b"\n")[3] + b"\n", r"line 7: '\w+' is there twice"),
        (GOOD.encode()[:-40] + b"\xff\xfe", r"b\.jsonl is not UTF-8 \(byte \d+\)"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_name_and_line(data, message):
    with pytest.raises(BadInput, match=message):
        load(data, "b.jsonl")


def test_blank_lines_and_crlf_from_an_editor_do_no_harm():
    edited = GOOD.replace("\n", "\r\n\r\n").encode()
    assert load(edited, "b.jsonl").values == load(GOOD.encode(), "b.jsonl").values

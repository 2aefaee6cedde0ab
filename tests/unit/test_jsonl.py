"""JSON Lines out and in: everything comes back, and nothing half-way."""

import io
import json
from importlib.resources import files
from random import Random

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bitexts import bitexts, make_bitext
from workbench.errors import BadInput
from workbench.exchange.incoming.jsonl import read_jsonl
from workbench.exchange.outgoing import ExportOptions
from workbench.exchange.outgoing.jsonl import write

SCHEMA = json.loads(files("workbench.exchange").joinpath("data/bitext.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def written(bitext) -> bytes:
    stream = io.BytesIO()
    write(stream, bitext, ExportOptions())
    return stream.getvalue()


@settings(derandomize=True, deadline=None, max_examples=150)
@given(bitexts())
def test_everything_comes_back(bitext):
    data = written(bitext)
    assert read_jsonl(io.BytesIO(data)) == bitext
    assert written(read_jsonl(io.BytesIO(data))) == data


@settings(derandomize=True, deadline=None, max_examples=60)
@given(bitexts())
def test_every_line_is_valid_against_the_schema_however_it_is_split(bitext):
    data = written(bitext)
    lines = data.decode().splitlines()
    assert len(lines) == data.count(b"\n")
    for line in lines:
        VALIDATOR.validate(json.loads(line))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(bitexts(), st.data())
def test_a_file_that_is_not_whole_is_refused(bitext, data):
    lines = written(bitext).splitlines(keepends=True)
    gone = data.draw(st.integers(0, len(lines) - 1))
    with pytest.raises(BadInput, match=r"[.]$"):
        read_jsonl(io.BytesIO(b"".join(lines[:gone] + lines[gone + 1 :])))
    with pytest.raises(BadInput, match=r"[.]$"):
        read_jsonl(io.BytesIO(b"".join(lines)[: -data.draw(st.integers(2, 40))]))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"version": 1', '"version": 9', "Line 1.*version 9"),
        ('"record": "row"', '"record": "rows"', "no record 'rows'"),
        ('"stop": ', '"stop": 9', "its words begin at"),
        ('"severity": "', '"severity": "awful', "not as it was written|no severity"),
        ('"made_at"', '"made"', "'made_at' is missing"),
    ],
)
def test_what_was_changed_is_named_with_its_line(old, new, says):
    data = written(make_bitext(Random(3))).decode().replace(old, new).encode()
    with pytest.raises(BadInput, match=says):
        read_jsonl(io.BytesIO(data))

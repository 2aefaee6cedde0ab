"""Any bitext as a memory: valid in every profile, and read back segment for segment."""

import io
from random import Random

import pytest
from hypothesis import given, settings
from lxml import etree

from tests.bitexts import bitexts, make_bitext
from tests.support import SHARED
from workbench.exchange.incoming import read_units
from workbench.exchange.incoming.values import Findings
from workbench.exchange.outgoing import ExportOptions, ExportReport
from workbench.exchange.outgoing.tmx import PROFILES, TMX
from workbench.exchange.outgoing.units import select

DTD = SHARED / "interop" / "schemas" / "tmx14.dtd"


def written(bitext, **options):
    stream = io.BytesIO()
    TMX.write(stream, bitext, ExportOptions(with_errors=True, **options))
    return stream.getvalue()


@pytest.mark.parametrize("profile", PROFILES)
@settings(derandomize=True, deadline=None, max_examples=25)
@given(bitext=bitexts())
def test_any_bitext_is_valid(profile, bitext):
    if not DTD.is_file():
        pytest.skip("the TMX 1.4 DTD of the shared folder is not there")
    dtd = etree.DTD(str(DTD))
    root = etree.fromstring(written(bitext, profile=profile))
    assert dtd.validate(root), dtd.error_log.filter_from_errors()


def read_back(bitext, **options):
    data = written(bitext, **options)
    findings = Findings("tmx")
    units = read_units(io.BytesIO(data), "tmx", findings)
    return [tuple(segment.text for segment in unit.segments) for unit in units]


@settings(derandomize=True, deadline=None, max_examples=25)
@given(bitext=bitexts(controls=False))
def test_segments_come_back_in_either_direction(bitext):
    options = ExportOptions(with_errors=True)
    expected = [(u.src.text, u.tgt.text) for u in select(bitext, options, ExportReport())]
    assert read_back(bitext) == expected
    assert read_back(bitext, direction="en-zh") == [pair[::-1] for pair in expected]


def test_a_long_segment_comes_back():
    bitext = make_bitext(Random(4), texts=["风" * 100_000, "wind " * 20_000])
    options = ExportOptions(with_errors=True)
    expected = [(u.src.text, u.tgt.text) for u in select(bitext, options, ExportReport())]
    assert expected
    assert read_back(bitext) == expected

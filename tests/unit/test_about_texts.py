"""What is said of a text: who issued it, whether it is official, when and where."""

import pytest

from workbench.errors import UnknownName, UsageError
from workbench.services.about import checked_about
from workbench.storage.catalogue import Catalogue, Entry


@pytest.fixture
def catalogue(tmp_path):
    found = Catalogue(tmp_path)
    found.create()
    found.add(Entry("t", "T", "en-US", "", date="2025", licence="MIT"), "one", b"one")
    return found


def test_what_is_said_of_a_text_is_kept_with_it_and_taken_away_again(catalogue):
    catalogue.describe("t", issuer="外交部", official="no", date="")
    text = catalogue.read("t")
    assert (text.issuer, text.official, text.date, text.licence) == ("外交部", "no", "", "MIT")
    catalogue.describe("t", issuer="", official="")
    assert "issuer" not in catalogue.path.read_text(encoding="utf-8")
    assert catalogue.entry("t").licence == "MIT"


@pytest.mark.parametrize(("written", "read"), [("true", "yes"), ("false", "no"), ('"yes"', "yes")])
def test_a_person_may_write_official_as_a_truth_value(catalogue, written, read):
    line = f'id = "t"\nofficial = {written}'
    whole = catalogue.path.read_text(encoding="utf-8").replace('id = "t"', line)
    catalogue.path.write_text(whole, encoding="utf-8")
    assert catalogue.read("t").official == read


def test_saying_something_of_an_unknown_text_names_those_there_are(catalogue):
    with pytest.raises(UnknownName, match="choose from: t"):
        catalogue.describe("x", issuer="somebody")


@pytest.mark.parametrize("day", ["2025", "2025-02", "2024-02-29", ""])
def test_a_date_may_be_as_exact_as_it_is_known(day):
    assert checked_about(date=f" {day} ") == {"date": day}


@pytest.mark.parametrize("day", ["2025-02-29", "May 2025", "20250511", "2025-13", "2025-05-1"])
def test_what_is_no_date_is_refused_with_an_example(day):
    with pytest.raises(UsageError, match=f"{day!r} is no date; write it as 2025-05-11"):
        checked_about(date=day)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"official": "maybe"}, "official .yes., not official"),
        ({"issuer": "x" * 501}, "issuer: 501 characters; shorten it to 500"),
        ({"file": "../x"}, "A text has no file; it has issuer, official"),
    ],
)
def test_other_values_are_refused_with_what_is_possible(values, message):
    with pytest.raises(UsageError, match=message):
        checked_about(**values)

"""The names of errors and choices: read, written, and refused with a sentence."""

import pytest

from workbench.domain.notes import Annotation
from workbench.domain.typology import DEFAULT
from workbench.errors import BadInput, UsageError
from workbench.exchange.typology import dump, load

CHOICE = '[[choice]]\nid = "soft"\nen = "Softer"\n'
ERROR = '[[error]]\nid = "style"\nen = "Style"\n'


def annotation(kind, category):
    return Annotation.from_json(
        {"kind": kind, "src": [1, 2], "category": category, "severity": "minor"}
    )


def test_the_products_own_list_survives_its_file():
    assert load(dump(DEFAULT), "typology.toml") == DEFAULT


def test_a_tree_offers_what_lies_below_and_a_bare_dimension_itself():
    found = load(ERROR + '[[error]]\nid = "tone"\nen = "Tone"\n' + CHOICE, "t")
    assert [[path for path, _ in below] for _, below in found.tree] == [["style"], ["tone"]]
    deeper = load(ERROR + '[[error.category]]\nid = "dry"\nen = "Dry"\n' + CHOICE, "t")
    assert deeper.tree == [(("Style", "Style"), [("style/dry", ("Dry", "Dry"))])]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[error]\n", r"no TOML.*line 1"),
        ("[[mistake]]\n", "'mistake' means nothing"),
        ("error = 3\n" + CHOICE, r"\[\[error\]\]"),
        ('[[error]]\nid = "A/b"\nen = "x"\n' + CHOICE, "'A/b' is no id"),
        ('[[error]]\nid = "a"\n' + CHOICE, "a has no English name"),
        (ERROR + ERROR + CHOICE, "'style' is there twice"),
        (ERROR, "names no choice"),
        (CHOICE, "names no error"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(text, says):
    with pytest.raises(BadInput, match=says):
        load(text, "typology.toml")


def test_only_known_categories_are_written():
    own = load(ERROR + CHOICE, "t")
    own.check(annotation("error", "style"))
    own.check(annotation("choice", "soft"))
    own.check(Annotation.from_json({"kind": "comment", "src": [1, 2], "note": "!"}))
    for kind, category in (("error", "accuracy/number"), ("choice", "official")):
        with pytest.raises(UsageError, match=r"texts/typology\.toml"):
            own.check(annotation(kind, category))


def test_a_dimension_with_categories_is_not_chosen_itself():
    with pytest.raises(UsageError, match="accuracy"):
        DEFAULT.check(annotation("error", "accuracy"))

"""Features of beads on small cases made by hand."""

import numpy as np
import pytest

from workbench.align.candidates import Candidates
from workbench.align.features import GROUPS, NAMES, PLAIN_NAMES, Features
from workbench.align.model import load_model
from workbench.align.prepared import Measured, Side
from workbench.encode import load_encoder

ZH = ("“你来了。”", "他说，", "外面下着雨。", "“坐吧！”她笑了。")
EN = ('"You came."', "he said.", "It was raining outside.", 'She smiled. "Sit down!"')


def side(texts, lang):
    return Measured(Side(texts, lang=lang), lang == "zh", load_encoder("bundled"))


def ends(*beads):
    """The features of the ends of some beads (i0, i, j0, j), each by name."""
    found = Candidates(*np.array(beads).T)
    values = Features(side(ZH, "zh"), side(EN, "en"))._ends(found)
    return [dict(zip(GROUPS["ends"], column, strict=True)) for column in values.T.tolist()]


def test_quotations_that_begin_and_end_together():
    one, apart, last = ends((0, 1, 0, 1), (1, 2, 0, 1), (3, 4, 3, 4))
    assert (one["opens together"], one["closes together"]) == (1, 1)
    assert (one["opens apart"], one["closes apart"]) == (0, 0)
    assert (apart["opens together"], apart["opens apart"], apart["closes apart"]) == (0, 1, 1)
    assert (last["opens apart"], last["closes apart"]) == (1, 1)


def test_an_end_that_is_none():
    same, other = ends((0, 1, 0, 1), (1, 2, 1, 2))
    assert same["unfinished apart"] == 0
    assert other["unfinished apart"] == 1  # "他说，" goes on, "he said." does not


@pytest.mark.parametrize(
    ("text", "opens", "closes", "unfinished"),
    [
        ("“走吧。”", 1, 1, 0), ("「走吧」，", 1, 0, 1), ('"Go," he said.', 1, 0, 0),
        ("Fellow Deputies,", 0, 0, 1), ("他说：", 0, 0, 1), ("well –", 0, 0, 1),
        ("“走”了。", 1, 0, 0), ("吃下了“定心丸”。", 0, 0, 0),
        ("第一章", 0, 0, 0), ("", 0, 0, 0), ('He said: "Go!"', 0, 1, 0),
    ],
)  # fmt: skip
def test_what_ends_say(text, opens, closes, unfinished):
    measured = side((text,), "en")
    assert measured.opens.tolist() == [opens]
    assert measured.closes.tolist() == [closes]
    assert measured.unfinished.tolist() == [unfinished]


def test_lines_that_break_off():
    lines = ("Delivered at the session of", "2020, in which we will", "build more.", "Premier", "I")
    assert side(lines, "en").broken.tolist() == [1, 1, 0, 0, 0]
    assert side(("“走吧”", "he said", "走了。"), "en").broken.tolist() == [0, 0, 0]


@pytest.mark.parametrize("many", [1, 2, 40])
def test_vectors_of_single_sentences_come_back_from_centred_ones(many):
    texts = tuple(f"第{number}次会议讨论了乡村道路的养护。" for number in range(many))
    windows = side(texts, "zh").windows
    numbers = np.arange(many)
    expected = windows.plain(numbers, numbers + 1)
    assert np.allclose(windows.whole(numbers), expected, atol=1e-4)


def test_there_is_a_weight_for_each_feature():
    assert len(load_model().weights) == len(NAMES) == len(set(NAMES))
    assert len(load_model().sieve) == 1 + len(PLAIN_NAMES)
    assert load_model().weights[NAMES.index("unfinished apart")] < 0

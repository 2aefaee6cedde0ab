"""Paragraphs as wholes: composed, cut where there is no doubt, and never torn by sentences."""

import itertools

import numpy as np
import pytest

from workbench.align import Side, align
from workbench.align.paragraphs import NO_CUTS, Cuts, attach
from workbench.align.prepared import Measured
from workbench.domain.alignment import Bead, paragraph_groups
from workbench.domain.text import Span
from workbench.encode import load_encoder

ZH = (
    "总统于六月三日抵达首都机场，受到总理的热烈欢迎。",
    "两国领导人举行了三个小时的会谈，就农业、教育和铁路建设达成共识。",
    "双方签署了12项合作文件。",
    "去年双边贸易额达到45亿美元，同比增长8%。",
    "双方同意扩大水果和茶叶进口。",
)
EN = (
    "The president arrived at the capital's airport on June 3 and was warmly welcomed by the "
    "prime minister.",
    "The two leaders held talks for three hours.",
    "They reached consensus on agriculture, education and the building of railways.",
    "The two sides signed 12 documents on cooperation.",
    "Ladies and gentlemen,",
    "Last year bilateral trade reached 4.5 billion US dollars, up 8 percent.",
    "The two sides agreed to import more fruit and tea.",
)


@pytest.fixture(scope="module")
def encoder():
    return load_encoder("bundled")


@pytest.mark.parametrize(("chinese", "texts"), [(True, ZH), (False, EN)])
def test_a_paragraph_is_put_together_from_its_sentences(encoder, chinese, texts):
    numbers = tuple(k // 2 for k in range(len(texts)))
    lang = "zh" if chinese else "en"
    side = Measured(Side(texts, numbers, lang=lang), chinese, encoder)
    whole = side.by_paragraph
    assert len(whole) == numbers[-1] + 1
    assert whole.side.sentences[0] == ("" if chinese else " ").join(texts[:2])
    assert not whole.side.paragraphs
    for first, last in itertools.combinations(range(len(whole) + 1), 2):
        stop = min(2 * last, len(texts))
        composed = whole.windows.plain(np.array([first]), np.array([last]))
        direct = side.windows.plain(np.array([2 * first]), np.array([stop]))
        assert np.allclose(composed, direct, atol=2e-3)


def test_beads_lie_apart_where_a_cut_goes_through_them():
    cuts = Cuts(np.array([2, 5]), np.array([3, 4]))

    def apart(i0, i, j0, j):
        return cuts.apart(*(np.array([k]) for k in (i0, i, j0, j))).tolist()

    assert apart(0, 2, 0, 3) == [0]  # up to the cut
    assert apart(2, 5, 3, 4) == [0]  # between both
    assert apart(1, 3, 2, 3) == [1]  # over it on the left
    assert apart(0, 2, 3, 4) == [1]  # past it on the right only
    assert apart(0, 1, 4, 6) == [2]
    assert NO_CUTS.apart(*np.array([[0], [9], [0], [9]])).tolist() == [0]


def test_both_levels_agree(encoder):
    src = Side(ZH, (0, 0, 0, 1, 1), lang="zh")
    tgt = Side(EN, (0, 1, 1, 2, 3, 4, 4), lang="en")
    result = align(src, tgt, encoder=encoder)
    found = paragraph_groups(result.beads, src.paragraphs, tgt.paragraphs)
    paired = [(b.src.start, b.src.stop, b.tgt.start, b.tgt.stop) for b in found if not b.is_null]
    assert paired[0] == (0, 1, 0, 3)
    assert paired[-1][:2] == (1, 2)


def test_a_paragraph_left_alone_goes_where_whole_paragraphs_have_it():
    def bead(i, i_stop, j, j_stop):
        return Bead(Span(i, i_stop), Span(j, j_stop))

    pairs = (bead(0, 1, 1, 2), bead(1, 2, 3, 4))
    groups = (bead(0, 0, 0, 1), pairs[0], bead(1, 1, 2, 3), pairs[1], bead(2, 2, 4, 5))
    assert attach(groups, ()) == attach(groups, groups) == groups
    last = (*groups[:3], bead(1, 2, 3, 5))
    assert attach(groups, last) == last
    before = (*groups[:2], bead(1, 2, 2, 4), groups[4])
    assert attach(groups, before) == before
    # what only one side has at the very beginning belongs to nothing yet
    assert attach(groups, (bead(0, 1, 0, 2), *groups[2:])) == groups
    crossing = (bead(0, 2, 0, 1), bead(2, 3, 1, 4))  # says something else: the sentences decide
    assert attach(groups, crossing) == groups

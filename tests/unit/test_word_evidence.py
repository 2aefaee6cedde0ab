"""What is known of each word of a row, and words planted to learn from."""

import numpy as np
import pytest

from workbench.detect.coverage import evidence_of
from workbench.detect.word_evidence import KINDS, Floats, Side
from workbench.domain.links import LinkedPair
from workbench.domain.text import Span
from workbench.evaluate.divergence.cases import Case
from workbench.evaluate.divergence.planted_words import deleted, inserted, words_before
from workbench.links import link
from workbench.links.evidence import OF_WORD

ZH = "两国签署了渔业合作文件，并讨论了铁路建设。"
EN = "The two countries signed documents on fisheries cooperation."


def linked(zh: str, en: str) -> LinkedPair:
    (found,) = link([(zh, en)], "zh", encoder=None)
    return found


def both(zh: str, en: str, heads: tuple[int, int] = (0, 0)) -> list[tuple[Side, Floats]]:
    found = evidence_of(zh, en, linked(zh, en), heads)
    assert found
    return list(found)


def of(side: tuple[Side, Floats], kind: str) -> dict[str, float]:
    words, evidence = side
    return dict(zip(words.words, evidence[:, KINDS.index(kind)].tolist(), strict=True))


def test_each_word_of_both_sides_has_its_evidence() -> None:
    zh, en = both(ZH, EN)
    assert "".join(zh[0].words) == ZH.replace("，", "").replace("。", "")
    assert zh[1].shape == (len(zh[0].spans), len(KINDS))
    assert en[1].shape == (len(en[0].spans), len(KINDS))
    best = of(zh, "best")
    assert best["合作"] > 0 > best["铁路"]
    assert of(zh, "light")["了"] == 1
    clause = of(zh, "clause")
    assert clause["渔业"] > clause["铁路"]  # the second clause is left out as a whole


def test_evidence_is_the_same_whichever_text_is_the_source() -> None:
    there = linked(ZH, EN)
    back = link([(EN, ZH)], "en", encoder=None)[0].flipped()
    assert there == back
    assert len(there.src_evidence) == len(there.src_words) * len(OF_WORD)
    assert there.flipped().src_evidence == there.tgt_evidence


def test_a_side_that_stands_alone_has_no_evidence() -> None:
    assert evidence_of(ZH, "", linked(ZH, "")) is None
    assert evidence_of(ZH, "...", linked(ZH, "...")) is None


def test_words_of_a_dateline_are_left_out_on_both_sides() -> None:
    head = "本台消息："
    with_head = both(head + ZH, EN, (len(head), 0))
    assert with_head[0][0].words == both(ZH, EN)[0][0].words
    partner = with_head[1][0].known("partner")
    assert partner.max() < len(with_head[0][0].spans)


def test_a_name_written_twice_need_be_rendered_once() -> None:
    zh, en = "总统武契奇（Vucic）在机场发言。", "President Vucic spoke at the airport."
    side = both(zh, en)[0]
    gloss = of(side, "gloss")
    assert gloss["Vucic"] >= 0
    assert max(gloss[word] for word in gloss if word in "武契奇") > 0.5
    assert gloss["机场"] == 0


PAIRS = [Case("a", "他买了红苹果。", "He bought fresh apples today.", False)]


def test_an_inserted_word_is_one_seen_before_the_same_word() -> None:
    before = words_before(["red apples", "green apples", "ripe apples", "the apples"])
    assert set(before["apples"]) == {"red", "green", "ripe"}
    (case,) = inserted(PAIRS, before)
    (gold,) = case.en_gold
    word = gold.of(case.en)
    assert word in before["apples"]
    assert case.en.replace(f"{word} ", "", 1) == PAIRS[0].en
    assert list(inserted(PAIRS, before)) == [case]  # drawn by a seed
    assert not list(inserted(PAIRS, {}))


@pytest.mark.parametrize("copies", [40])
def test_deleted_words_leave_their_counterparts_as_too_much(copies: int) -> None:
    pairs = [Case(str(n), ZH, EN, False) for n in range(copies)]
    found = list(deleted(pairs, [linked(ZH, EN)] * copies))
    assert found
    for case in found:
        assert len(case.zh) < len(ZH)
        assert all(span.stop <= len(EN) for span in case.en_gold)
        words = {span.of(case.en) for span in case.en_gold}
        assert words  # and what they render is gone
        if "cooperation" in words:
            assert "合作" not in case.zh


def test_evidence_without_neighbours_is_finite() -> None:
    for zh, en in (("铁路", "railway"), ("2019年", "2019"), ("铁路。", "Railway, railway.")):
        for side, evidence in both(zh, en):
            assert np.isfinite(evidence).all()
            assert len(evidence) == len(side.spans)


def test_spans_are_those_of_the_text() -> None:
    (zh, _), _ = both(ZH, EN)
    assert zh.spans[0] == Span(0, len(zh.words[0]))

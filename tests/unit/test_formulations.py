"""Set formulations: what is found, where it stands, and what changes from text to text."""

import pytest

from tests.series import TEXTS
from tests.support import SHARED
from workbench.domain.formulation_edits import Correction, Doing, corrected
from workbench.domain.formulations import Dated, Shift
from workbench.formulations import Found, compare, find, place, unheard
from workbench.segment import segment

SERIES = [
    Dated(day, day, day, text, "", segment(text, "zh-CN").datelines) for day, text in TEXTS.items()
]


@pytest.fixture(scope="module")
def found():
    return find(SERIES)


def placed(found, **more):
    return {f.words: f for f in place(SERIES, found, **more)}


def shifts(changes):
    return {(change.shift, change.formulation.words): change for change in changes}


def test_repeated_phrases_are_found_whole(found):
    words = {one.words for one in found}
    assert {"山海互济走廊", "反对关税壁垒"} <= words
    assert any("河湖共治机制" in one for one in words)
    for part in ("山海互济", "海互济走廊", "互济走廊", "河湖共治", "共治机制"):
        assert part not in words  # a fragment never stands alone in these texts


def test_names_datelines_and_marks_are_no_formulations(found):
    for one in found:
        assert "泰维" not in one.words
        assert "通讯社" not in one.words
        assert not set("，。：") & set(one.words)


def test_a_listed_term_counts_from_its_first_occurrence_on():
    words = {one.words for one in find(SERIES, ["纸上谈兵", "无处可寻之语"])}
    assert "纸上谈兵" in words
    assert "无处可寻之语" not in words


def test_counts_are_what_a_search_in_the_text_finds(found):
    for formulation in place(SERIES, found):
        for text in SERIES:
            assert formulation.count(text.id) == text.content.count(formulation.words)


def test_a_place_says_who_speaks_and_in_which_clause(found):
    corridor = placed(found)["山海互济走廊"]
    said = [(p.text, p.speaker) for p in corridor.places]
    assert ("2023-06-02", "索温") in said
    assert ("2023-11-20", "泰维总统") in said
    pact = placed(found)["睦邻之约"]
    assert ("2023-06-02", "客人") in [(p.text, p.speaker) for p in pact.places]
    first = corridor.places[0]
    assert first.clause.of(SERIES[0].content) == "双方愿共建山海互济走廊"


def test_what_the_last_text_adds_drops_and_says_more_strongly(found):
    changes = shifts(compare(SERIES[-1], SERIES[:-1], place(SERIES, found)))
    dropped = changes[Shift.DROPPED, "山海互济走廊"]
    assert (dropped.count, dropped.earlier, dropped.earlier_texts) == (0, 9, 5)
    new = [words for shift, words in changes if shift is Shift.NEW]
    assert any("河湖共治机制" in words for words in new)
    strong = changes[Shift.STRENGTHENED, "反对关税壁垒"]
    assert strong.words_here == ("坚决",)
    assert strong.here[0].clause.of(SERIES[-1].content).endswith("坚决反对关税壁垒")
    assert (Shift.DROPPED, "反对关税壁垒") not in changes


def test_only_earlier_texts_count(found):
    changes = shifts(compare(SERIES[0], [], place(SERIES, found)))
    assert not [words for shift, words in changes if shift is Shift.DROPPED]
    middle = shifts(compare(SERIES[3], SERIES[:3], place(SERIES, found)))
    assert not any("河湖共治" in words for _, words in middle)


def test_a_new_rendering_is_told_from_the_earlier_ones(found):
    formulations = place(SERIES, found)
    places = next(f for f in formulations if f.words == "睦邻之约").places
    renderings = {p: "Good Neighbour Pact" for p in places if p.text != "2025-02-01"}
    renderings |= {p: "Neighbourly Covenant" for p in places if p.text == "2025-02-01"}
    changes = shifts(compare(SERIES[-1], SERIES[:-1], formulations, renderings))
    change = changes[Shift.RENDERED, "睦邻之约"]
    assert change.words_here == ("Neighbourly Covenant",)
    assert change.words_before == ("Good Neighbour Pact",)


def test_clauses_with_unheard_words_mark_them(found):
    clauses = unheard(SERIES[-1], SERIES[:-1])
    content = SERIES[-1].content
    for clause in clauses:
        for word in clause.words:
            assert word.of(content) not in "".join(text.content for text in SERIES[:-1])
            assert clause.clause.start <= word.start < word.stop <= clause.clause.stop
    assert any("造福两岸" in one.clause.of(content) for one in clauses)


def test_variants_are_counted_with_the_phrase_and_labels_shown():
    found = [Found("睦邻之约", 1.0)]
    one = placed(found, variants={"睦邻之约": ["长久之计"]}, labels={"睦邻之约": "睦邻"})[
        "睦邻之约"
    ]
    assert one.label == "睦邻"
    assert {p.words for p in one.places} == {"睦邻之约", "长久之计"}


def test_corrections_come_to_what_a_person_meant():
    made = [
        Correction("1", Doing.JOIN, "甲甲甲甲", "乙乙乙乙"),
        Correction("2", Doing.JOIN, "乙乙乙乙", "丙丙丙丙"),
        Correction("3", Doing.JOIN, "丙丙丙丙", "甲甲甲甲"),  # a circle: not followed
        Correction("4", Doing.DROP, "丁丁丁丁"),
        Correction("5", Doing.ADD, "戊戊戊戊"),
        Correction("6", Doing.RENAME, "丙丙丙丙", "丙"),
    ]
    said = corrected(made)
    assert said.variants == {"丙丙丙丙": ("甲甲甲甲", "乙乙乙乙")}
    assert said.dropped == {"丁丁丁丁", "甲甲甲甲", "乙乙乙乙"}
    assert said.added == ("戊戊戊戊",)
    assert said.labels == {"丙丙丙丙": "丙"}
    again = corrected([*made, Correction("7", Doing.ADD, "丁丁丁丁")])
    assert "丁丁丁丁" in again.added
    assert "丁丁丁丁" not in again.dropped


@pytest.mark.skipif(not SHARED.exists(), reason="the real briefings are not here")
def test_on_real_briefings_the_last_one_stands_out_by_the_war_and_by_what_it_leaves_unsaid():
    files = sorted((SHARED / "texts" / "briefings").glob("*.txt"))
    texts = []
    for file in files:
        content = file.read_text(encoding="utf-8")
        texts.append(
            Dated(file.stem, "", file.name[:10], content, "", segment(content, "zh").datelines)
        )
    changes = shifts(compare(texts[-1], texts[:-1], place(texts, find(texts))))
    new = [words for shift, words in changes if shift is Shift.NEW]
    assert "二战胜利成果" in new
    assert not any("习近平" in words or "普京" in words for words in new)
    dropped = {words for shift, words in changes if shift is Shift.DROPPED}
    assert {"相互尊重", "核心利益"} <= dropped

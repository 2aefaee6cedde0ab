"""Omission and addition, the merging of findings, and the order of flags."""

import pytest

from workbench.detect import Context, check, detectors
from workbench.detect.coverage import row_coverage
from workbench.detect.merge import merged
from workbench.detect.omission import addition, addition_rank, omission, omission_rank
from workbench.detect.terms import TermList
from workbench.domain.review import AlignedTexts, Flag, Row, Severity
from workbench.domain.text import Role, Span
from workbench.encode import load_word_encoder
from workbench.errors import Stopped, UnknownName
from workbench.links import Linker

CONTEXT = Context(TermList.load())
FAITHFUL = ("两国签署了合作文件。", "The two countries signed cooperation documents.")


def texts(*rows: Row) -> AlignedTexts:
    return AlignedTexts(rows, "zh", "en")


def test_an_unpaired_row_is_flagged_on_its_side() -> None:
    rows = texts(Row("a", "双方同意重启谈判。", ""), Row("b", "", "The film will be shown abroad."))
    (left,) = omission(rows, CONTEXT)
    (right,) = addition(rows, CONTEXT)
    assert (left.row, left.src, left.tgt) == ("a", Span(0, 8), None) or left.src == Span(0, 9)
    assert right.row == "b"
    assert right.src is None
    assert {left.severity, right.severity} == {Severity.MAJOR}


def test_commentary_datelines_and_numbering_are_no_omission() -> None:
    rows = texts(
        Row("a", "", "My own view is different.", tgt_role=Role.COMMENTARY),
        Row("b", "本台消息：", "", src_role=Role.DATELINE),
        Row("c", "一、", ""),
    )
    assert check(rows, CONTEXT) == []


def test_a_dateline_inside_a_row_is_left_out() -> None:
    dateline = "晚间广播要闻："
    row = Row("a", dateline + FAITHFUL[0], FAITHFUL[1], src_dateline=len(dateline))
    assert omission(texts(row), CONTEXT) == []


def test_an_omitted_list_is_found_by_the_dictionary_alone() -> None:
    zh = "双方将推进铁路、海底光缆、风力发电、疫苗研发等项目。"
    en = "The two sides will advance projects such as the railway."
    found = omission(texts(Row("a", zh, en)), CONTEXT)
    quoted = "".join(f.src.of(zh) for f in found if f.src)
    assert "光缆" in quoted or "发电" in quoted or "疫苗" in quoted
    assert "铁路" not in quoted


def test_what_is_missing_from_a_list_is_counted() -> None:
    zh = "两国将加强政治、经贸、海底光缆和人文交流。"
    en = "The two countries will strengthen political, trade and cultural exchanges."
    (flag,) = omission(texts(Row("a", zh, en)), CONTEXT)
    assert flag.src
    assert flag.src.of(zh) == "海底光缆"
    assert flag.evidence.endswith("one of the 4 members of a list.")
    assert flag.evidence_zh.endswith("是所列4项之一。")


def test_a_faithful_pair_carries_no_flag() -> None:
    assert check(texts(Row("a", *FAITHFUL)), CONTEXT) == []


LINKED = Context(TermList(()), None, Linker(load_word_encoder()))

# Chinese, English, what the English leaves out, what it adds
HAND_MADE = [
    ("会议在热烈友好的气氛中举行，双方还就地区安全交换了意见。",
     "The meeting was held in a warm and friendly atmosphere.", "双方还就地区安全交换了意见", ""),
    ("工人们克服重重困难，提前完成了隧道工程。",
     "The workers completed the tunnel ahead of schedule.", "克服重重困难", ""),
    ("她慷慨地捐出了全部奖金。", "She donated all of her prize money.", "慷慨", ""),
    ("代表团参观了当地的农场和一所小学。",
     "The delegation visited a local farm, a primary school and a steel plant.", "",
     "steel plant"),
]  # fmt: skip
FAITHFUL_PAIRS = [
    ("图书馆每天上午九点开门，周末也不例外。",
     "The library opens at nine every morning, and weekends are no exception."),
    ("市政府将修建三座公园和两个停车场。",
     "The city government will build three parks and two car parks."),
    ("总统武契奇（Vucic）在机场发表了讲话。", "President Vucic delivered a speech at the airport."),
    ("医生建议病人多休息。", "The doctor advised the patient to rest more."),
]  # fmt: skip


@pytest.mark.parametrize(("zh", "en", "missing", "more"), HAND_MADE)
def test_what_is_left_out_and_added_is_flagged_where_it_stands(
    zh: str, en: str, missing: str, more: str
) -> None:
    row = texts(Row("a", zh, en))
    left = [f.src.of(zh) for f in omission(row, LINKED) if f.src]
    added = [f.tgt.of(en) for f in addition(row, LINKED) if f.tgt]
    assert not missing or missing in left
    assert not more or more in added
    # the same two texts with source and target changed places
    back = AlignedTexts((Row("a", en, zh),), "en", "zh")
    assert [f.tgt.of(zh) for f in omission(back, LINKED) if f.tgt] == left
    assert [f.src.of(en) for f in addition(back, LINKED) if f.src] == added


@pytest.mark.parametrize(("zh", "en"), FAITHFUL_PAIRS)
def test_a_faithful_translation_leaves_nothing_out_and_adds_nothing(zh: str, en: str) -> None:
    row = texts(Row("a", zh, en))
    assert omission(row, LINKED) + addition(row, LINKED) == []


def test_a_row_that_leaves_out_more_ranks_higher() -> None:
    zh = "工人们克服重重困难，提前完成了隧道工程。"
    whole = "The workers overcame many difficulties and completed the tunnel project early."
    rows = texts(Row("a", zh, whole), Row("b", zh, "The workers completed it."), Row("c", zh, ""))
    scores = omission_rank(rows, LINKED)
    assert scores[0] < scores[1] < scores[2] == 1  # nothing of the last one is rendered
    assert addition_rank(rows, LINKED)[0] < 1


def test_coverage_gives_every_word_a_probability_but_no_mark() -> None:
    zh, en = HAND_MADE[0][:2]
    (found,) = row_coverage(texts(Row("a", zh, en)), LINKED)
    assert "".join(span.of(zh) for span, _ in found.src) == zh.replace("，", "").replace("。", "")
    by_word = {span.of(zh): p for span, p in found.src}
    assert by_word["会议"] > 0.9 > 0.3 > by_word["安全"]
    assert all(0 <= p <= 1 for _, p in (*found.src, *found.tgt))


def flag(detector: str, src: Span | None, tgt: Span | None, **changes: object) -> Flag:
    values = {"row": "a", "severity": Severity.MAJOR, "confidence": 0.5} | changes
    return Flag(detector, category="other", src=src, tgt=tgt, evidence="", evidence_zh="", **values)  # type: ignore[arg-type]


def test_findings_on_the_same_words_become_one_the_most_specific() -> None:
    found = [
        flag("omission", Span(4, 10), None),
        flag("numbers", Span(4, 9), Span(0, 5)),
        flag("addition", None, Span(1, 5)),
        flag("omission", Span(20, 24), None),
    ]
    kept = merged(found, texts(Row("a", "x" * 30, "y" * 30)))
    assert [(f.detector, f.src) for f in kept] == [
        ("numbers", Span(4, 9)),
        ("omission", Span(20, 24)),
    ]


def test_flags_come_by_row_then_gravity() -> None:
    found = [
        flag("terms", Span(0, 1), None, row="b"),
        flag("terms", Span(0, 1), None, severity=Severity.MINOR),
        flag("terms", Span(5, 6), None, severity=Severity.MAJOR),
    ]
    rows = texts(Row("a", "x" * 9, "y"), Row("b", "x" * 9, "y"))
    assert [(f.row, f.severity.value) for f in merged(found, rows)] == [
        ("a", "major"),
        ("a", "minor"),
        ("b", "major"),
    ]


def test_only_the_named_detectors_run() -> None:
    row = Row("a", "他有八本关于大海的书。", "He has nine books about the the sea.")
    assert {f.detector for f in check(texts(row), CONTEXT)} == {"numbers", "mechanical"}
    assert {f.detector for f in check(texts(row), CONTEXT, only=["numbers"])} == {"numbers"}
    with pytest.raises(UnknownName):
        check(texts(row), CONTEXT, only=["spelling"])


def test_progress_can_stop_a_check() -> None:
    def stop(step: str, done: int, total: int) -> None:
        raise Stopped("Stopped.")

    with pytest.raises(Stopped):
        check(texts(Row("a", *FAITHFUL)), CONTEXT, progress=stop)


def test_every_detector_says_what_it_does_in_a_line() -> None:
    for name in detectors:
        assert detectors.summary(name).endswith(".")


def test_every_flag_explains_itself_in_both_languages() -> None:
    row = Row(
        "a", "近10小时的战略协作“会谈。", "The strategic cooperation lasted over 10 10 hours."
    )
    for found in check(texts(row), CONTEXT):
        assert found.evidence.strip()
        assert any("\u3400" <= c <= "\u9fff" for c in found.evidence_zh)

"""Set formulations from the command line and on the pages, with corrections taken back."""

import json

import pytest
from click.testing import CliRunner

from tests.series import TEXTS
from workbench.cli import main
from workbench.errors import BadInput, UnknownName, UsageError
from workbench.services import formulation_edits as corrections
from workbench.services import formulations as service
from workbench.services.dated import add_dated, date_in

LAST = "briefing-2025-02-01"


@pytest.fixture
def dated(fresh):
    for day, text in TEXTS.items():
        add_dated(fresh, text.encode(), f"{day}.txt", kind="briefing", counterpart="Vessar")
    return fresh


@pytest.fixture
def reader(dated):
    from workbench.web import create_app

    app = create_app(dated)
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def run(ws, *args):
    return CliRunner().invoke(main, ["-w", str(ws.root), "formulations", *args])


@pytest.mark.parametrize(
    ("name", "content", "day"),
    [
        ("2025-05-11.zh.txt", "", "2025-05-11"),
        ("briefing_20240707.txt", "", "2024-07-07"),
        ("notes.txt", "某社2023年8月6日消息", "2023-08-06"),
        ("2025-13-40.txt", "无日期", ""),
        ("v12345678901.txt", "", ""),
    ],
)
def test_the_date_is_read_from_the_name_or_the_head(name, content, day):
    assert date_in(name, content) == day


def test_texts_get_date_kind_and_counterpart(dated):
    entry = dated.catalogue.entry(LAST)
    assert (entry.date, entry.kind, entry.counterpart) == ("2025-02-01", "briefing", "Vessar")
    with pytest.raises(UsageError, match="date"):
        add_dated(dated, "没有日期的文字。".encode(), "plain.txt")


def test_below_five_dated_texts_nothing_is_said(fresh):
    for day, text in list(TEXTS.items())[:4]:
        add_dated(fresh, text.encode(), f"{day}.txt")
    found = service.series(fresh)
    assert not found.enough
    assert not found.formulations
    with pytest.raises(UsageError, match="4 dated"):
        service.compare_text(fresh, "2024-03-15")
    assert "too few" in run(fresh, "list").output


def test_a_kind_of_its_own_is_compared_with_its_own_kind_only(dated):
    add_dated(dated, "索温说，河湖共治机制早已有之。".encode(), "2022-01-01.txt", kind="speech")
    own = service.compare_text(dated, LAST)
    assert own.by == "kind"
    assert len(own.earlier) == 5
    everything = service.compare_text(dated, LAST, "")
    assert len(everything.earlier) == 6
    new = {c.formulation.words for c in everything.changes if str(c.shift) == "new"}
    assert not any("河湖共治机制" in words for words in new)
    with pytest.raises(UnknownName):
        service.compare_text(dated, LAST, "colour")
    with pytest.raises(UsageError, match="earliest"):
        service.compare_text(dated, "briefing-2023-01-10", "kind")


def test_the_command_line_lists_compares_and_prints_frames(dated):
    listed = json.loads(run(dated, "list", "--json").stdout)
    corridor = next(line for line in listed if line["formulation"] == "山海互济走廊")
    assert (corridor["texts"], corridor["times"], corridor["last"]) == (5, 9, "2024-09-09")
    compared = json.loads(run(dated, "compare", LAST, "--json").stdout)
    dropped = [c for c in compared["changes"] if c["shift"] == "dropped"]
    assert "山海互济走廊" in [c["formulation"] for c in dropped]
    place = next(c for c in compared["changes"] if c["shift"] == "new")["here"][0]
    text = TEXTS["2025-02-01"]
    assert text[place["span"][0] : place["span"][1]] == place["words"]
    frame = service.formulation_frame(dated)
    assert len(frame[frame["formulation"] == "山海互济走廊"]) == 9
    assert run(dated, "list", "--csv").stdout.startswith("formulation,")


def test_corrections_change_the_list_and_are_taken_back(dated):
    def words():
        return {f.words for f in service.series(dated).formulations}

    before = words()
    drop = corrections.correct(dated, "drop", "反对关税壁垒", "", "Lin")
    corrections.correct(dated, "add", "纸上谈兵", "", "Lin")
    join = corrections.correct(dated, "join", "睦邻之约", "山海互济走廊", "Lin")
    assert "反对关税壁垒" not in words()
    assert "纸上谈兵" in words()
    joined = next(f for f in service.series(dated).formulations if f.words == "山海互济走廊")
    assert "睦邻之约" in joined.variants
    content = (dated.root / "texts" / corrections.FILE).read_text(encoding="utf-8")
    assert "反对关税壁垒" in content
    assert "Lin" in content
    for one in (drop, join):
        corrections.take_back(dated, one.id)
    assert words() == before | {"纸上谈兵"}
    with pytest.raises(UnknownName):
        corrections.take_back(dated, drop.id)


@pytest.mark.parametrize(
    ("do", "phrase", "other"),
    [
        ("join", "反对关税壁垒", ""),
        ("rename", "反对关税壁垒", "反对关税壁垒"),
        ("drop", "", ""),
        ("burn", "甲乙", ""),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(dated, do, phrase, other):
    with pytest.raises(UsageError):
        corrections.correct(dated, do, phrase, other, "Lin")


def test_a_broken_file_of_corrections_is_named_and_left_alone(dated):
    path = dated.root / "texts" / corrections.FILE
    path.write_text("[[edit]]\ndo = 'fly'\nphrase = 'x'\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"formulations\.toml"):
        corrections.correct(dated, "drop", "反对关税壁垒", "", "Lin")
    assert "fly" in path.read_text(encoding="utf-8")


def test_the_pages_show_list_phrase_and_changes_and_take_corrections(dated, reader):
    page = reader.get("/formulations").text
    assert "山海互济走廊" in page
    changed = reader.get(f"/formulations/text/{LAST}").text
    assert "坚决" in changed
    assert "河湖共治机制" in changed
    phrase = reader.get("/formulations/phrase?words=山海互济走廊").text
    assert phrase.count("<mark>山海互济走廊</mark>") == 9
    reader.post("/formulations/correct", data={"do": "drop", "phrase": "反对关税壁垒"})
    assert "/formulations/phrase?words=反对关税壁垒" not in reader.get("/formulations").text
    (made,) = corrections.corrections(dated)
    assert made.by == "Reviewer"
    reader.post("/formulations/take-back", data={"id": made.id})
    assert not corrections.corrections(dated)
    table = reader.get("/formulations.csv").text
    assert "山海互济走廊" in table
    assert reader.get("/formulations/phrase?words=没有这句").status_code == 404


def test_texts_are_added_from_the_page(fresh):
    from io import BytesIO

    from workbench.web import create_app

    app = create_app(fresh)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    files = [(BytesIO(text.encode()), f"{day}.txt") for day, text in TEXTS.items()]
    client.post("/formulations/texts", data={"files": files, "kind": "briefing"})
    assert service.series(fresh).enough
    assert "山海互济走廊" in client.get("/formulations").text

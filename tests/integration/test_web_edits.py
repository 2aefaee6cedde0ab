"""The review page's scripts and the server: edits, changes, exports."""

import pytest
from lxml import etree

from tests.support import SAMPLE, Reader, edit, flag_on, plant_flags, rows_of
from workbench.domain.operations import new_id
from workbench.services import jobs, library
from workbench.services.page import review_view
from workbench.web import create_app

HOSTILE = '<script>alert("1")</script> \'"&amp; <b onclick=x>\x00\u2028'


def whole_order(answer):
    """The ids of all rows, from an answer to a page whose order is not known."""
    assert answer.json["splice"]["drop"] == -1
    return [row for group in answer.json["splice"]["groups"] for row in group["rows"]]


def test_an_edit_answers_with_the_rows_that_changed(reader, ws):
    page = reader.page_data()
    rows = rows_of(ws)
    answer = reader.operate("merge", row=rows[10].id, boot=page["boot"], rev=page["rev"])
    assert answer.status_code == 200
    patch = answer.json
    assert patch["seq"] == ws.state(SAMPLE).seq > page["seq"]
    assert patch["rev"] > page["rev"]
    assert rows_of(ws)[10].id in patch["rows"]
    assert len(patch["rows"]) < 5
    assert f'data-row="{rows_of(ws)[10].id}"' in patch["html"]
    splice = patch["splice"]
    assert splice["drop"] == len(splice["groups"]) == 1, "one paragraph, the others stay"
    assert rows_of(ws)[10].id in splice["groups"][0]["rows"]
    assert rows[11].id not in splice["groups"][0]["rows"]
    assert (patch["undo"], patch["redo"]) == (True, False)
    assert f"0 of {review_view(ws, SAMPLE, '').summary.rows} rows confirmed" in patch["summary"]


def test_an_edit_inside_a_row_leaves_the_groups_alone(reader, ws):
    page = reader.page_data()
    row = rows_of(ws)[10].id
    answer = reader.operate(
        "confirm", rows=[row], confirmed=True, boot=page["boot"], rev=page["rev"]
    )
    assert list(answer.json["rows"]) == [row]
    assert answer.json["splice"] is None


def test_an_edit_is_in_the_file_once_it_is_answered(reader, ws):
    reader.operate("confirm", rows=[rows_of(ws)[10].id], confirmed=True)
    assert b'"confirmed": true' in ws.alignment_file(SAMPLE).read_bytes()


def test_an_edit_of_rows_asks_for_a_new_check_and_a_note_does_not(reader, ws):
    (flag,) = plant_flags(ws, flag_on(rows_of(ws)[12].id))
    reader.operate("decide", flag=flag.fingerprint, verdict="accepted")
    reader.operate("undo")
    assert jobs.current(ws, SAMPLE) is None, "no row changed"
    reader.operate("confirm", rows=[rows_of(ws)[10].id], confirmed=True)
    assert jobs.current(ws, SAMPLE) is None
    assert not reader.operate("undo").json["checking"] or jobs.current(ws, SAMPLE)
    answer = reader.operate("merge", row=rows_of(ws)[10].id)
    assert answer.json["checking"]
    assert jobs.current(ws, SAMPLE).kind == jobs.CHECK


def test_an_edit_sent_twice_is_done_once(reader, ws):
    id_, row, seen = new_id(), rows_of(ws)[10].id, ws.state(SAMPLE).seq
    first = reader.operate("merge", id=id_, row=row, seen=seen)
    again = reader.operate("merge", id=id_, row=row, seen=seen)
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json["seq"] == first.json["seq"]


def test_a_conflict_is_told_and_brings_the_new_rows(app, ws):
    lin, mei = Reader(app), Reader(app)
    mei.send("/preferences", {"name": "Mei"})
    before = lin.page_data()
    row = rows_of(ws)[10].id
    mei.operate("confirm", rows=[row], confirmed=True)
    answer = lin.operate(
        "merge", row=row, seen=before["seq"], boot=before["boot"], rev=before["rev"]
    )
    assert answer.status_code == 409
    assert "Mei changed this first" in answer.json["error"]
    assert answer.json["rows"][row]["confirmed"] is True
    assert answer.json["seq"] == ws.state(SAMPLE).seq
    again = lin.operate("merge", row=row, seen=answer.json["seq"])
    assert again.status_code == 200


def test_a_senseless_edit_is_told_and_brings_the_page_up_to_date(reader, ws):
    answer = reader.operate("undo")
    assert answer.status_code == 400
    assert "nothing of yours to undo" in answer.json["error"]
    assert set(answer.json["rows"]) == {row.id for row in rows_of(ws)}
    with reader.client.session_transaction() as session:
        session["language"] = "zh_Hans_CN"
    assert reader.operate("undo").json["error"] == "没有可供您撤销的操作。"


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        "merge",
        {"kind": "merge"},
        {"kind": "merge", "id": "not-a-uuid", "seen": 1},
        {"kind": "merge", "id": "8b910ecd-23d2-4a9f-a67a-157938c7fcd6", "seen": None},
        {"kind": "merge", "id": "8b910ecd-23d2-4a9f-a67a-157938c7fcd6", "seen": 1, "args": 7},
        {"kind": "merge", "id": "8b910ecd-23d2-4a9f-a67a-157938c7fcd6", "seen": 1, "args": ["x"]},
        {"kind": ["x"], "id": "8b910ecd-23d2-4a9f-a67a-157938c7fcd6", "seen": 1},
    ],
)
def test_a_request_that_cannot_be_read_is_refused(reader, ws, body):
    before = ws.state(SAMPLE).seq
    answer = reader.send(f"/b/{SAMPLE}/operations", body)
    assert answer.status_code == 400
    assert answer.json["error"]
    assert ws.state(SAMPLE).seq == before


def test_a_body_that_is_no_json_is_refused(reader):
    headers = {"X-CSRFToken": reader.token, "Accept": "application/json"}
    for kind in ("application/json", "text/plain"):
        answer = reader.client.post(
            f"/b/{SAMPLE}/operations", data="{", headers=headers | {"Content-Type": kind}
        )
        assert answer.status_code in (400, 415)
        assert answer.json["error"]


def test_changes_are_what_others_did_since(app, ws):
    lin = Reader(app)
    page = lin.page_data()
    url = f"/b/{SAMPLE}/changes?boot={page['boot']}&rev="
    assert lin.get(f"{url}{page['rev']}").json["rows"] == {}
    edit(ws, "confirm", author="Mei", rows=[rows_of(ws)[10].id], confirmed=True)
    news = lin.get(f"{url}{page['rev']}").json
    assert list(news["rows"]) == [rows_of(ws)[10].id]
    assert lin.get(f"{url}{news['rev']}").json["rows"] == {}


@pytest.mark.parametrize("query", ["", "?rev=1", "?rev=1&boot=of-another-start", "?rev=x&boot={}"])
def test_a_page_of_another_start_gets_everything(reader, ws, query):
    boot = reader.page_data()["boot"]
    answer = reader.get(f"/b/{SAMPLE}/changes{query.format(boot)}")
    assert answer.status_code == 200
    assert set(answer.json["rows"]) == {row.id for row in rows_of(ws)}
    assert whole_order(answer) == [row.id for row in rows_of(ws)]


def test_flags_found_by_a_check_reach_an_open_page(reader, ws):
    page = reader.page_data()
    plant_flags(ws, flag_on(rows_of(ws)[8].id))
    news = reader.get(f"/b/{SAMPLE}/changes?boot={page['boot']}&rev={page['rev']}").json
    assert news["rows"][rows_of(ws)[8].id]["open"] == 1
    assert "120 became 12." in news["html"]


def test_a_flag_is_dismissed_and_a_note_written_from_the_page(reader, ws):
    (flag,) = plant_flags(ws, flag_on(rows_of(ws)[8].id))
    answer = reader.operate("decide", flag=flag.fingerprint, verdict="dismissed", reason=HOSTILE)
    assert answer.status_code == 200
    note = {"kind": "comment", "src": [2, 5], "note": HOSTILE}
    answer = reader.operate("annotate", annotation=note)
    assert answer.status_code == 200
    summary = review_view(ws, SAMPLE, "Reviewer").summary
    assert (summary.open_flags, summary.notes) == (0, 1)
    for text in (answer.json["html"], reader.get(f"/b/{SAMPLE}").text):
        assert "<script>alert" not in text
        assert "<b onclick" not in text


def test_the_words_of_rows_are_sent_when_asked_for(reader, ws):
    ids = [row.id for row in rows_of(ws)[5:8]]
    html = reader.get(f"/b/{SAMPLE}/rows?ids={','.join([*ids, 'gone'])}").json["html"]
    assert [f'data-row="{id_}"' in html for id_ in ids] == [True] * 3
    assert html.count("data-row=") == 3
    assert reader.get(f"/b/{SAMPLE}/rows").json["html"] == ""


def test_hostile_text_is_shown_and_never_run(fresh):
    src = f"他说：{HOSTILE}会谈很好。\n第二段。" + "会谈在友好的气氛中进行。" * 9
    tgt = f"He said: {HOSTILE} the talks were good.\nA second one."
    drafts = [library.read_draft(fresh, text.encode()) for text in (src, tgt)]
    reader = Reader(create_app(fresh))
    reader.send("/preferences", {"name": "<i>Lin</i>"})
    shown = reader.upload("/add/preview", text=src.encode()).json["html"]
    bitext = library.create_bitext(fresh, *drafts, title=f"T {HOSTILE}")
    for page in (shown, reader.get("/").text, reader.get(f"/b/{bitext.id}").text):
        assert "<script>alert" not in page
        assert "<b onclick" not in page
        assert "<i>Lin" not in page
    assert "&lt;script&gt;alert" in shown
    assert "\x00" not in shown, "a page can't hold it; a picture stands for it"
    assert "␀" in shown


def test_hostile_rows_are_escaped_too(reader, ws):
    """The sample has none, so a note's words and a flag's stand for them."""
    flag = flag_on(rows_of(ws)[8].id, detector='x" onmouseover="alert(1)')
    plant_flags(ws, flag)
    page = reader.get(f"/b/{SAMPLE}").text
    assert 'onmouseover="alert' not in page


# -- export ----------------------------------------------------------------------------------


def units(reader, query=""):
    answer = reader.get(f"/b/{SAMPLE}/export/file{query}")
    assert answer.status_code == 200
    assert f"{SAMPLE}.tmx" in answer.headers["Content-Disposition"]
    return etree.fromstring(answer.data).findall(".//tu")


def test_export_gives_every_pair_as_a_unit(reader, ws):
    found = units(reader)
    assert len(found) == sum(not row.is_null for row in rows_of(ws))
    row = next(row for row in rows_of(ws) if not row.is_null)
    content = ws.text(f"{SAMPLE}.zh").content
    assert found[0].findtext(".//seg") == row.src.of(content).strip()


def test_export_by_paragraph_has_fewer_and_longer_units(reader):
    assert 0 < len(units(reader, "?level=paragraph")) < len(units(reader))


def test_export_of_confirmed_pairs_only(reader, ws):
    only = "?confirmed_only=1"
    assert units(reader, only) == []
    assert "Nothing would be in the file" in reader.get(f"/b/{SAMPLE}/export{only}").text
    chosen = [row.id for row in rows_of(ws) if not row.is_null][3:6]
    edit(ws, "confirm", rows=chosen, confirmed=True)
    assert len(units(reader, only)) == 3
    assert "<strong>3 units</strong>" in reader.get(f"/b/{SAMPLE}/export{only}").text


def test_the_preview_shows_the_first_units_and_why_others_are_missing(reader, ws):
    row = next(row for row in rows_of(ws) if not row.is_null)
    plant_flags(ws, flag_on(row.id))
    words = row.tgt.of(ws.text(f"{SAMPLE}.en").content).strip()
    html = reader.get(f"/b/{SAMPLE}/export").text
    assert f"<strong>{len(units(reader))} units</strong>" in html
    assert "neither dismissed nor corrected (1)" in html
    assert words not in html
    assert words in reader.get(f"/b/{SAMPLE}/export?with_errors=1").text
    swapped = reader.get(f"/b/{SAMPLE}/export?direction=en-zh&with_errors=1").text
    assert swapped.index('lang="en-US"') < swapped.index('lang="zh-CN"')


def test_an_export_of_something_else_is_refused(reader):
    assert reader.get(f"/b/{SAMPLE}/export/file?level=word").status_code == 400

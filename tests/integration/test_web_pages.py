"""The pages: what they show, and whom they answer."""

import pytest

from tests.support import SAMPLE, Reader, edit, flag_on, plant_flags, rows_of
from workbench.services import jobs, library
from workbench.services.page import review_view
from workbench.storage import repository
from workbench.web import create_app

PAGES = ["/", "/add", f"/b/{SAMPLE}", f"/b/{SAMPLE}/changes", f"/b/{SAMPLE}/job"]
POSTS = [
    "/add",
    "/add/preview",
    "/preferences",
    f"/b/{SAMPLE}/operations",
    f"/b/{SAMPLE}/align",
    f"/b/{SAMPLE}/settle",
    "/jobs/x/stop",
]


@pytest.mark.parametrize("url", [*PAGES, f"/b/{SAMPLE}/export", f"/b/{SAMPLE}/export/file"])
def test_every_page_opens(reader, url):
    answer = reader.get(url)
    assert answer.status_code == 200
    assert answer.content_length > 0


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_every_page_opens_in_either_language(reader, language):
    reader.send("/preferences", {"language": language})
    for url in ("/", "/add", f"/b/{SAMPLE}", "/nowhere"):
        page = reader.get(url).text
        assert ('<html lang="zh-CN"' in page) == (language != "en")


def test_an_unknown_page_is_a_page_without_a_traceback(reader):
    for url in ("/b/nothing", "/nowhere", "/b/nothing/export/file", "/b/nothing/job"):
        answer = reader.get(url)
        assert answer.status_code == 404
        assert "<h1>" in answer.text
        assert "Traceback" not in answer.text
        assert "werkzeug" not in answer.text.lower()


def test_a_script_gets_its_errors_as_json(reader):
    answer = reader.get("/b/nothing/changes", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json["status"] == 404
    assert "no bitext named 'nothing'" in answer.json["error"]
    answer = reader.get("/nowhere", headers={"Accept": "application/json"})
    assert answer.json["status"] == 404


@pytest.mark.parametrize("url", POSTS)
def test_a_post_without_the_token_is_refused(app, url):
    client = app.test_client()
    client.get("/")
    answer = client.post(url, json={}, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert "out of date" in answer.json["error"]
    answer = client.post(url, json={}, headers={"X-CSRFToken": Reader(app).token})
    assert answer.status_code == 400, "nor with the token of another session"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1:8765"])
def test_another_host_name_is_refused(app, host):
    answer = app.test_client().get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert "only on this machine" in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "localhost:9", "[::1]:8765"])
def test_the_names_of_this_machine_are_answered(app, host):
    assert app.test_client().get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("url", ["/", f"/b/{SAMPLE}", "/nowhere", "/static/css/base.css"])
def test_every_answer_carries_the_security_headers(reader, url):
    headers = reader.get(url).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_the_session_cookie_stays_at_home(reader):
    cookie = reader.send("/preferences", {"name": "Lin"}).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_an_unchanged_file_is_not_sent_again(reader):
    etag = reader.get("/static/css/base.css").headers["ETag"]
    assert reader.get("/static/css/base.css", headers={"If-None-Match": etag}).status_code == 304


def test_the_key_of_the_cookies_is_nobody_elses_to_read_and_kept(ws):
    Reader(create_app(ws))
    secret = ws.hidden / "secret"
    before = secret.read_text()
    assert secret.stat().st_mode & 0o077 == 0
    create_app(ws)
    assert secret.read_text() == before


# -- preferences ------------------------------------------------------------------------------


def test_the_name_stands_beside_edits_and_is_remembered(reader, ws):
    assert reader.send("/preferences", {"name": "  Lin \n Mei "}).json == {"name": "Lin Mei"}
    reader.operate("confirm", rows=[rows_of(ws)[3].id], confirmed=True)
    assert ws.state(SAMPLE).touched[("beads", rows_of(ws)[3].id)].author == "Lin Mei"
    assert "Lin Mei" in reader.get("/").text


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "workbench", "Workbench"])
def test_a_name_that_will_not_do_is_refused(reader, name):
    answer = reader.send("/preferences", {"name": name})
    assert answer.status_code == 400
    assert answer.json["error"]
    assert reader.send("/preferences", {}).json == {"name": ""}


def test_the_theme_is_kept_and_nonsense_is_not(reader):
    reader.send("/preferences", {"theme": "dark"})
    assert 'data-theme="dark"' in reader.get("/").text
    reader.send("/preferences", {"theme": '"><script>'})
    assert 'data-theme="dark"' in reader.get("/").text


def test_the_language_follows_the_browser_until_it_is_chosen(reader):
    chinese = {"Accept-Language": "zh-CN,zh;q=0.9"}
    assert '<html lang="zh-CN"' in reader.get("/", headers=chinese).text
    reader.send("/preferences", {"language": "en"})
    assert '<html lang="en"' in reader.get("/", headers=chinese).text
    reader.send("/preferences", {"language": "tlh"})
    assert reader.get("/").status_code == 200


# -- the library and the review page -----------------------------------------------------------


def test_the_library_shows_how_far_each_pair_is(reader, ws):
    edit(ws, "confirm-above", row=rows_of(ws)[12].id)
    plant_flags(ws, flag_on(rows_of(ws)[8].id))
    page = reader.get("/").text
    summary = review_view(ws, SAMPLE, "").summary
    assert summary.confirmed > 0
    assert f"{summary.confirmed} of {summary.rows} rows confirmed" in page
    assert "1 open flag<" in page
    assert "not stored here" in page, "the readout is known without its text"


def test_the_review_page_shows_rows_flags_and_notes(reader, ws):
    rows = rows_of(ws)
    (flag,) = plant_flags(ws, flag_on(rows[8].id))
    edit(ws, "annotate", annotation={"kind": "comment", "src": [2, 5], "note": "See the term list"})
    page = reader.get(f"/b/{SAMPLE}").text
    assert page.count('class="row') >= len(rows)
    assert f'data-refs="{flag.fingerprint}"' in page
    assert "See the term list" in page
    assert "120 became 12." in page


def test_a_pair_that_is_not_aligned_yet_offers_to(reader, ws, fresh):
    pair = [
        library.read_draft(fresh, text.encode()) for text in ("会谈很好。", "The talks were good.")
    ]
    bitext = library.create_bitext(fresh, *pair)
    newcomer = Reader(create_app(fresh))
    page = newcomer.get(f"/b/{bitext.id}")
    assert page.status_code == 200
    assert "not aligned yet" in page.text
    assert newcomer.get(f"/b/{bitext.id}/job").json == {"status": "none", "ready": False}
    assert newcomer.get(f"/b/{bitext.id}/export/file").status_code == 400
    answer = newcomer.submit(f"/b/{bitext.id}/align")
    assert answer.status_code == 302
    assert jobs.current(fresh, bitext.id).status == "queued"
    assert newcomer.get(f"/b/{bitext.id}/job").json["status"] == "queued"


def test_an_empty_library_says_what_to_do(fresh, reader):
    first = "Bring a Chinese text and its English translation."
    assert first in Reader(create_app(fresh)).get("/").text
    assert first not in reader.get("/").text


def test_a_rebuilt_workspace_is_checked_again(reader, ws):
    """Flags are not in the files; the page must not show none as if there were none."""
    assert jobs.current(ws, SAMPLE) is None
    reader.get(f"/b/{SAMPLE}")
    assert jobs.current(ws, SAMPLE).kind == jobs.CHECK
    reader.get(f"/b/{SAMPLE}")
    with ws.db.read() as session:
        assert len(repository.jobs(session)) == 1


def test_confirming_rows_is_no_reason_to_check_again(reader, ws):
    plant_flags(ws)
    edit(ws, "confirm-above", row=rows_of(ws)[4].id)
    reader.get(f"/b/{SAMPLE}")
    assert jobs.current(ws, SAMPLE) is None


def test_a_job_is_stopped_and_resumed_from_the_page(reader, ws):
    job = jobs.enqueue(ws, jobs.ALIGN, SAMPLE)
    assert reader.send(f"/jobs/{job.id}/stop", {}).json == {"ok": True}
    assert reader.get(f"/b/{SAMPLE}/job").json["status"] == "stopped"
    reader.send(f"/jobs/{job.id}/resume", {})
    assert reader.get(f"/b/{SAMPLE}/job").json["status"] == "queued"
    assert reader.send(f"/jobs/{job.id}/explode", {}).status_code == 400
    assert reader.send("/jobs/none/stop", {}).status_code == 404


def test_a_changed_alignment_file_is_settled_in_the_library(reader, ws):
    file = ws.alignment_file(SAMPLE)
    ours = file.read_bytes()
    file.write_bytes(ours.replace(b'"title": "', b'"title": "My ', 1))
    ws.synchronise()
    page = reader.get("/").text
    assert f"{SAMPLE}.jsonl" in page
    assert "changed outside the workbench" in page
    answer = reader.submit(f"/b/{SAMPLE}/settle", keep="database")
    assert answer.status_code == 302
    assert file.read_bytes() == ours
    assert "changed outside" not in reader.get("/").text
    assert reader.submit(f"/b/{SAMPLE}/settle", keep="file").status_code == 409


def test_a_broken_alignment_file_offers_only_what_can_be_done(reader, ws):
    file = ws.alignment_file(SAMPLE)
    file.write_bytes(b"<<<<<<< HEAD\n" + file.read_bytes())
    ws.synchronise()
    page = reader.get("/").text
    assert "git conflict" in page
    assert 'value="file"' not in page
    assert 'value="database"' in page


def test_the_library_opens_when_a_text_is_gone(reader, ws):
    (ws.root / "texts" / f"{SAMPLE}.en.txt").unlink()
    assert reader.get("/").status_code == 200
    answer = reader.get(f"/b/{SAMPLE}")
    assert answer.status_code == 422
    assert "is missing; put it back" in answer.text

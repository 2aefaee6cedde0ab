"""Who may open what: invitations, what a reviewer sees, and what stays closed to everybody."""

import re

import pytest
from flask import url_for

from tests.support import SAMPLE, Reader, align_by_gold, copy_workspace, rows_of, sample_workspace
from workbench.domain.sessions import Mode
from workbench.errors import UsageError
from workbench.services import correcting, sessions
from workbench.services.sessions import hashed
from workbench.web import create_app
from workbench.web.access import AFTERWARDS, ATTEMPTS, DESK, EVERYWHERE, OPEN, Served

OWN = "the owner's own token"
BEYOND = Served("https://review.example.org", ("review.example.org",), hashed(OWN))


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("access")
    align_by_gold(sample_workspace(folder))
    return folder


@pytest.fixture
def ws(template, tmp_path):
    return copy_workspace(template, tmp_path / "ws")


def begin(ws, mode):
    """A session of Lin and Mei; the people by name."""
    made = sessions.create_session(ws, SAMPLE, ["Lin", "Mei"], mode=mode, author="Owner")
    return made, {person.name: person for person in sessions.session_of(ws, made.id)[1]}


class Invited(Reader):
    """Somebody who came in by a link."""

    def __init__(self, app, token, base="http://localhost"):
        self.client = app.test_client()
        self.base = base
        path = f"{base}/join/{token}"
        self.token = self._token(self.client.get(path, base_url=base).text)
        self.entered = self.client.post(
            path, data={"csrf_token": self.token}, base_url=base, headers={"Referer": base + "/"}
        )
        if self.entered.status_code == 302:
            self.desk = self.entered.headers["Location"]
            self.token = self._token(self.client.get(self.desk, base_url=base).text)

    def _token(self, page):
        return re.search(r'name="csrf-token" content="([^"]+)"', page)[1]


def enter(ws, app, person):
    return Invited(app, sessions.invite(ws, person.id))


def test_a_reviewer_sees_their_own_copy_and_nothing_else(ws):
    _, people = begin(ws, Mode.INDEPENDENT)
    app = create_app(ws)
    lin = enter(ws, app, people["Lin"])
    assert lin.desk == f"/b/{people['Lin'].bitext_id}"
    assert lin.get("/").headers["Location"] == lin.desk
    other = f"/b/{people['Mei'].bitext_id}"
    closed_pages = ("/terms", "/sessions", "/add", "/search", f"/b/{SAMPLE}", other)
    for closed in (*closed_pages, f"{other}/changes", f"{other}/live", f"{other}/export/file"):
        assert lin.get(closed).status_code == 403, closed
    assert lin.get(f"{lin.desk}/changes").status_code == 200


def test_every_address_not_named_for_reviewers_is_closed_to_them(ws):
    """A page somebody adds later is the owner's until it is named in access.py."""
    _, people = begin(ws, Mode.SHARED)
    app = create_app(ws)
    lin = enter(ws, app, people["Lin"])
    named = OPEN | EVERYWHERE | DESK | AFTERWARDS | {"library.index"}
    for rule in app.url_map.iter_rules():
        if rule.endpoint in named:
            continue
        values = {name: SAMPLE if name == "bitext_id" else "x" for name in rule.arguments}
        values |= {"what": "close"} if "what" in rule.arguments else {}
        with app.test_request_context():
            url = url_for(rule.endpoint, **values)
        send = lin.get if "GET" in rule.methods else lambda url: lin.send(url, {})
        assert send(url).status_code == 403, url


def test_every_name_in_the_list_is_an_address(ws):
    known = {rule.endpoint for rule in create_app(ws).url_map.iter_rules()}
    assert known >= OPEN | EVERYWHERE | DESK


def test_edits_bear_the_name_of_the_invitation(ws):
    _, people = begin(ws, Mode.SHARED)
    lin = enter(ws, create_app(ws), people["Lin"])
    lin.send("/preferences", {"name": "Mei"})
    note = {"kind": "comment", "tgt": [0, 4], "note": "said"}
    assert lin.operate("annotate", annotation=note).status_code == 200
    state = ws.state(SAMPLE)
    id_ = next(iter(state.collection("annotations")))
    assert state.touched["annotations", id_].author == "Lin"


def test_a_link_that_was_taken_back_ends_at_once(ws):
    _, people = begin(ws, Mode.SHARED)
    app = create_app(ws, served=BEYOND)
    token = sessions.invite(ws, people["Lin"].id)
    lin = Invited(app, token, "https://review.example.org")
    assert lin.client.get(lin.desk, base_url=lin.base).status_code == 200
    sessions.revoke(ws, people["Lin"].id)
    assert lin.client.get(lin.desk, base_url=lin.base).status_code == 403
    assert lin.client.get(f"/join/{token}", base_url=lin.base).status_code == 403


def test_a_new_link_ends_the_old_one(ws):
    _, people = begin(ws, Mode.SHARED)
    app = create_app(ws, served=BEYOND)
    old = Invited(app, sessions.invite(ws, people["Lin"].id), BEYOND.url)
    sessions.invite(ws, people["Lin"].id)
    assert old.client.get(old.desk, base_url=old.base).status_code == 403


def test_looking_at_a_link_lets_nobody_in(ws):
    """Programs that follow links in mail must not become the reviewer."""
    _, people = begin(ws, Mode.SHARED)
    client = create_app(ws, served=BEYOND).test_client()
    path = f"/join/{sessions.invite(ws, people['Lin'].id)}"
    assert client.get(path, base_url=BEYOND.url).status_code == 200
    assert client.get(f"/b/{SAMPLE}", base_url=BEYOND.url).status_code == 403
    assert client.post(path, base_url=BEYOND.url).status_code == 400  # no token of the page


def test_beyond_this_machine_nothing_opens_without_a_link(ws):
    begin(ws, Mode.SHARED)
    client = create_app(ws, served=BEYOND).test_client()
    for base in (BEYOND.url, "http://127.0.0.1", "http://localhost:8765"):
        for path in ("/", "/sessions", f"/b/{SAMPLE}", f"/b/{SAMPLE}/live", "/terms", "/nothing"):
            assert client.get(path, base_url=base).status_code == 403, (base, path)


def test_the_owner_has_a_link_too(ws):
    owner = Invited(create_app(ws, served=BEYOND), OWN, BEYOND.url)
    assert owner.client.get("/sessions", base_url=BEYOND.url).status_code == 200
    again = create_app(ws, served=Served(BEYOND.url, BEYOND.names, hashed("another")))
    cookie = owner.client.get_cookie("workbench", domain="review.example.org")
    client = again.test_client()
    client.set_cookie("workbench", cookie.value, domain="review.example.org")
    assert client.get("/sessions", base_url=BEYOND.url).status_code == 403


def test_cookies_are_for_this_server_alone(ws):
    owner = Invited(create_app(ws, served=BEYOND), OWN, BEYOND.url)
    flags = owner.entered.headers["Set-Cookie"]
    for flag in ("HttpOnly", "SameSite=Strict", "Secure"):
        assert flag in flags


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "review.example.org"])
def test_other_names_are_not_answered_to(ws, host):
    assert create_app(ws).test_client().get("/", base_url=f"http://{host}").status_code == 421


def test_wrong_links_are_counted(ws):
    _, people = begin(ws, Mode.SHARED)
    right = sessions.invite(ws, people["Lin"].id)
    client = create_app(ws).test_client()
    for _ in range(ATTEMPTS):
        assert client.get("/join/wrong").status_code == 403
    assert client.get("/join/wrong").status_code == 429
    assert client.get(f"/join/{right}").status_code == 429
    other = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get(f"/join/{right}", environ_base=other).status_code == 200


def test_a_closed_shared_session_can_be_read_by_its_reviewers_and_no_more(ws):
    made, people = begin(ws, Mode.SHARED)
    lin = enter(ws, create_app(ws), people["Lin"])
    sessions.close_session(ws, made.id)
    assert "is closed" in lin.get(lin.desk).text
    note = {"kind": "comment", "tgt": [0, 4], "note": "late"}
    assert lin.operate("annotate", annotation=note).status_code == 409
    assert not ws.state(SAMPLE).collection("annotations")


def test_the_owner_is_kept_blind_too(ws):
    made, people = begin(ws, Mode.INDEPENDENT)
    reader = Reader(create_app(ws))
    assert reader.get(f"/b/{people['Mei'].bitext_id}").status_code == 403
    reader.send("/preferences", {"name": "Mei"})
    assert reader.get(f"/b/{people['Mei'].bitext_id}").status_code == 200
    assert reader.get(f"/b/{people['Lin'].bitext_id}").status_code == 403
    sessions.close_session(ws, made.id)
    assert reader.get(f"/b/{people['Lin'].bitext_id}").status_code == 200


def test_leaving_forgets_the_reviewer(ws):
    _, people = begin(ws, Mode.SHARED)
    lin = enter(ws, create_app(ws), people["Lin"])
    assert lin.get("/terms").status_code == 403
    lin.submit("/leave")
    assert lin.get("/terms").status_code == 200


def test_the_page_of_sessions_makes_links_that_open(ws):
    app = create_app(ws)
    owner = Reader(app)
    made = owner.submit(
        "/sessions", bitext=SAMPLE, names="Lin，Mei", mode="independent", title="Spring"
    )
    assert made.headers["Location"].endswith("#s-spring")
    page = owner.get("/sessions").text
    id_ = re.search(r'data-reviewer="([^"]+)" data-name="Lin"', page)[1]
    link = owner.send(f"/reviewers/{id_}/invitation", {}).json["link"]
    assert Invited(app, link.rpartition("/")[2]).desk == "/b/spring~lin"
    assert "closed" in owner.client.post(
        "/sessions/spring/close", data={"csrf_token": owner.token}, follow_redirects=True
    ).text  # fmt: skip
    assert owner.send(f"/reviewers/{id_}/invitation", {}).status_code == 409


def test_a_reviewer_chooses_corrections_and_makes_no_version(ws):
    _, people = begin(ws, Mode.INDEPENDENT)
    lin = enter(ws, create_app(ws), people["Lin"])
    place = people["Lin"].bitext_id
    assert lin.get(f"/b/{place}").status_code == 200
    assert lin.get(f"/b/{place}/reading?row={rows_of(ws)[12].id}").status_code == 200
    page = lin.get(f"/b/{place}/corrected")
    assert page.status_code == 200
    assert "data-make" not in page.text
    with pytest.raises(UsageError, match="reviewer's copy"):
        correcting.make_version(ws, place, "Lin")

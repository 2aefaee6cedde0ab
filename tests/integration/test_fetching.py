"""Texts from web addresses: a server of our own, and addresses that must not be asked."""

import hashlib
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support import Reader
from workbench.cli import main
from workbench.errors import BadInput, Unavailable, UsageError
from workbench.exchange.fetching import fetch
from workbench.services import fetching
from workbench.services.workspace import Workspace
from workbench.storage.catalogue import Entry, Pairing, fingerprints
from workbench.web import create_app
from workbench.web.access import Served

TEXT = [f"第{n}轮会谈就若干问题深入交换意见，双方同意明年再次会晤。" for n in "一二三四五"]


def page(paragraphs: list[str]) -> str:
    body = "".join(f"<p>{p}</p>" for p in ["点击播放", *paragraphs, "责任编辑"])
    return f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>"


@pytest.fixture
def site() -> Iterator[tuple[str, dict[str, tuple[int, str, bytes]]]]:
    """A web server: path → (status, Location, body)."""
    pages: dict[str, tuple[int, str, bytes]] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, location, body = pages.get(self.path, (404, "", b""))
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", pages
    server.shutdown()
    server.server_close()


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return Workspace.init(tmp_path / "w")


def known(ws: Workspace, source: str, paragraphs: list[str]) -> None:
    marks = " ".join(fingerprints("\n".join(paragraphs)))
    digest = hashlib.sha256(b"?").hexdigest()
    entry = Entry("talks.zh", "会谈", "zh-CN", digest, source=source, paragraphs=marks)
    ws.catalogue._write("text", entry)


def test_the_known_paragraphs_are_taken_out_of_the_page(site, ws) -> None:
    address, pages = site
    pages["/talks.html"] = (200, "", page(TEXT).encode())
    known(ws, f"{address}/talks.html", TEXT)
    found = fetching.fetch_entry(ws, "talks.zh", private=True)
    assert found.is_same
    assert found.draft.content.splitlines() == TEXT
    assert ws.catalogue.entry("talks.zh").file == ""
    fetching.store_fetched(ws, found)
    assert ws.text("talks.zh").content.splitlines() == TEXT
    with pytest.raises(UsageError, match="stored already"):
        fetching.fetch_entry(ws, "talks.zh", private=True)


def test_differences_are_shown_before_anything_is_stored(site, ws) -> None:
    address, pages = site
    changed = [*TEXT[:2], "第三轮会谈没有举行，双方对此表示遗憾。", *TEXT[3:]]
    pages["/talks.html"] = (200, "", page(changed).encode())
    known(ws, f"{address}/talks.html", TEXT)
    command = ["-w", str(ws.root), "text", "fetch", "talks.zh"]
    result = CliRunner().invoke(main, command, input="n\n")
    assert "Not found: paragraphs 3\n" in result.output
    assert "Not known: 第三轮会谈没有举行" in result.output
    assert Workspace(ws.root).catalogue.entry("talks.zh").file == ""
    result = CliRunner().invoke(main, [*command, "--yes"])
    assert result.exit_code == 0, result.output
    assert "没有举行" in Workspace(ws.root).text("talks.zh").content


def test_offline_says_how_to_go_on(ws) -> None:
    known(ws, "http://nowhere.invalid/talks.html", TEXT)
    result = CliRunner().invoke(main, ["-w", str(ws.root), "text", "fetch", "talks.zh"])
    assert result.exit_code == 3
    assert "import the file" in result.output


def test_a_text_can_be_added_by_its_address(site, ws) -> None:
    address, pages = site
    pages["/old"] = (302, "/new.html", b"")
    pages["/new.html"] = (200, "", page(TEXT).encode())
    result = CliRunner().invoke(main, ["-w", str(ws.root), "text", "add", f"{address}/old"])
    assert result.exit_code == 0, result.output
    [entry] = Workspace(ws.root).catalogue.entries().values()
    assert entry.source == f"{address}/old"
    assert TEXT[0] in Workspace(ws.root).text(entry.id).content


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "10.0.0.1", "[::1]", "169.254.169.254", "0.0.0.0"]
)
def test_addresses_inside_the_network_are_not_asked(host: str) -> None:
    with pytest.raises(BadInput, match="inside this network"):
        fetch(f"http://{host}/")


def test_a_redirect_does_not_lead_inside(site) -> None:
    address, pages = site
    pages["/"] = (302, "ftp://example.org/", b"")
    with pytest.raises(BadInput, match="no web address"):
        fetch(f"{address}/", private=True)
    pages["/round"] = (302, "/round", b"")
    with pytest.raises(BadInput, match="from one address to the next"):
        fetch(f"{address}/round", private=True)


def test_error_pages_and_too_much_are_refused(site) -> None:
    address, pages = site
    with pytest.raises(BadInput, match="error 404"):
        fetch(f"{address}/nothing", private=True)
    pages["/much"] = (200, "", b"x" * 20_000_001)
    with pytest.raises(BadInput, match="more than 20 MB"):
        fetch(f"{address}/much", private=True)


def test_a_server_that_is_gone_is_a_sentence(site) -> None:
    with pytest.raises(Unavailable, match="can't be reached"):
        fetch("http://127.0.0.1:9/", private=True)


def pair_known_by_address(ws: Workspace, address: str) -> Reader:
    known(ws, f"{address}/talks.html", TEXT)
    ws.catalogue._write(
        "text", Entry("talks.en", "Talks", "en-US", hashlib.sha256(b"!").hexdigest())
    )
    ws.catalogue.add_pairing(Pairing("talks", "Talks", "talks.zh", "talks.en"))
    return Reader(create_app(ws))


def shown_mark(page_html: str) -> str:
    return re.search(r'name="shown" value="([0-9a-f]+)"', page_html)[1]


def test_the_library_fetches_what_it_knows_and_shows_it_first(site, ws) -> None:
    address, pages = site
    pages["/talks.html"] = (200, "", page(TEXT).encode())
    reader = pair_known_by_address(ws, address)
    assert "Fetch the Chinese" in reader.get("/").text
    shown = reader.submit("/texts/talks.zh/fetch").text
    assert "the text that the catalogue knows" in shown
    assert TEXT[2] in shown
    assert ws.catalogue.entry("talks.zh").file == ""
    answer = reader.submit("/texts/talks.zh/fetch", shown=shown_mark(shown))
    assert answer.status_code == 302
    assert ws.text("talks.zh").content.splitlines() == TEXT
    assert "Fetch the Chinese" not in reader.get("/").text


def test_the_library_shows_differences_and_stores_only_what_was_shown(site, ws) -> None:
    address, pages = site
    changed = [*TEXT[:2], "第三轮会谈没有举行。", *TEXT[3:]]
    pages["/talks.html"] = (200, "", page(changed).encode())
    reader = pair_known_by_address(ws, address)
    shown = reader.submit("/texts/talks.zh/fetch").text
    assert "4 of the 5 paragraphs" in shown
    assert "Not found: paragraph 3." in shown
    assert "Store it all the same" in shown
    pages["/talks.html"] = (200, "", page([*changed, "又添一段，与先前不同。"]).encode())
    again = reader.submit("/texts/talks.zh/fetch", shown=shown_mark(shown)).text
    assert "changed since you looked" in again
    assert ws.catalogue.entry("talks.zh").file == ""
    assert reader.submit("/texts/talks.zh/fetch", shown=shown_mark(again)).status_code == 302
    assert "又添一段" in ws.text("talks.zh").content


def test_the_library_says_how_to_go_on_offline(ws) -> None:
    reader = pair_known_by_address(ws, "http://nowhere.invalid")
    answer = reader.submit("/texts/talks.zh/fetch")
    assert answer.status_code == 503
    assert "import the file" in answer.text


def test_an_address_is_fetched_for_a_pane_as_it_came(site, ws) -> None:
    address, pages = site
    pages["/talks.html"] = (200, "", page(TEXT).encode())
    reader = Reader(create_app(ws))
    answer = reader.submit("/add/fetch", address=f"{address}/talks.html")
    assert answer.data == page(TEXT).encode()
    assert answer.headers["X-Name"] == "talks.html"
    assert "attachment" in answer.headers["Content-Disposition"]
    english = b"Round one of the talks.\nRound two of the talks.\n"
    stored = reader.upload(
        "/add", src=("talks.html", answer.data), tgt=english, title="T",
        src_address=f"{address}/talks.html",
    )  # fmt: skip
    assert stored.json == {"url": "/b/t"}
    assert ws.catalogue.entry("t.zh").source == f"{address}/talks.html"


def test_no_address_of_this_network_is_fetched_once_others_reach_the_pages(site, ws) -> None:
    address, pages = site
    pages["/talks.html"] = (200, "", page(TEXT).encode())
    reader = pair_known_by_address(ws, address)
    reader.client.application.extensions["workbench.served"] = Served(owner="somebody")
    for url in ("/add/fetch", "/texts/talks.zh/fetch"):
        answer = reader.submit(url, address=f"{address}/talks.html")
        assert answer.status_code == 422
        assert "inside this network" in answer.text

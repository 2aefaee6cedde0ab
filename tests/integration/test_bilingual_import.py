"""Bringing in the work of other tools as a bitext, all or nothing."""

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support import GOLD, SAMPLE, align_by_gold, edit, sample_workspace
from workbench.cli import main
from workbench.domain.reading import rows
from workbench.errors import BadInput
from workbench.exchange.incoming import read_beads
from workbench.exchange.outgoing import ExportOptions
from workbench.services import bilingual, exporting
from workbench.services.page import review_view
from workbench.services.workspace import Workspace


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    return Workspace.init(tmp_path / "empty")


@pytest.fixture
def exported(tmp_path: Path) -> tuple[Workspace, Path]:
    """The sample aligned, one row confirmed and commented, as TMX."""
    ws = sample_workspace(tmp_path / "full")
    align_by_gold(ws)
    row = next(bead for bead in rows(ws.state(SAMPLE)).beads if not bead.is_null)
    edit(ws, "confirm", rows=[row.id], confirmed=True)
    note = {"kind": "comment", "src": [row.src.start, row.src.start + 2], "note": "see the slides"}
    edit(ws, "annotate", annotation=note)
    stream = io.BytesIO()
    exporting.export(ws, SAMPLE, stream, ExportOptions())
    path = tmp_path / "memory.tmx"
    path.write_bytes(stream.getvalue())
    return ws, path


def pairs_of(ws: Workspace, bitext_id: str) -> list[tuple[str, str]]:
    bitext = ws.bitext(bitext_id)
    src, tgt = ws.text(bitext.src_id).content, ws.text(bitext.tgt_id).content
    found = [
        (b.src.of(src).strip(), b.tgt.of(tgt).strip()) for b in rows(ws.state(bitext_id)).beads
    ]
    return [pair for pair in found if all(pair)]


def test_our_own_memory_comes_back_row_by_row(exported, empty) -> None:
    full, path = exported
    bitext, findings = bilingual.import_bitext(empty, path, "tmx", title="Again")
    assert pairs_of(empty, bitext.id) == pairs_of(full, SAMPLE)
    assert findings.units == len(pairs_of(full, SAMPLE))
    view = review_view(empty, bitext.id, "")
    assert [row.confirmed for row in view.rows.values()].count(True) == 1
    notes = [note.annotation.note for row in view.rows.values() for note in row.notes]
    assert len(notes) == 1
    assert "see the slides" in notes[0]
    again = Workspace(empty.root)
    assert again.differences == {}
    assert pairs_of(again, bitext.id) == pairs_of(full, SAMPLE)


def test_inline_codes_are_kept_where_they_stood(empty, tmp_path) -> None:
    path = tmp_path / "codes.tmx"
    path.write_text(
        '<tmx version="1.4"><header srclang="zh"/><body>'
        '<tu><tuv xml:lang="zh"><seg>甲。</seg></tuv><tuv xml:lang="en"><seg>A.</seg></tuv></tu>'
        '<tu><tuv xml:lang="zh"><seg>乙<ph x="1">&lt;b&gt;</ph>。</seg></tuv>'
        '<tuv xml:lang="en"><seg>B.</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    bitext, _ = bilingual.import_bitext(empty, path, "tmx")
    [(name, value)] = empty.state(bitext.id).collection("tags").items()
    assert name.startswith("src:")
    assert value == {
        "at": 4, "kind": "alone", "name": "ph", "attributes": [["x", "1"]], "inner": "&lt;b&gt;",
    }  # fmt: skip


def test_a_file_without_chinese_is_refused_and_nothing_is_stored(empty, tmp_path) -> None:
    path = tmp_path / "fr.tmx"
    path.write_text(
        '<tmx version="1.4"><body><tu><tuv xml:lang="fr"><seg>A</seg></tuv>'
        '<tuv xml:lang="en"><seg>B</seg></tuv></tu></body></tmx>'
    )
    with pytest.raises(BadInput, match=r"holds the languages en, fr.*Chinese"):
        bilingual.import_bitext(empty, path, "tmx")
    assert empty.catalogue.entries() == {}


def test_the_same_file_twice_is_refused(exported, empty) -> None:
    _, path = exported
    bitext, _ = bilingual.import_bitext(empty, path, "tmx")
    seq = empty.state(bitext.id).seq
    with pytest.raises(BadInput, match=f"already the bitext {bitext.id}"):
        bilingual.import_bitext(empty, path, "tmx")
    assert empty.state(bitext.id).seq == seq


def test_two_divided_texts_with_their_links(empty, tmp_path) -> None:
    zh, en, links = (tmp_path / name for name in ("a.zh", "a.en", "a.align"))
    zh.write_text("今天刮风。\n气温下降了。\n他没有来。\n", encoding="utf-8")
    en.write_text("It is windy today and colder.\nThat is all.\nHe did not come.\n")
    links.write_text("[0, 1]:[0]\n[]:[1]\n[2]:[2]\n")
    result = CliRunner().invoke(
        main,
        ["-w", str(empty.root), "import", str(zh), str(en), "--alignment", str(links)],
    )
    assert result.exit_code == 0, result.output
    found = Workspace(empty.root)
    assert pairs_of(found, "a") == [
        ("今天刮风。\n气温下降了。", "It is windy today and colder."),
        ("他没有来。", "He did not come."),
    ]
    links.write_text("[0]:[0]\n")
    with pytest.raises(BadInput, match=r"a\.align: The beads cover 1 of 3"):
        bilingual.import_linked(empty, (zh, en), links)


def test_links_of_intertext_name_their_target_first(empty, tmp_path) -> None:
    zh, en, links = (tmp_path / f"{name}.xml" for name in ("zh", "en", "links"))
    zh.write_text(
        '<text><p id="1"><s id="1:1">今天刮风。</s></p>'
        '<p id="2"><s id="2:1">气温下降了。</s></p></text>',
        encoding="utf-8",
    )
    en.write_text('<text><p id="1"><s id="1:1">It is windy today and colder.</s></p></text>')
    links.write_text(
        '<linkGrp toDoc="en.xml" fromDoc="zh.xml"><link xtargets="1:1;1:1 2:1"/></linkGrp>'
    )
    bitext = bilingual.import_linked(empty, (zh, en), links)
    assert pairs_of(empty, bitext.id) == [
        ("今天刮风。\n气温下降了。", "It is windy today and colder.")
    ]


def test_a_dry_run_tells_and_stores_nothing(exported, empty) -> None:
    _, path = exported
    command = ["-w", str(empty.root), "import", "--dry-run", "--json", str(path)]
    result = CliRunner().invoke(main, command)
    [found] = json.loads(result.stdout)["files"]
    assert found["outcome"] == "parse"
    assert found["langs"] == {"zh-CN": found["units"], "en-US": found["units"]}
    assert found["tool"].startswith("Workbench")
    assert Workspace(empty.root).catalogue.entries() == {}


def test_gold_files_are_links_that_can_be_imported() -> None:
    lines = (GOLD / f"{SAMPLE}.sentences.align").read_text(encoding="utf-8")
    assert len(read_beads(lines)) == len(lines.splitlines())

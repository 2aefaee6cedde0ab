"""Several versions of one original in a workspace: added once, found, and put side by side."""

import json

import pytest
from click.testing import CliRunner

import workbench
from tests.support import (
    COMMENTARY,
    OTHER,
    SAMPLE,
    add_other_version,
    align_by_gold,
    edit,
    rows_of,
    sample_workspace,
)
from workbench.cli import main
from workbench.domain.alignment import Bead, check_tiling
from workbench.errors import BadInput, UsageError
from workbench.services import library, versions


@pytest.fixture
def ws(tmp_path):
    found = sample_workspace(tmp_path / "place")
    align_by_gold(found)
    assert add_other_version(found) == OTHER
    return found


def run(ws, *arguments, code=0):
    result = CliRunner().invoke(main, ["-w", str(ws.root), *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result


def test_versions_of_an_original_are_found_from_each_of_them(ws):
    for bitext in (SAMPLE, OTHER):
        found = versions.versions_of(ws, bitext)
        assert [version.bitext for version in found] == [SAMPLE, OTHER]
        assert all(version.aligned for version in found)
    assert [v.bitext for v in versions.versions_of(ws, "readout-2025-05")] == ["readout-2025-05"]


def test_the_same_version_again_is_no_further_one(ws):
    draft = library.read_draft(ws, ws.text(ws.bitext(OTHER).tgt_id).content.encode())
    assert versions.add_version(ws, SAMPLE, draft).id == OTHER
    assert len(versions.versions_of(ws, SAMPLE)) == 2


def test_a_version_in_the_language_of_the_original_is_refused(ws):
    draft = library.read_draft(ws, "双方就合作问题交换了意见。\n".encode())
    with pytest.raises(BadInput, match="Both texts are in Chinese"):
        versions.add_version(ws, SAMPLE, draft)


def test_common_rows_hold_whole_rows_of_both_versions(ws):
    found = versions.side_by_side(ws, [SAMPLE, OTHER])
    for number, text in enumerate(found.versions):
        ours = [Bead(row.src, row.versions[number]) for row in found.rows]
        ours = [bead for bead in ours if len(bead.src) or len(bead.tgt)]
        check_tiling(ours, len(found.src.content), len(text.content))
    ids = [id_ for row in found.row_ids for id_ in row[0]]
    assert ids == [bead.id for bead in rows_of(ws)]
    joined = found.row_ids[COMMENTARY]
    assert [len(row) for row in joined] == [2, 1]  # the other version has one row for two


def test_a_row_merged_in_one_version_is_joined_in_the_other(ws):
    before = versions.side_by_side(ws, [SAMPLE, OTHER])
    row = rows_of(ws)[COMMENTARY + 4]
    edit(ws, "merge", row=row.id)
    after = versions.side_by_side(ws, [SAMPLE, OTHER])
    assert len(after.rows) == len(before.rows) - 1
    edit(ws, "undo")
    assert versions.side_by_side(ws, [SAMPLE, OTHER]).rows == before.rows


def test_what_cannot_stand_side_by_side_says_why(ws):
    with pytest.raises(UsageError, match="named twice"):
        versions.side_by_side(ws, [SAMPLE, SAMPLE])
    draft = library.read_draft(ws, b"The two sides exchanged views on cooperation.\n")
    new = versions.add_version(ws, SAMPLE, draft)
    with pytest.raises(UsageError, match="not aligned yet"):
        versions.side_by_side(ws, [SAMPLE, new.id])
    other = library.create_bitext(
        ws,
        library.read_draft(ws, "双方交换了意见。\n".encode()),
        library.read_draft(ws, b"The two sides exchanged views.\n"),
    )
    with pytest.raises(UsageError, match="another original"):
        versions.side_by_side(ws, [SAMPLE, other.id])


def test_versions_are_open_to_scripts(ws):
    readout = workbench.open(ws.root, SAMPLE)
    assert [one.id for one in readout.versions()] == [SAMPLE, OTHER]
    table = readout.beside(OTHER)
    assert list(table.columns[:4]) == ["src", "src_start", "src_stop", SAMPLE]
    line = table.iloc[-1]
    assert line[OTHER] == line[SAMPLE]
    content = ws.text(ws.bitext(OTHER).tgt_id).content
    assert content[line[f"{OTHER}_start"] : line[f"{OTHER}_stop"]].strip() == line[OTHER]


def test_versions_are_printed_side_by_side(ws):
    lines = run(ws, "align", SAMPLE, OTHER).stdout.splitlines()
    assert all(line.count("\t") == 2 for line in lines)
    told = json.loads(run(ws, "align", SAMPLE, OTHER, "--json").stdout)
    assert told["bitexts"] == [SAMPLE, OTHER]
    assert len(told["units"]) == len(lines)
    pairs = run(ws, "align", SAMPLE, OTHER, "--format", "vecalign").stdout.splitlines()
    assert pairs[0] == "[0]:[]:0.000000"
    assert pairs[COMMENTARY] == f"[{COMMENTARY}, {COMMENTARY + 1}]:[0, 1]:0.000000"


def test_two_new_versions_at_once_are_refused(ws, tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("The talks were warm.\n", encoding="utf-8")
    result = run(ws, "align", SAMPLE, tmp_path / "a.txt", tmp_path / "b.txt", code=2)
    assert "one version at a time" in result.stderr


def test_another_version_is_cut_by_the_rows_of_the_first(ws):
    found = rows_of(ws)
    cells = versions.beside(ws, SAMPLE, OTHER)
    assert list(cells) == [bead.id for bead in found]
    first, second = found[COMMENTARY : COMMENTARY + 2]
    assert cells[second.id].joined == first.id
    content = ws.text(ws.bitext(OTHER).tgt_id).content
    shown = [words for cell in cells.values() for words in (cell.words, *cell.extra) if words]
    assert "".join("".join(shown).split()) == "".join(content.split())


def test_what_only_the_other_version_has_stands_behind_a_row(ws):
    cells = versions.beside(ws, OTHER, SAMPLE)
    first = next(iter(cells.values()))
    assert len(first.extra) == COMMENTARY
    assert first.words.startswith("From June 11 to 14, 2024")


def test_the_library_has_one_work_with_its_versions(ws):
    works = library.works(ws)
    assert [[shelf.id for shelf in work.versions] for work in works] == [
        [SAMPLE, OTHER], ["readout-2025-05"]]  # fmt: skip
    assert works[0].title == ws.bitext(SAMPLE).title

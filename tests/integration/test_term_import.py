"""Term lists brought into a workspace, with a preview, and taken out again."""

import json

import pytest
from click.testing import CliRunner

from workbench.cli import main
from workbench.detect.terms import TermList
from workbench.domain.terms import Term
from workbench.errors import BadInput
from workbench.services.term_import import import_terms, own_terms, preview_terms


@pytest.fixture
def listed(fresh, tmp_path):
    """A workspace with two terms of its own, and a file with three."""
    (fresh.root / "texts" / "terms.csv").write_text(
        "src,preferred,admitted\n提法,set formulation,\n风骨,moral fibre,backbone\n",
        encoding="utf-8",
    )
    path = tmp_path / "list.csv"
    path.write_text(
        "zh,en,note\n提法,set formulation,\n风骨,strength of character,see 2024\n定力,resolve,\n",
        encoding="utf-8",
    )
    return fresh, path


def test_a_preview_shows_what_would_change_and_changes_nothing(listed):
    ws, path = listed
    before = (ws.root / "texts" / "terms.csv").read_bytes()
    preview = preview_terms(ws, path)
    assert [change.after.src for change in preview.added] == ["定力"]
    [change] = preview.changed
    assert change.before.preferred == "moral fibre"
    assert change.after.admitted == ("backbone", "strength of character")
    assert preview.same == 1
    assert (ws.root / "texts" / "terms.csv").read_bytes() == before


def test_known_renderings_stay_unless_they_are_to_be_replaced(listed):
    ws, path = listed
    import_terms(ws, path)
    assert [term.src for term in own_terms(ws)] == ["提法", "风骨", "定力"]
    assert own_terms(ws)[1] == Term(
        "风骨", "moral fibre", ("backbone", "strength of character"), note="see 2024"
    )
    again = import_terms(ws, path)
    assert (again.added, again.changed, again.same) == ((), (), 3)
    import_terms(ws, path, replace_known=True)
    assert own_terms(ws)[1] == Term("风骨", "strength of character", note="see 2024")


def test_the_checks_go_by_what_was_imported(listed):
    ws, path = listed
    import_terms(ws, path)
    terms = TermList.load(ws.root / "texts" / "terms.csv")
    assert [term.preferred for _, term in terms.find("保持定力")][-1] == "resolve"


def test_a_bad_file_changes_nothing(listed, tmp_path):
    ws, _ = listed
    before = (ws.root / "texts" / "terms.csv").read_bytes()
    bad = tmp_path / "bad.tbx"
    bad.write_bytes(b"<martif><text>")
    with pytest.raises(BadInput, match=r"bad\.tbx: Line 1"):
        import_terms(ws, bad)
    assert (ws.root / "texts" / "terms.csv").read_bytes() == before


def run(ws, *arguments):
    result = CliRunner().invoke(main, ["-w", str(ws.root), "terms", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result


def test_the_commands(listed, tmp_path):
    ws, path = listed
    told = json.loads(run(ws, "import", path, "--dry-run", "--json").stdout)
    assert (len(told["added"]), len(told["changed"]), told["stored"]) == (1, 1, False)
    assert "moral fibre" in run(ws, "import", path).stdout
    own = json.loads(run(ws, "list", "--own", "--json").stdout)
    assert [term["src"] for term in own] == ["提法", "风骨", "定力"]
    for form in ("csv", "tbx"):
        out = tmp_path / f"out.{form}"
        run(ws, "export", "--format", form, "--own", "--out", out)
        assert import_terms(ws, out).same == 3
    everything = json.loads(run(ws, "list", "--json").stdout)
    assert len(everything) > 100
    told = json.loads(run(ws, "export", "--out", "-", "--json").stderr)
    assert told["terms"] == len(everything)

"""Memories of others: stored whole or not at all, and looked into by the concordance."""

import json

import pytest
from click.testing import CliRunner

from workbench.cli import main
from workbench.errors import BadInput, Stopped, UnknownName
from workbench.services import memories
from workbench.services.concordance import concordance
from workbench.storage import memories as table

UNIT = (
    '<tu><tuv xml:lang="zh-TW"><seg>雙方<ph>x</ph>交換意見 {0}。</seg></tuv>'
    '<tuv xml:lang="en-GB"><seg>They exchanged Views {0}%_.</seg></tuv></tu>'
)


@pytest.fixture
def write(tmp_path):
    def write_(count, tail="</body></tmx>"):
        path = tmp_path / "views.tmx"
        units = "".join(UNIT.format(n) for n in range(count))
        path.write_text(f'<tmx version="1.1"><header/><body>{units}{tail}', encoding="utf-8")
        return path

    return write_


def keep(ws, path, **more):
    return memories.import_memory(ws, path, "tmx", **more)


def nothing_left(ws):
    with ws.db.read() as session:
        pairs = [*table.pairs_with(session, "", chinese=True)]
        return not memories.memories(ws) and not table.halves(session) and not pairs


def test_the_concordance_finds_folded_words_in_a_memory(fresh, write):
    memory, findings = keep(fresh, write(3), title="Views")
    assert (memory.units, memory.src_lang, findings.version) == (3, "zh-TW", "1.1")
    for phrase in ("双方交换", "雙方交換", "exchanged  views"):
        found = concordance(fresh, phrase)
        assert (found.total, found.more) == (3, False), phrase
        assert {line.bitext.title for line in found.lines} == {"Views"}
    assert concordance(fresh, "Views 1%_").total == 1  # no wildcards
    assert concordance(fresh, "没有").total == 0


def test_what_does_not_fit_is_said_not_counted(fresh, write):
    keep(fresh, write(9))
    found = concordance(fresh, "交换", limit=5)
    assert (len(found.lines), found.total, found.more) == (5, 5, True)


@pytest.mark.parametrize("tail", ["<tu>", "<tu><tuv xml:lang='zh'><seg>&nbsp;</seg></tuv></tu>"])
def test_a_broken_memory_leaves_nothing(fresh, write, tail):
    with pytest.raises(BadInput, match="nothing was imported"):
        keep(fresh, write(5000, tail))
    assert nothing_left(fresh)


@pytest.mark.parametrize("error", [Stopped("Stopped."), KeyboardInterrupt()])
def test_stopping_leaves_nothing(fresh, write, error):
    def progress(step, done, total):
        if step == "Storing" and done:
            raise error

    with pytest.raises(Stopped):
        keep(fresh, write(5000), progress=progress)
    assert nothing_left(fresh)


def test_what_a_killed_import_left_is_never_seen_and_swept_by_the_next(fresh, write):
    with fresh.db.write() as session:
        table.begin(session, table.Memory("half", "Half", "zh", "en", "", "2024"))
        table.add_pairs(session, [table.MemoryPair("half", 1, "交换", "x", ("交换", "x"))])
    assert concordance(fresh, "交换").total == 0
    keep(fresh, write(2))
    assert concordance(fresh, "交换").total == 2
    with fresh.db.read() as session:
        assert table.halves(session) == []


def test_a_memory_needs_both_languages(fresh, tmp_path):
    path = tmp_path / "a.tmx"
    path.write_text(
        '<tmx version="1.4"><header/><body><tu><tuv xml:lang="zh"><seg>甲</seg></tuv></tu>'
        '<tu><tuv xml:lang="en"><seg>A</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    with pytest.raises(BadInput, match="no pair"):
        keep(fresh, path)
    assert nothing_left(fresh)


def test_the_command_keeps_lists_and_removes(fresh, write):
    def run(*command):
        result = CliRunner().invoke(main, ["-w", str(fresh.root), *command])
        assert result.exit_code == 0, result.output
        return result.stdout

    path = write(4)
    stored = json.loads(run("import", str(path), "--memory", "--json"))["stored"]
    [listed] = json.loads(run("memory", "list", "--json"))
    assert (listed["id"], listed["units"]) == (stored, 4)
    assert "views" in run("memory", "list")
    run("memory", "remove", stored)
    assert nothing_left(fresh)
    with pytest.raises(UnknownName):
        memories.remove_memory(fresh, stored)
    result = CliRunner().invoke(main, ["-w", str(fresh.root), "import", "a", "b", "--memory"])
    assert result.exit_code == 2


def test_a_memory_too_large_to_review_is_refused_as_a_text(fresh, write, monkeypatch):
    from workbench.services import bilingual

    monkeypatch.setattr(bilingual, "ROWS", 3)
    with pytest.raises(BadInput, match="--memory"):
        bilingual.import_bitext(fresh, write(4), "tmx")

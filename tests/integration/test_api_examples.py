"""The examples of docs/api.md run as they stand, in a copy of the repository's workspace."""

import re

import pandas as pd

from tests.support import ROOT, sample_workspace


def test_the_examples_run_and_give_what_they_promise(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "workspace"
    folder.mkdir()
    sample_workspace(folder).db.engine.dispose()
    monkeypatch.chdir(folder)
    content = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    names: dict[str, object] = {}
    examples = re.findall(r"```python\n(.*?)```", content, re.S)
    assert len(examples) >= 4
    for example in examples:
        exec(compile(example, "docs/api.md", "exec"), names)
    assert isinstance(names["beads"], pd.DataFrame)
    assert isinstance(names["findings"], pd.DataFrame)
    assert len(names["findings"]) == len(names["flags"])
    assert names["report"].score.passed is True
    assert list(names["reviewed"].bitext) == ["lanting-visit"]
    assert names["reviewed"].words[0] == names["report"].score.words
    assert capsys.readouterr().out
    names["readout"].workspace.db.engine.dispose()

"""What people like is kept by their name, and only what can be used is kept."""

import pytest

from tests.support import Reader, align_by_gold, sample_workspace
from workbench.web import create_app


@pytest.fixture
def reader(tmp_path):
    ws = sample_workspace(tmp_path)
    align_by_gold(ws)
    return Reader(create_app(ws))


def keys(reader):
    groups = reader.page_data()["commands"]
    return {command["id"]: command["keys"] for group in groups for command in group["commands"]}


def test_keys_go_with_the_name(reader):
    assert reader.send("/preferences", {"name": "Lin"}).status_code == 200
    reader.send("/preferences", {"keys": {"merge": ["w", "Ctrl+m"], "undo": []}})
    assert keys(reader)["merge"] == ["w", "Ctrl+m"]
    assert keys(reader)["undo"] == []
    assert keys(reader)["split"] == ["s"]
    reader.send("/preferences", {"name": "Mei"})
    assert keys(reader)["merge"] == ["m"]
    reader.send("/preferences", {"name": "Lin"})
    assert keys(reader)["merge"] == ["w", "Ctrl+m"]


@pytest.mark.parametrize(
    "value", [{"merge": "m"}, {"merge": ["m"] * 9}, {"merge": ["two keys"]}, ["m"], {"merge": [""]}]
)
def test_what_is_no_key_is_refused(reader, value):
    assert reader.send("/preferences", {"keys": value}).status_code == 400
    assert keys(reader)["merge"] == ["m"]


def test_a_command_of_another_version_is_passed_over(reader):
    assert reader.send("/preferences", {"keys": {"fly": ["y"]}}).status_code == 200
    assert "fly" not in keys(reader)

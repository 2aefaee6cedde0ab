"""What the documents say is so: commands, settings, links, formats, the version."""

import itertools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

import workbench
from workbench.cli import main
from workbench.exchange.tmx import Prop
from workbench.settings import Settings

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
DOCUMENTS = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
OURS = [ROOT / name for name in ("workbench", "tests", "docs", "texts", "alignments", ".ci")]
WRITTEN = {".py", ".md", ".toml", ".html", ".js", ".css", ".txt", ".json", ".jsonl", ".tsv", ""}

# Folders of one machine, at the start of a path; put together so that this file has none.
MACHINE_PATH = re.compile(r"(?<![\w.~/*-])/(?:" + "|".join(["work", "tmp", "root"]) + r")(?:/|\b)")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, "text add"."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command, f"{name} is listed and can't be found"
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        elif not command.hidden:
            yield " ".join((*path, name)), command


def named_commands(text: str) -> set[str]:
    """What follows `workbench` in a text: "text add|list" names "text add" and "text list"."""
    found = set()
    text = text.replace("\\|", "|")  # as a table writes it
    for first, second in re.findall(r"\bworkbench ([a-z|-]+)(?: ([a-z|-]+))?", text):
        found.update(first.split("|"))
        pairs = itertools.product(first.split("|"), second.split("|"))
        found.update(" ".join(pair) for pair in pairs)
    return found


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_command_has_help_and_is_in_the_readme():
    assert isinstance(main, click.Group)
    found = dict(commands(main))
    assert found
    assert not [name for name, command in found.items() if not command.get_short_help_str()]
    assert not found.keys() - named_commands(README.read_text(encoding="utf-8"))


def test_every_option_has_help():
    silent = [
        f"{name} {parameter.opts[0]}"
        for name, command in commands(main)
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help
    ]
    assert not silent


def test_every_setting_is_in_the_readme_with_its_help():
    text = README.read_text(encoding="utf-8")
    for setting in fields(Settings):
        assert f"WORKBENCH_{setting.name.upper()}" in text
        assert setting.metadata["help"] in text


def test_every_tmx_property_is_documented():
    text = (ROOT / "docs" / "tmx.md").read_text(encoding="utf-8")
    assert not [kind for kind in Prop if f"`{kind}`" not in text]


def test_every_dependency_has_its_reason_on_record():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "docs" / "decisions" / "0007-dependencies.md").read_text(encoding="utf-8")
    names = [re.split(r"[<>=\[;~ ]", line)[0] for line in project["dependencies"]]
    assert not [name for name in names if f"| `{name}` |" not in text]


def test_every_decision_is_in_the_index():
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert not [path.name for path in folder.glob("0*.md") if f"({path.name})" not in index]


def test_changelog_has_the_version_of_the_package():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[{re.escape(workbench.__version__)}\]", text, re.MULTILINE)


def test_package_metadata_has_the_version_of_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == workbench.__version__


@pytest.mark.parametrize("path", DOCUMENTS, ids=short)
def test_relative_links_lead_somewhere(path):
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    targets = [target.partition("#")[0] for target in LINK.findall(text)]
    local = [target for target in targets if target and not re.match(r"[a-z]+:", target)]
    assert not [target for target in local if not (path.parent / target).exists()]


def test_every_document_is_reachable_from_the_readme():
    reached, queue = set(), [README]
    while queue:
        path = queue.pop()
        if path in reached or path.suffix != ".md" or not path.is_file():
            continue
        reached.add(path)
        for target in LINK.findall(path.read_text(encoding="utf-8")):
            queue.append((path.parent / target.partition("#")[0]).resolve())
    assert not {short(path) for path in DOCUMENTS} - {short(path) for path in reached}


def test_no_file_names_a_folder_of_one_machine():
    files = [ROOT / name for name in ("README.md", "CHANGELOG.md", "pyproject.toml", ".gitignore")]
    files += [p for folder in OURS for p in sorted(folder.rglob("*")) if p.is_file()]
    read = [p for p in files if p.suffix in WRITTEN and "vendor" not in p.parts]
    found = [
        f"{short(path)}:{number}"
        for path in read
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]
    assert not found


def test_a_folder_of_one_machine_is_found():
    name = "/".join(["", "tmp", "x"])
    assert MACHINE_PATH.search(f'open("{name}")')
    assert not MACHINE_PATH.search("the rework/tmpfile of ./root")

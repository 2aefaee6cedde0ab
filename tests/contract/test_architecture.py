"""The arrows of the architecture, one way only, and the sizes that keep files readable."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "workbench"
FILES = sorted(PACKAGE.rglob("*.py"))
SCRIPTS = [p for p in sorted(PACKAGE.rglob("*.js")) if "vendor" not in p.parts]
TESTS = sorted((ROOT / "tests").rglob("*.py"))

LAYERS = (
    {"errors", "registry", "progress", "settings", "domain"},
    {"segment", "encode", "align", "links", "detect", "claims", "search", "formulations"}
    | {"exchange", "evaluate", "report", "storage"},
    {"services"},
    {"web", "cli", "worker", "__main__"},
)
RANK = {part: rank for rank, parts in enumerate(LAYERS) for part in parts}
BASE, ENGINE, SERVICES, TOP = range(4)
SQL = {"sqlalchemy", "alembic"}
FRONT = {"flask", "flask_babel", "flask_wtf", "waitress", "werkzeug", "click"}

FILE_CEILING = 400
FUNCTION_CEILING = 60


def part_of(path: Path) -> str:
    """The package or module right under `workbench`: "domain", "errors", …"""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def banned(part: str) -> set[str]:
    """Libraries that a part must not import."""
    rank = RANK[part]
    if rank == ENGINE:
        return FRONT if part == "storage" else FRONT | SQL
    if rank == SERVICES:
        return FRONT
    if rank == TOP:
        return SQL | {"torch"}
    return set()  # the base imports the standard library only


def imports(tree: ast.AST, package: str) -> Iterator[str]:
    """Dotted names of everything imported, anywhere in the file, relative ones resolved."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                parents = package.split(".")[: len(package.split(".")) - node.level + 1]
                module = ".".join([*parents, *([module] if module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def violations(source: str, part: str, package: str) -> list[str]:
    """Sentences on what a file of this part imports and must not."""
    found = []
    for name in imports(ast.parse(source), package):
        root, *rest = name.split(".")
        if root == "workbench":
            other = rest[0] if rest else ""
            if other in RANK and RANK[other] > RANK[part]:
                found.append(f"{part} must not import {other}, which is above it")
            if part == "domain" and RANK.get(other, BASE) > BASE:
                found.append(f"domain must not import {other}")
        elif RANK[part] == BASE and root not in sys.stdlib_module_names:
            found.append(f"{part} imports {root}, which is not in the standard library")
        elif root in banned(part):
            found.append(f"{part} must not import {root}")
    return found


def package_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).parent.parts)


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=short)
def test_imports_point_down(path):
    part = part_of(path)
    if part == "__init__":  # what everybody may import must import nobody when it is loaded
        tree = ast.parse(path.read_text(encoding="utf-8"))
        loaded = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        names = [name for node in loaded for name in imports(node, "workbench")]
        assert not [name for name in names if name.split(".")[0] == "workbench"]
        return
    assert part in RANK, f"give {part} a layer in this test"
    assert not violations(path.read_text(encoding="utf-8"), part, package_of(path))


@pytest.mark.parametrize(
    ("part", "package", "source"),
    [
        ("domain", "workbench.domain", "import numpy"),
        ("domain", "workbench.domain", "from workbench.segment import split"),
        ("errors", "workbench", "from workbench import web"),
        ("align", "workbench.align", "def f():\n    from workbench.services import library"),
        ("detect", "workbench.detect", "import sqlalchemy.orm"),
        ("storage", "workbench.storage", "from flask import current_app"),
        ("services", "workbench.services", "from ..web import create_app"),
        ("web", "workbench.web", "from sqlalchemy import select"),
    ],
)
def test_an_arrow_that_points_up_is_found(part, package, source):
    assert violations(source, part, package)


def test_parts_do_not_import_each_other_in_a_circle():
    arrows: dict[str, set[str]] = {}
    for path in FILES:
        part = part_of(path)
        names = imports(ast.parse(path.read_text(encoding="utf-8")), package_of(path))
        targets = {name.split(".")[1] for name in names if name.startswith("workbench.")}
        arrows.setdefault(part, set()).update((targets & RANK.keys()) - {part})
    assert not circle(arrows)


def test_modules_do_not_import_each_other_in_a_circle():
    modules = {module_name(path): path for path in FILES}
    arrows = {}
    for name, path in modules.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        found = {target for node in top for target in imports(node, package_of(path))}
        arrows[name] = {
            target if target in modules else target.rpartition(".")[0] for target in found
        } & modules.keys() - {name}
    assert not circle(arrows)


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def circle(arrows: dict[str, set[str]]) -> list[str]:
    """The names along one circle, or [] when there is none."""
    done: set[str] = set()

    def walk(name: str, trail: list[str]) -> list[str]:
        if name in trail:
            return [*trail[trail.index(name) :], name]
        if name in done:
            return []
        for other in sorted(arrows.get(name, ())):
            if found := walk(other, [*trail, name]):
                return found
        done.add(name)
        return []

    for name in sorted(arrows):
        if found := walk(name, []):
            return found
    return []


def test_circle_is_found():
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert not circle({"a": {"b", "c"}, "b": {"c"}})


@pytest.mark.parametrize("path", [*FILES, *TESTS, *SCRIPTS], ids=short)
def test_file_fits_in_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_CEILING


@pytest.mark.parametrize("path", FILES, ids=short)
def test_function_fits_on_one_screen(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    too_long = {
        node.name: size
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and (size := node.end_lineno - node.lineno + 1) > FUNCTION_CEILING
    }
    assert not too_long

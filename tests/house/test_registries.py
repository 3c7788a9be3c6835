"""Registries of levers and checks: every file is listed, each listed one documented and tested."""

from __future__ import annotations

import ast
import importlib
from types import ModuleType
from typing import Any

import pytest

from house.tree import ROOT, SRC, parsed, registered, short

HEADINGS = ("Finds:", "Matters:", "Not when:", "Source:")
ROOMS = ("levers", "checks")


def room(name: str) -> ModuleType:
    """Return the package of a registry room."""
    return importlib.import_module(f"tthc_flow.{name}")


def tuples(name: str) -> list[tuple[Any, ...]]:
    """Return the registries of a room: what works on one procedure, then what on a folder."""
    listed = [room(name).ALL]
    return [*listed, room(name).OF_FOLDERS] if name == "levers" else listed


@pytest.mark.parametrize("name", ROOMS)
def test_the_registry_lists_exactly_the_files_of_its_folder(name: str) -> None:
    listed = [each.id for registry in tuples(name) for each in registry]
    assert sorted(listed) == [path.stem for path in registered(name)]


@pytest.mark.parametrize("name", ROOMS)
def test_the_registry_is_an_explicit_tuple(name: str) -> None:
    assert all(isinstance(registry, tuple) for registry in tuples(name))


@pytest.mark.parametrize("name", ROOMS)
def test_each_file_is_its_own_documentation(name: str) -> None:
    missing = []
    for path in registered(name):
        lines = (ast.get_docstring(parsed(path)) or "").splitlines()
        missing += [
            f"{short(path)} lacks {heading}"
            for heading in HEADINGS
            if not any(line.startswith(heading) for line in lines)
        ]
    assert missing == []


@pytest.mark.parametrize("name", ROOMS)
def test_each_file_has_a_test_that_names_it(name: str) -> None:
    tests = "\n".join(
        path.read_text("utf-8") + path.as_posix() for path in (ROOT / "tests" / name).rglob("*.py")
    )
    untested = [short(path) for path in registered(name) if path.stem not in tests]
    assert untested == []


def test_a_lever_imports_no_other_lever() -> None:
    imports = [
        f"{short(path)}:{node.lineno}"
        for path in registered("levers")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("tthc_flow.levers")
        and not (node.module or "").startswith("tthc_flow.levers._")
    ]
    assert imports == []


def test_a_check_imports_no_other_check() -> None:
    imports = [
        f"{short(path)}:{node.lineno}"
        for path in registered("checks")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("tthc_flow.checks")
        and not (node.module or "").startswith("tthc_flow.checks._")
    ]
    assert imports == []


def test_the_registry_rooms_are_where_the_plan_says() -> None:
    assert [name for name in ROOMS if not (SRC / name / "__init__.py").is_file()] == []

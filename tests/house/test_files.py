"""The house's rules for files: small, well named, importing downwards, naming no machine."""

from __future__ import annotations

import ast
import re

from house.tree import SRC, code_lines, files, functions, modules, parsed, short

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
SAYS_NOTHING = {"util", "utils", "helper", "helpers", "common", "manager", "base", "mixin", "misc"}
# Spelt so that this file does not name what it forbids.
OF_ONE_MACHINE = re.compile(
    r"(?<![\w./-])/wor[k]\b|/roo[t]/|/hom[e]/\w|pypi[.]org|pythonhosted[.]org|npmjs[.]org"
    r"|crates[.]io|proxy[.]golang|deb[.]debian|--index-ur[l]|--extra-index-ur[l]"
)


def test_no_python_file_is_longer_than_300_lines() -> None:
    lengths = {short(path): len(path.read_text("utf-8").splitlines()) for path in files(".py")}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_40_lines_without_its_docstring() -> None:
    too_long = [
        f"{short(path)}:{function.name} has {code_lines(function)}"
        for path in files(".py")
        for function in functions(parsed(path))
        if code_lines(function) > LONGEST_FUNCTION
    ]
    assert too_long == []


def test_names_of_files_folders_and_classes_say_what_is_in_them() -> None:
    poor = [
        short(path)
        for path in files(".py")
        if SAYS_NOTHING & {part.strip("_") for part in (*path.parent.parts, path.stem)}
    ]
    poor += [
        f"{short(path)}:{node.name}"
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef)
        and node.name.lower().endswith(("manager", "helper", "mixin", "utils"))
    ]
    assert poor == []


def test_no_exception_is_swallowed() -> None:
    swallowed = [
        f"{short(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or all(isinstance(line, ast.Pass) for line in node.body))
    ]
    assert swallowed == []


def test_no_module_imports_the_front_door() -> None:
    through = [
        f"{short(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.ImportFrom) and node.module == "tthc_flow")
        or (isinstance(node, ast.Import) and any(name.name == "tthc_flow" for name in node.names))
    ]
    assert through == []


def test_every_room_is_a_package_that_says_what_it_is() -> None:
    rooms = [path.parent for path in SRC.glob("*/*.py")]
    silent = [
        short(room)
        for room in sorted(set(rooms))
        if not (room / "__init__.py").is_file()
        or ast.get_docstring(parsed(room / "__init__.py")) is None
    ]
    assert silent == []


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    named = []
    for path in files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        named += [f"{short(path)}: {match[0]}" for match in OF_ONE_MACHINE.finditer(text)]
    assert named == []


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\b(?:TO[D]O|FIXM[E]|XX[X]|HAC[K])\b")
    left = [short(path) for path in files(".py") if marks.search(path.read_text("utf-8"))]
    assert left == []

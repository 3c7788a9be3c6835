"""What the meta-tests look at: the files of the repository and the functions in them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "tthc_flow"
MADE = {".git", ".venv", "out", "_build", "dist", "build", "__pycache__"}
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


def files(*suffixes: str) -> list[Path]:
    """Return the repository's own files with one of *suffixes* (all files without one)."""
    return [path for path in _walk(ROOT) if not suffixes or path.suffix in suffixes]


def _walk(folder: Path) -> Iterator[Path]:
    open_folders = [folder]
    while open_folders:
        for path in sorted(open_folders.pop().iterdir()):
            if path.name in MADE or path.name.endswith(("_cache", ".egg-info")):
                continue
            if path.is_dir() and path.name not in {".hypothesis", ".benchmarks"}:
                open_folders.append(path)
            elif path.is_file():
                yield path


def short(path: Path) -> str:
    """Return *path* as seen from the repository."""
    return path.relative_to(ROOT).as_posix()


def modules(folder: Path = SRC) -> list[Path]:
    """Return the Python files under *folder*."""
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


@cache
def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of the file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(tree: ast.Module) -> Iterator[FunctionNode]:
    """Yield every function and method of the file."""
    for node in ast.walk(tree):
        if isinstance(node, FunctionNode):
            yield node


def code_lines(function: FunctionNode) -> int:
    """Return the length of *function* without its docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None and first.end_lineno is not None:
        lines -= first.end_lineno - first.lineno + 1
    return lines


def registered(room: str) -> list[Path]:
    """Return the files of a registry room: one a lever or check, none with a leading underscore."""
    return [path for path in modules(SRC / room) if not path.name.startswith("_")]

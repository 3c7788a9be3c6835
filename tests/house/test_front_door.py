"""The front door and each room's public functions: listed, documented, with an example."""

from __future__ import annotations

import ast

import tthc_flow
from house.tree import SRC, modules, parsed, short

# The functions that other rooms and users call: each shows its use.
PUBLIC = {
    "bpmn/build.py": "build",
    "bpmn/decisions.py": "read_decisions",
    "bpmn/read.py": "read",
    "bpmn/write.py": "write",
    "checks/__init__.py": "check",
    "decisions/decide.py": "decide",
    "decisions/gaps.py": "completeness",
    "decisions/overlaps.py": "overlaps",
    "expressions/expression.py": "compile_expression",
    "engine/run.py": "run_every_branch",
    "layout/fresh.py": "lay_out",
    "layout/keep.py": "keep",
    "measures/differences.py": "differences",
    "measures/measure.py": "measure",
    "measures/norm_time.py": "norm_time",
    "picture/svg.py": "draw",
    "proof/prove.py": "prove",
    "proof/soundness.py": "soundness",
    "repairs/prepare.py": "prepare_procedure",
    "tables/procedure.py": "to_procedure",
    "tables/read.py": "read_table",
    "words/actors.py": "read_performer",
    "words/durations.py": "read_duration",
    "words/kinds.py": "read_kinds",
    "words/messages.py": "message",
    "words/syllables.py": "key",
}
VERBS = (
    "write", "convert", "annotate", "check", "measure", "propose", "compare", "show", "prepare",
    "run", "papers", "resolve", "heat_map",
)  # fmt: skip


def documented(path: str, name: str) -> str | None:
    """Return what is wrong with the documentation of one function, or ``None``."""
    for node in ast.walk(parsed(SRC / path)):
        if isinstance(node, ast.FunctionDef) and node.name == name:
            text = ast.get_docstring(node) or ""
            return None if ">>>" in text else f"{path}:{name} shows no example"
    return f"{path}:{name} is not there"


def test_every_name_of_the_front_door_is_there() -> None:
    names = getattr(tthc_flow, "__all__", ())
    assert len(names) == len(set(names))
    assert [name for name in names if getattr(tthc_flow, name, None) is None] == []


def test_the_front_door_shows_its_names_to_completion() -> None:
    assert set(getattr(tthc_flow, "__all__", ())) <= set(dir(tthc_flow))


def test_public_functions_are_documented_by_a_running_example() -> None:
    there = {path: name for path, name in PUBLIC.items() if (SRC / path).is_file()}
    wrong = [documented(path, name) for path, name in there.items()]
    assert [each for each in wrong if each is not None] == []


def test_every_verb_is_documented_by_a_running_example() -> None:
    there = [verb for verb in VERBS if (SRC / "verbs" / f"{verb}.py").is_file()]
    wrong = [documented(f"verbs/{verb}.py", verb) for verb in there]
    assert [each for each in wrong if each is not None] == []


def test_every_public_function_says_what_it_returns_or_does() -> None:
    silent = [
        f"{short(path)}:{node.name}"
        for path in modules()
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]
    assert silent == []

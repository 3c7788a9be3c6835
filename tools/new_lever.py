"""Make a new lever: its file, its line in the registry, its test (``make new-lever NAME=…``)."""

from __future__ import annotations

import keyword
import re
import sys
from pathlib import Path
from string import Template
from typing import Final

TEMPLATES: Final = Path(__file__).resolve().parent / "templates"
NAME: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def new_lever(root: Path, name: str) -> tuple[Path, ...]:
    """Write the three places of lever *name* under *root* and return them.

    Raises:
        ValueError: The name cannot name a module, or is taken.
    """
    if not NAME.fullmatch(name) or keyword.iskeyword(name):
        message = f"{name!r} is no name of a lever: say the move, like hand_down_decision"
        raise ValueError(message)
    lever = root / "src" / "tthc_flow" / "levers" / f"{name}.py"
    test = root / "tests" / "levers" / name / f"test_{name}.py"
    registry = lever.with_name("__init__.py")
    for path in (lever, test):
        if path.exists():
            message = f"{path} is already there"
            raise ValueError(message)
    listed = with_line(registry.read_text(encoding="utf-8"), name)
    test.parent.mkdir(parents=True)
    lever.write_text(filled("lever.py.txt", name), encoding="utf-8")
    test.write_text(filled("lever_test.py.txt", name), encoding="utf-8")
    registry.write_text(listed, encoding="utf-8")
    return lever, registry, test


def filled(template: str, name: str) -> str:
    """Return the template's text for lever *name*."""
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    return Template(text).substitute(name=name)


def with_line(registry: str, name: str) -> str:
    """Return the registry's text with *name* imported, and listed as its last lever."""
    imports = re.search(r"from tthc_flow\.levers import \((.*?)\n\)", registry, re.DOTALL)
    listing = re.search(r"\nALL: Final = \((.*?)\n\)", registry, re.DOTALL)
    if imports is None or listing is None:
        message = "levers/__init__.py has not the form this tool knows"
        raise ValueError(message)
    names = sorted({*re.findall(r"\w+", imports[1]), name})
    lines = "".join(f"\n    {each}," for each in names)
    return (
        registry[: imports.start(1)]
        + lines
        + registry[imports.end(1) : listing.end(1)]
        + f"\n    {name}.LEVER,"
        + registry[listing.end(1) :]
    )


def main(arguments: list[str]) -> int:
    """Make the lever named on the command line and say what was written."""
    root = Path(__file__).resolve().parents[1]
    try:
        written = new_lever(root, *arguments)
    except (TypeError, ValueError) as error:
        sys.stderr.write(f"{error}\nuse: make new-lever NAME=say_the_move\n")
        return 2
    sys.stdout.write("".join(f"{path.relative_to(root)}\n" for path in written))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

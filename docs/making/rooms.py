"""Make the pages of the levers and the checks: each one's docstring is its documentation."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

ROOMS: Final = {
    "levers": ("Levers", "Moves that make a procedure lighter; one file each."),
    "checks": ("Checks", "Whether a drawing is fit for analysis; one file each."),
}
HEADING: Final = re.compile(r"^(Finds|Matters|Not when|Source):\s*", re.MULTILINE)


def write_pages(docs: Path) -> None:
    """Write ``docs/levers`` and ``docs/checks``: one page a file of the room, and an index."""
    for room, (title, lead) in ROOMS.items():
        folder = docs / room
        folder.mkdir(exist_ok=True)
        source = docs.parent / "src" / "tthc_flow" / room
        pages = {
            f"{path.stem}.md": page(path)
            for path in sorted(source.glob("*.py"))
            if not path.name.startswith("_")
        }
        names = "\n".join(name.removesuffix(".md") for name in pages)
        pages["index.md"] = f"# {title}\n\n{lead}\n\n```{{toctree}}\n:maxdepth: 1\n\n{names}\n```\n"
        for stale in set(folder.glob("*.md")) - {folder / name for name in pages}:
            stale.unlink()
        for name, text in pages.items():
            _write(folder / name, text)


def page(path: Path) -> str:
    """Return the page of one lever or check: its title, then its headings."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or path.stem
    title, _, rest = text.partition("\n")
    body = HEADING.sub(lambda match: f"## {match[1]}\n\n", rest)
    lines = (line.strip() for line in body.splitlines())
    spaced = re.sub(r"\n+(## [^\n]+)\n+", r"\n\n\1\n\n", "\n".join(lines))
    return f"# {title.strip().removesuffix('.')}\n\n`{path.stem}`\n{spaced.rstrip()}\n"


def _write(path: Path, text: str) -> None:
    """Write only what changed, so that Sphinx need not read it again."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")

"""The pages of the levers and the checks: a docstring is the English page, a table has the other.

``rooms_vi.csv`` holds the Vietnamese of what each docstring says under the same headings.
"""

from __future__ import annotations

import ast
import csv
import re
from pathlib import Path
from typing import Final

from making.files import write_folder

ROOMS: Final = {
    "levers": ("Levers", "Moves that make a procedure lighter; one file each."),
    "checks": ("Checks", "Whether a drawing is fit for analysis; one file each."),
}
ROOMS_VI: Final = {
    "levers": ("Giải pháp cắt giảm", "Mỗi trang là một giải pháp làm cho thủ tục nhẹ hơn."),
    "checks": ("Kiểm tra sơ đồ", "Mỗi trang là một điều được kiểm tra trước khi phân tích."),
}
HEADINGS_VI: Final = {
    "finds": "Tìm thấy gì",
    "matters": "Vì sao đáng làm",
    "not_when": "Khi nào không áp dụng",
}
HEADING: Final = re.compile(r"^(Finds|Matters|Not when|Source):\s*", re.MULTILINE)


def write_rooms(docs: Path) -> None:
    """Write the pages of both rooms, in English and in Vietnamese, with an index each."""
    vietnamese = in_vietnamese(docs)
    for room, (title, lead) in ROOMS.items():
        sources = files(docs, room)
        write_folder(
            docs / room, f"# {title}\n\n{lead}", {each.stem: page(each) for each in sources}
        )
        pages = {each.stem: page_vi(each, vietnamese[room, each.stem]) for each in sources}
        write_folder(docs / "vi" / room, "# {}\n\n{}".format(*ROOMS_VI[room]), pages)


def files(docs: Path, room: str) -> list[Path]:
    """Return the source of every lever or check."""
    folder = docs.parent / "src" / "tthc_flow" / room
    return [path for path in sorted(folder.glob("*.py")) if not path.name.startswith("_")]


def in_vietnamese(docs: Path) -> dict[tuple[str, str], dict[str, str]]:
    """Return the rows of ``rooms_vi.csv`` by room and file."""
    text = (docs / "making" / "rooms_vi.csv").read_text(encoding="utf-8")
    return {(row["room"], row["id"]): row for row in csv.DictReader(text.splitlines())}


def page(path: Path) -> str:
    """Return the English page of one lever or check: its title, then its headings."""
    title = docstring(path).partition("\n")[0].strip().removesuffix(".")
    parts = [f"# {title}\n\n`{path.stem}`"]
    parts += [f"## {head}\n\n{said[:1].upper()}{said[1:]}" for head, said in told(path).items()]
    return "\n\n".join(parts) + "\n"


def page_vi(path: Path, row: dict[str, str]) -> str:
    """Return the Vietnamese page of one lever or check; the source is the same."""
    parts = [f"# {row['title']}\n\n`{path.stem}`"]
    parts += [f"## {HEADINGS_VI[each]}\n\n{row[each]}" for each in HEADINGS_VI]
    parts.append(f"## Nguồn\n\n{told(path)['Source']}")
    return "\n\n".join(parts) + "\n"


def told(path: Path) -> dict[str, str]:
    """Return what the docstring of a lever or check says under each of its headings."""
    _, *parts = HEADING.split(docstring(path))
    return {
        head: " ".join(said.split()) for head, said in zip(parts[::2], parts[1::2], strict=True)
    }


def docstring(path: Path) -> str:
    """Return the docstring of a file."""
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""

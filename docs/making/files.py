"""Writing pages that are made: what did not change is left, what is no longer made goes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def write_folder(folder: Path, head: str, pages: Mapping[str, str]) -> None:
    """Write *pages* by their names into *folder*, with an index: *head*, then a way to each."""
    names = "\n".join(pages)
    index = f"{head}\n\n```{{toctree}}\n:maxdepth: 1\n\n{names}\n```\n"
    write_pages(folder, {f"{name}.md": text for name, text in {**pages, "index": index}.items()})


def write_pages(folder: Path, wanted: Mapping[str, str]) -> None:
    """Make *folder* hold *wanted*, by file name, and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    for stale in {each.name for each in folder.iterdir()} - wanted.keys():
        (folder / stale).unlink()
    for name, text in wanted.items():
        write_page(folder / name, text)


def write_page(path: Path, text: str) -> None:
    """Write only what changed, so that Sphinx need not read it again."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")

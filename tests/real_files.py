"""The 1,223 real files beside the repository, read once a test process: fixture ``real_files``."""

from __future__ import annotations

import csv
import gc
import time
from pathlib import Path

from attrs import frozen

from tthc_flow.bpmn.read import Reading, read
from tthc_flow.errors import UnreadableInput


@frozen(kw_only=True)
class RealFile:
    """What was read of a file that can be read, and its row of the manifest."""

    name: str
    path: Path
    row: dict[str, str]
    reading: Reading
    seconds: float


@frozen(kw_only=True)
class RealFiles:
    """The files that are read, in the order of the manifest; the code of each refused one.

    *rows* are those of all files, refused ones too.
    """

    rows: tuple[dict[str, str], ...]
    read: tuple[RealFile, ...]
    refused: dict[str, str]


def read_all(folder: Path) -> RealFiles:
    """Read every file of the manifest in *folder*; *seconds* are the processor's, a file alone."""
    found, refused = [], {}
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        path = folder / "files" / row["file"]
        start = time.process_time()
        try:
            reading = read(path)
        except UnreadableInput as error:
            refused[row["file"]] = error.code
            continue
        seconds = time.process_time() - start
        found.append(
            RealFile(name=row["file"], path=path, row=row, reading=reading, seconds=seconds)
        )
    # They stay until the end: the collector need not look through them again and again.
    gc.collect()
    gc.freeze()
    return RealFiles(rows=tuple(rows), read=tuple(found), refused=refused)

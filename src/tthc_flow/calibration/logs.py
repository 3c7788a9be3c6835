"""An event log from a file: XES or a table, compressed or not, case by case."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from tthc_flow.calibration.csv_events import csv_cases
from tthc_flow.calibration.log_bytes import MAX_BYTES, log_bytes
from tthc_flow.calibration.xes_events import xes_cases

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from tthc_flow.calibration.doubts import Doubts
    from tthc_flow.calibration.event import Case

_XES: Final = (".xes", ".xes.gz")
_MARKS: Final = b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n"


def read_log(
    path: str | os.PathLike[str], doubts: Doubts, max_bytes: int = MAX_BYTES
) -> Iterator[Case]:
    r"""Yield the cases of the log *path*; only some of them are in memory at a time.

    What is called ``.xes`` or begins with ``<`` is read as XES, all else as a table (CSV).

    Args:
        path: The file; gzip is unpacked as it is read.
        doubts: Takes what is broken or unclear.
        max_bytes: What the content may not exceed.

    Raises:
        UnreadableInput: TF201-TF210 for a file that cannot be read, TF226 and TF272 for a table
            that is none, TF271 for other XML, TF273 for broken gzip.

    Example:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> from tthc_flow.calibration.doubts import Doubts
        >>> with TemporaryDirectory() as folder:
        ...     place = Path(folder) / "a.csv"
        ...     number = place.write_text("case,activity,time\n1,A,2026-03-02T08:00\n")
        ...     [case.id for case in read_log(place, Doubts())]
        ['1']

    Source: IEEE Std 1849-2023 (XES); RFC 4180 (CSV).
    """
    place = str(path)
    with log_bytes(path, max_bytes) as pieces:
        head = next(pieces, b"")
        all_of_it = chain((head,), pieces)
        is_xes = head.lstrip(_MARKS).startswith(b"<") or place.lower().endswith(_XES)
        read = xes_cases if is_xes else csv_cases
        yield from read(all_of_it, place, doubts)

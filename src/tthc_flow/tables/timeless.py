"""An office file as bytes: the same content is the same file, whatever the clock says."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from typing import IO

_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
_TIMES: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


class Saves(Protocol):
    """A workbook of openpyxl, a document of python-docx."""

    def save(self, into: IO[bytes], /) -> None:
        """Write the file."""


def timeless(office: Saves) -> bytes:
    """Return *office* as a file in which no time of writing stands.

    Example:
        >>> from openpyxl import Workbook
        >>> timeless(Workbook())[:2]
        b'PK'

    Source: ECMA-376, part 2 (a package is a zip file; its core properties hold the times).
    """
    raw, out = io.BytesIO(), io.BytesIO()
    office.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.infolist():
            entry = zipfile.ZipInfo(each.filename, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            data = old.read(each)
            if each.filename == "docProps/core.xml":
                data = _TIMES.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
            new.writestr(entry, data)
    return out.getvalue()

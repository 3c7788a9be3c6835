"""A Word document as bytes: the same words are the same file."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from docx.document import Document

_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)


def packed(document: Document) -> bytes:
    """Return *document* as a .docx file in which no time of writing stands.

    Example:
        >>> import docx
        >>> packed(docx.Document())[:2]
        b'PK'

    Source: ECMA-376, part 2 (a package is a zip file).
    """
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.infolist():
            entry = zipfile.ZipInfo(each.filename, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(each))
    return out.getvalue()

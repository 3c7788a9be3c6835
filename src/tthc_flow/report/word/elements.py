"""Elements of WordprocessingML that python-docx has no call for."""

from __future__ import annotations

from typing import Any


def element(name: str, attributes: dict[str, str] | None = None) -> Any:  # noqa: ANN401 - lxml's
    """Return a new element of the main namespace (``w:tblHeader``) with its attributes.

    Example:
        >>> element("w:lang", {"val": "vi-VN"}).tag.endswith("}lang")
        True

    Source: ECMA-376, part 1, 17 (WordprocessingML).
    """
    from docx.oxml import OxmlElement

    made = OxmlElement(name)
    for key, value in (attributes or {}).items():
        made.set(w(key), value)
    return made


def w(name: str) -> str:
    """Return *name* with the main namespace, as lxml wants it."""
    from docx.oxml.ns import qn

    return qn(f"w:{name}")

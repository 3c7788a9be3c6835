"""The text of a Word paragraph as it is printed: no deleted and no hidden text, no field codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.tables.office.word_numbers import W

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SIGNS: Final = {
    f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t",
}  # fmt: skip
_TEXT: Final = frozenset({f"{W}t", f"{M}t"})
_NOT_PRINTED: Final = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{MC}Fallback", f"{W}pPr", f"{W}rPr", f"{W}txbxContent"}
    | {f"{W}tbl", f"{W}p", f"{W}footnoteReference", f"{W}endnoteReference"}
)
"""What is deleted, said a second time for old programs, or a block of its own."""


def printed(paragraph: Element) -> str:
    """Return the text of *paragraph*; line breaks stay, what is deleted or hidden is left out.

    Source: ECMA-376 17.3 (paragraphs and runs), 17.13.5 (revisions).
    """
    return "".join(_pieces(paragraph))


def _pieces(parent: Element) -> Iterator[str]:
    open_ = [iter(parent)]
    while open_:
        child = next(open_[-1], None)
        if child is None:
            open_.pop()
        elif child.tag in _TEXT:
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == f"{M}den":
            yield "/"
            open_.append(iter(child))
        elif child.tag not in _NOT_PRINTED and not _hidden(child):
            open_.append(iter(child))


def _hidden(run: Element) -> bool:
    if run.tag != f"{W}r":
        return False
    told = run.find(f"{W}rPr/{W}vanish")
    return told is not None and told.get(f"{W}val", "true") not in {"0", "false", "off"}


def mark_deleted(paragraph: Element) -> bool:
    """Return whether the end of *paragraph* is deleted: it goes on in the next one."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None

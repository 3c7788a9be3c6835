"""The text of a Word paragraph that holds: nothing deleted, hidden or crossed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.tables.office.word_numbers import W, value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SIGNS: Final = {
    f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t",
}  # fmt: skip
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TEXT: Final = frozenset({f"{W}t", f"{M}t"})
_NOT_PRINTED: Final = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{MC}Fallback", f"{W}pPr", f"{W}rPr", f"{W}txbxContent"}
    | {f"{W}tbl", f"{W}p", f"{W}footnoteReference", f"{W}endnoteReference"}
)
"""What is deleted, said a second time for old programs, or a block of its own."""

_REVISIONS: Final = ("ins", "del", "moveTo", "moveFrom", "cellIns", "cellDel")


def printed(paragraph: Element) -> str:
    """Return the text of *paragraph*; line breaks stay.

    What is deleted, hidden or crossed out is left out.

    Source: ECMA-376 17.3 (paragraphs and runs), 17.13.5 (revisions).
    """
    return "".join(_pieces(paragraph, struck=False))


def crossed_out(paragraph: Element) -> str:
    """Return the text of *paragraph* that is crossed out by a line.

    Source: ECMA-376 17.3.2.37 (strike) and 17.3.2.9 (dstrike).
    """
    return " ".join("".join(_pieces(paragraph, struck=True)).split())


def _pieces(parent: Element, *, struck: bool) -> Iterator[str]:
    """Yield the texts of the runs that are *struck* out, or of those that are not."""
    open_ = [iter(parent)]
    while open_:
        child = next(open_[-1], None)
        if child is None:
            open_.pop()
        elif child.tag in _NOT_PRINTED or (struck and child.tag.startswith(M)):
            continue
        elif child.tag == f"{W}r" and value(child.find(f"{W}rPr/{W}vertAlign")) == "superscript":
            if not _is(child, "vanish") and _is_struck(child) is struck:
                yield "".join(each.text or "" for each in child.iter(f"{W}t")).translate(_RAISED)
        elif child.tag in _TEXT:
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == f"{M}den":
            yield "/"
            open_.append(iter(child))
        elif child.tag != f"{W}r" or (not _is(child, "vanish") and _is_struck(child) is struck):
            open_.append(iter(child))


def _is_struck(run: Element) -> bool:
    return _is(run, "strike") or _is(run, "dstrike")


def _is(run: Element, name: str) -> bool:
    """Return whether *run* has the property *name* of its own."""
    told = run.find(f"{W}rPr/{W}{name}")
    return told is not None and told.get(f"{W}val", "true") not in {"0", "false", "off"}


def is_revised(part: Element) -> bool:
    """Return whether text or cells were put in or taken out in *part* under tracking.

    Source: ECMA-376 17.13.5 (revisions).
    """
    return any(part.find(f".//{W}{name}") is not None for name in _REVISIONS)


def mark_deleted(paragraph: Element) -> bool:
    """Return whether the end of *paragraph* is deleted: it goes on in the next one."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None

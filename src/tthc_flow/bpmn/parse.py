"""From text to a tree of elements, safely: no DTD, entities, network; a cap on depth.

The text is parsed once by libxml2; every walk over the tree is a loop, never a recursion.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from tthc_flow.bpmn.names import BPMN, DEFINITIONS
from tthc_flow.bpmn.source import SourceText
from tthc_flow.errors import UnreadableInput

MAX_DEPTH: Final = 256
"""Default cap on nested elements; BPMN drawn by people stays below 30."""


def parse(source: SourceText, max_depth: int) -> etree._Element:
    """Return the root ``definitions`` of *source*.

    Raises:
        UnreadableInput: TF208 (not XML), TF209 (truncated), TF210 (too deep), TF211 (another root).
    """
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=False,
        strip_cdata=False,
        huge_tree=True,
    )
    try:
        root = etree.fromstring(source.text.encode("utf-8", "surrogatepass"), parser)
    except etree.XMLSyntaxError as error:
        raise _malformed(error, source) from error
    _refuse_depth(root, source.place, max_depth)
    if root.tag != DEFINITIONS:
        raise UnreadableInput(
            "TF211",
            f"root element is {root.tag}, not BPMN 2.0 definitions",
            place=f"{source.place}:{root.sourceline}",
            hint=f"export as BPMN 2.0 XML (namespace {BPMN})",
        )
    return root


def _malformed(error: etree.XMLSyntaxError, source: SourceText) -> UnreadableInput:
    line, column = error.position
    reason = (error.msg or "not well-formed").rsplit(", line ", 1)[0]
    where = f"{source.place}:{line}:{column}"
    if "depth" in reason.lower():
        return UnreadableInput("TF210", reason, place=where, hint="flatten the nested elements")
    begun = source.text.lstrip().startswith("<")
    if begun and ("Premature end" in reason or not source.text.rstrip().endswith(">")):
        return UnreadableInput(
            "TF209",
            f"file ends too early ({reason})",
            place=where,
            hint="the download or copy was cut off: fetch or export the file again",
        )
    return UnreadableInput(
        "TF208", f"not XML ({reason})", place=where, hint="correct that place, or export again"
    )


def _refuse_depth(root: etree._Element, place: str, max_depth: int) -> None:
    level = [root]
    for _ in range(max_depth):
        level = [child for element in level for child in element]
        if not level:
            return
    raise UnreadableInput(
        "TF210",
        f"elements are nested deeper than {max_depth}",
        place=f"{place}:{level[0].sourceline}",
        hint="flatten the nested elements, or raise max_depth if you trust the file",
    )

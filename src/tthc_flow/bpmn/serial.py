"""Elements as text: indented, with the prefixes in scope, free of any namespace declaration.

lxml's own serialiser would repeat declarations on every fragment that is put into a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from tthc_flow.bpmn.names import XSI_TYPE

_IN_TEXT: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_ATTRIBUTE: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\n": "&#10;",
    "\r": "&#13;",
    "\t": "&#9;",
}
_TEXT: Final = str.maketrans(_IN_TEXT)
_ATTRIBUTE: Final = str.maketrans(_IN_ATTRIBUTE)


def attribute(value: str) -> str:
    """Return *value* escaped for a double-quoted attribute; line breaks survive."""
    return value.translate(_ATTRIBUTE)


def prefixed(name: str, prefixes: Mapping[str, str]) -> str:
    """Return the qualified *name* with its prefix ("" is the default namespace)."""
    if not name.startswith("{"):
        return name
    namespace, _, local = name[1:].partition("}")
    prefix = prefixes[namespace]
    return f"{prefix}:{local}" if prefix else local


def serialise(
    element: etree._Element,
    prefixes: Mapping[str, str],
    *,
    indent: str = "",
    unit: str = "  ",
    newline: str = "\n",
) -> str:
    """Return *element* as text; lines after the first start with *indent*."""
    parts: list[str] = []
    depth = 0
    for event, each in etree.iterwalk(element, events=("start", "end")):
        name = prefixed(each.tag, prefixes)
        if event == "start":
            if depth:
                parts.append(newline + indent + unit * depth)
            parts.append(f"<{name}{_attributes(each, prefixes)}")
            # Blanks around children are indentation of where the element came from.
            text = "" if len(each) and (each.text or "").isspace() else each.text or ""
            parts.append(">" if len(each) or text else "/>")
            parts.append(text.translate(_TEXT))
            depth += 1
            continue
        depth -= 1
        if len(each):
            parts.append(newline + indent + unit * depth)
        if len(each) or each.text:
            parts.append(f"</{name}>")
    return "".join(parts)


def _attributes(element: etree._Element, prefixes: Mapping[str, str]) -> str:
    parts = []
    for name, value in element.attrib.items():
        # The one attribute whose value is itself a qualified name.
        text = prefixed(str(value), prefixes) if name == XSI_TYPE else str(value)
        parts.append(f' {prefixed(str(name), prefixes)}="{attribute(text)}"')
    return "".join(parts)

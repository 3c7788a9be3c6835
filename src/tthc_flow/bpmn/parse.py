"""From text to a tree of elements, safely: no DTD, entities, network; caps on depth and number.

The text is parsed once by libxml2; every walk over the tree is a loop, never a recursion.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import islice
from typing import Any, Final

from attrs import frozen
from lxml import etree

from tthc_flow.bpmn.names import (
    BPMN,
    DC,
    DEFINITIONS,
    DI,
    FOREIGN_PREFIXES,
    PREFIXES,
    PROCESS,
    SUB_PROCESSES,
)
from tthc_flow.bpmn.source import SourceText, prolog_end
from tthc_flow.errors import UnreadableInput
from tthc_flow.words.fact_words import fact_words

MAX_DEPTH: Final = 256
"""Default cap on nested elements; BPMN drawn by people stays below 30."""

MAX_ELEMENTS: Final = 200_000
"""Default cap: about 15,000 nodes with their drawing; the largest of 1,223 files has 2,430."""

_FAR: Final = 16
_FAR_DOWN, _ONE_DOWN = (etree.XPath("/".join("*" * steps)) for steps in (_FAR, 1))
"""The elements so many levels down: most files end before, and one question tells."""

_MOST_ASSUMED: Final = 16
_START_TAG: Final = re.compile(r"<[^/!?]")
_STAND_IN: Final = "urn:tthc-flow:undeclared:"
_DRAFT: Final = "http://schema.omg.org/spec/BPMN/2.0"
_DRAFT_NAMED: Final = re.compile(rf"""(\sxmlns(?::[\w.-]+)?\s*=\s*["']){re.escape(_DRAFT)}(["'])""")
_UNDECLARED: Final = re.compile(r"Namespace prefix ([\w.-]+) (?:for \S+ )?on \S+ is not defined")
_NAMESPACE: Final = re.compile(r"""xmlns(?::[^\s=]+)?\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LATE_DECLARATION: Final = re.compile(r"\s+<\?xml\s[^>]*\?>")
_NOT_A_BREAK: Final = re.compile(r"[^\n]")
_ROOT_NAME: Final = re.compile(r"<[^\s/>!?]+")
_KNOWN: Final = {
    **dict((*PREFIXES, *FOREIGN_PREFIXES[:1])),
    "bpmn2": BPMN,
    "semantic": BPMN,
    "omgdc": DC,
    "omgdi": DI,
    "camunda": "http://camunda.org/schema/1.0/bpmn",
    "zeebe": "http://camunda.org/schema/zeebe/1.0",
    "modeler": "http://camunda.org/schema/modeler/1.0",
}


@frozen
class Parsed:
    """The tree, and what had to be assumed to read it.

    Namespaces of prefixes, an *old* dialect, and an XML declaration that comes too *late*.
    """

    root: etree._Element
    assumed: tuple[tuple[str, str], ...] = ()
    old: bool = False
    late: bool = False


def parse(source: SourceText, max_depth: int, max_elements: int = MAX_ELEMENTS) -> Parsed:
    """Return the root of *source*: ``definitions``, or a process or sub-process cut out of one.

    A prefix that is not declared gets the namespace it is known for, or one of its own; the draft
    namespace of BPMN 2.0 is read as the final one. The text itself is not changed.

    Raises:
        UnreadableInput: TF208 (not XML), TF209 (truncated), TF210 (too deep), TF211 (another root),
            TF216 (too many elements).
    """
    _refuse_crowd(source, max_elements)
    assumed: dict[str, str] = {}
    text, late = _with_declaration_first(source.text)
    root = _tree(text, assumed, source)
    old = str(root.tag).startswith(f"{{{_DRAFT}}}")
    if old:
        root = _tree(_DRAFT_NAMED.sub(rf"\g<1>{BPMN}\g<2>", text), assumed, source)
    _refuse_depth(root, source.place, max_depth)
    if root.tag not in {DEFINITIONS, PROCESS, *SUB_PROCESSES}:
        raise UnreadableInput(
            "TF211",
            f"root element is {root.tag}, not BPMN 2.0 definitions",
            fact_vi=f"<{root.tag}>",
            place=f"{source.place}:{root.sourceline}",
            hint=f"export as BPMN 2.0 XML (namespace {BPMN})",
        )
    return Parsed(root, tuple(assumed.items()), old, late)


def declared(parsed: Parsed, source: SourceText) -> frozenset[str]:
    """Return every namespace that *source* declares, or that was assumed for it.

    No element or attribute of it is of another. What only looks like a declaration is among them.
    """
    found = {unescape(one or other) for one, other in _NAMESPACE.findall(source.text)}
    return frozenset(found.union(uri for _, uri in parsed.assumed))


def parse_any(source: SourceText, max_depth: int) -> etree._Element:
    """Return the root of *source*, whatever it is called, as safely as :func:`parse`.

    Raises:
        UnreadableInput: TF208 (not XML), TF209 (truncated), TF210 (too deep), TF216 (too many
            elements).
    """
    _refuse_crowd(source, MAX_ELEMENTS)
    text, _ = _with_declaration_first(source.text)
    root = _tree(text, {}, source)
    _refuse_depth(root, source.place, max_depth)
    return root


def _with_declaration_first(text: str) -> tuple[str, bool]:
    """Return *text* without a declaration behind blanks, its places kept, and whether it had one.

    The encoding is settled already, and nothing else in a declaration says anything here.
    """
    found = _LATE_DECLARATION.match(text)
    if found is None:
        return text, False
    return _NOT_A_BREAK.sub(" ", found.group()) + text[found.end() :], True


def _tree(text: str, assumed: dict[str, str], source: SourceText) -> etree._Element:
    """Return the tree of *text*, declaring the prefixes that it forgot in *assumed*."""
    while True:
        declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in assumed.items())
        at = _behind_root_name(text)
        try:
            return etree.fromstring(
                f"{text[:at]}{declared}{text[at:]}".encode("utf-8", "surrogatepass"), _parser()
            )
        except etree.XMLSyntaxError as error:
            found = _UNDECLARED.match(error.msg or "")
            if found is None or found[1] in assumed or len(assumed) >= _MOST_ASSUMED:
                raise _malformed(error, source) from error
            assumed[found[1]] = _KNOWN.get(found[1], f"{_STAND_IN}{found[1]}")


def _behind_root_name(text: str) -> int:
    position = prolog_end(text)
    found = _ROOT_NAME.match(text, position)
    return position if found is None else found.end()


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=False,
        strip_cdata=False,
        huge_tree=True,
    )


def _malformed(error: etree.XMLSyntaxError, source: SourceText) -> UnreadableInput:
    line, column = error.position
    reason = (error.msg or "not well-formed").rsplit(", line ", 1)[0]
    where = f"{source.place}:{line}:{column}"
    if "depth" in reason.lower():
        return UnreadableInput("TF210", reason, place=where, hint="flatten the nested elements")
    begun = source.text.lstrip().startswith("<")
    cut_off = not source.text.rstrip().endswith(">") and "Extra content" not in reason
    if begun and ("Premature end" in reason or cut_off):
        return UnreadableInput(
            "TF209",
            f"file ends too early ({reason})",
            fact_vi="",
            place=where,
            hint="the download or copy was cut off: fetch or export the file again",
        )
    return UnreadableInput(
        "TF208",
        f"not XML ({reason})",
        fact_vi=reason,
        place=where,
        hint="correct that place, or export again",
    )


def _refuse_crowd(source: SourceText, max_elements: int) -> None:
    """Refuse a text with too many tags before there is a tree of them, which takes the memory."""
    if source.text.count("<") <= max_elements:
        return
    beyond = next(islice(_START_TAG.finditer(source.text), max_elements, None), None)
    if beyond is None:
        return
    line = source.text.count("\n", 0, beyond.start()) + 1
    raise UnreadableInput(
        "TF216",
        **fact_words("file-fact-elements", most=max_elements),
        place=f"{source.place}:{line}",
        hint="split it, or raise max_elements if you trust it",
    )


def _refuse_depth(root: etree._Element, place: str, max_depth: int) -> None:
    level, left = [root], max_depth
    while left:
        further, down = (_FAR_DOWN, _FAR) if left >= _FAR else (_ONE_DOWN, 1)
        found: Any = [further(element) for element in level if len(element)]  # elements, by "*"
        level = [deeper for each in found for deeper in each]
        left -= down
        if not level:
            return
    raise UnreadableInput(
        "TF210",
        **fact_words("file-fact-deeper", most=max_depth),
        place=f"{place}:{level[0].sourceline}",
        hint="flatten the nested elements, or raise max_depth if you trust the file",
    )

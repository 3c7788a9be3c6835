"""Defects planted in BPMN files, each with the elements that it is about: the answers of a test.

The files are changed as XML, by nothing of this library, so that no tool has a head start.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from copy import deepcopy

from attrs import frozen
from lxml import etree

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DRAWN = "{http://www.omg.org/spec/BPMN/20100524/DI}"
BOX = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
FACTS = "{urn:tthc-flow:bpmn:1}"
TASKS = {f"{MODEL}{kind}" for kind in ("task", "userTask", "serviceTask", "manualTask", "sendTask")}

Touched = set[str | None]
"""The ids that a defect is about; ``None`` is the file as a whole."""


@frozen(kw_only=True)
class Planted:
    """A file with one defect."""

    source: str
    defect: str
    text: str
    touched: Touched


def said(element: etree._Element, name: str = "id") -> str:
    """Return an attribute, by default the id; empty where there is none."""
    return element.get(name) or ""


def take_out(element: etree._Element) -> None:
    """Take an element out of its file."""
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


class Drawn:
    """One file as XML, with what defects are planted by."""

    def __init__(self, text: bytes, rng: random.Random) -> None:
        self.root = etree.fromstring(text)
        self.rng = rng
        process = self.root.find(f"{MODEL}process")
        assert process is not None
        self.process = process

    def of(self, *kinds: str) -> list[etree._Element]:
        """Return the elements of the process itself that are of these kinds."""
        return [each for kind in kinds for each in self.process.findall(f"{MODEL}{kind}")]

    @property
    def tasks(self) -> list[etree._Element]:
        return [each for each in self.process if each.tag in TASKS]

    def ways(self, node: etree._Element, end: str) -> list[etree._Element]:
        """Return the arrows whose *end* (``sourceRef``, ``targetRef``) is at *node*."""
        return [each for each in self.of("sequenceFlow") if said(each, end) == said(node)]

    def any_of(self, some: list[etree._Element]) -> etree._Element:
        """Return one of *some*; where there is none the defect has no place here."""
        if not some:
            raise LookupError
        return self.rng.choice(some)

    def two_of(self, some: list[etree._Element]) -> tuple[etree._Element, etree._Element]:
        """Return two of *some*, likewise."""
        if len(some) < 2:
            raise LookupError
        one, other = self.rng.sample(some, 2)
        return one, other

    def around(self, node: etree._Element) -> Touched:
        """Return a node, its arrows and its neighbours."""
        arrows = self.ways(node, "sourceRef") + self.ways(node, "targetRef")
        ends = {said(arrow, end) for arrow in arrows for end in ("id", "sourceRef", "targetRef")}
        return {said(node), *ends}

    def lead(self, arrow: etree._Element, target: etree._Element) -> None:
        """Let *arrow* end at *target*."""
        name = said(arrow)
        self._unmention(name, "incoming")
        arrow.set("targetRef", said(target))
        self._mention(target, "incoming", name)

    def double(self, arrow: etree._Element) -> etree._Element:
        """Draw *arrow* again, with an id of its own."""
        twin = deepcopy(arrow)
        twin.set("id", f"{arrow.get('id')}_again")
        arrow.addnext(twin)
        for node in self.process:
            for tag, end in (("outgoing", "sourceRef"), ("incoming", "targetRef")):
                if said(node) == said(arrow, end):
                    self._mention(node, tag, said(twin))
        for line in self._pictures(arrow):
            copy = deepcopy(line)
            copy.set("bpmnElement", said(twin))
            copy.set("id", f"{line.get('id')}_again")
            line.addnext(copy)
        return twin

    def drop(self, element: etree._Element) -> None:
        """Take out an element, its arrows, its picture and every mention of it."""
        for end in ("sourceRef", "targetRef"):
            for arrow in self.ways(element, end):
                self.drop(arrow)
        for picture in self._pictures(element):
            take_out(picture)
        for tag in ("incoming", "outgoing", "flowNodeRef"):
            self._unmention(said(element), tag)
        take_out(element)

    def _pictures(self, element: etree._Element) -> list[etree._Element]:
        name = said(element)
        return [each for each in self.root.iter(f"{DRAWN}*") if said(each, "bpmnElement") == name]

    def boxes(self, element: etree._Element) -> Iterator[etree._Element]:
        """Yield where *element* is drawn."""
        for picture in self._pictures(element):
            yield from picture.findall(BOX)

    def _mention(self, node: etree._Element, tag: str, name: str) -> None:
        mention = etree.Element(f"{MODEL}{tag}")
        mention.text = name
        after = [each for each in node if each.tag == f"{MODEL}extensionElements"]
        node.insert(len(after), mention)

    def _unmention(self, name: str, tag: str) -> None:
        for mention in list(self.process.iter(f"{MODEL}{tag}")):
            if mention.text == name:
                take_out(mention)


def planted(source: str, text: bytes, defects: dict[str, Plant]) -> Iterator[Planted]:
    """Yield *text* with each of *defects* that has a place in it."""
    for name, plant in defects.items():
        drawn = Drawn(text, random.Random(f"{source}:{name}"))
        try:
            touched = plant(drawn)
        except LookupError:
            continue
        changed = etree.tostring(drawn.root, encoding="unicode")
        yield Planted(source=source, defect=name, text=changed, touched=touched)


Plant = Callable[[Drawn], Touched]
"""Plants one defect; returns what it is about, or raises LookupError where it has no place."""

"""Root elements that others refer to: messages, signals, errors, escalations, categories."""

from __future__ import annotations

from typing import Final

from attrs import define, field
from lxml import etree

from tthc_flow.bpmn.names import bpmn
from tthc_flow.model.flow import Trigger

_VALUE: Final = bpmn("categoryValue")
_ROOTS: Final = {
    Trigger.MESSAGE: "message",
    Trigger.SIGNAL: "signal",
    Trigger.ERROR: "error",
    Trigger.ESCALATION: "escalation",
}


@define
class Names:
    """Ids that are taken, and the root elements (messages, signals, …) that others refer to."""

    taken: set[str]
    roots: dict[tuple[Trigger, str], etree._Element] = field(factory=dict)
    categories: dict[str, etree._Element] = field(factory=dict)

    @property
    def elements(self) -> tuple[etree._Element, ...]:
        """Return every root element."""
        return (*self.roots.values(), *self.categories.values())

    def fresh(self, stem: str) -> str:
        """Return an id that nothing has yet, and take it."""
        identifier, number = stem, 1
        while identifier in self.taken:
            number += 1
            identifier = f"{stem}_{number}"
        self.taken.add(identifier)
        return identifier

    def refer(self, trigger: Trigger, name: str) -> str:
        """Return the id of the root element (message, signal, …) called *name*."""
        known = self.roots.get((trigger, name))
        if known is None:
            tag = _ROOTS[trigger]
            known = etree.Element(bpmn(tag), id=self.fresh(f"{tag.capitalize()}_1"), name=name)
            self.roots[trigger, name] = known
        return str(known.get("id"))

    def category(self, value: str) -> str:
        """Return the id of the category value that names a group *value*."""
        known = self.categories.get(value)
        if known is None:
            known = etree.Element(bpmn("category"), id=self.fresh("Category_1"))
            etree.SubElement(known, _VALUE, id=self.fresh("CategoryValue_1"), value=value)
            self.categories[value] = known
        return next(
            str(each.get("id")) for each in known.iter(_VALUE) if each.get("value") == value
        )


def known_categories(root: etree._Element) -> dict[str, etree._Element]:
    """Return the categories that a file already has, by the value of each of their values."""
    return {
        str(value.get("value")): category
        for category in root.iterchildren(bpmn("category"))
        for value in category.iterchildren(_VALUE)
        if value.get("id") and value.get("value")
    }


def known_roots(root: etree._Element) -> dict[tuple[Trigger, str], etree._Element]:
    """Return the messages, signals and errors that a file already has, by trigger and name."""
    return {
        (trigger, element.get("name") or str(element.get("id"))): element
        for trigger, tag in _ROOTS.items()
        for element in root.iterchildren(bpmn(tag))
        if element.get("id")
    }

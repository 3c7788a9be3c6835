"""The findings of one reading, collected in the order they are met.

Each says which element (the id the model uses for it), its name and its line in the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import define, field

from tthc_flow.model.finding import Finding, Severity

if TYPE_CHECKING:
    from lxml import etree


@define
class Findings:
    """A growing list of findings; *ids* knows the model's id of each element of the file."""

    ids: Mapping[etree._Element, str] = field(factory=dict)
    found: list[Finding] = field(factory=list)

    def add(
        self,
        code: str,
        severity: Severity,
        element: etree._Element,
        *,
        at: etree._Element | None = None,
        **values: str,
    ) -> None:
        """Add the finding *code* about *element*; *at* is a part of it with a line of its own."""
        self.found.append(
            Finding(
                code=code,
                severity=severity,
                element=self.ids.get(element) or element.get("id"),
                name=" ".join((element.get("name") or "").split()) or None,
                line=line_of(element if at is None else at),
                values=tuple(values.items()),
            )
        )


def line_of(element: etree._Element) -> int | None:
    """Return the line on which *element* starts; elements made by hand have none."""
    line: Any = element.sourceline  # the stubs leave its type open
    return None if line is None else int(line)

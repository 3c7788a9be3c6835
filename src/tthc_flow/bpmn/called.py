"""What a call activity names: a process or a global task, by the qualified name of its id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.bpmn.index import local
from tthc_flow.bpmn.names import EXTENSIONS, bpmn

if TYPE_CHECKING:
    from lxml import etree

GLOBAL_TASKS: Final = frozenset(
    bpmn(f"global{kind}Task") for kind in ("", "BusinessRule", "Manual", "Script", "User")
)
_CALLED: Final = "calledElement"
_ZEEBE: Final = "{http://camunda.org/schema/zeebe/1.0}calledElement"
_EXPRESSIONS: Final = ("${", "#{", "=")


@frozen
class Named:
    """The id that a call names, and the namespace of its prefix where the file declares it."""

    id: str
    namespace: str | None = None

    @property
    def computed(self) -> bool:
        """Return whether only an engine can work out which process is meant."""
        return self.id.startswith(_EXPRESSIONS)


def named(call: etree._Element) -> Named | None:
    """Return what *call* names: BPMN's own attribute, else the element that Zeebe uses."""
    text = call.get(_CALLED)
    if text is None:
        extensions = call.find(EXTENSIONS)
        stated = None if extensions is None else extensions.find(_ZEEBE)
        text = None if stated is None else stated.get("processId")
    if not text or not text.strip():
        return None
    prefix, colon, _ = text.strip().partition(":")
    return Named(local(text, call), call.nsmap.get(prefix) if colon else None)

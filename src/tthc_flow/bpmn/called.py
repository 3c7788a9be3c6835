"""What a call activity names: a process or a global task, by the qualified name of its id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.bpmn.index import Index, local
from tthc_flow.bpmn.names import EXTENSIONS, bpmn

if TYPE_CHECKING:
    from lxml import etree

GLOBAL_TASKS: Final = frozenset(
    bpmn(f"global{kind}Task") for kind in ("", "BusinessRule", "Manual", "Script", "User")
)
CALLED: Final = "calledElement"
_ZEEBE: Final = tuple(
    f"{{http://camunda.org/schema/zeebe/1.0}}{name}" for name in ("calledElement", "CalledElement")
)  # some programs write the name of the type
_NAME: Final = re.compile(r"(?!.*[\U00010000-\U0010ffff])[^\W\d][\w.\-]*")
"""A name as validators of XML know it: the first edition has none beyond the basic plane."""
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
    text = call.get(CALLED)
    if text is None:
        stated = asks_engine(call)
        text = None if stated is None else stated.get("processId")
    if not text or not text.strip():
        return None
    prefix, colon, _ = text.strip().partition(":")
    return Named(local(text, call), call.nsmap.get(prefix) if colon else None)


def asks_engine(call: etree._Element) -> etree._Element | None:
    """Return the element in which *call* names its process for Zeebe, if it has one."""
    extensions = call.find(EXTENSIONS)
    return None if extensions is None else next(extensions.iterchildren(*_ZEEBE), None)


def process_of(said: Named | None, index: Index) -> str | None:
    """Return the process that a call names, which a global task and an expression are not."""
    if said is None or said.computed:
        return None
    target = index.elements.get(said.id)
    return None if target is not None and target.tag in GLOBAL_TASKS else said.id


def is_name(text: str) -> bool:
    """Return whether BPMN's own attribute can hold *text* as the id of what is called."""
    return _NAME.fullmatch(text) is not None

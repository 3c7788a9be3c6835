"""Front doors: the names of a package, each imported from its own module when it is first used."""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = False  # typing's own would cost nine tenths of `import tthc_flow`
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


def front_door(
    package: str, places: Mapping[str, str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return the ``__getattr__`` and the ``__dir__`` of *package*, which has the names of *places*.

    A name that was used once stands in the package like any other; one that is not among *places*
    raises ``AttributeError``.

    Args:
        package: The full name of the package.
        places: By name, the module of *package* that holds it.

    Example:
        >>> get, names = front_door("xml", {"parse": "etree.ElementTree"})
        >>> get("parse").__module__, names()
        ('xml.etree.ElementTree', ['parse'])

    Source: PEP 562.
    """

    def get(name: str) -> Any:  # noqa: ANN401 - whatever stands there
        if name not in places:
            message = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(message)
        found = getattr(import_module(f"{package}.{places[name]}"), name)
        setattr(import_module(package), name, found)
        return found

    return get, lambda: list(places)


_SHOWN = (
    ("bpmn.read", "Reading"),
    ("model.procedure", "Procedure"),
    ("measures.comparison", "Comparison"),
    ("verbs.propose", "Proposal"),
    ("simulation.simulation", "Simulation"),
)
"""What a notebook shows as a picture with its figures, by the module and name of its class."""


def show_in_notebooks() -> None:
    """Let the notebook that this runs in show results as pictures; nothing elsewhere.

    What draws them is imported when the first of them is shown, and the classes know nothing of it.

    Example:
        >>> show_in_notebooks()

    Source: IPython, ``for_type_by_name`` of its formatters.
    """
    get = getattr(sys.modules.get("IPython"), "get_ipython", None)
    shell = get() if get is not None else None
    if shell is None:
        return
    formatter = shell.display_formatter.mimebundle_formatter
    for module, name in _SHOWN:
        formatter.for_type_by_name(f"tthc_flow.{module}", name, _shown)


def _shown(thing: object) -> dict[str, str]:
    found: dict[str, str] = import_module("tthc_flow.verbs.notebook").mimebundle(thing)
    return found

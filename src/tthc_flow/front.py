"""Front doors: the names of a package, each imported from its own module when it is first used."""

from __future__ import annotations

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

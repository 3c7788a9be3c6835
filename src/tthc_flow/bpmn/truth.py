"""Yes or no in an attribute, as the schema reads it and as programs print it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml import etree

_WORDS: Final = {"true": True, "1": True, "false": False, "0": False}


def truth(element: etree._Element, name: str, *, silent: bool = False) -> bool:
    """Return what the attribute *name* says; *silent* where it is missing or says neither.

    Blanks around the value are allowed by the schema. Capitals are not, but programs print their
    own ``False``: taking that for the default would turn the meaning round.

    Example:
        >>> from lxml import etree
        >>> [truth(etree.Element("a", b=value), "b") for value in ("true", " 1 ", "True", "0", "x")]
        [True, True, True, False, False]

    Source: W3C XML Schema part 2, 3.2.2 (boolean, whiteSpace collapse).
    """
    said = element.get(name)
    return silent if said is None else _WORDS.get(said.strip().lower(), silent)

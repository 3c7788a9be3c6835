"""What a text of the file says in our own language of conditions: a name, a number, a condition.

Engines write their own languages (JUEL, FEEL, Java). Only what means the same in ours is taken: a
bare name, with or without its wrapping, and a condition that compiles. Nothing is evaluated.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tthc_flow.bpmn.names import EXPRESSION
from tthc_flow.errors import BadExpression
from tthc_flow.expressions.expression import compile_expression

if TYPE_CHECKING:
    from lxml import etree

_WRAPPED: Final = re.compile(r"[$#]\{(?P<juel>[^{}]*)\}|=(?P<feel>[^=].*)", re.DOTALL)
_COMPARES: Final = re.compile(r"[=<>≠≤≥]|\b(?:thuộc|in)\s*\(", re.IGNORECASE)
_COUNT: Final = re.compile(r"\d{1,9}", re.ASCII)
_NEGATED: Final = re.compile(r"(?:không|not)\s*\((.*)\)", re.DOTALL)


def words(element: etree._Element) -> str:
    """Return all text inside *element*."""
    return "".join(str(each) for each in element.itertext())


def unwrapped(text: str) -> str:
    """Return *text* without the wrapping that marks it as a whole as an expression.

    Example:
        >>> unwrapped("${sendMail}"), unwrapped("=items"), unwrapped("${a} và ${b}")
        ('sendMail', 'items', '${a} và ${b}')
    """
    found = _WRAPPED.fullmatch(text.strip())
    return text.strip() if found is None else (found["juel"] or found["feel"] or "").strip()


def bare_name(text: str) -> str | None:
    """Return the name of the case's data that *text* is, or ``None``.

    Example:
        >>> bare_name("${số_lần}"), bare_name("Danh sách"), bare_name("orders.list()")
        ('số_lần', 'Danh sách', None)
    """
    try:
        found = compile_expression(unwrapped(text))
    except BadExpression:
        return None
    return found.text if found.text in found.names else None


def count(text: str) -> str | None:
    """Return the number, or the name of the data that holds it, that *text* is.

    A name of several words is taken for what people write to each other.

    Example:
        >>> count(" 3 "), count("${n}"), count("${n + 1}"), count("as many as it takes")
        ('3', 'n', None, None)
    """
    inside = unwrapped(text)
    return inside if _COUNT.fullmatch(inside) else one_word(inside)


def one_word(text: str) -> str | None:
    """Return the name of the case's data that *text* is, if it is a single word."""
    name = bare_name(text)
    return None if name is None or len(name.split()) > 1 else name


def compiles(text: str) -> bool:
    """Return whether *text* is a condition of our own language."""
    try:
        compile_expression(text)
    except BadExpression:
        return False
    return True


def condition_of(element: etree._Element | None) -> str | None:
    """Return the condition of our own language in *element*: said to be one, or it compiles.

    A condition that names another language is foreign, whatever it looks like; so is one that
    names none and compares nothing but has names of several words: that is how people write.
    """
    if element is None:
        return None
    language, text = element.get("language"), words(element)
    if language == EXPRESSION:
        return text
    return text.strip() if not language and compiles(text) and not _is_prose(text) else None


def _is_prose(text: str) -> bool:
    several = any(len(name.split()) > 1 for name in compile_expression(text).names)
    return several and _COMPARES.search(text) is None


def negated(text: str) -> str:
    """Return the condition that holds where *text* does not; twice gives *text* again.

    Example:
        >>> negated("đủ"), negated("không (đủ)"), negated("không (a) và (b)")
        ('không (đủ)', 'đủ', 'không (không (a) và (b))')
    """
    found = _NEGATED.fullmatch(text)
    if found is not None and compiles(found[1]):
        return found[1]
    return f"không ({text})"

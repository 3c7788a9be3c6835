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
from tthc_flow.expressions.lexemes import one_name

if TYPE_CHECKING:
    from lxml import etree

_WRAPPED: Final = re.compile(r"[$#]\{(?P<juel>[^{}]*)\}|=(?P<feel>[^=].*)", re.DOTALL)
_COMPARES: Final = re.compile(r"[=<>≠≤≥]|\b(?:thuộc|in)\s*\(", re.IGNORECASE)
_COUNT: Final = re.compile(r"\d{1,9}", re.ASCII)
_NEGATED: Final = re.compile(r"(?:không|not)\s*\((.*)\)", re.DOTALL)
_COUNTERS: Final = {
    "nrOfInstances": "numberOfInstances",
    "nrOfActiveInstances": "numberOfActiveInstances",
    "nrOfCompletedInstances": "numberOfCompletedInstances",
}
_COUNTER: Final = rf"(?:{'|'.join((*_COUNTERS, *_COUNTERS.values()))})"
_OF_ENGINES: Final = re.compile(rf"""'[^']*'|"[^"]*"|\b(?:{"|".join(_COUNTERS)})\b""")
_COUNTS_COMPARED: Final = re.compile(
    rf"(?:{_COUNTER}\s*(?P<one>[=!<>]=|[<>=])\s*(?:{_COUNTER}|\d{{1,9}})"
    rf"|\d{{1,9}}\s*(?P<other>[=!<>]=|[<>=])\s*{_COUNTER})",
    re.ASCII,
)


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
        >>> bare_name("${số_lần}"), bare_name("Danh  sách"), bare_name("orders.list()")
        ('số_lần', 'Danh sách', None)
    """
    try:
        found = compile_expression(unwrapped(text))
    except BadExpression:
        return None
    name = one_name(found.text)
    return name if name in found.names else None


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
    return text.strip() if not language and compiles(text) and not is_prose(text) else None


def is_prose(text: str) -> bool:
    """Return whether the condition *text* reads like what people write to each other.

    It compares nothing, and a name of it has several words.

    Example:
        >>> is_prose("hồ sơ hợp lệ"), is_prose("loại hồ sơ = 'A'"), is_prose("hợp_lệ")
        (True, False, False)
    """
    several = any(len(name.split()) > 1 for name in compile_expression(text).names)
    return several and _COMPARES.search(text) is None


def completion_of(element: etree._Element) -> str | None:
    """Return the condition that ends the rounds, in our language, that *element* holds.

    The counts of Camunda, Activiti and Flowable are called by their names in BPMN. In the wrapping
    of an engine's language, only a count compared with a count or a number means the same.

    Example:
        >>> from lxml import etree
        >>> said = etree.Element("completionCondition")
        >>> said.text = "${nrOfCompletedInstances >= 2}"
        >>> completion_of(said)
        'numberOfCompletedInstances >= 2'
        >>> said.text = "${nrOfCompletedInstances/nrOfInstances >= 0.5}"
        >>> completion_of(said) is None
        True

    Source: BPMN 2.0.2, table 10.30; the variables of multi-instance bodies in Camunda 7 and 8.
    """
    condition, language = condition_of(element), element.get("language")
    if language == EXPRESSION or (condition is None and language):
        return condition
    if condition is None:
        text = words(element).strip()
        condition = unwrapped(text)
        found = _COUNTS_COMPARED.fullmatch(condition)
        if found is None:
            return None
        assigns = "=" in {found["one"], found["other"]}  # in the language of Java; FEEL compares
        if assigns and not text.startswith("="):
            return None
    return _OF_ENGINES.sub(lambda found: _COUNTERS.get(found[0], found[0]), condition)


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

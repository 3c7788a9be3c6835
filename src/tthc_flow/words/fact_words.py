"""The fact of an error in both languages, from the table of its room.

An error says what is wrong with its value in English (``fact``); where that is more than the value
itself, a Vietnamese run says it in Vietnamese (``fact_vi``).
"""

from __future__ import annotations

from typing import TypedDict

from tthc_flow.words.messages import message


class FactWords(TypedDict):
    """What an error takes as its fact: English, and Vietnamese."""

    fact: str
    fact_vi: str


def fact_words(code: str, **values: object) -> FactWords:
    """Return the fact of an error in both languages.

    Args:
        code: A code of the message tables.
        values: What fills its places, alike in both languages.

    Returns:
        What is handed to an error by ``**``.

    Raises:
        KeyError: no text for that code.

    Example:
        >>> from tthc_flow.errors import BadQuantity
        >>> error = BadQuantity("TF152", **fact_words("simulate-fact-years", years=0), hint="")
        >>> error.fact, error.fact_vi
        ('0 years', '0 năm')

    Source: design of errors as data.
    """
    told = {name: str(each) for name, each in values.items()}
    return FactWords(fact=message(code, told, "en").text, fact_vi=message(code, told, "vi").text)

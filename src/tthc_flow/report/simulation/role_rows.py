"""The roles of a simulation as rows for people: how busy each is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tthc_flow.report.simulation.rows import percent, say

if TYPE_CHECKING:
    from collections.abc import Mapping


def role_rows(record: Mapping[str, Any], lang: str) -> list[tuple[str, ...]]:
    """Return how busy each role is; before and after side by side where both were simulated."""
    both = record["after"] is not None
    heads = ("role", "people", *(("load-before", "load-after") if both else ("load",)))
    rows = [tuple(say(each, lang) for each in heads)]
    after = {each["role"]: each for each in record["after"]["roles"]} if both else {}
    for each in record["before"]["roles"]:
        row = [each["role"], str(each["people"]), load_words(each, lang)]
        if both:
            other = after.pop(each["role"], None)
            row.append(say("no-work", lang) if other is None else load_words(other, lang))
        rows.append(tuple(row))
    rows += [
        (each["role"], str(each["people"]), say("no-work", lang), load_words(each, lang))
        for each in after.values()
    ]
    return rows + _endless_rows(record, lang)


def _endless_rows(record: Mapping[str, Any], lang: str) -> list[tuple[str, ...]]:
    """Return the roles with as many people as are needed: nobody says how busy they are."""
    sides = [each["unlimited"] for each in (record["before"], record["after"]) if each]
    nothing = say("no-work", lang)
    return [
        (name, say("unlimited", lang), *("–" if name in side else nothing for side in sides))
        for name in dict.fromkeys(name for side in sides for name in side)
    ]


def load_words(role: Mapping[str, Any], lang: str) -> str:
    """Return the load of a role, and how sure it is where several runs tell."""
    found = role["load_interval"]
    if found is None:
        return percent(role["load"], lang)
    half = percent(found["most"] - found["mean"], lang)
    return say("of", lang, value=percent(role["load"], lang), half=half)

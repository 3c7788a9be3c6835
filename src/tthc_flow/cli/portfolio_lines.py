"""The lines and tables that `tthc-flow portfolio` prints."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.measures.differences import sentence
from tthc_flow.report import amounts
from tthc_flow.report.progress import words
from tthc_flow.words.messages import message
from tthc_flow.words.numbers import MINUS, in_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tthc_flow.portfolio.lighter import Lighter
    from tthc_flow.portfolio.progress import Coverage, Progress
    from tthc_flow.portfolio.shared import AskedAgain, InspectedAgain
    from tthc_flow.portfolio.twins import Twins

_CHANGES: Final = 5
"""Differences that are printed of a procedure; JSON has all."""

_AGGREGATES: Final = ("pooled", "mean", "weighted")
_PARTS: Final = ("examined", "sound", "runnable", "timed", "planned")


def say(code: str, lang: str, **values: object) -> str:
    """Return a text of this command."""
    told = {
        name: amounts.amount(each, lang) if isinstance(each, int) else str(each)
        for name, each in values.items()
    }
    return message(f"portfolio-{code}", told, lang).text


def value(thing: Any) -> Any:  # noqa: ANN401 - whatever a table holds
    """Return *thing* as JSON has it; what JSON has no word for is told as text.

    Example:
        >>> from datetime import date
        >>> value({"on": date(2026, 1, 5), "all": (1, None)})
        {'on': '2026-01-05', 'all': [1, None]}
    """
    match thing:
        case Enum():
            return thing.value
        case None | bool() | int() | float() | str():
            return thing
        case dict():
            return {str(key): value(each) for key, each in thing.items()}
        case list() | tuple() | set() | frozenset():
            return [value(each) for each in thing]
        case _:
            return str(thing)


def cell(thing: object) -> str:
    """Return one value of an answer as a table for programs has it; nothing for null.

    Example:
        >>> cell(None), cell(0.25)
        ('', '0.25')
    """
    return "" if thing is None else str(thing)


def cell_words(thing: object, lang: str) -> str:
    """Return one value of an answer as people read it: all its digits, the mark of *lang*.

    Example:
        >>> cell_words(-0.25, "vi"), cell_words(-0.25, "en"), cell_words("1.000", "vi")
        ('−0,25', '−0.25', '1.000')
        >>> cell_words(1440.0, "vi"), cell_words(True, "vi"), cell_words(["a", "b"], "vi")
        ('1440', 'có', 'a; b')
    """
    if isinstance(thing, bool):
        return say("yes" if thing else "no", lang)
    if isinstance(thing, list | tuple):
        return "; ".join(cell_words(each, lang) for each in thing)
    if not isinstance(thing, int | float | Decimal):
        return cell(thing)
    digits = str(thing).removesuffix(".0") if isinstance(thing, float) else str(thing)
    return in_language(digits.replace(".", ","), lang).replace("-", MINUS, 1)


def progress_rows(figures: Sequence[Progress], lang: str) -> list[list[str]]:
    """Return a row a group and figure: the three aggregates, and how many reach a target."""
    names = ("group", "of", "procedures", "known", *_AGGREGATES, "at_30", "at_50")
    rows = [[say(name, lang) for name in names]]
    for each in figures:
        shares = [amounts.share(getattr(each, name), lang) for name in _AGGREGATES]
        counts = [str(each.at_30), str(each.at_50)]
        head = [_named(each, lang), say(f"of-{each.of.value}", lang)]
        rows.append([*head, str(each.procedures), str(each.known), *shares, *counts])
    return rows


def spelling_lines(spelled: Mapping[str, str], lang: str) -> Iterator[str]:
    """Yield which spellings are counted under another one, a line a name."""
    for shown in dict.fromkeys(spelled.values()):
        others = ", ".join(f"“{each}”" for each, usual in spelled.items() if usual == shown)
        yield words.say("note-spelling", lang, shown=shown, others=others)


def coverage_rows(found: Sequence[Coverage], lang: str) -> list[list[str]]:
    """Return a row a group: of how many procedures each thing that all should have is there."""
    rows = [[say(name, lang) for name in ("group", "procedures", *_PARTS)]]
    for each in found:
        whole = each.procedures or 1
        parts = [getattr(each, name) for name in _PARTS]
        told = [f"{part} ({amounts.share(part / whole, lang)})" for part in parts]
        rows.append([_named(each, lang), str(each.procedures), *told])
    return rows


def _named(each: Progress | Coverage, lang: str) -> str:
    if each.by.value == "all":
        return say("all", lang)
    return each.group or say("unnamed", lang)


def group_lines(group: Twins, lighter: Sequence[Lighter], lang: str) -> Iterator[str]:
    """Yield what a group of twins is, each member, and what it does otherwise than the lightest."""
    first = group.members[0]
    name = f"{say(f'why-{group.why.value}', lang)} – {first.name or first.key}"
    if group.why.value == "code":
        name = f"{name} ({first.code})"
    by = say(f"by-{group.lightest_by}", lang)
    yield say("by", lang, name=name, count=len(group.members), by=by)
    changes = {each.key: each.changes for each in lighter}
    for each in group.members:
        where = ", ".join(filter(None, (each.agency, each.province))) or say("unnamed", lang)
        told = say(
            "twin",
            lang,
            time=amounts.days(each.norm_minutes, lang),
            steps=each.steps,
            hand_offs=each.hand_offs,
            resemblance=amounts.share(each.resemblance, lang),
        )
        yield f"  {each.key} [{where}]: {told}"
        own = changes.get(each.key, ())
        for change in own[:_CHANGES]:
            yield f"    - {sentence(change, lang)}"
        if len(own) > _CHANGES:
            yield f"    - {say('more-changes', lang, count=len(own) - _CHANGES)}"


def shared_lines(
    asked: Sequence[AskedAgain], inspected: Sequence[InspectedAgain], most: int, lang: str
) -> Iterator[str]:
    """Yield what is asked and what is inspected again, the *most* of each."""
    for each in asked[:most]:
        known = ", ".join(each.known_in) or say("none", lang)
        place = each.province or say("unnamed", lang)
        count = len(each.keys)
        yield say("document", lang, name=each.name, count=count, province=place, known=known)
    for one in inspected[:most]:
        offices = ", ".join(one.offices) or say("none", lang)
        place = one.province or say("unnamed", lang)
        count = len(one.steps)
        yield say(
            "inspection", lang, name=one.subject, count=count, province=place, offices=offices
        )

"""How many people it takes, as a record, as rows and as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tthc_flow.report import amounts
from tthc_flow.report.blocks import Bullets, Grid, Heading, Item, Paragraph
from tthc_flow.report.simulation.changes import of_interval
from tthc_flow.report.simulation.rows import late_words, percent, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tthc_flow.report.blocks import Block
    from tthc_flow.report.record import Json
    from tthc_flow.simulation.simulation import Simulation
    from tthc_flow.simulation.staffing import Staffing


def of_capacity(whole: Simulation) -> Json | None:
    """Return how many people it takes, as plain values; ``None`` where nobody asked.

    ``people`` are in the order of ``roles``; ``side`` is what it is about: before the change, or
    after it where there is one.

    Args:
        whole: What was simulated.

    Source: see :mod:`tthc_flow.simulation.capacity`.
    """
    found = whole.capacity
    if found is None:
        return None
    sides = zip(found.roles, found.now, found.least, strict=True)
    return {
        "side": "before" if whole.after is None else "after",
        "limit": found.limit,
        "verdict": found.verdict.value,
        "roles": [{"role": role, "now": now, "least": least} for role, now, least in sides],
        "best": None if found.best is None else _of(found.best),
        "others": [_of(each) for each in found.others],
        "open": None if found.open is None else _of(found.open),
        "more": found.more,
        "fewer": [_of(each) for each in found.fewer],
        "many": _of(found.many),
        "exact": found.exact,
        "priced": found.priced,
        "monotone": found.monotone,
        "proven": found.proven,
        "runs": found.runs,
    }


def _of(one: Staffing) -> Json:
    late = of_interval(one.late)
    return {"people": list(one.people), "late": late, "verdict": one.verdict.value}


def capacity_rows(record: Mapping[str, Any], lang: str) -> list[tuple[str, ...]]:
    """Return for each role the people that are there, that the work needs, and that it takes.

    Args:
        record: What :func:`of_capacity` returned.
        lang: ``vi`` or ``en``.
    """
    shown = record["best"] or record["open"]
    if shown is None or not record["roles"]:
        return []
    heads = ("role", "people-now", "people-least", "people-best" if record["best"] else "open-few")
    people = zip(record["roles"], shown["people"], strict=True)
    return [
        tuple(say(each, lang) for each in heads),
        *((e["role"], str(e["now"]), str(e["least"]), str(count)) for e, count in people),
    ]


def capacity_told(record: Mapping[str, Any], lang: str) -> Iterator[str]:
    """Yield whether people suffice, who else would do, what is open, and how sure that is.

    Args:
        record: What :func:`of_capacity` returned.
        lang: ``vi`` or ``en``.
    """
    yield _answer(record, lang)
    if not record["roles"]:
        return
    if record["side"] == "after":
        yield say("capacity-after", lang)
    for each in record["others"]:
        told = {"change": _change(record, each, lang), "late": late_words(each, lang)}
        yield say("capacity-other", lang, **told)
    yield from _open(record, lang)
    yield from _fewer(record, lang)
    yield say("capacity-exact" if record["exact"] else "capacity-seen", lang)
    if record["best"] or not record["proven"]:
        yield _proof(record, lang)


def _answer(record: Mapping[str, Any], lang: str) -> str:
    best, limit = record["best"], percent(record["limit"], lang)
    if not record["roles"]:
        return say("capacity-nobody", lang, limit=limit, late=late_words(record["many"], lang))
    if best is None:
        code = "not-enough" if record["verdict"] == "fail" else "capacity-unsure"
        return say(code, lang, limit=limit, late=late_words(record["many"], lang))
    return say(
        "cheapest" if record["priced"] else "enough",
        lang,
        limit=limit,
        people=str(sum(best["people"])),
        late=late_words(best, lang),
        change=_change(record, best, lang),
    )


def _change(record: Mapping[str, Any], one: Mapping[str, Any], lang: str) -> str:
    """Return who is added and who can go, beside those that are there now."""
    told = [
        say(
            "capacity-add" if count > each["now"] else "capacity-drop",
            lang,
            count=str(abs(count - each["now"])),
            role=each["role"],
        )
        for each, count in zip(record["roles"], one["people"], strict=True)
        if count != each["now"]
    ]
    return ", ".join(told) or say("capacity-as-now", lang)


def _open(record: Mapping[str, Any], lang: str) -> Iterator[str]:
    found = record["open"]
    if found is None:
        return
    yield say(
        "capacity-open",
        lang,
        people=str(sum(found["people"])),
        change=_change(record, found, lang),
        late=late_words(found, lang),
        limit=percent(record["limit"], lang),
    )
    if record["more"] is None:
        yield say("capacity-never", lang)
    else:
        yield say("capacity-more", lang, times=amounts.amount(record["more"], lang))


def _fewer(record: Mapping[str, Any], lang: str) -> Iterator[str]:
    shown, told = record["best"] or record["open"], record["open"]
    for each in record["fewer"]:
        if told is not None and each["people"] == told["people"]:
            continue  # it was told as open
        pairs = zip(record["roles"], each["people"], shown["people"], strict=True)
        (role,) = (role["role"] for role, count, best in pairs if count < best)
        late = late_words(each, lang)
        yield say(f"capacity-fewer-{each['verdict']}", lang, role=role, late=late)


def _proof(record: Mapping[str, Any], lang: str) -> str:
    runs = amounts.amount(record["runs"], lang)
    if not record["monotone"]:
        return say("capacity-not-monotone", lang, runs=runs)
    return say("capacity-proven" if record["proven"] else "capacity-stopped", lang, runs=runs)


def capacity_blocks(record: Mapping[str, Any] | None, lang: str) -> Sequence[Block]:
    """Return the part of a page about how many people it takes; none where nobody asked.

    Example:
        >>> capacity_blocks(None, "vi")
        ()
    """
    if record is None:
        return ()
    answer, *rest = capacity_told(record, lang)
    rows = capacity_rows(record, lang)
    return (
        Heading(text=say("capacity", lang)),
        Paragraph(text=answer, tone="good" if record["best"] else "bad"),
        *((Grid(heading=rows[0], rows=tuple(rows[1:])),) if rows else ()),
        Bullets(items=tuple(Item(text=each) for each in rest)),
    )

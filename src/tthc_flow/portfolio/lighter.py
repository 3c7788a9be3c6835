"""How the lightest of several twins does it: what each other one would have to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.bpmn.read import read
from tthc_flow.errors import TthcFlowError, UnreadableInput
from tthc_flow.measures.change import Change
from tthc_flow.measures.differences import differences
from tthc_flow.words.fact_words import fact_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.model.procedure import Procedure
    from tthc_flow.portfolio.item import Source
    from tthc_flow.portfolio.twins import Twin, Twins


@frozen(kw_only=True)
class Lighter:
    """What *key* would have to change to be as *lightest* is, in the order of its flow."""

    key: str
    lightest: str
    changes: tuple[Change, ...]


@frozen(kw_only=True)
class Compared:
    """The changes of each group, and the files of their members that are *absent*, by name."""

    lighter: tuple[tuple[Lighter, ...], ...] = ()
    absent: tuple[str, ...] = ()


def lighter(groups: Iterable[Twins], source: Source) -> Compared:
    """Return for each group the changes of all its members but the first.

    A member whose file is not in *source*, or not with its process, is left out and named.

    Args:
        groups: Twins of a portfolio.
        source: What the portfolio was made of; it is read once.

    Raises:
        UnreadableInput: TF260 where *source* has no file of any member.

    Source: :func:`tthc_flow.measures.differences.differences`.
    """
    told = tuple(groups)
    twins = [twin for group in told for twin in group.members]
    wanted = {twin.file for twin in twins}
    texts = {item.key: item.data for item in source.items() if item.key in wanted}
    if wanted and not texts:
        fact = fact_words("portfolio-fact-other-source", count=len(wanted), file=min(wanted))
        hint = "give the source that the portfolio was made of"
        raise UnreadableInput("TF260", **fact, place=source.place, hint=hint)
    return Compared(
        lighter=tuple(tuple(_of_group(group, texts)) for group in told),
        absent=tuple(sorted({each.file for each in twins if _procedure(each, texts) is None})),
    )


def _of_group(group: Twins, texts: Mapping[str, bytes]) -> Iterable[Lighter]:
    first, *others = group.members
    goal = _procedure(first, texts)
    for each in others:
        own = _procedure(each, texts)
        if own is not None and goal is not None:
            changes = differences(own, goal)
            yield Lighter(key=each.key, lightest=first.key, changes=changes)


def _procedure(twin: Twin, texts: Mapping[str, bytes]) -> Procedure | None:
    """Return the procedure of *twin* as its file has it; ``None`` where it has none like it."""
    try:
        found = read(texts[twin.file]).procedures
    except (KeyError, TthcFlowError):
        return None
    process = twin.key.removeprefix(twin.file).removeprefix("#")
    if process:
        return next((each for each in found if each.flow.id == process), None)
    return max(found, key=lambda each: len(each.flow.steps), default=None)

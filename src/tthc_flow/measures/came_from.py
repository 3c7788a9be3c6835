"""Which inspection of "before" a post-inspection of "after" is: the one it was put off from.

Several inspections may have one name, and only one of them was put off: that by whose id the
post-inspection is called, else that whose facts it kept. Where that one stayed, or nothing tells
which of several it was, the post-inspection is added and what is gone is removed.

Source: domain rule of this project: the differences list exactly what was changed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.post_inspection import inspection_of
from tthc_flow.measures.portrait import Portrait
from tthc_flow.model.step import Step
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

_INSPECTED: Final = f"{key('Hậu kiểm')} "

_Mark: TypeAlias = "Callable[[Portrait, Step], Hashable | None]"
"""What tells a step of a side from others of its name; ``None`` where that is unknown."""


def match_post_inspections(
    old: Portrait, new: Portrait, pairs: dict[str, str], *, kept: bool
) -> None:
    """Add to *pairs* the free inspections that are done after the grant now, by their names.

    Args:
        old: The side before.
        new: The side after.
        pairs: What is known, by id; what is found is added.
        kept: Whether ids can be trusted.

    Example:
        >>> from tthc_flow.measures.portrait import portrait
        >>> from tthc_flow.model.flow import Flow, SubProcess
        >>> late = Step(id="b", name="Hậu kiểm: Kiểm tra kho", scope="s")
        >>> before = portrait(Flow(id="p", nodes=(Step(id="a", name="Kiểm tra kho"),)))
        >>> box = SubProcess(id="s", outside_clock=True)
        >>> after = portrait(Flow(id="p", nodes=(box, late)))
        >>> pairs = {}
        >>> match_post_inspections(before, after, pairs, kept=True)
        >>> pairs
        {'a': 'b'}

    Source: see the module; linear in the steps of both sides.
    """
    outside, taken = scopes_outside_clock(new.flow), set(pairs.values())
    late = [
        (step, new.names[step.id].removeprefix(_INSPECTED))
        for step in new.flow.steps
        if step.scope in outside and step.id not in taken
    ]
    names = {name for _, name in late if name}
    early = [(step, name) for step in old.flow.steps if (name := old.names[step.id]) in names]
    if not early:
        return
    for mark in (*((partial(_id, old),) if kept else ()), *_FACTS):
        origins, asking = _by(mark, old, early), _by(mark, new, late)
        for told, ids in asking.items():
            free = [each for each in origins.get(told, ()) if each not in pairs]
            if len(free) <= len(ids):
                pairs.update(zip(free, ids, strict=False))
        answered = {each for told, ids in asking.items() if told in origins for each in ids}
        late = [each for each in late if each[0].id not in answered]


def _by(
    mark: _Mark, side: Portrait, named: Iterable[tuple[Step, str]]
) -> dict[Hashable, list[str]]:
    found: dict[Hashable, list[str]] = {}
    for step, name in named:
        if name and (told := mark(side, step)) is not None:
            found.setdefault((name, told), []).append(step.id)
    return found


def _id(old: Portrait, _side: Portrait, step: Step) -> Hashable:
    """Return which step of *old* is meant; of several post-inspections of one each has a number."""
    meant = inspection_of(step.id) or step.id
    return meant if meant in old.names else meant.rstrip("0123456789").removesuffix("_")


def _facts(side: Portrait, step: Step) -> Hashable:
    time, who = step.time.duration, _who(side, step)
    return who, time, step.reads, step.criteria, step.inspects, step.documentation


def _who_and_time(side: Portrait, step: Step) -> Hashable | None:
    time, who = step.time.duration, _who(side, step)
    return None if time is None or who is None else (who, time)


def _who(side: Portrait, step: Step) -> Hashable | None:
    performer = performer_of(side.flow, step)
    return None if performer is None else identity(performer)


def _time(_side: Portrait, step: Step) -> Hashable | None:
    return step.time.duration


def _name(_side: Portrait, _step: Step) -> Hashable:
    return ""


_FACTS: Final[tuple[_Mark, ...]] = (_facts, _who_and_time, _who, _time, _name)
"""What a step keeps when it is put off, the surest first."""

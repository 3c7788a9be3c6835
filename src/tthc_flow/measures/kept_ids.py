"""Nodes that kept their ids: where the name is the same as well, and next to those.

A number given anew may be the old number of another node, so an id alone proves nothing; a name
that now says more ("Trả kết quả (trực tuyến)") speaks for it as the same name does. An unnamed or
renamed node keeps its id where it stands to a node that kept both as it stood before.

Source: domain rule of this project: renumbered ids are no difference.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from tthc_flow.measures.portrait import Portrait

if TYPE_CHECKING:
    from collections.abc import Iterable


def match_kept_ids(old: Portrait, new: Portrait, pairs: dict[str, str]) -> bool:
    """Add to *pairs* the nodes that kept their ids; return whether ids can be trusted.

    They can unless more names went to another id than stayed with theirs.

    Example:
        >>> from tthc_flow.measures.portrait import portrait
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="Ký"),))
        >>> found = {}
        >>> match_kept_ids(portrait(flow), portrait(flow), found), found
        (True, {'a': 'a'})

    Source: see the module.
    """
    shared = [each for each in old.names if old.classes[each] == new.classes.get(each)]
    there, here = _places(new), _places(old)
    same = [each for each in shared if old.names[each] and old.names[each] == new.names[each]]
    gone_elsewhere = [
        each
        for each in shared
        if old.names[each] != new.names[each]
        and (old.names[each] in there or new.names[each] in here)
    ]
    trusted = len(same) >= len(gone_elsewhere)
    if not trusted:
        same = [each for each in same if _beside(old, new, each)]
    seeds = same
    if trusted and not seeds:  # without names, what hangs together as before is the same
        seeds = [each for each in shared if set(old.near[each]) & set(new.near[each])]
    if trusted:
        seeds = [*seeds, *(each for each in shared if _told_further(old, new, each, there, here))]
    pairs.update((each, each) for each in seeds)
    if trusted:
        _grow(old, new, seeds, pairs)
    return trusted


def _told_further(
    old: Portrait, new: Portrait, each: str, there: frozenset[str], here: frozenset[str]
) -> bool:
    """Return whether the one name of *each* only says more than the other: "(trực tuyến)"."""
    one, two = sorted((old.names[each], new.names[each]), key=len)
    elsewhere = old.names[each] in there or new.names[each] in here
    return bool(one) and f"{two} ".startswith(f"{one} ") and one != two and not elsewhere


def known_by_id(old: Portrait, new: Portrait, each: str) -> bool:
    """Return whether the node of *each* is one by its id, where something else speaks for it.

    Example:
        >>> from tthc_flow.measures.portrait import portrait
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> one = portrait(Flow(id="p", nodes=(Step(id="a", name="Ký duyệt"),)))
        >>> two = portrait(Flow(id="p", nodes=(Step(id="a", name="Duyệt"),)))
        >>> known_by_id(one, two, "a")
        True

    Source: see the module.
    """
    mine, theirs = old.names[each].split(), new.names[each].split()
    alike = mine == theirs or bool(set(mine) & set(theirs))
    return alike or bool(set(old.near[each]) & set(new.near[each]))


def _beside(old: Portrait, new: Portrait, each: str) -> bool:
    """Return whether a neighbour of one name stands to *each* as before."""
    return any(
        old.names[other] == new.names[other]
        for _, other in set(old.near[each]) & set(new.near[each])
    )


def _grow(old: Portrait, new: Portrait, seeds: Iterable[str], pairs: dict[str, str]) -> None:
    """Add what hangs on kept nodes under its old id, unless its name went elsewhere."""
    there, here = _places(new), _places(old)
    waiting = deque(seeds)
    while waiting:
        each = waiting.popleft()
        for _, other in sorted(set(old.near[each]) & set(new.near[each])):
            if other in pairs or old.classes[other] != new.classes[other]:
                continue
            one, two = old.names[other], new.names[other]
            if one != two and ((one and one in there) or (two and two in here)):
                continue
            pairs[other] = other
            waiting.append(other)


def _places(side: Portrait) -> frozenset[str]:
    return frozenset(name for name in side.names.values() if name)

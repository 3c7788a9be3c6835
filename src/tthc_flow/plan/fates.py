"""What may happen to each step when changes are picked."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tthc_flow.plan.problem import Choosable
    from tthc_flow.plan.touched import Hands


@frozen(kw_only=True)
class Fate:
    """What may happen to one step: the columns of the picks that take it, move it, free it.

    *machine* are those of *gone* that leave it in its place, *touching* all that change anything
    about it, *bent* those of them that draw new ways. *leaning* says which earlier step a pick that
    takes this one leaves to people: nothing else takes that one then.
    """

    gone: tuple[int, ...] = ()
    machine: tuple[int, ...] = ()
    moved: tuple[tuple[int, Hands | None], ...] = ()
    freed: tuple[int, ...] = ()
    touching: tuple[int, ...] = ()
    bent: tuple[int, ...] = ()
    leaning: Mapping[int, str] = field(factory=dict)
    one_at_most: bool = True


UNTOUCHED: Final = Fate()


def fates_of(pool: Sequence[Choosable]) -> dict[str, Fate]:
    """Return what *pool* may do to each step that it touches; picks go by their places.

    Example:
        >>> fates_of(())
        {}
    """
    gone: dict[str, list[int]] = defaultdict(list)
    moved: dict[str, list[tuple[int, Hands | None]]] = defaultdict(list)
    freed: dict[str, list[int]] = defaultdict(list)
    touching: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(pool):
        for step in sorted(each.touched.gone):
            gone[step].append(number)
        for step, hands in each.touched.moved.items():
            moved[step].append((number, hands))
        for step in sorted(each.touched.freed):
            freed[step].append(number)
        for step in dict.fromkeys((*each.candidate.targets, *sorted(each.touched.changed))):
            touching[step].append(number)
    return {
        step: Fate(
            gone=tuple(gone[step]),
            machine=tuple(
                n
                for n in gone[step]
                if not pool[n].touched.bends and step not in pool[n].touched.left_out
            ),
            moved=tuple(moved[step]),
            freed=tuple(freed[step]),
            touching=tuple(touching[step]),
            bent=tuple(n for n in (*touching[step], *freed[step]) if pool[n].touched.bends),
            leaning=dict(_leaning(pool, gone, step)),
            one_at_most=all(step in pool[number].candidate.targets for number in gone[step]),
        )
        for step in {**touching, **freed}
    }


def _leaning(
    pool: Sequence[Choosable], gone: Mapping[str, Sequence[int]], step: str
) -> Iterator[tuple[int, str]]:
    """Yield each pick that takes *step*, with a step it rewrites and no pick beside it can take."""

    def alone(pick: int, other: str) -> bool:
        return all(
            other in pool[each].candidate.targets
            and pool[each].candidate.necessity is pool[pick].candidate.necessity
            for each in (pick, *gone.get(other, ()))
        )

    for pick in gone[step]:
        kept = (e for e in pool[pick].candidate.targets if pick not in gone.get(e, ()))
        stays = next((each for each in kept if alone(pick, each)), None)
        if stays is not None and alone(pick, step):
            yield pick, stays

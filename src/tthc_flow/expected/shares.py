"""The share of cases that takes each way of a choice: as given, as stated, as counted."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tthc_flow.errors import BadQuantity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.model.flow import SequenceFlow


def known_shares(
    edges: Sequence[SequenceFlow], given: Mapping[str, Fraction], *, several: bool = False
) -> dict[str, Fraction | None]:
    """Return the known share of each of the *edges* that leave one node, by their ids.

    Given, else stated, else counted: where all are counted, the share is that of all that were
    seen to leave, for a case that has not left yet says nothing. Where *several* may be taken at
    once nobody knows how many left: there the share is that of all that came.

    Example:
        >>> from tthc_flow.model.flow import SequenceFlow
        >>> from tthc_flow.model.measured import Taken
        >>> edges = [SequenceFlow(id=x, source="a", target=x, taken=Taken(taken=n, of=10))
        ...          for x, n in (("b", 2), ("c", 6))]
        >>> known_shares(edges, {})
        {'b': Fraction(1, 4), 'c': Fraction(3, 4)}

    Source: relative frequency, the maximum likelihood estimate of a share.
    """
    counts = [edge.taken for edge in edges]
    seen = sum(each.taken for each in counts if each is not None)
    all_counted = None not in counts and seen > 0 and not several
    found: dict[str, Fraction | None] = {}
    for edge in edges:
        share = given.get(edge.id, edge.share)
        if share is None and edge.taken is not None and edge.taken.of:
            share = Fraction(edge.taken.taken, seen if all_counted else edge.taken.of)
        found[edge.id] = share
    return found


def complete(shares: Mapping[str, Fraction | None], place: str) -> dict[str, Fraction]:
    """Return the shares of a choice of one way that are known, or follow from the others.

    Args:
        shares: By the id of each way; ``None`` where unknown.
        place: The element where the choice is made.

    Raises:
        BadQuantity: TF118 where they make more than the whole, or, all known, less.

    Example:
        >>> complete({"a": Fraction(1, 5), "b": None}, "x")
        {'a': Fraction(1, 5), 'b': Fraction(4, 5)}
        >>> complete({"a": Fraction(1, 5), "b": None, "c": None}, "x")
        {'a': Fraction(1, 5)}

    Source: the shares of a choice are the whole together.
    """
    known = {each: share for each, share in shares.items() if share is not None}
    rest = 1 - sum(known.values(), Fraction(0))
    open_ = [each for each in shares if each not in known]
    if rest < 0 or (rest and not open_):
        raise BadQuantity(
            "TF118",
            f"the shares {', '.join(f'{each}={float(x):g}' for each, x in known.items())} "
            "do not make the whole",
            place=place,
            hint="give shares that make 1 (100 %) together",
            fact_vi=", ".join(f"{each}={float(x):g}" for each, x in known.items()),
        )
    if len(open_) == 1 or not rest:
        known.update(dict.fromkeys(open_, rest))
    return {each: known[each] for each in shares if each in known}

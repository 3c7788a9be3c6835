"""Which ways of an inclusive choice are taken together, by the share of the cases that takes each.

The shares alone do not say. What is assumed, and told with every figure: each way is taken or not
whatever becomes of the others, but for that one at least is taken, and the default only where no
other is. Of all that the shares leave open this adds the least: it is the distribution of the
largest entropy. Shares that make 100 % together are a choice of one way then.
"""

from __future__ import annotations

from itertools import accumulate
from math import expm1, log1p
from operator import mul
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.errors import BadQuantity
from tthc_flow.model.flow import Gateway, GatewayKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from tthc_flow.model.flow import Flow

_HALVINGS = 64


@frozen
class Turn:
    """One way when its turn comes: *way* is its place among the ways.

    *first* is the share of the cases in which it is taken and none before it is; *after* that of
    the cases in which one before it is, in which it is taken as well.
    """

    way: int
    first: float
    after: float


def together(shares: Mapping[str, Fraction], default: str | None, place: str) -> tuple[Turn, ...]:
    """Return the ways of an inclusive choice in the order of *shares*, but the default last.

    Args:
        shares: The share of the cases that takes each way, by the id of the way.
        default: The way that is taken where no other is.
        place: The element where the choice is made.

    Returns:
        A turn for each way; the *first* of all make 1. The shares come out of them as they went in.

    Raises:
        BadQuantity: TF118 where by the shares a case may take no way, or the default beside others.

    Example:
        >>> from fractions import Fraction
        >>> half = {"a": Fraction(1, 2), "b": Fraction(1, 2)}
        >>> together(half, None, "or")
        (Turn(way=0, first=0.5, after=0.0), Turn(way=1, first=0.5, after=0.0))
        >>> [(each.first, each.after) for each in together(half | {"b": Fraction(1)}, None, "or")]
        [(0.5, 0.5), (0.5, 1.0)]

    Source: BPMN 2.0.2, 13.4.3, for what may be taken; Chen & Liu, Statistica Sinica 7 (1997),
        875-892, for independent trials under a condition (conditional Bernoulli).
    """
    alone = shares.get(default or "", 0)
    others = {way: share for way, share in shares.items() if way != default}
    if sum(others.values()) + alone < 1 or max(others.values(), default=0) + alone > 1:
        raise _contradict(shares, place)
    places = {way: number for number, way in enumerate(shares)}
    found: list[Turn] = []
    if alone < 1:
        chances = [float(share / (1 - alone)) for share in others.values()]
        any_of = 0.0 if sum(shares.values()) == 1 else _any_of(chances)
        after = [each * any_of for each in chances]
        none_yet = accumulate((1 - each for each in after), mul, initial=float(1 - alone))
        first = [each * none for each, none in zip(chances, none_yet, strict=False)]
        scale = float(1 - alone) / sum(first)
        found = [
            Turn(places[way], each * scale, too)
            for way, each, too in zip(others, first, after, strict=True)
        ]
    else:
        found = [Turn(places[way], 0.0, 0.0) for way in others]
    if default in places:
        found.append(Turn(places[default], float(alone), 0.0))
    return tuple(found)


def _any_of(chances: Sequence[float]) -> float:
    """Return how often independent trials take one way at least, if then each is taken so often.

    The root above 0 of z = 1 - (1 - z p) (1 - z q) ...: the right side is concave and above at 0.
    """
    if 1 in chances:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle < -expm1(sum(log1p(-middle * each) for each in chances)):
            low = middle
        else:
            high = middle
    return high


def shares_of_sets(turns: Sequence[Turn]) -> tuple[float, ...]:
    """Return the share of each set of ways: the set number n - 1 holds the ways that n has bits of.

    Example:
        >>> from fractions import Fraction
        >>> turns = together({"a": Fraction(1, 2), "b": Fraction(1)}, None, "or")
        >>> shares_of_sets(turns)
        (0.0, 0.5, 0.5)
    """
    found = [0.0] * (1 << len(turns))
    for turn in turns:
        bit = 1 << turn.way
        for number in [n for n, share in enumerate(found) if share]:
            share = found[number]
            found[number | bit] += share * turn.after
            found[number] = share * (1 - turn.after)
        found[bit] += turn.first
    return tuple(found[1:])


def _contradict(shares: Mapping[str, Fraction], place: str) -> BadQuantity:
    told = ", ".join(f"{way}={float(share):g}" for way, share in shares.items())
    return BadQuantity(
        "TF118",
        f"the shares {told} of an inclusive choice contradict each other",
        place=place,
        hint="one way at least is always taken, the default only where no other is: "
        "give shares that make 1 (100 %) or more together",
        fact_vi=told,
    )


def inclusive_choices(flow: Flow) -> tuple[str, ...]:
    """Return the inclusive gateways of *flow* at which several ways can be taken, in file order.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> inclusive_choices(Flow(id="p"))
        ()
    """
    return tuple(
        node.id
        for node in flow.nodes
        if isinstance(node, Gateway)
        and node.kind is GatewayKind.INCLUSIVE
        and len(flow.outgoing[node.id]) > 1
    )

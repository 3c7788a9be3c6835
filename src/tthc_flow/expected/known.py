"""What the numbers of one dossier rest on: what a time is taken from, what is given, what lacks."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from tthc_flow.errors import BadQuantity, UnsoundFlow
from tthc_flow.model.chance import Chance
from tthc_flow.units import Exact, exact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.flow import Flow


class Basis(StrEnum):
    """Where the time that a step is worked on is taken from.

    ``MEASURED`` is its handling as cases show, ``WORK`` the work that somebody states, ``NORM`` the
    norm time, as if every dossier lay as long as it may: only where that is asked for.
    """

    MEASURED = "measured"
    WORK = "work"
    NORM = "norm"


USUAL: Final = (Basis.MEASURED, Basis.WORK)
"""Measured where a step was, stated work where it was not; never the norm."""


class What(StrEnum):
    """A fact that lacks.

    ``TIME`` of a step, ``WAIT`` of an event, ``SHARE`` of a sequence flow or of one of several
    starts, ``HAPPENS`` the share of the runs in which a boundary event or an event sub-process
    happens, ``ROUNDS`` how often in the mean a repeated activity is done.
    """

    TIME = "time"
    WAIT = "wait"
    SHARE = "share"
    HAPPENS = "happens"
    ROUNDS = "rounds"


@frozen(order=True)
class Need:
    """A fact that lacks, at one element or sequence flow."""

    element: str
    what: What


class Why(StrEnum):
    """Why something is not computed exactly, at one element.

    For all numbers: ``COMPLEX`` gateways, ``EVENTS_TOGETHER`` (an event-based gateway that waits
    for all its events), ``AD_HOC`` sub-processes, ``ASIDE`` (an event sub-process that happens),
    ``QUANTITY`` (several tokens), ``ABRUPT`` ends (error or cancel that is caught, terminate beside
    parallel work), ``THROWN`` (escalation, and an error that nothing catches), ``COMPENSATION``,
    ``CUT_SHORT`` (a sub-process that a timer or an error breaks off), ``SOMETIME`` (one that any
    other event breaks off), ``LOOSE_JOIN`` (an inclusive join that closes no block).

    For the spread of the time alone: ``SEVERAL_WAYS`` (conditions on the flows that leave an
    activity), ``HAPPENING`` (a timer at a border, but where :mod:`~tthc_flow.expected.alarms` knows
    all of it), ``SOMETIME`` (any other boundary event that happens), ``MEAN_ROUNDS`` (only the mean
    number of rounds is known), ``TANGLE`` (parallel ways that are no block), ``STOPS_BESIDE`` (the
    clock stands in several branches at once, or in a loop or behind a timer of one).

    ``ABRUPT``, ``CUT_SHORT``, ``HAPPENING``, ``TANGLE`` and ``STOPS_BESIDE`` can be simulated, the
    others not.
    """

    COMPLEX = "complex"
    EVENTS_TOGETHER = "events_together"
    AD_HOC = "ad_hoc"
    ASIDE = "aside"
    QUANTITY = "quantity"
    ABRUPT = "abrupt"
    THROWN = "thrown"
    COMPENSATION = "compensation"
    CUT_SHORT = "cut_short"
    LOOSE_JOIN = "loose_join"
    SEVERAL_WAYS = "several_ways"
    HAPPENING = "happening"
    SOMETIME = "sometime"
    MEAN_ROUNDS = "mean_rounds"
    TANGLE = "tangle"
    STOPS_BESIDE = "stops_beside"


LEAST_WAY_OUT: Final = 1e-9
"""The share of a loop that has to leave it each time: beyond a billion rounds no figure holds."""


def never_left(place: str) -> UnsoundFlow:
    """Return TF331: a loop that next to no case leaves.

    Example:
        >>> print(never_left("a").code)
        TF331
    """
    return UnsoundFlow(
        "TF331",
        "the shares let next to no case leave a loop",
        place=place,
        hint="give the way out of the loop a larger share",
        fact_vi="",
    )


@frozen(order=True)
class Barrier:
    """An element that keeps a number from being exact, and why."""

    element: str
    why: Why


def _shares(given: Mapping[str, Exact | float]) -> Mapping[str, Fraction]:
    shares = {element: exact(share) for element, share in given.items()}
    for element, share in shares.items():
        if not 0 <= share <= 1:
            raise BadQuantity.no_share(element, share)
    return MappingProxyType(shares)


def _rounds(given: Mapping[str, Exact | float]) -> Mapping[str, Fraction]:
    rounds = {element: exact(number) for element, number in given.items()}
    for element, number in rounds.items():
        if number < 0:
            raise BadQuantity.negative(element, number)
    return MappingProxyType(rounds)


def _times(given: Mapping[str, Chance]) -> Mapping[str, Chance]:
    return MappingProxyType(dict(given))


@frozen(kw_only=True)
class Given:
    """What the user states beside the file; it goes before what the file says.

    *shares* (0 to 1) are by the id of a sequence flow, of a boundary event or event sub-process
    (the share of the runs in which it happens), or of one of several start events; *rounds* by the
    id of a repeated activity, how often it is done in the mean; *times* by the id of a step or
    event, in working minutes.

    Raises:
        BadQuantity: TF101 for what is no number, TF102 for rounds below zero, TF109 for a share
            below 0 or above 1.

    Example:
        >>> Given(shares={"f": 0.2}).shares["f"]
        Fraction(1, 5)
    """

    shares: Mapping[str, Fraction] = field(factory=dict, converter=_shares)
    rounds: Mapping[str, Fraction] = field(factory=dict, converter=_rounds)
    times: Mapping[str, Chance] = field(factory=dict, converter=_times)

    def check(self, flow: Flow) -> None:
        """Refuse what is given for an element that *flow* does not have.

        Raises:
            BadQuantity: TF117.

        Example:
            >>> from tthc_flow.model.flow import Flow
            >>> Given(rounds={"a": 2}).check(Flow(id="p"))
            Traceback (most recent call last):
            tthc_flow.errors.BadQuantity: TF117 p: there is no element 'a' ...
        """
        known = {*flow.by_id, *(edge.id for edge in flow.edges)}
        for element in (*self.shares, *self.rounds, *self.times):
            if element not in known:
                raise BadQuantity(
                    "TF117",
                    f"there is no element {element!r}",
                    place=flow.id,
                    hint="give the id of a step, an event or a sequence flow of this process",
                    fact_vi=repr(element),
                )


NOTHING: Final = Given()

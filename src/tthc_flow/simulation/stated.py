"""What the user states of a simulation beside the file: people, arrivals, calendars, batches."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import field, frozen

from tthc_flow.calendars.calendar import Calendar
from tthc_flow.errors import BadQuantity
from tthc_flow.expected.known import NOTHING, USUAL, Basis, Given
from tthc_flow.simulation.program import Batch
from tthc_flow.units import DEFAULT_CONVENTION, Convention, Duration, Exact, exact
from tthc_flow.words.fact_words import fact_words

if TYPE_CHECKING:
    from collections.abc import Mapping

MONTHS: Final = 12


@frozen(kw_only=True)
class Staff:
    """How many people a role has for this work, and which share of their hours it gets.

    *people* of ``None`` are as many as are needed: nobody waits for them. *share* is 0 (not
    included) to 1.

    Raises:
        BadQuantity: TF109 for no share, TF152 for less than one person.

    Example:
        >>> Staff(people=3).share
        Fraction(1, 1)
    """

    people: int | None
    share: Fraction = field(default=Fraction(1), converter=exact)

    def __attrs_post_init__(self) -> None:
        """Refuse what no team is."""
        if self.people is not None and self.people < 1:
            fact = fact_words("simulate-fact-people", people=self.people)
            raise BadQuantity("TF152", **fact, hint="give 1 or more, or unlimited")
        if not 0 < self.share <= 1:
            raise BadQuantity.no_share("share", self.share)


@frozen(kw_only=True)
class Yearly:
    """So many dossiers a year, at random moments of the office's hours (a Poisson process).

    *months* are the shares of January to December, of any sum: how busy a month is beside others.

    Raises:
        BadQuantity: TF152 for no dossiers, or for months that are not twelve.

    Example:
        >>> Yearly(dossiers=1200).dossiers
        Fraction(1200, 1)

    Source: Poisson arrivals: many applicants, each independent of the others.
    """

    dossiers: Fraction = field(converter=exact)
    months: tuple[float, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse what no arrivals are."""
        wrong = self.months and (len(self.months) != MONTHS or min(self.months) < 0)
        if self.dossiers <= 0 or wrong or (self.months and not sum(self.months)):
            count = {"dossiers": self.dossiers, "months": len(self.months)}
            hint = "give more than 0 dossiers, and twelve months or none"
            raise BadQuantity("TF152", **fact_words("simulate-fact-yearly", **count), hint=hint)


@frozen(kw_only=True)
class Trace:
    """The moments at which dossiers came, in order: arrivals as they were."""

    moments: tuple[datetime, ...]


Arrivals: TypeAlias = Yearly | Trace


def _frozen(given: Mapping[str, object]) -> Mapping[str, object]:
    return MappingProxyType(dict(given))


def _prices(given: Mapping[str, Exact]) -> Mapping[str, Exact]:
    for role, price in given.items():
        if exact(price) < 0:
            raise BadQuantity.negative(role, price)
    return MappingProxyType(dict(given))


@frozen(kw_only=True)
class Stated:
    """All that is stated of a simulation; it goes before what the files say.

    *given* are shares and times of elements. *people*, *hourly* (đồng an hour) and *calendars* are
    by role, as it is named in the drawing; *batches* and *ranks* (0 first) by the id of a step.
    *arrivals* are those of each procedure in order; fewer leave the rest to the files. *limit* is
    the time not to be passed, else the declared total. *calendar* is the office's.

    Raises:
        BadQuantity: TF101 for a price that is no number, TF102 for one below zero.
    """

    given: Given = NOTHING
    basis: tuple[Basis, ...] = USUAL
    people: Mapping[str, Staff] = field(factory=dict, converter=_frozen)
    arrivals: tuple[Arrivals | None, ...] = ()
    calendar: Calendar = field(factory=Calendar.load)
    calendars: Mapping[str, Calendar] = field(factory=dict, converter=_frozen)
    hourly: Mapping[str, Exact] = field(factory=dict, converter=_prices)
    batches: Mapping[str, Batch] = field(factory=dict, converter=_frozen)
    ranks: Mapping[str, int] = field(factory=dict, converter=_frozen)
    moves: Mapping[str, str] = field(factory=dict, converter=_frozen)
    limit: Duration | None = None
    convention: Convention = DEFAULT_CONVENTION

"""Times that a user states beside the files, and where else to look for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.errors import BadQuantity
from tthc_flow.expected.known import Basis
from tthc_flow.model.chance import Chance
from tthc_flow.units import Duration
from tthc_flow.words.durations import read_duration
from tthc_flow.words.fact_words import fact_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.units import Convention


def times(given: Mapping[str, Duration | str | Chance], rule: Convention) -> dict[str, Chance]:
    """Return the times that are given by id.

    Raises:
        BadQuantity: TF119 for what says no length of time.
    """
    found = {}
    for element, time in given.items():
        if isinstance(time, Chance):
            found[element] = time
        else:
            minutes = rule.minutes(duration(element, time, rule))
            found[element] = Chance.fixed(minutes or 0)
    return found


def duration(place: str, time: Duration | str, rule: Convention) -> Duration:
    """Return *time* as a duration that *rule* can convert.

    Raises:
        BadQuantity: TF119 otherwise.
    """
    found = time if isinstance(time, Duration) else read_duration(time).duration
    if found is None or rule.minutes(found) is None:
        fact = fact_words("expect-fact-no-length", time=repr(time), convention=rule.name)
        hint = "write e.g. '3 ngày làm việc' or '4 giờ làm việc'"
        raise BadQuantity("TF119", **fact, place=place, hint=hint)
    return found


def basis(name: Basis | str) -> Basis:
    """Return the basis of that name.

    Raises:
        BadQuantity: TF119 for any other.

    Example:
        >>> basis("work").value
        'work'
    """
    choices = tuple(each.value for each in Basis)
    if name not in choices:
        hint = f"choose one of {', '.join(choices)}"
        raise BadQuantity("TF119", f"no basis {name!r}", hint=hint, fact_vi=repr(name))
    return Basis(name)

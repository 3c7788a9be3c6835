"""What one dossier alone takes: how often it comes by, how much work, how long; exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from tthc_flow.expected.expectation import Asked, expectation
from tthc_flow.expected.known import USUAL, Basis, Given
from tthc_flow.model.chance import Chance
from tthc_flow.model.procedure import Procedure
from tthc_flow.units import DEFAULT_CONVENTION, Dong, Duration
from tthc_flow.verbs import stated_times
from tthc_flow.verbs.opening import chosen, picked
from tthc_flow.verbs.refusing import refuse_unsound
from tthc_flow.verbs.resolve import resolve

if TYPE_CHECKING:
    from tthc_flow.expected.expectation import Expectation
    from tthc_flow.units import Convention, Exact
from tthc_flow.verbs.opening import Openable


def expect(  # noqa: PLR0913 - settings, each with its usual value
    source: Openable | Procedure,
    *,
    basis: Iterable[Basis | str] = USUAL,
    shares: Mapping[str, Exact | float] | None = None,
    rounds: Mapping[str, Exact | float] | None = None,
    times: Mapping[str, Duration | str | Chance] | None = None,
    limit: Duration | str | None = None,
    hourly: Exact | None = None,
    convention: Convention | str = DEFAULT_CONVENTION,
    process: str | None = None,
    called: Iterable[Openable] = (),
) -> Expectation:
    """Return how often, how much work and how long one dossier takes that waits for nobody.

    This is the second of three times: the norm time says how long a dossier may take, a simulation
    how long it takes where people are busy with others. What is not known is not made up: it is
    listed with what to give, and what does not rest on it is computed all the same.

    Args:
        source: A file, or a procedure that was read already.
        basis: Where to look for the time of a step, one after the other: ``measured`` handling,
            stated ``work``, or the ``norm`` as if it were the time taken.
        shares: By the id of a sequence flow, the share of the cases there that take it; of a
            boundary event or event sub-process, the share of the runs in which it happens; of one
            of several start events, the share of cases. They go before the shares of the file.
        rounds: By the id of a repeated activity, how often it is done in the mean.
        times: By the id of a step or of an event that waits, how long it takes: a duration, a text
            as tables print it, or a distribution.
        limit: The time not to be passed; else the declared total.
        hourly: What an hour of the agency's work costs, in đồng.
        convention: The rule that turns printed units into working minutes.
        process: The process that is meant where a file has several; else the one with most steps.
        called: Drawings of the processes that it calls, as for ``resolve``.

    Returns:
        Visits and work by exact means; mean, median, 90 % and 99 % quantile of the working time
        and the share late, for flows of sequences, choices, loops and parallel blocks; else why
        not, element by element.

    Raises:
        BadQuantity: TF101, TF102, TF109 for numbers that cannot be, TF103 for what names no
            convention, TF117 for an id that nothing has, TF118 for shares that contradict each
            other, TF119 for what is no basis or no time.
        UnreadableInput: TF2xx where the file cannot be read.
        UnsoundFlow: TF330 where it is not proven that every case comes to its end: no mean is
            defined then; TF331 where the shares let no case leave a loop.

    Example:
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> expect(text).needs
        (Need(element='A', what=<What.TIME: 'time'>),)
        >>> expect(text, times={"A": "2 giờ làm việc"}).times.mean
        120.0

    Source: see :mod:`tthc_flow.expected`.
    """
    if not isinstance(source, Procedure):
        source = picked(resolve(source, called), process)
    rule = chosen(convention)
    taken = stated_times.times(times or {}, rule)
    given = Given(shares=shares or {}, rounds=rounds or {}, times=taken)
    asked = Asked(
        basis=tuple(map(stated_times.basis, basis)),
        given=given,
        limit=None if limit is None else stated_times.duration("limit", limit, rule),
        hourly=None if hourly is None else Dong(hourly),
        convention=rule,
    )
    refuse_unsound(source, "TF330", source.flow.id)
    return expectation(source, asked)

"""How often the elements of each definition were taken, counted from what happened to dossiers.

Nothing is counted while dossiers run: the events of the audit chain say it afterwards.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Self

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tthc_flow.dossiers.engine import Engine


@frozen(kw_only=True)
class Tally:
    """How often each element (node passed, sequence flow taken) of *definition* was taken.

    *definition* is the hash of process and file, *process* its id; *dossiers* have run by it, for
    a while or to their end. *times* is in the order of the ids.
    """

    definition: str
    process: str
    dossiers: int
    times: tuple[tuple[str, int], ...]

    def as_plain(self) -> dict[str, Any]:
        """Return it as plain values that any channel can carry; :meth:`of_plain` reads them."""
        return {
            "definition": self.definition,
            "process": self.process,
            "dossiers": self.dossiers,
            "times": dict(self.times),
        }

    @classmethod
    def of_plain(cls, values: Mapping[str, Any]) -> Self:
        """Return the tally that :meth:`as_plain` made *values* of.

        Example:
            >>> tally = Tally(definition="0f", process="P", dossiers=1, times=(("a", 2),))
            >>> Tally.of_plain(tally.as_plain()) == tally
            True
        """
        return cls(**{**values, "times": tuple(values["times"].items())})


def tallied(engine: Engine) -> tuple[Tally, ...]:
    """Return what the dossiers of *engine* have taken, a tally for each definition deployed.

    What happened to a dossier before it was moved to another version counts for the one before.
    A dossier that was forgotten counts for nothing.

    Source: branch coverage, as in Myers, The Art of Software Testing (1979).
    """
    process = {each.hash: each.key for each in engine.definitions()}
    times: dict[str, Counter[str]] = {each: Counter() for each in process}
    dossiers: Counter[str] = Counter()
    for dossier in engine.dossiers():
        ran_by = set()
        for definition, taken in _taken(engine.audit.history(dossier.id)):
            ran_by.add(definition)
            times[definition].update(taken)
        dossiers.update(ran_by)
    return tuple(
        Tally(
            definition=each,
            process=process[each],
            dossiers=dossiers[each],
            times=tuple(sorted(times[each].items())),
        )
        for each in process
    )


def _taken(events: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    """Yield what each event has taken, with the definition that the dossier ran by."""
    definition = ""
    for event in events:
        payload = event["payload"]
        definition = payload.get("dossier", {}).get("definition", definition)
        yield definition, [*payload.get("passed", ()), *payload.get("taken", ())]


def merged(tallies: Iterable[Tally]) -> tuple[Tally, ...]:
    """Return one tally for each definition of *tallies*: the sums, in the order of the hashes.

    The order of *tallies* does not matter, nor how they were merged before.

    Example:
        >>> one = Tally(definition="0f", process="P", dossiers=1, times=(("a", 2), ("b", 1)))
        >>> two = Tally(definition="0f", process="P", dossiers=2, times=(("b", 3),))
        >>> merged((one, two))[0].times
        (('a', 2), ('b', 4))
    """
    found: dict[str, Tally] = {}
    for each in tallies:
        other = found.get(each.definition)
        found[each.definition] = each if other is None else _sum(other, each)
    return tuple(found[each] for each in sorted(found))


def _sum(one: Tally, other: Tally) -> Tally:
    times = Counter(dict(one.times))
    times.update(dict(other.times))
    return Tally(
        definition=one.definition,
        process=one.process,
        dossiers=one.dossiers + other.dossiers,
        times=tuple(sorted(times.items())),
    )

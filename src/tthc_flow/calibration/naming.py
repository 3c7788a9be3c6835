"""Which element of the diagram an event of a log is about: by its id, by its name, or as told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import Factory, define, field

from tthc_flow.errors import UnreadableInput
from tthc_flow.model.finding import Severity
from tthc_flow.words.fact_words import fact_words
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.calibration.doubts import Doubts
    from tthc_flow.calibration.event import LogEvent
    from tthc_flow.model.flow import Flow

_MOST_KNOWN: Final = 10_000
"""More names are no names of activities, but a column of remarks: they are looked up each time."""


@define
class Naming:
    """The elements of *flow* by what a log may call them; *told* goes before all else.

    Raises:
        UnreadableInput: TF274 where *told* names an element that the flow does not have.
    """

    flow: Flow
    doubts: Doubts
    told: Mapping[str, str] = Factory(dict)
    _told: dict[str, str] = field(init=False, factory=dict)
    _named: dict[str, list[str]] = field(init=False, factory=dict)
    _known: dict[tuple[str, str], str | None] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        """Refuse what is mapped to nothing; learn the names of the elements."""
        for name, element in self.told.items():
            if element not in self.flow.by_id:
                choices = tuple(step.id for step in self.flow.steps)
                raise UnreadableInput(
                    "TF274",
                    **fact_words("log-fact-mapped", name=repr(name), element=repr(element)),
                    place=self.flow.id,
                    hint=f"choose one of {', '.join(choices)}",
                    choices=choices,
                )
            self._told[key(name)] = element
        for node in self.flow.nodes:
            if name := key(node.name):
                self._named.setdefault(name, []).append(node.id)

    def element_of(self, event: LogEvent) -> str | None:
        """Return the element that *event* is about; ``None``, and a finding, where it is unclear.

        A step goes before another element of its name.

        Example:
            >>> from tthc_flow.calibration.doubts import Doubts
            >>> from tthc_flow.calibration.event import LogEvent
            >>> from tthc_flow.model.flow import Flow
            >>> from tthc_flow.model.step import Step
            >>> flow = Flow(id="p", nodes=(Step(id="a", name="Ký duyệt"),))
            >>> Naming(flow, Doubts()).element_of(LogEvent(case="1", name="KÍ DUYỆT"))
            'a'

        Source: see :mod:`tthc_flow.words.syllables` on ways of typing the same words.
        """
        called = event.activity, event.name
        if called in self._known:
            found = self._known[called]
        else:
            found = self._found(event)
            if len(self._known) < _MOST_KNOWN:
                self._known[called] = found
        if found is None and any(called):
            self._doubt(event)
        return found

    def _found(self, event: LogEvent) -> str | None:
        for name in (event.activity, event.name):
            if name and key(name) in self._told:
                return self._told[key(name)]
        for name in (event.activity, event.name):
            if name in self.flow.by_id:
                return name
        found = self._candidates(event)
        if len(found) == 1:
            self.doubts.add(
                "log-activity-by-name",
                severity=Severity.INFO,
                element=found[0],
                name=event.name or event.activity,
            )
            return found[0]
        return None

    def _candidates(self, event: LogEvent) -> list[str]:
        found = self._named.get(key(event.name or event.activity), [])
        steps = [each for each in found if each in {step.id for step in self.flow.steps}]
        return steps or found

    def _doubt(self, event: LogEvent) -> None:
        name = event.name or event.activity
        if fitting := self._candidates(event):
            self.doubts.add(
                "log-activity-ambiguous", name=name, line=event.place, elements=", ".join(fitting)
            )
        else:
            self.doubts.add("log-activity-unknown", name=name, line=event.place)

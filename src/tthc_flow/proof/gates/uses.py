"""Who reads what, and who must be kept apart from whom: looked up once a flow.

The gates ask this of every candidate; to walk all steps each time is quadratic in the flow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.graph.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from tthc_flow.model.flow import Flow
    from tthc_flow.model.step import Step


@frozen(kw_only=True)
class Uses:
    """The steps of a flow by what they read and from whom they are kept apart.

    Steps are named by their place among the steps of the flow, in file order. *readers* are those
    that read a document, *unread* those that do not say what they read, *apart* those in whose
    separation of duties a step stands, itself included.
    """

    steps: tuple[Step, ...]
    readers: Mapping[str, tuple[int, ...]]
    unread: tuple[int, ...]
    apart: Mapping[str, tuple[int, ...]]

    def reader(self, documents: Collection[str], but: Collection[str]) -> Step | None:
        """Return the first step that reads one of *documents*, the steps *but* left out."""
        places = (
            next((at for at in self.readers.get(name, ()) if self.steps[at].id not in but), None)
            for name in documents
        )
        first = min((place for place in places if place is not None), default=None)
        return None if first is None else self.steps[first]

    def unsaid(self, but: Collection[str]) -> bool:
        """Return whether a step other than *but* does not say what it reads."""
        return any(self.steps[place].id not in but for place in self.unread)

    def kept_apart(self, ids: Collection[str]) -> Step | None:
        """Return the first step that must be separate from one of *ids*, or is one and must be."""
        first = min((self.apart[each][0] for each in ids if each in self.apart), default=None)
        return None if first is None else self.steps[first]


@remembered
def uses(flow: Flow) -> Uses:
    """Return who reads what in *flow*, and who must be kept apart; linear, the same for the same.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B", reads=frozenset({"Tờ trình"})))
        >>> found = uses(Flow(id="p", nodes=steps))
        >>> found.reader({"Tờ trình"}, ()).id, found.unsaid(("a",)), found.kept_apart(("a",))
        ('b', False, None)

    Source: domain rule of this project: a step is kept for who reads it, and for who controls it.
    """
    readers: dict[str, list[int]] = {}
    unread: list[int] = []
    apart: dict[str, list[int]] = {}
    for place, step in enumerate(flow.steps):
        if step.reads is None:
            unread.append(place)
        for name in step.reads or ():
            readers.setdefault(name, []).append(place)
        if step.separate_from:
            for each in {step.id, *step.separate_from}:
                apart.setdefault(each, []).append(place)
    return Uses(
        steps=flow.steps,
        readers={name: tuple(places) for name, places in readers.items()},
        unread=tuple(unread),
        apart={each: tuple(places) for each, places in apart.items()},
    )

"""The scenarios of a BPSim file: which there are, which inherits from which, which is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import field, frozen

from tthc_flow.bpmn.index import local
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from lxml import etree

VERSIONS: Final = {
    "http://www.bpsim.org/schemas/1.0": "BPSim 1.0",
    "http://www.bpsim.org/schemas/2.0": "BPSim 2.0",
}
BASELINE: Final = "baseline"
PROPOSED: Final = "proposed"
VENDOR: Final = "tthc-flow"
DEFAULT_UNIT: Final = "min"
GROUPS: Final = (
    "TimeParameters", "CostParameters", "ControlParameters", "ResourceParameters",
    "PriorityParameters", "PropertyParameters",
)  # fmt: skip


@frozen(eq=False)
class Parameter:
    """One parameter of one element, and the unit of a bare number in it."""

    element: etree._Element = field(repr=False)
    unit: str


Parameters: TypeAlias = dict[str, Parameter]


@frozen(eq=False)
class Scenario:
    """One scenario; *inherits* names the one whose parameters hold where it says nothing."""

    element: etree._Element = field(repr=False)
    id: str
    name: str
    namespace: str
    inherits: str | None
    unit: str | None
    result: bool
    vendor: str | None

    @property
    def dialect(self) -> str:
        """Return the version, as people call it."""
        return VERSIONS[self.namespace]

    def tag(self, name: str) -> str:
        """Return the qualified tag of *name* in this version."""
        return f"{{{self.namespace}}}{name}"


def read_scenarios(root: etree._Element) -> dict[str, Scenario]:
    """Return the scenarios of the file by id, in file order; of two with one id the first."""
    found: dict[str, Scenario] = {}
    for element in root.iter(*(f"{{{namespace}}}Scenario" for namespace in VERSIONS)):
        namespace = str(element.tag)[1:].partition("}")[0]
        base = element.find(f"{{{namespace}}}ScenarioParameters")
        scenario = Scenario(
            element=element,
            id=element.get("id", ""),
            name=element.get("name", ""),
            namespace=namespace,
            inherits=element.get("inherits"),
            unit=None if base is None else base.get("baseTimeUnit"),
            result=element.get("result") is not None,
            vendor=element.get("vendor"),
        )
        found.setdefault(scenario.id, scenario)
    return found


def today(known: dict[str, Scenario]) -> Scenario | None:
    """Return the scenario that says how things are: the baseline, else the first of its line."""
    given = [each for each in known.values() if not each.result]
    for scenario in given:
        if BASELINE in {key(scenario.id), key(scenario.name)}:
            return scenario
    heads = [each for each in given if each.inherits not in known]
    return next(iter(heads or given), None)


def descent(known: dict[str, Scenario], scenario: Scenario) -> list[Scenario]:
    """Return what *scenario* inherits from, the eldest first, and itself; a circle is cut."""
    line = {scenario.id: scenario}
    parent = known.get(scenario.inherits or "")
    while parent is not None and parent.id not in line:
        line[parent.id] = parent
        parent = known.get(parent.inherits or "")
    return [*line.values()][::-1]


def holders(scenario: Scenario) -> list[tuple[str, etree._Element]]:
    """Return the ``ElementParameters`` of *scenario*, each with the id it refers to."""
    return [
        (local(holder.get("elementRef") or holder.get("elementId") or "", holder), holder)
        for holder in scenario.element.iterchildren(scenario.tag("ElementParameters"))
    ]


def parameters(known: dict[str, Scenario], scenario: Scenario) -> dict[str, Parameters]:
    """Return the parameters by element id; those of an heir go before those it inherits."""
    found: dict[str, Parameters] = {}
    unit = DEFAULT_UNIT
    for each in descent(known, scenario):
        unit = each.unit or unit
        for target, holder in holders(each):
            of_element = found.setdefault(target, {})
            for group in GROUPS:
                for part in holder.iterfind(f"{each.tag(group)}/*"):
                    of_element[str(part.tag).partition("}")[2]] = Parameter(part, unit)
    return found

"""BPSim 1.0 and 2.0: times and probabilities of the simulation scenarios of a file.

The baseline scenario is read, with what it inherits. Waiting and working parts add up to the
step's time, the working parts alone to its work. Only a fixed value is taken; a distribution is
one where it can give a single value.

Source: WfMC BPSim 1.0 (2013) and 2.0 (2016), Business Process Simulation Specification.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

from tthc_flow.bpmn.dialects.claim import Claim, Fact, Rank, Scene, Value, share
from tthc_flow.bpmn.dialects.scenarios import (
    VENDOR,
    Parameter,
    Parameters,
    Scenario,
    holders,
    parameters,
    read_scenarios,
    today,
)
from tthc_flow.bpmn.lengths import Doubt, Length, number, of_iso, of_number, total
from tthc_flow.bpmn.names import FLOW
from tthc_flow.model.source import EvidenceKind, Source
from tthc_flow.model.step import StepTime
from tthc_flow.units import Duration

if TYPE_CHECKING:
    from lxml import etree

WORKING: Final = ("SetUpTime", "ProcessingTime", "ValidationTime", "ReworkTime")
WAITING: Final = ("TransferTime", "QueueTime", "WaitTime")
PARTS: Final = {Fact.TIME: (*WAITING, *WORKING), Fact.WORK: WORKING}
_NUMBERS: Final = frozenset({"FloatingParameter", "NumericParameter", "DecimalParameter"})
_BOUNDS: Final = {
    "UniformDistribution": ("min", "max"),
    "TriangularDistribution": ("min", "mode", "max"),
}
_SPREAD: Final = frozenset(
    {"NormalDistribution", "TruncatedNormalDistribution", "LogNormalDistribution"}
)
MOST_OTHERS: Final = 8
"""How many other scenarios are looked at for values that agree; keeps long chains linear."""

Told: TypeAlias = dict[tuple[str, Fact], Duration]


def claims(scene: Scene) -> Iterator[Claim]:
    """Yield what the baseline scenario says of the steps and flows of the file."""
    known = read_scenarios(scene.root)
    scenario = today(known)
    if scenario is None:
        return
    _report(scene, known, scenario)
    also_known = islice((each for each in known.values() if each is not scenario), MOST_OTHERS)
    others = [_told(parameters(known, each)) for each in also_known]
    for element, found in parameters(known, scenario).items():
        if element in scene.index.elements:
            also = {
                fact: tuple(each[element, fact] for each in others if (element, fact) in each)
                for fact in PARTS
            }
            yield from _claims(scene, element, found, scenario, also)


def _report(scene: Scene, known: dict[str, Scenario], scenario: Scenario) -> None:
    """Report which scenario is read, and references that lead nowhere."""
    if len(known) > 1:
        others = [each for each in known if each != scenario.id]
        names = ", ".join((*others[:MOST_OTHERS], *("…" for _ in others[MOST_OTHERS:][:1])))
        scene.tell(
            "dialect-scenarios", scene.root, scenario.element, chosen=scenario.id, others=names
        )
    for each in known.values():
        if each.inherits is not None and each.inherits not in known:
            scene.warn(
                "dialect-inherits",
                scene.root,
                each.element,
                scenario=each.id,
                parent=each.inherits,
            )
        for target, holder in holders(each):
            if target not in scene.index.elements:
                scene.warn(
                    "dialect-element-unknown",
                    scene.root,
                    holder,
                    dialect=each.dialect,
                    reference=target or "–",
                )


def _told(found: dict[str, Parameters]) -> Told:
    """Return the lengths of a scenario that is not read, to know what agrees with the file."""
    told: Told = {}
    for element, of_element in found.items():
        for fact, names in PARTS.items():
            length = total([_length(of_element[name]) for name in names if name in of_element])
            if length.duration is not None:
                told[element, fact] = length.duration
    return told


def _claims(
    scene: Scene,
    element: str,
    found: Parameters,
    scenario: Scenario,
    also: dict[Fact, tuple[Duration, ...]],
) -> Iterator[Claim]:
    owner = scene.index.elements[element]
    used = set(PARTS[Fact.TIME])
    probability = found.get("Probability")
    if probability is not None and owner.tag == FLOW:
        used.add("Probability")
        text = _constant(probability)
        yield from share(scene, element, text, (probability.element, scenario.dialect), Rank.BPSIM)
    kept = {name: each for name, each in found.items() if name not in used and _says(each)}
    if kept:
        facts = ", ".join(f"{name} {_words(each)}" for name, each in kept.items())
        at = next(iter(kept.values())).element
        scene.tell("dialect-kept", owner, at, dialect=scenario.dialect, facts=facts)
    for fact, names in PARTS.items():
        stated = {name: found[name] for name in names if name in found and _values(found[name])}
        # Our own scenarios state a limit as processing where nobody knows the work.
        limit_only = scenario.vendor == VENDOR and not set(WAITING) & set(found)
        if stated and not (fact is Fact.WORK and limit_only):
            yield from _time(scene, element, fact, stated, scenario, also[fact])


def _time(
    scene: Scene,
    element: str,
    fact: Fact,
    stated: Parameters,
    scenario: Scenario,
    also: tuple[Duration, ...],
) -> Iterator[Claim]:
    words = " + ".join(f"{name} {_words(each)}" for name, each in stated.items())
    at = next(iter(stated.values())).element
    length = total([_length(each) for each in stated.values()])
    if length.duration is None:
        owner = scene.index.elements[element]
        scene.doubt(length.doubt, owner, at, fact=fact.value, dialect=scenario.dialect, words=words)
        return
    value: Value = length.duration
    if fact is Fact.TIME:
        source = Source(document=scenario.dialect, place=f"{scenario.id}: {words}")
        value = StepTime(duration=length.duration, evidence=EvidenceKind.ESTIMATE, source=source)
    yield Claim(
        element=element,
        fact=fact,
        value=value,
        words=words,
        dialect=scenario.dialect,
        rank=Rank.BPSIM,
        at=at,
        also=also,
    )


def _values(parameter: Parameter) -> list[etree._Element]:
    """Return what is stated, without results and requests for them."""
    return [
        each
        for each in parameter.element.iterchildren("*")
        if not str(each.tag).endswith("}ResultRequest") and each.get("result") is None
    ]


def _says(parameter: Parameter) -> bool:
    """Return whether anything but a tool's zero is stated."""
    values = _values(parameter)
    return bool(values) and any(number(each.get("value", "x")) != 0 for each in values)


def _words(parameter: Parameter) -> str:
    """Return the value as the file writes it."""
    return "; ".join(_written(each, parameter.unit) for each in _values(parameter))


def _written(value: etree._Element, unit: str) -> str:
    name = str(value.tag).partition("}")[2]
    if name in _NUMBERS or name == "DurationParameter":
        ending = f" {value.get('timeUnit', unit)}" if name in _NUMBERS else ""
        return f"{value.get('value', '')[:40]}{ending}"
    inside = ", ".join(f"{each!s}={str(text)[:40]}" for each, text in value.attrib.items())
    return f"{name}({inside})"


def _length(parameter: Parameter) -> Length:
    values = _values(parameter)
    if len(values) != 1 or values[0].get("validFor") is not None:
        return Length(doubt=Doubt.UNCERTAIN if values else Doubt.ZERO)
    value = values[0]
    if str(value.tag).endswith("}DurationParameter"):
        return of_iso(value.get("value", ""))
    text = _constant(parameter)
    if text is None:
        return Length(doubt=Doubt.NOT_FIXED)
    return of_number(text, value.get("timeUnit") or parameter.unit)


def _constant(parameter: Parameter) -> str | None:
    """Return the one number that *parameter* can have, or ``None``."""
    values = _values(parameter)
    if len(values) != 1:
        return None
    value, name = values[0], str(values[0].tag).partition("}")[2]
    if name in _NUMBERS:
        return value.get("value", "")
    if name in _BOUNDS:
        bounds = {number(value.get(bound, "x")) for bound in _BOUNDS[name]}
        return value.get("min") if len(bounds) == 1 and None not in bounds else None
    if name in _SPREAD and number(value.get("standardDeviation", "x")) == 0:
        return value.get("mean")
    points = [each for each in value.iterchildren("*") if each.get("probability") is not None]
    if name == "UserDistribution" and len(points) == 1:
        only = next(iter(points[0].iterchildren("*")), None)
        return None if only is None else only.get("value")
    return None

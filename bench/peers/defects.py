"""The defects that checkers are asked to find, in three groups."""

from __future__ import annotations

from lxml import etree

from peers.planted import FACTS, MODEL, Drawn, Plant, Touched, said, take_out


def nameless(drawn: Drawn) -> Touched:
    task = drawn.any_of([each for each in drawn.tasks if said(each, "name")])
    del task.attrib["name"]
    return {said(task)}


def no_start(drawn: Drawn) -> Touched:
    return _without_all(drawn, "startEvent")


def no_end(drawn: Drawn) -> Touched:
    return _without_all(drawn, "endEvent")


def _without_all(drawn: Drawn, kind: str) -> Touched:
    touched: Touched = {said(drawn.process), None}
    for event in drawn.of(kind):
        touched |= drawn.around(event)
        drawn.drop(event)
    return touched


def dead_end(drawn: Drawn) -> Touched:
    task = drawn.any_of([each for each in drawn.tasks if len(drawn.ways(each, "sourceRef")) == 1])
    touched = drawn.around(task)
    drawn.drop(drawn.ways(task, "sourceRef")[0])
    return touched


def cut_off(drawn: Drawn) -> Touched:
    """Lead the ways to a step past it."""
    fits = [each for each in drawn.tasks if len(drawn.ways(each, "sourceRef")) == 1]
    task = drawn.any_of([each for each in fits if drawn.ways(each, "targetRef")])
    touched = drawn.around(task)
    (out,) = drawn.ways(task, "sourceRef")
    target = next(each for each in drawn.process if said(each) == said(out, "targetRef"))
    for arrow in drawn.ways(task, "targetRef"):
        drawn.lead(arrow, target)
    drawn.drop(out)
    return touched


def arrow_twice(drawn: Drawn) -> Touched:
    arrow = drawn.any_of(drawn.of("sequenceFlow"))
    twin = drawn.double(arrow)
    return {said(arrow), said(twin), said(arrow, "sourceRef"), said(arrow, "targetRef")}


def arrow_to_nothing(drawn: Drawn) -> Touched:
    arrow = drawn.any_of(drawn.of("sequenceFlow"))
    ends = said(arrow, "sourceRef"), said(arrow, "targetRef")
    arrow.set("targetRef", "Nothing")
    return {said(arrow), *ends, "Nothing"}


def id_twice(drawn: Drawn) -> Touched:
    one, other = drawn.two_of(drawn.tasks)
    # Ours goes on with the second under a name of its own, and says so there.
    touched: Touched = {said(one), said(other), f"{said(one)}_2", None}
    other.set("id", said(one))
    return touched


def waits_for_ever(drawn: Drawn) -> Touched:
    """Let what comes by either way wait for both."""
    return _join_turned(drawn, "exclusiveGateway", "parallelGateway")


def goes_on_twice(drawn: Drawn) -> Touched:
    """Let what was split in two go on as two."""
    return _join_turned(drawn, "parallelGateway", "exclusiveGateway")


def _join_turned(drawn: Drawn, kind: str, other: str) -> Touched:
    joins = [each for each in drawn.of(kind) if len(drawn.ways(each, "targetRef")) > 1]
    join = drawn.any_of([each for each in joins if len(drawn.ways(each, "sourceRef")) == 1])
    join.tag = f"{MODEL}{other}"
    return drawn.around(join)


def circles_for_ever(drawn: Drawn) -> Touched:
    """Lead the second of two steps in a row, on one branch of a choice, back to the first."""
    found = []
    for gateway in drawn.of("exclusiveGateway"):
        out = drawn.ways(gateway, "sourceRef")
        for way in out if len(out) > 1 else ():
            one = _sole(drawn, way)
            other = None if one is None else _sole(drawn, drawn.ways(one, "sourceRef")[0])
            if one is not None and other is not None:
                found.append((one, other))
    if not found:
        raise LookupError
    one, other = drawn.rng.choice(found)
    touched = drawn.around(one) | drawn.around(other)
    drawn.lead(drawn.ways(other, "sourceRef")[0], one)
    return touched


def _sole(drawn: Drawn, way: etree._Element) -> etree._Element | None:
    """Return the task that *way* ends at, if it has that one way in and one out."""
    for task in drawn.tasks:
        one_out = len(drawn.ways(task, "sourceRef")) == 1
        if drawn.ways(task, "targetRef") == [way] and one_out:
            return task
    return None


def undrawn(drawn: Drawn) -> Touched:
    task = drawn.any_of(drawn.tasks)
    for box in list(drawn.boxes(task)):
        take_out(next(box.iterancestors()))
    return {said(task), said(drawn.process)}


def on_top(drawn: Drawn) -> Touched:
    one, other = drawn.two_of(drawn.tasks)
    for place, moved in zip(drawn.boxes(one), drawn.boxes(other), strict=True):
        moved.set("x", said(place, "x"))
        moved.set("y", said(place, "y"))
    return {said(one), said(other)}


def untimed(drawn: Drawn) -> Touched:
    time = drawn.any_of(_times(drawn))
    touched = {said(_element(time)), said(drawn.process), None}
    take_out(time)
    return touched


def numbered_twice(drawn: Drawn) -> Touched:
    steps = [each for task in drawn.tasks for each in task.iter(f"{FACTS}step")]
    one, other = drawn.two_of([each for each in steps if said(each, "number")])
    other.set("number", said(one, "number"))
    return {said(_element(each)) for each in (one, other)}


def total_untrue(drawn: Drawn) -> Touched:
    """Promise a hundredth of the time, where all steps together keep what was promised."""
    totals = [each for each in drawn.root.iter(f"{FACTS}totalTime") if said(each, "amount")]
    total = drawn.any_of(totals)
    times = _times(drawn)
    one_unit = {said(each, "unit") for each in (total, *times)} == {said(total, "unit")}
    promised, taken = (
        float(said(total, "amount")),
        sum(float(said(each, "amount")) for each in times),
    )
    if not one_unit or not promised / 100 < taken <= promised:
        raise LookupError
    total.set("amount", f"{promised / 100:g}")
    if "printed" in total.attrib:
        del total.attrib["printed"]
    return {said(drawn.process), None}


def _times(drawn: Drawn) -> list[etree._Element]:
    """Return the times of steps that are given in figures."""
    steps = [each for task in drawn.tasks for each in task.iter(f"{FACTS}step")]
    return [each for step in steps for each in step.findall(f"{FACTS}time") if said(each, "amount")]


def _element(fact: etree._Element) -> etree._Element:
    """Return the element of BPMN that a fact stands in."""
    return next(each for each in fact.iterancestors() if said(each))


DRAWING: dict[str, Plant] = {
    "a step has no name": nameless,
    "no start": no_start,
    "no end": no_end,
    "a step leads nowhere": dead_end,
    "a step is cut off": cut_off,
    "an arrow drawn twice": arrow_twice,
    "an arrow to nothing": arrow_to_nothing,
    "an id given twice": id_twice,
    "a step is not drawn": undrawn,
    "a step drawn on top of another": on_top,
}
BEHAVIOUR: dict[str, Plant] = {
    "either way, and waits for both": waits_for_ever,
    "both ways, and goes on twice": goes_on_twice,
    "a circle without a way out": circles_for_ever,
}
SUBSTANCE: dict[str, Plant] = {
    "a step has no time": untimed,
    "two steps of one number": numbered_twice,
    "less time promised than the steps take": total_untrue,
}
GROUPS = {"drawing": DRAWING, "behaviour": BEHAVIOUR, "facts": SUBSTANCE}

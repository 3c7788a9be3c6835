"""The law that a plan invents nothing: every fact of the after, traced to where it comes from."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from fractions import Fraction

from attrs import fields

from tthc_flow.model.actor import Level, Performer, Role
from tthc_flow.model.flow import Event, SequenceFlow
from tthc_flow.model.lever import Candidate
from tthc_flow.model.plan import Plan
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.source import EvidenceKind
from tthc_flow.model.step import Step, StepKind, StepTime

WORK = (
    *("kinds", "work", "reads", "writes", "criteria", "decides", "checked", "rejected", "amended"),
    *("legal_basis", "mandatory", "discretion", "harm", "paper", "databases", "separate_from"),
    *("applicant_visit", "inspects", "pauses_clock", "loop"),
)
TEXTS = ("result", "documentation")
REWRITTEN = {"flow", "answers", "total_time", "assumptions", "messages"}
BROUGHT: dict[str, set[tuple[str, Hashable]]] = {
    "go_online": {("paper", False), ("applicant_visit", False)},
    "decide_then_report": {("kinds", StepKind.REPORT)},
    "hand_down_decision": {("kinds", StepKind.REPORT)},
    "hand_to_third_party": {("kinds", StepKind.OTHER)},
    "inspect_afterwards": {("kinds", StepKind.POST_INSPECT), ("kinds", StepKind.OTHER)},
    "post_by_courier": {
        ("name", "Nhân viên bưu chính công ích"),
        ("role", Role.THIRD_PARTY),
        ("office", "Doanh nghiệp bưu chính công ích"),
    },
    "receive_anywhere": {("level", Level.COMMUNE), ("level", Level.PROVINCE)},
    "skip_district": {("level", Level.COMMUNE), ("office", "UBND cấp xã")},
}
"""What a lever is by definition: the table of ``levers.md``, written down once more by hand."""
OUTSIDE = {"hand_to_third_party": {"Yêu cầu thực hiện", "Giấy chứng nhận, kết quả"}}
"""Messages of a lever that hands work to somebody outside, who gets a pool of his own."""
ANYWHERE = " (nơi bất kỳ trong tỉnh)"


def inventions(made: Plan) -> list[str]:
    """Return every fact of the after of *made* that nothing before says, and no lever brings."""
    before, after = made.before, made.after
    return [
        *_of_procedure(made),
        *(
            f"{node.id}: {told}"
            for node in after.flow.nodes
            if isinstance(node, Step) and node != before.flow.by_id.get(node.id)
            for told in _of_step(made, node)
        ),
        *(f"{node.id}: a time" for node in after.flow.nodes if _has_new_time(before, node)),
        *(f"{edge.id}: a number" for edge in after.flow.edges if _says_number(made, edge)),
    ]


def _of_procedure(made: Plan) -> Iterator[str]:
    before, after = made.before, made.after
    outside = {name for each in made.applied for name in OUTSIDE.get(each.lever, ())}
    rewritten = REWRITTEN | ({"pools"} if outside else set())
    for field in fields(Procedure):
        same = getattr(before, field.name) == getattr(after, field.name)
        if field.name not in rewritten and not same:
            yield f"the procedure's {field.name}"
    for name in ("answers", "assumptions"):
        if not set(getattr(after, name)) <= set(getattr(before, name)):
            yield f"the procedure's {name}"
    known = {each.name for each in before.messages} | outside
    if not {each.name for each in after.messages} <= known:
        yield "a message"
    was, now = before.total_time, after.total_time
    if now != was and (now.duration or now.alternatives or (was.printed or "") not in now.printed):
        yield "a total time"


def _of_step(made: Plan, step: Step) -> Iterator[str]:
    """Yield what nothing says of *step*: its own row, the rows its change is about, the lever."""
    flow = made.before.flow
    own = flow.by_id.get(step.id)
    by = [each for each in made.applied if _touches(each, step)]
    rows = [own, *(flow.by_id.get(id_) for each in by for id_ in (*each.targets, *each.anchors))]
    known = [row for row in rows if isinstance(row, Step)]
    brought = set[tuple[str, Hashable]]().union(*(BROUGHT.get(each.lever, ()) for each in by))
    told = {(name, atom) for row in known for name in WORK for atom in _atoms(row, name)}
    for name in WORK:
        if isinstance(own, Step) and getattr(own, name) == getattr(step, name):
            continue
        for atom in _atoms(step, name):
            if (name, atom) not in told | brought:
                yield f"{name} {atom}"
    texts = {text for row in known for text in (row.name, row.result, row.documentation) if text}
    for name in TEXTS:
        if not _made_of(getattr(step, name) or "", texts, by):
            yield f"{name} {getattr(step, name)}"
    yield from _of_performer(made, step)
    if not _known_time(step, known):
        yield f"time {step.time}"


def _touches(candidate: Candidate, step: Step) -> bool:
    about = (*candidate.targets, *candidate.anchors)
    return step.id in about or any(f"_{id_}_" in f"{step.id}_" for id_ in about)


def _atoms(step: Step, name: str) -> tuple[Hashable, ...]:
    value = getattr(step, name)
    if value is None or (name == "pauses_clock" and not value):
        return ()
    return tuple(value) if isinstance(value, tuple | frozenset) else (value,)


def _made_of(text: str, known: Iterable[str], by: Iterable[Candidate]) -> bool:
    """Return whether *text* is put together of *known* ones, and of lines that cite evidence."""
    for one in sorted(known, key=len, reverse=True):
        text = text.replace(one, "")
    cited = [each.value for candidate in by for each in candidate.evidence if each.source]
    lines = [line.strip("; ") for line in text.splitlines()]
    return all(not line or any(value in line for value in cited) for line in lines)


def _of_performer(made: Plan, step: Step) -> Iterator[str]:
    by = made.applied
    parties = [
        *(each.performer for each in made.before.flow.steps),
        *(lane.performer for lane in made.before.flow.lanes),
        *(each.handing.giver for each in by if each.handing),
        *(each.handing.receiver for each in by if each.handing),
    ]
    known = {fact for who in parties if who is not None for fact in _party(who)}
    known |= {fact for one in by for fact in BROUGHT.get(one.lever, ())}
    known |= {("name", each.value) for one in by for each in one.evidence}
    for name, value in _party(step.performer) if step.performer else ():
        plain = value.removesuffix(ANYWHERE) if isinstance(value, str) else value
        if (name, value) not in known and (name, plain) not in known:
            yield f"performer's {name} {value}"


def _party(who: Performer) -> set[tuple[str, Hashable]]:
    levels = {("level", level) for level in who.levels}
    return {("name", who.name), ("role", who.role), ("office", who.office), *levels}


def _known_time(step: Step, rows: list[Step]) -> bool:
    """Return whether the time is none, a machine's, that of one row, or the sum of all rows."""
    duration = step.time.duration
    if duration is None:
        return True
    if step.automatic and duration.amount == 0 and step.time.evidence is EvidenceKind.ASSUMED:
        return True
    times = {row.id: row.time.duration for row in rows if row.time.duration is not None}
    whole = sum((each.amount for each in times.values()), Fraction(0))
    one_unit = {each.unit for each in times.values()} == {duration.unit}
    return duration in times.values() or (one_unit and whole == duration.amount)


def _has_new_time(before: Procedure, node: object) -> bool:
    return (
        isinstance(node, Event)
        and node != before.flow.by_id.get(node.id)
        and node.time.duration not in {StepTime().duration, *_times(before)}
    )


def _times(before: Procedure) -> set[object]:
    return {node.time.duration for node in before.flow.nodes if isinstance(node, Event)}


def _says_number(made: Plan, edge: SequenceFlow) -> bool:
    """Return whether a new or changed arrow says a share or a number that is no stated term."""
    was = {(each.share, each.condition) for each in made.before.flow.edges}
    if (edge.share, edge.condition) in was:
        return False
    terms = {value for each in made.applied for _, value in each.terms}
    numbers = any(char.isdigit() for char in edge.condition or "")
    return edge.share is not None or (numbers and not any(t in edge.condition for t in terms if t))

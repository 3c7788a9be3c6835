"""Activities that are done several times: in a row, one by one, or all at once.

Each round is a token in the scope of its activity: a piece of work where the activity is a step,
a scope of its own where it is a sub-process.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Protocol

from tthc_flow.engine.places import Repeat
from tthc_flow.errors import BadExpression, NotRunnable

if TYPE_CHECKING:
    from SpiffWorkflow.task import Task

    from tthc_flow.engine.repeated import Rounds
    from tthc_flow.expressions.expression import Value

MOST_OPEN: Final = 10_000
"""A case that holds more tokens than this begins no further rounds by itself."""

MOST_MOVES: Final = 1_000_000
"""However many rounds there are, no case goes further than this without waiting for anybody."""


class Stage(Protocol):
    """What repeating needs of a case."""

    data: Mapping[str, Value]
    tasks: dict[object, Task]
    waiting: dict[object, Task]
    ask: bool
    limit: int
    more_moves: int

    def put(self, scope: Task, spec: str, *, arc: str | None = None, fired: bool = False) -> Task:
        """Put a token into a scope."""

    def drop(self, task: Task) -> None:
        """Take a token away."""


def begin_rounds(case: Stage, host: Task) -> None:
    """Begin the repeated activity *host*, or ask how often it is done.

    A loop is done once before anything is asked, unless its drawing says that it is asked before.

    Source: BPMN 2.0.2, 13.3.6 (``testBefore`` is false unless it is said) and 13.3.7.
    """
    place = host.task_spec.place
    rule: Rounds = place.rounds
    if place.repeat is Repeat.IN_A_ROW:
        if not rule.before:
            start_rounds(case, host, 1)
        else:
            _goes_on(case, host)
        return None
    if case.ask or not rule.counted:
        return _ask(case, host, "")
    data = sight(case.data, host)
    try:
        members = rule.members(data) if rule.each is not None else ()
        times = rule.number(data) if rule.each is None else len(members)
    except (BadExpression, NotRunnable) as unclear:
        return _ask(case, host, str(unclear))
    if place.repeat is Repeat.AT_ONCE and len(case.tasks) + times > MOST_OPEN:
        held = NotRunnable("TF406", f"{times} rounds more than {len(case.tasks)} open tokens")
        return _ask(case, host, str(held))
    if members:
        host.internal_data["members"] = list(reversed(members))
    return start_rounds(case, host, times)


def begin_answered(case: Stage, host: Task, times: int) -> None:
    """Go on with *host* as whoever was asked has said: *times* rounds are still to be done.

    Where the drawing says how many there are, it is no more than that; those that are under way
    just go on.
    """
    place, data = host.task_spec.place, host.internal_data
    if place.repeat is Repeat.ONE_BY_ONE and "later" in data:
        granted = min(times, data["later"])
        data["later"] -= granted
        start_rounds(case, host, granted, said=True)
    elif not host.children:
        start_rounds(case, host, times)


def start_rounds(case: Stage, host: Task, times: int, *, said: bool = False) -> None:
    """Begin *times* rounds of *host*, at once or the first of them.

    Where a condition that is not ours ends rounds one by one, only one is done before somebody is
    asked about the others, unless they are *said* to be due.
    """
    place, data = host.task_spec.place, host.internal_data
    if place.repeat is Repeat.ONE_BY_ONE and place.rounds.asked and not (said or case.ask):
        data["later"] = max(times - 1, 0)
        times = min(times, 1)
    at_once = times if place.repeat is Repeat.AT_ONCE else min(times, 1)
    data["rounds"] = times - at_once
    more = min(times * case.limit // 10, MOST_MOVES)  # a tenth is every node and flow once
    case.more_moves = max(case.more_moves, more)
    members = data.get("members")
    for _ in range(at_once):
        token = case.put(host, f"round:{place.id}")
        if members:
            token.internal_data["member"] = members.pop()


def round_over(case: Stage, host: Task, token: Task) -> None:
    """Note that the round *token* of *host* is over; where that is enough, take the others off.

    Whether it is enough is asked where the condition is not ours and other rounds are under way.

    Source: BPMN 2.0.2, 13.3.7: when ``completionCondition`` holds after an instance, the remaining
    ones are cancelled.
    """
    place, data = host.task_spec.place, host.internal_data
    data["over"] = _over(host) + 1
    if place.repeat is Repeat.AT_ONCE and place.rounds.asked and host.children and not case.ask:
        return _ask(case, host, "")
    if not case.ask and _is_enough(case, host, token):
        for each in list(host.children):
            case.drop(each)
        data.pop("members", None)
        data |= {"rounds": 0, "enough": True}
    return None


def goes_round(case: Stage, host: Task) -> bool:
    """Return whether *host*, whose last round is over, goes on with another or asks for one."""
    place, data = host.task_spec.place, host.internal_data
    if place.repeat is Repeat.ONCE or "done" in data or "enough" in data:
        return False
    if data["rounds"]:
        start_rounds(case, host, data["rounds"], said=True)
        return True
    if data.get("later"):
        _ask(case, host, "")
        return True
    return place.repeat is Repeat.IN_A_ROW and _goes_on(case, host)


def _goes_on(case: Stage, host: Task) -> bool:
    """Return whether the loop *host* is done again or asks; ``times`` is the most of its rounds."""
    rule: Rounds = host.task_spec.place.rounds
    decides = rule.until is not None or (rule.counted and not rule.asked)
    because = ""
    try:
        if not case.ask and rule.counted and _over(host) >= rule.number(sight(case.data, host)):
            return False
        if not case.ask and decides:
            goes_on = not _holds(case, host, host)
            start_rounds(case, host, int(goes_on))
            return goes_on
    except (BadExpression, NotRunnable) as unclear:
        because = str(unclear)
    _ask(case, host, because)
    return True


def _over(host: Task) -> int:
    over: int = host.internal_data.get("over", 0)
    return over


def _ask(case: Stage, host: Task, because: str) -> None:
    """Let *host* wait to be told how many rounds there are; *because* says what is unclear."""
    if because:
        host.internal_data["because"] = because
    case.waiting[host.id] = host


def _is_enough(case: Stage, host: Task, token: Task) -> bool:
    try:
        return _holds(case, host, token)
    except BadExpression:
        return False


def _holds(case: Stage, host: Task, seen_by: Task) -> bool:
    """Return whether the rounds of *host* end now, by the data and by how many are over.

    Source: BPMN 2.0.2, tables 10.28 and 10.30, for the names of the counts.
    """
    rule: Rounds = host.task_spec.place.rounds
    if rule.until is None:
        return False
    over, active = _over(host), len(host.children)
    counts: dict[str, Value] = {
        "loopCounter": over,
        "numberOfInstances": over + active + host.internal_data.get("rounds", 0),
        "numberOfActiveInstances": active,
        "numberOfCompletedInstances": over,
        "numberOfTerminatedInstances": 0,
    }
    return rule.until.holds({**sight(case.data, seen_by), **counts})


def sight(data: Mapping[str, Value], task: Task) -> Mapping[str, Value]:
    """Return *data* as *task* sees them: each round around it adds its member, by its name."""
    seen: dict[str, Value] = {}
    around: Task | None = task
    while around is not None:
        if "member" in around.internal_data and around.task_spec.place.rounds.member is not None:
            seen.setdefault(around.task_spec.place.rounds.member, around.internal_data["member"])
        around = around.parent
    return {**data, **seen} if seen else data

"""What each check finds and what it leaves alone, as small procedures by name of the case."""

from __future__ import annotations

from attrs import evolve

from checks import answer_cases
from measures.flows import OFFICER, both, chain, days, end, flow, procedure, start, step, xor
from tthc_flow.model.actor import Level, Performer, Role
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Lane,
    Outcome,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.law import LegalBasis, LegalRank
from tthc_flow.model.procedure import Procedure, TotalTime
from tthc_flow.model.step import StepTime, TaskType
from tthc_flow.units import Duration, TimeUnit

APPLICANT = Performer(name="Tổ chức, cá nhân", role=Role.APPLICANT)
DISTRICT = Performer(name="UBND huyện", levels=frozenset({Level.DISTRICT}))
BASIS = (LegalBasis(document="NĐ 63/2010/NĐ-CP", rank=LegalRank.DECREE, clause="Điều 8"),)
SERVICE = TaskType.SERVICE


def drawn(nodes, *ways: str, **more) -> Procedure:
    """The procedure of a flow of *nodes* joined by *ways*."""
    return Procedure(flow=flow(nodes, *ways, **more))


def told(given: Procedure, **ways) -> Procedure:
    """The same with facts set on its arrows, by source and target: ``x_end={"name": "Đạt"}``."""
    edges = tuple(
        evolve(edge, **ways.get(f"{edge.source}_{edge.target}", {})) for edge in given.flow.edges
    )
    return evolve(given, flow=evolve(given.flow, edges=edges))


def limit(amount, unit=TimeUnit.WORKING_DAY) -> TotalTime:
    return TotalTime(duration=Duration(amount=amount, unit=unit))


def timed(amount, unit) -> StepTime:
    return days(amount, unit)


SOUND = procedure(step("a", 1), step("b", 2))
CHOICE = drawn((start(), step("a", 1), xor("x"), end("no"), end()), "start a x end", "x no")
BRANCHES = drawn((start(), xor("x"), step("a", 1), step("b", 3), end()), "start x a end", "x b end")
CIRCLE = drawn((start(), xor("x"), step("a", 1), step("b", 1), end()), "start x end", "x a b a")
INNER_BORDERS = (
    SubProcess(id="s", name="s"),
    start("in", scope="s"),
    step("a", 1, scope="s"),
    end("out", scope="s"),
)
SAME = {"name": "Sở Nội vụ"}

FINDS: dict[str, dict[str, Procedure]] = {
    "unsound": {
        "deadlock": drawn(
            (start(), xor("x"), step("a", 1), step("b", 1), both("j"), end()),
            "start x a j end",
            "x b j",
        ),
    },
    "loop_without_exit": {"two-steps-for-ever": CIRCLE},
    "no_start": {"begins-with-a-step": drawn((step("a", 1), end()), "a end")},
    "no_end": {"stops-after-a-step": drawn((start(), step("a", 1)), "start a")},
    "unreachable": {
        "loose-step": drawn((start(), step("a", 1), step("b", 1), end()), "start a end", "b end"),
        "island": drawn(
            (start(), step("a", 1), step("b", 1), step("c", 1), end()), "start a end", "b c b"
        ),
    },
    "dead_end": {
        "forgotten-arrow": drawn((start(), xor("x"), step("a", 1), end()), "start x end", "x a"),
    },
    "decision_without_outcomes": {
        "silent-ways": CHOICE,
        "decides-and-goes-on": procedure(step("a", 1, decides=True), step("b", 1)),
    },
    "norm_time_over_limit": {
        "five-days-in-four": procedure(step("a", 2), step("b", 3), total_time=limit(4)),
        "too-long-with-a-gap": procedure(step("a", 5), step("b"), total_time=limit(4)),
    },
    "total_disagrees": {
        "two-days-short": procedure(step("a", 1), step("b", 2), total_time=limit(5)),
    },
    "time_missing": {
        "one-of-two": procedure(step("a", 1), step("b")),
        "in-the-day": procedure(step("a", 1), step("b", time=StepTime(printed="Trong ngày"))),
        "none-at-all": procedure(step("a"), step("b")),
    },
    "units_mixed": {
        "bare-and-working": procedure(step("a", 1), step("b", time=timed(2, TimeUnit.DAY))),
        "steps-against-total": procedure(
            step("a", 10), total_time=limit(14, TimeUnit.CALENDAR_DAY)
        ),
    },
    "district_level": {"district-officer": procedure(step("a", 1, performer=DISTRICT))},
    "performer_missing": {"nobody": procedure(step("a", 1, performer=None))},
    "name_missing": {"no-text": procedure(step("a", 1, name=""))},
    "step_unclassified": {"no-kind": procedure(step("a", 1, kinds=()))},
    "legal_basis_missing": {"none": SOUND},
    "duplicate_step_number": {
        "twice-three": procedure(step("a", 1, number="3"), step("b", 1, number="3 ")),
    },
    "answers_doubtful": answer_cases.DOUBTFUL,
    "answers_stale": answer_cases.STALE,
}

LEAVES_ALONE: dict[str, dict[str, Procedure]] = {
    "unsound": {
        "sequence": SOUND,
        "choice": CHOICE,
        "parallel": drawn(
            (start(), both("p"), step("a", 1), step("b", 1), both("j"), end()),
            "start p a j end",
            "p b j",
        ),
    },
    "loop_without_exit": {
        "rework": drawn((start(), step("a", 1), xor("x"), end()), "start a x end", "x a"),
        "sequence": SOUND,
    },
    "no_start": {"start-event": SOUND},
    "no_end": {"end-event": SOUND, "two-ends": CHOICE},
    "unreachable": {
        "sequence": SOUND,
        "boundary": drawn(
            (
                start(),
                step("a", 1),
                Event(
                    id="t",
                    position=EventPosition.BOUNDARY,
                    attached_to="a",
                    trigger=Trigger.TIMER,
                ),
                step("b", 1),
                end(),
            ),
            "start a end",
            "t b end",
        ),
        "inside-a-sub-process": drawn((start(), *INNER_BORDERS, end()), "start s end", "in a out"),
        "event-sub-process": drawn(
            (
                start(),
                step("m", 1),
                evolve(INNER_BORDERS[0], kind=SubProcessKind.EVENT),
                evolve(INNER_BORDERS[1], trigger=Trigger.MESSAGE),
                *INNER_BORDERS[2:],
                end(),
            ),
            "start m end",
            "in a out",
        ),
    },
    "dead_end": {
        "implicit-end": drawn((start(), step("a", 1)), "start a"),
        "sequence": SOUND,
        "ends-inside-only": drawn((start(), *INNER_BORDERS), "start s", "in a out"),
    },
    "decision_without_outcomes": {
        "labels": told(CHOICE, x_end={"name": "Đạt"}, x_no={"outcome": Outcome.REFUSE}),
        "join": drawn(
            (start(), both("p"), step("a", 1), step("b", 1), xor("x"), end()),
            "start p a x end",
            "p b x",
        ),
        "decides-and-branches": told(
            evolve(
                CHOICE,
                flow=evolve(
                    CHOICE.flow,
                    nodes=tuple(
                        evolve(node, decides=True) if node.id == "a" else node
                        for node in CHOICE.flow.nodes
                    ),
                ),
            ),
            x_end={"outcome": Outcome.GRANT},
            x_no={"outcome": Outcome.REFUSE},
        ),
    },
    "norm_time_over_limit": {
        "just-in-time": procedure(step("a", 2), step("b", 2), total_time=limit(4)),
        "no-limit": SOUND,
        "parallel-sum-above": drawn(
            (start(), both("p"), step("a", 3), step("b", 3), both("j"), end()),
            "start p a j end",
            "p b j",
        ),
        "none-prescribed": procedure(step("a", 99), total_time=TotalTime(none_prescribed=True)),
    },
    "total_disagrees": {
        "path": evolve(BRANCHES, total_time=limit(3)),
        "sum": evolve(BRANCHES, total_time=limit(4)),
        "gap": procedure(step("a", 1), step("b"), total_time=limit(5)),
        "over": procedure(step("a", 9), total_time=limit(5)),
        "one-of-the-alternatives": procedure(
            step("a", 5),
            total_time=TotalTime(
                alternatives=(
                    ("thường", Duration(amount=5, unit=TimeUnit.WORKING_DAY)),
                    ("phải xác minh", Duration(amount=9, unit=TimeUnit.WORKING_DAY)),
                )
            ),
        ),
    },
    "time_missing": {
        "all-timed": SOUND,
        "not-counted": procedure(step("a", 1), step("b", time=StepTime(counted=False))),
        "clock-stopped": procedure(step("a", 1), step("b", pauses_clock=True)),
        "by-machine": procedure(step("a", 1), step("b", task=SERVICE)),
        "by-the-applicant": procedure(step("a", 1), step("b", performer=APPLICANT)),
    },
    "units_mixed": {
        "days-and-hours": procedure(
            step("a", 1), step("b", time=timed(4, TimeUnit.WORKING_HOUR)), total_time=limit("1.5")
        ),
        "bare-only": procedure(
            step("a", time=timed(2, TimeUnit.DAY)), total_time=limit(2, TimeUnit.DAY)
        ),
    },
    "district_level": {
        "baseline": procedure(step("a", 1, performer=DISTRICT), baseline=True),
        "province": SOUND,
    },
    "performer_missing": {
        "lane": Procedure(
            flow=flow(
                (start(), step("a", 1, performer=None, lane="l"), end()),
                "start a end",
                lanes=(Lane(id="l", name="Sở Nội vụ", performer=OFFICER),),
            )
        ),
        "machine": procedure(step("a", 0, performer=None, task=SERVICE)),
    },
    "name_missing": {
        "named": SOUND,
        "documented": procedure(step("a", 1, name="", documentation="Thẩm định hồ sơ")),
    },
    "step_unclassified": {"classified": SOUND},
    "legal_basis_missing": {
        "all": procedure(step("a", 1, legal_basis=BASIS)),
        "applicant-and-machine": procedure(
            step("a", 1, legal_basis=BASIS),
            step("b", 1, performer=APPLICANT),
            step("c", 0, task=SERVICE),
        ),
    },
    "duplicate_step_number": {
        "no-numbers": SOUND,
        "parts-of-a-step": procedure(step("a", 1, number="3"), step("b", 1, number="3.1")),
    },
    "answers_doubtful": answer_cases.SURE,
    "answers_stale": answer_cases.CURRENT,
}

EMPTY = Procedure(flow=Flow(id="p"))
LONG = Procedure(flow=chain(*(step(f"s{each}") for each in range(500))))
TWICE = drawn(
    (start(), both("p"), step("a", 1), step("b", 1), xor("x"), step("c", 1), end()),
    "start p a x c end",
    "p b x",
)
STRANGE = drawn(
    (start(), Gateway(id="g", kind=GatewayKind.COMPLEX), step("a", 1), end()), "start g a end"
)

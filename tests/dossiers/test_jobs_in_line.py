"""What the engine does by itself comes in its order, each thing once, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from tthc_flow.dossiers.engine import Engine
from tthc_flow.dossiers.jobs import LEASE, Ran
from tthc_flow.dossiers.office import Retries
from tthc_flow.dossiers.worker import Worker
from tthc_flow.errors import StoreFault
from tthc_flow.moments import text_of
from tthc_flow.store import instances
from tthc_flow.store import jobs as store
from tthc_flow.store.database import transaction
from tthc_flow.store.rows import JobRow

from .every_kind import FUNCTION
from .in_line import (
    DAILY,
    DAY,
    ONCE,
    REMINDED,
    WORK,
    asleep,
    due,
    failing,
    happened,
    row_of,
    to_incident,
)
from .loop import NOW
from .small import Wall, at, bpmn, do, engine_with, open_nodes

# In which order


def test_what_came_due_first_is_done_first_whatever_its_name(url):
    engine, wall = engine_with(url, REMINDED)
    with engine:
        dossier = engine.start("P", "H", by="an").id
        wall.forward(days=7)
        assert engine.jobs.run_due() == Ran(done=2)
        assert happened(engine, dossier, "timer") == ["b", "a"]
        assert open_nodes(engine, dossier) == ["x", "y"]


def test_the_order_stays_where_a_worker_was_killed_with_the_jobs_in_its_hand(url):
    engine, wall = engine_with(url, REMINDED)
    with engine:
        dossier = engine.start("P", "H", by="an").id
        wall.forward(days=7)
        assert [job.node for job in asleep(engine, wall)] == ["b", "a"]
        assert [engine.jobs.run_due(most=1) for _ in range(2)] == [Ran(done=1)] * 2
        assert happened(engine, dossier, "timer") == ["b", "a"]


def test_the_order_stays_where_a_worker_gave_the_jobs_back(url):
    engine, wall = engine_with(url, REMINDED)
    with engine:
        ids = [engine.start("P", f"H{number}", by="an").id for number in range(2)]
        wall.forward(days=7)
        worker = engine.jobs.run_each()
        assert next(worker) == "done"
        worker.close()
        assert engine.jobs.run_due() == Ran(done=3)
        assert [happened(engine, each, "timer") for each in ids] == [["b", "a"]] * 2


def test_letters_go_out_in_the_order_in_which_they_were_written(url):
    throws = [f"m{number}" for number in range(12)]
    drawn = "".join(
        f'<intermediateThrowEvent id="{each}"><messageEventDefinition/></intermediateThrowEvent>'
        for each in throws
    )
    repeated = bpmn(
        WORK + drawn + '<exclusiveGateway id="g"/><exclusiveGateway id="q" name="Nữa?"/>',
        f"s > g > t > {' > '.join(throws)} > q; q > g; q > e",
    )
    engine, _ = engine_with(url, repeated)
    with engine:
        dossier = engine.start("P", "H", by="an").id
        for _ in range(6):
            do(engine, dossier, "t")
            engine.work.choose(at(engine, dossier, "q"), "f16", by="an")
        sent: list[str] = []
        waiting = [each.key for each in engine.outbox.waiting()]
        while engine.outbox.deliver(lambda letter: sent.append(letter.key), most=10):
            pass
        kept = [each.key for each in engine.outbox.delivered()]
        steps = [1, 3, 5, 7, 9, 11]
        assert sent == [f"{dossier}:{step}:{place}" for step in steps for place in range(12)]
        assert waiting == kept == sent


def test_an_event_that_several_tokens_wait_for_happens_to_the_oldest(url):
    twice = bpmn(
        WORK + '<userTask id="a" name="A"/><userTask id="b" name="B"/><parallelGateway id="p"/>'
        '<intermediateCatchEvent id="m" name="Công văn"><messageEventDefinition/>'
        "</intermediateCatchEvent>",
        "s > p > a > m > t > e; p > b > m",
    )
    engine, _ = engine_with(url, twice)
    with engine:
        dossier = engine.start("P", "H", by="an").id
        do(engine, dossier, "b")
        do(engine, dossier, "a")
        rows = instances.jobs_at

        def in_any_order(here: Connection, which: str) -> dict[tuple[int, str], JobRow]:
            return dict(sorted(rows(here, which).items(), reverse=True))

        with engine.database.connect() as here:
            oldest, _ = min(rows(here, dossier))
        with Engine(url, now=lambda: NOW) as other, pytest.MonkeyPatch.context() as patch:
            patch.setattr(instances, "jobs_at", in_any_order)
            other.happening.deliver(dossier, "m", by="an")
        assert engine.audit.history(dossier)[-1]["payload"]["token"] == oldest
        assert row_of(engine, "m").token > oldest


# Cycles


def test_a_cycle_is_due_from_when_it_was_due_however_late_it_came(url):
    engine, wall = engine_with(url, DAILY)
    with engine:
        dossier = engine.start("P", "H", by="an").id
        found = []
        for _ in range(3):
            wall.forward(days=1, hours=5)
            assert engine.jobs.run_due() == Ran(done=1)
            found.append(due(engine, "c"))
        assert found == [("due", 2 * DAY), ("due", 3 * DAY), ("done", None)]
        assert happened(engine, dossier, "timer") == ["c"] * 3


def test_each_time_that_a_cycle_missed_comes_once_and_no_more(url):
    engine, wall = engine_with(url, DAILY)
    with engine:
        dossier = engine.start("P", "H", by="an").id
        wall.forward(days=30)
        assert [engine.jobs.run_due().done for _ in range(5)] == [1, 1, 1, 0, 0]
        assert happened(engine, dossier, "timer") == ["c"] * 3


@pytest.mark.parametrize("at_hand", [True, False])
def test_a_cycle_that_failed_goes_on_from_when_it_was_due(url, at_hand):
    engine, wall = engine_with(url, DAILY)
    with engine:
        engine.start("P", "H", by="an")
        wall.forward(days=1, hours=1)
        with failing():
            assert engine.jobs.run_due() == Ran(failed=1)
        wall.forward(hours=1)
        if at_hand:
            assert engine.jobs.run_due() == Ran(done=1)
        else:
            with Engine(url, now=wall) as other:
                assert other.jobs.run_due() == Ran(done=1)
        assert due(engine, "c") == ("due", 2 * DAY)
        row = row_of(engine, "c")
        assert (row.since, row.tries, row.error) == (None, 0, None)


def test_a_cycle_whose_incident_was_resolved_comes_the_next_time(url):
    engine, wall = engine_with(url, DAILY, retries=ONCE)
    with engine:
        dossier = engine.start("P", "H", by="an").id
        wall.forward(days=1, hours=1)
        engine.jobs.resolve(to_incident(engine), by="an")
        assert engine.jobs.incidents() == ()
        assert due(engine, "c") == ("due", 2 * DAY)
        wall.forward(days=1)
        assert engine.jobs.run_due() == Ran(done=1)
        assert happened(engine, dossier, "timer") == ["c"]
        assert open_nodes(engine, dossier) == ["t", "x", "x"]


def test_a_cycle_that_is_delivered_by_hand_before_its_time_is_due_a_cycle_later(url):
    engine, wall = engine_with(url, DAILY)
    with engine:
        dossier = engine.start("P", "H", by="an").id
        wall.forward(hours=6)
        engine.happening.deliver(dossier, "c", by="an")
        assert due(engine, "c") == ("due", DAY + timedelta(hours=6))


# Leases


def slept_over(url: str, retries: Retries) -> tuple[Engine, Wall, JobRow, JobRow]:
    """Return a job that a worker took, slept over its lease and another worker has now."""
    engine, wall = engine_with(url, FUNCTION, functions={"look": dict}, retries=retries)
    engine.start("F", "H", by="an")
    (ours,) = asleep(engine, wall)
    with transaction(engine.database) as here:
        (theirs,) = store.take_due(here, text_of(wall.at), text_of(wall.at + LEASE), 100)
    return engine, wall, ours, theirs


@pytest.mark.parametrize("retries", [Retries(), ONCE])
@pytest.mark.parametrize("code", ["TF703", "TF712"])
def test_who_fails_after_its_lease_does_not_move_the_job_of_who_has_it_now(url, retries, code):
    engine, _, ours, theirs = slept_over(url, retries)
    with engine, pytest.MonkeyPatch.context() as patch:

        def fail(*_: object) -> str:
            raise StoreFault(code, "hỏng", hint="thử")

        patch.setattr("tthc_flow.dossiers.jobs.do", fail)
        assert engine.jobs._run(ours) == "gone"
        assert (row_of(engine, "look"), engine.jobs.incidents()) == (theirs, ())
        assert engine.jobs._run(theirs) in {"failed", "incident"}


def test_a_function_whose_dossier_was_suspended_is_called_again_when_it_goes_on(url):
    calls = []

    def look(_data: object) -> dict[str, int]:
        calls.append(1)
        if len(calls) == 1:
            engine.life.suspend(dossier, by="an", reason="thử")
        return {"lần": len(calls)}

    engine, wall = engine_with(url, FUNCTION, functions={"look": look})
    with engine:
        dossier = engine.start("F", "H", by="an").id
        assert list(engine.jobs.run_each()) == ["gone"]
        wall.forward(minutes=1)
        assert list(engine.jobs.run_each()) == []
        assert (len(calls), row_of(engine, "look").status) == (1, "held")
        engine.life.resume(dossier, by="an")
        assert list(engine.jobs.run_each()) == ["done"]
        assert happened(engine, dossier, "function") == [{"lần": 2}]


@pytest.mark.parametrize(("lease", "calls"), [(timedelta(minutes=1), 2), (timedelta(hours=1), 1)])
def test_a_function_that_takes_longer_than_the_lease_is_called_again_and_kept_once(
    url, lease, calls
):
    engine, wall = engine_with(url, FUNCTION)
    called: list[int] = []

    def look(_data: object) -> dict[str, int]:
        called.append(1)
        if len(called) == 1:  # half an hour later another worker looks for work
            wall.forward(minutes=30)
            Worker(other, deliver=None, lease=lease).run(until_idle=True)
        return {"lần": len(called)}

    functions = {"look": look}
    other = Engine(url, now=wall, functions=functions)
    with engine, other, Engine(url, now=wall, functions=functions) as one:
        dossier = one.start("F", "H", by="an").id
        Worker(one, deliver=None, lease=lease).run(until_idle=True)
        assert len(called) == calls
        assert len(happened(one, dossier, "function")) == 1

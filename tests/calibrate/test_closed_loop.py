"""The loop as a whole: run in the engine, log, calibrate, propose, run again, compare the periods.

On a shipped procedure, by the files that a user has: what was put in comes out of the log.
"""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path

import pytest
from attrs import define, evolve

import tthc_flow
from calibrate.simulating import CALENDAR, OFFICE
from house.tree import ROOT
from tthc_flow.calibration.found import LogFound
from tthc_flow.calibration.intervals import Interval
from tthc_flow.calibration.periods import Periods, Verdict
from tthc_flow.model.step import Step
from tthc_flow.report.event_table import write_table
from tthc_flow.report.two_periods import statement
from tthc_flow.report.xes import write_xes
from tthc_flow.units import TimeUnit
from tthc_flow.verbs.calibrate import Calibrated, calibrate, compare_periods

FLOW = ROOT / "processes/bao-chi-xuat-ban/1.014464-ha-tinh/flow.bpmn"
WORK = {f"Step_{n}": mean for n, mean in enumerate((20.0, 15.0, 30.0, 90.0, 25.0, 40.0, 10.0), 1)}
QUEUE = {"Step_2": 180.0}
"""Minutes in the mean, exponential; where none is said 10 minutes of queue."""

SUPPLEMENT, SIGNED = 0.2, 0.85
WAYS = {
    "Gateway_1": (("Flow_G1_Event_1_supplement", SUPPLEMENT), ("Flow_G1_2", 1.0)),
    "Gateway_6": (("Flow_G6_7", SIGNED), ("Flow_G6_End_6_refuse", 1.0)),
}
STOPPED = 45.0
DOSSIERS = 30


@define
class Office:
    """Works dossier after dossier through an engine; its clock is *minutes* of office hours."""

    rng: random.Random
    minutes: float = 60.0
    clock_stood: float = 0.0

    def now(self) -> datetime:
        return OFFICE.moment(self.minutes)

    def log(self, flow: bytes, out: Path, prefix: str) -> Path:
        """Work *DOSSIERS* dossiers by *flow* and write the engine's own log to *out*."""
        deadlines = tthc_flow.Deadlines(calendar=CALENDAR, bare_day=TimeUnit.WORKING_DAY)
        with tthc_flow.Engine("sqlite://", now=self.now, deadlines=deadlines) as engine:
            key = engine.deploy(flow).key
            for number in range(DOSSIERS):
                dossier = engine.start(key, f"{prefix}-{number}", by="dân").id
                while tasks := engine.tasks(dossier=dossier):
                    self.do(engine, tasks[0])
            write_xes(engine.audit.log(), out)
            write_table(engine.audit.log(), out.with_suffix(".csv"))
        return out

    def do(self, engine, task) -> None:
        if task.what.value == "choice":
            drawn = self.rng.random()
            way = next(flow for flow, most in WAYS[task.node] if drawn < most)
            engine.work.choose(task.id, way, by="chị Hoa")
            return
        if task.what.value == "event":
            self.minutes += self.rng.expovariate(1 / 200)
            engine.happening.deliver(task.dossier, task.node, by="dân")
            return
        self.minutes += self.rng.expovariate(1 / QUEUE.get(task.node, 10.0))
        engine.work.claim(task.id, by="anh Bình")
        self.minutes += self.rng.expovariate(1 / WORK[task.node])
        if task.node == "Step_4" and self.rng.random() < 0.5:
            engine.life.stop_clock(task.dossier, by="anh Bình", reason="xin ý kiến")
            self.minutes += STOPPED
            self.clock_stood += STOPPED
            engine.life.restart_clock(task.dossier, by="anh Bình")
        engine.work.complete(task.id, by="anh Bình")


@define
class Loop:
    measured: Calibrated
    periods: Periods
    same: Periods
    clock_stood: float
    after: bytes
    table: Path


@pytest.fixture(scope="module")
def loop(tmp_path_factory) -> Loop:
    folder = tmp_path_factory.mktemp("loop")
    before = FLOW.read_bytes()
    office = Office(random.Random(11))
    first = office.log(before, folder / "quy-1.xes", "I")
    stood = office.clock_stood
    measured = calibrate(before, first, calendar=CALENDAR)
    after = tthc_flow.propose(measured.reading).written.document.data
    second = office.log(after, folder / "quy-2.xes", "II")
    third = office.log(before, folder / "quy-3.xes", "III")
    periods = compare_periods(before, first, second, changed=after, calendar=CALENDAR)
    same = compare_periods(before, first, third, calendar=CALENDAR)
    return Loop(measured, periods, same, stood, after, first.with_suffix(".csv"))


def holds(found: Interval | None, value: float) -> bool:
    return found is not None and found.low <= value <= found.high


def found(loop: Loop) -> LogFound:
    return loop.measured.found


def test_the_log_of_the_engine_fits_the_procedure_that_it_ran(loop):
    fits = found(loop).conformance
    assert (fits.cases, fits.fitting, fits.ended, fits.bounded) == (DOSSIERS,) * 3 + (0,)
    assert fits.fitness == 1
    assert {f.code for f in loop.measured.findings} == {"log-few", "log-year-partial"}


def test_the_times_and_shares_that_were_put_in_come_out_of_the_log(loop):
    steps = {step.element: step for step in found(loop).steps}
    inside = [holds(steps[step].mean, minutes) for step, minutes in WORK.items()]
    ways = {way.edge: way.share for way in found(loop).ways}
    inside += [
        holds(ways["Flow_G1_Event_1_supplement"], SUPPLEMENT),
        holds(ways["Flow_G6_7"], SIGNED),
    ]
    assert sum(inside) >= len(inside) - 1, inside  # one of twenty lies outside by luck
    assert steps["Step_2"].waits["queue"] / steps["Step_2"].done == pytest.approx(180, rel=0.5)


def test_the_stops_of_the_clock_come_back_to_the_minute(loop):
    steps = {step.element: step for step in found(loop).steps}
    stood = steps["Step_4"].waits["clock"]
    assert stood == pytest.approx(loop.clock_stood, abs=0.01)
    assert stood > 0
    assert steps["Step_4"].timed == steps["Step_4"].done


def test_the_table_of_the_same_log_tells_the_same(loop):
    filed = calibrate(FLOW.read_bytes(), loop.table, calendar=CALENDAR)
    assert filed.found == evolve(found(loop), log=loop.table.name)


def test_the_measured_facts_stand_in_the_file_that_is_proposed_for(loop):
    flow = loop.measured.procedure.flow
    assert all(flow.by_id[step].handling.source.document.startswith("quy-1") for step in WORK)
    proposed = {node.id for node in tthc_flow.read(loop.after).procedures[0].flow.nodes}
    steps = {node.id for node in flow.nodes if isinstance(node, Step)}
    assert steps - proposed == {"Step_2"}


def test_that_the_new_version_is_quicker_is_said_plainly_and_with_an_interval(loop):
    mean, median, *_ = loop.periods.differences
    assert loop.periods.verdict is Verdict.LESS
    assert mean.change.high < 0
    assert holds(mean.change, -(WORK["Step_2"] + QUEUE["Step_2"]))
    assert median.change.value < 0
    assert statement(loop.periods, "vi").startswith("Thay đổi là thật: hồ sơ nhanh hơn")
    assert statement(loop.periods, "en").startswith("The change is real")
    assert loop.periods.after.conformance.fitness == 1
    assert loop.periods.shared == 0


def test_a_period_in_which_nothing_changed_is_not_called_a_change(loop):
    assert loop.same.verdict is Verdict.UNCLEAR
    assert statement(loop.same, "vi").startswith("Chưa kết luận được")

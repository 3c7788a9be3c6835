"""Texts that a database cannot keep: refused from callers, cleaned where something failed."""

from __future__ import annotations

import sys

import pytest

from tthc_flow.dossiers.job_ends import BpmnError
from tthc_flow.dossiers.jobs import Ran
from tthc_flow.dossiers.office import Retries
from tthc_flow.dossiers.texts import LONGEST_CODE, LONGEST_REASON
from tthc_flow.dossiers.worked import Worked
from tthc_flow.dossiers.worker import Worker
from tthc_flow.errors import StoreFault
from tthc_flow.units import Duration

from .small import bpmn, engine_with
from .what_is_kept import kept

DAY = Duration(amount=1, unit="working_day")
BAD = ["\udc80", "a\0b", "Nguy\ud83d"]
USER = bpmn('<startEvent id="s"/><userTask id="t" name="T"/><endEvent id="e"/>', "s > t > e")
BY_ITSELF = bpmn(
    '<startEvent id="s"/><serviceTask id="f" name="F" tthc:function="f"/><endEvent id="e"/>',
    "s > f > e",
)


class Mute(Exception):
    """An error that cannot even say what it is."""

    def __str__(self) -> str:
        message = "no words"
        raise RuntimeError(message)


def rows(engine):
    with engine.database.connect() as here:
        return kept(here)


def calls(engine, dossier: str, task: str, bad: str):
    """Yield every way in for a text of the caller's."""
    start, work, life, happening = engine.start, engine.work, engine.life, engine.happening
    yield "key", lambda: start(bad, "H2", by="an")
    yield "business_key", lambda: start("P", bad, by="an")
    yield "by", lambda: start("P", "H2", by=bad)
    yield "data", lambda: start("P", "H2", by="an", data={"x": bad})
    yield "data", lambda: start("P", "H2", by="an", data={bad: 1})
    yield "data", lambda: work.complete(task, {"x": ("a", frozenset({bad}))}, by="an")
    yield "on_behalf_of", lambda: work.complete(task, by="an", on_behalf_of=bad)
    yield "by", lambda: work.claim(task, by=bad)
    yield "to", lambda: work.delegate(task, bad, by="an")
    yield "reason", lambda: life.suspend(dossier, by="an", reason=bad)
    yield "apology", lambda: life.extend(dossier, DAY, by="an", reason="Bão", apology=bad)
    yield "by", lambda: engine.migrations.run("?", "?", by=bad)
    yield "by", lambda: engine.migrations.revert("?", by=bad)
    yield "node", lambda: happening.deliver(dossier, bad, by="an")
    yield "name", lambda: happening.message(bad, by="an")
    yield "name", lambda: happening.signal(bad)
    yield "data", lambda: happening.signal("S", {"x": bad})


@pytest.mark.parametrize("bad", BAD)
def test_a_text_that_cannot_be_kept_is_refused_and_nothing_is_written(url, bad):
    engine, _ = engine_with(url, USER)
    with engine:
        dossier = engine.start("P", "H1", by="an")
        before = rows(engine)
        for place, call in calls(engine, dossier.id, dossier.tasks[0].id, bad):
            with pytest.raises(StoreFault, match="TF721") as caught:
                call()
            assert caught.value.place.startswith(place)
            assert str(caught.value).encode()  # it can be said
        assert rows(engine) == before
        assert engine.work.complete(dossier.tasks[0].id, {"x": "ữ😀"}, by="ă").status == "completed"


def test_a_code_that_is_too_long_is_refused_on_each_database_alike(url):
    engine, _ = engine_with(url, USER)
    with engine:
        with pytest.raises(StoreFault, match="TF721 business_key: a code of 201 characters"):
            engine.start("P", "H" * (LONGEST_CODE + 1), by="an")
        assert engine.dossiers() == ()
        engine.start("P", "Đ" * LONGEST_CODE, by="an")
        assert [len(each.business_key) for each in engine.dossiers()] == [LONGEST_CODE]


@pytest.mark.parametrize(
    "error",
    [
        *(RuntimeError(bad) for bad in BAD),
        *(BpmnError(bad) for bad in BAD),
        *(StoreFault("TF712", bad) for bad in BAD),
        ValueError("x" * 100_000),
        Mute(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_whatever_a_function_raises_is_an_incident_that_says_so(url, error):
    def fail(_data):
        raise error

    engine, _ = engine_with(url, BY_ITSELF, functions={"f": fail}, retries=Retries(most=1))
    with engine:
        dossier = engine.start("P", "H1", by="an")
        assert engine.jobs.run_due() == Ran(incidents=1)
        (incident,) = engine.jobs.incidents(dossier=dossier.id)
        assert 0 < len(incident.error) <= LONGEST_REASON
        assert "\0" not in incident.error
        assert incident.error.encode()
        assert engine.audit.breaks() == ()


@pytest.mark.parametrize("code", [None, 3, "hết việc"])
def test_a_function_that_would_end_the_program_fails_and_the_worker_goes_on(url, code):
    functions = {"f": lambda _data: sys.exit(code)}
    engine, wall = engine_with(url, BY_ITSELF, functions=functions, retries=Retries(most=2))
    with engine:
        engine.start("P", "H1", by="an")
        worker = Worker(engine, deliver=None)
        assert worker.run(until_idle=True) == Worked(failed=1)
        wall.forward(minutes=1)
        assert worker.run(until_idle=True) == Worked(incidents=1)
        (incident,) = engine.jobs.incidents()
        assert incident.error.startswith("TF712 f: the function 'f' would end the program")
        assert f"SystemExit: {'' if code is None else code}" in incident.error


def test_who_interrupts_the_worker_stops_it_and_the_function_is_called_again(url):
    called = []

    def interrupted(_data):
        called.append(1)
        raise KeyboardInterrupt

    engine, wall = engine_with(url, BY_ITSELF, functions={"f": interrupted})
    with engine:
        engine.start("P", "H1", by="an")
        for times in (1, 2):
            with pytest.raises(KeyboardInterrupt):
                Worker(engine, deliver=None).run(until_idle=True)
            assert len(called) == times
            wall.forward(minutes=5)
        assert engine.jobs.incidents() == ()


@pytest.mark.parametrize("bad", BAD)
def test_what_a_function_finds_and_cannot_be_kept_is_an_incident(url, bad):
    found = {"f": lambda _data: {"x": bad}}
    engine, _ = engine_with(url, BY_ITSELF, functions=found, retries=Retries(most=1))
    with engine:
        engine.start("P", "H1", by="an")
        assert engine.jobs.run_due() == Ran(incidents=1)
        assert "TF721 data x" in engine.jobs.incidents()[0].error


@pytest.mark.parametrize("bad", BAD)
def test_a_letter_that_nobody_takes_holds_no_other_up(url, bad):
    def send(letter):
        if letter.payload["business_key"] == "H1":
            raise RuntimeError(bad)

    ending = bpmn('<startEvent id="s"/><endEvent id="e"/>', "s > e")
    engine, _ = engine_with(url, ending)
    with engine:
        engine.start("P", "H1", by="an")
        engine.start("P", "H2", by="an")
        assert engine.outbox.deliver(send) == 1
        (left,) = engine.outbox.waiting()
        assert left.error.startswith("RuntimeError: ")
        assert left.error.encode()
        assert left.tries == 1


def test_a_worker_goes_on_after_a_function_that_says_nonsense(tmp_path):
    def fail(_data):
        raise RuntimeError(BAD[0])

    engine, _ = engine_with(f"sqlite:///{tmp_path / 'a.db'}", BY_ITSELF, functions={"f": fail})
    with engine:
        engine.start("P", "H1", by="an")
        assert Worker(engine, deliver=None).run(until_idle=True).failed == 1


def test_a_message_of_a_long_name_is_waited_for_and_heard(url):
    name = "Ý kiến thẩm định " * 60
    waiting = bpmn(
        '<startEvent id="s"/><intermediateCatchEvent id="m"><messageEventDefinition '
        'messageRef="M"/></intermediateCatchEvent><endEvent id="e"/>',
        "s > m > e",
        more=f'<message id="M" name="{name.strip()}"/>',
    )
    engine, _ = engine_with(url, waiting)
    with engine:
        engine.start("P", "H1", by="an")
        assert engine.happening.message(name.strip(), by="an").status == "completed"

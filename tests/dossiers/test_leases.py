"""Who took longer than its lease leaves what it took to whoever has it now."""

from __future__ import annotations

from datetime import timedelta

from tthc_flow.dossiers import doing
from tthc_flow.dossiers.jobs import LEASE, Ran
from tthc_flow.dossiers.office import Retries
from tthc_flow.dossiers.outbox import LEASE as LETTER_LEASE
from tthc_flow.moments import text_of
from tthc_flow.store import jobs as store
from tthc_flow.store import letters as post
from tthc_flow.store.database import transaction

from .every_kind import CALLED, FUNCTION, HEARD, THROWN
from .in_line import GOES_ON, ONCE, REMINDED, asleep, broken, row_of
from .small import do, engine_with
from .test_jobs_in_line import slept_over


def test_a_job_that_was_not_begun_within_its_lease_is_left_to_others(url):
    called = []

    def look(_data: object) -> dict[str, object]:
        called.append(1)
        wall.forward(minutes=6)  # longer than the lease
        return {}

    engine, wall = engine_with(url, FUNCTION, functions={"look": look})
    with engine:
        for number in range(2):
            engine.start("F", f"H{number}", by="an")
        assert list(engine.jobs.run_each()) == ["done"]
        assert len(called) == 1
        assert engine.jobs.run_due() == Ran(done=1)


def test_a_letter_that_was_not_tried_within_its_lease_is_left_to_others(url):
    engine, wall = engine_with(url, CALLED)

    def slow(_letter: object) -> None:
        wall.forward(minutes=6)

    with engine:
        for number in range(2):
            do(engine, engine.start("Q", f"H{number}", by="an").id, "a")
        assert list(engine.outbox.deliver_each(slow)) == [True]
        assert len(engine.outbox.waiting()) == 1
        assert engine.outbox.deliver(lambda _letter: None) == 1


def test_who_stops_after_its_lease_takes_no_job_from_who_has_it_now(url):
    engine, wall = engine_with(url, REMINDED)
    with engine:
        engine.start("P", "H", by="an")
        wall.forward(days=7)
        worker = engine.jobs.run_each()
        assert next(worker) == "done"
        wall.at += LEASE + timedelta(seconds=1)
        with transaction(engine.database) as here:
            (theirs,) = store.take_due(here, text_of(wall.at), text_of(wall.at + LEASE), 10)
        worker.close()
        assert row_of(engine, theirs.node) == theirs


def test_who_stops_after_its_lease_takes_no_letter_from_who_has_it_now(url):
    engine, wall = engine_with(url, CALLED)
    with engine:
        for number in range(2):
            do(engine, engine.start("Q", f"H{number}", by="an").id, "a")
        sending = engine.outbox.deliver_each(lambda _letter: None)
        assert next(sending)
        wall.at += LETTER_LEASE + timedelta(seconds=1)
        until = text_of(wall.at + LETTER_LEASE)
        with transaction(engine.database) as here:
            (theirs,) = post.take_letters(here, text_of(wall.at), until, 10)
        sending.close()
        with transaction(engine.database) as here:
            assert post.take_letters(here, text_of(wall.at), until, 10) == []
        assert theirs.topic == "ended"


def test_who_slept_over_its_lease_leaves_the_held_job_of_who_has_it_now(url):
    engine, _, ours, theirs = slept_over(url, Retries())
    with engine:
        engine.life.suspend(ours.instance, by="an", reason="thử")
        assert engine.jobs._run(ours) == "gone"
        assert row_of(engine, "look").due_at == theirs.due_at


def test_who_slept_over_its_lease_does_not_end_the_incident_of_who_had_it_then(url):
    engine, _, ours, theirs = slept_over(url, ONCE)
    with engine:
        assert engine.jobs._incident(theirs, 1, "hỏng") == "incident"
        assert engine.jobs._run(ours) == "gone"
        assert [each.error for each in engine.jobs.incidents()] == ["hỏng"]


def test_who_fails_to_tell_a_signal_after_its_lease_leaves_it_to_who_has_it_now(url, monkeypatch):
    engine, wall = engine_with(url, HEARD, GOES_ON, retries=ONCE)
    with engine:
        engine.start("L", "H", by="an")
        do(engine, engine.start("S", "H", by="an").id, "a")
        (ours,) = asleep(engine, wall)
        with transaction(engine.database) as here:
            (theirs,) = store.take_due(here, text_of(wall.at), text_of(wall.at + LEASE), 100)
        with monkeypatch.context() as patch:
            patch.setattr(doing, "spread", broken)
            assert engine.jobs._run(ours) == "gone"
        assert engine.jobs._run(theirs) == "done"
        assert engine.jobs.run_due() == Ran(done=1)


def test_who_had_the_signal_of_a_dossier_that_has_ended_leaves_it_to_who_has_it_now(url):
    engine, wall = engine_with(url, THROWN)
    with engine:
        do(engine, engine.start("S", "H", by="an").id, "a")
        (ours,) = asleep(engine, wall)
        with transaction(engine.database) as here:
            (theirs,) = store.take_due(here, text_of(wall.at), text_of(wall.at + LEASE), 100)
        assert engine.jobs._dropped(ours) == "gone"
        assert row_of(engine, "t:0") == theirs


def test_no_function_is_called_for_a_dossier_that_was_suspended_since_its_job_was_taken(url):
    called = []

    def look(_data: object) -> dict[str, object]:
        called.append(1)
        return {}

    engine, wall = engine_with(url, FUNCTION, functions={"look": look})
    with engine:
        dossier = engine.start("F", "H", by="an").id
        with transaction(engine.database) as here:
            until = text_of(wall.at + LEASE)
            (job,) = store.take_due(here, text_of(wall.at), until, 1)
        engine.life.suspend(dossier, by="an", reason="thử")
        assert (engine.jobs._run(job), called) == ("gone", [])

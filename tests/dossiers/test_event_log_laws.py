"""Laws of the event log on random runs: what was done is in it, once, and nothing else."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings

from strategies import SEEDS, procedures
from tthc_flow.dossiers.log_row import Ended, WaitKind

from .random_run import random_run

BY_PEOPLE = ("complete", "choose", "repeat", "deliver")


@given(procedures(10), SEEDS)
@settings(max_examples=60)  # each is a whole run in a database
def test_every_task_ever_seen_is_one_row_and_what_was_done_to_it_is_what_the_row_says(
    procedure, seed
):
    run = random_run(procedure, seed)
    if run is None:
        return
    with run.engine as engine:
        rows = [row for row in engine.audit.log() if row.task]
        assert Counter((row.task, row.activity, row.kind.value) for row in rows) == Counter(
            dict.fromkeys(run.seen, 1)
        )
        completed = [row for row in rows if row.ended is Ended.COMPLETED and row.resource]
        assert sorted(
            (row.task, row.activity, row.kind.value, row.complete, row.resource)
            for row in completed
        ) == sorted(run.done)
        open_now = {task.id for task in engine.tasks()}
        assert {row.task for row in rows if row.ended is Ended.OPEN} == open_now
        came_up = {(row.task, row.activity, row.kind.value): row.created for row in rows}
        assert came_up == run.seen


@given(procedures(10), SEEDS)
@settings(max_examples=60)  # as above
def test_moments_follow_each_other_waits_lie_within_and_the_rows_sum_to_the_events(procedure, seed):
    run = random_run(procedure, seed)
    if run is None:
        return
    with run.engine as engine:
        rows = list(engine.audit.log())
        for row in rows:
            known = [each for each in (row.created, row.start, row.complete) if each is not None]
            assert known == sorted(known)
            assert (row.complete is None) is (row.ended is Ended.OPEN)
            for wait in row.waits:
                until = wait.until or row.complete
                assert row.created <= wait.since
                assert until is None or wait.since < until
                assert row.complete is None or wait.until <= row.complete
                if wait.kind is WaitKind.QUEUE:
                    assert (wait.since, wait.until) == (row.created, row.start)
        acts = sum(
            event["kind"] in BY_PEOPLE
            for dossier in engine.dossiers()
            for event in engine.audit.history(dossier.id)
        )
        assert sum(row.ended is Ended.COMPLETED and bool(row.resource) for row in rows) == acts
        first = [row.since for row in rows if row.case == rows[0].case]
        assert first == sorted(first)
        assert list(engine.audit.log()) == rows

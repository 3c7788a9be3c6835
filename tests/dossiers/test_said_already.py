"""What is so already makes no step; what says nothing is refused: claims, extensions, names."""

from __future__ import annotations

import pytest

from tthc_flow.calendars.calendar import Calendar
from tthc_flow.dossiers.deadlines import Deadlines
from tthc_flow.errors import BadQuantity, StoreFault
from tthc_flow.units import Duration

from .licence import FIVE, LICENCE, moment
from .loop import LOOP, engine_at, only_task
from .small import engine_with


def kinds(engine, dossier: str) -> list[str]:
    return [each["kind"] for each in engine.audit.history(dossier)]


def test_who_has_a_task_and_claims_it_again_makes_no_step(engine):
    dossier = engine.start("P", "H1", by="dân").id
    task = only_task(engine)
    first = engine.work.claim(task, by="an")
    assert engine.work.claim(task, by="an") == engine.work.claim(task, by="an") == first
    assert first.tasks[0].assignee == "an"
    assert kinds(engine, dossier) == ["start", "claim"]
    assert engine.work.complete(task, by="an").step_no == 2
    assert engine.audit.breaks() == ()


def test_a_task_that_nobody_has_is_given_back_without_a_step(engine):
    dossier = engine.start("P", "H1", by="dân").id
    task = only_task(engine)
    assert engine.work.unclaim(task, by="an").step_no == 0
    engine.work.claim(task, by="an")
    for _ in range(2):
        assert engine.work.unclaim(task, by="an").tasks[0].assignee is None
    assert kinds(engine, dossier) == ["start", "claim", "unclaim"]


def test_who_claims_what_was_delegated_to_them_still_does_it_on_behalf_of_who_delegated_it(engine):
    dossier = engine.start("P", "H1", by="dân").id
    task = only_task(engine)
    engine.work.delegate(task, "nam", by="bình")
    engine.work.claim(task, by="nam")
    engine.work.delegate(task, "nam", by="nam")
    engine.work.complete(task, by="nam")
    assert kinds(engine, dossier) == ["start", "delegate", "complete"]
    assert engine.audit.history(dossier)[-1]["on_behalf_of"] == "bình"


def test_a_program_that_remembers_an_old_claim_looks_again(url):
    with engine_at(url) as one, engine_at(url) as other:
        one.start("P", "H1", by="dân")
        task = only_task(one)
        one.work.claim(task, by="an")
        other.work.unclaim(task, by="an")
        other.work.claim(task, by="bình")
        with pytest.raises(StoreFault, match="TF708"):
            one.work.claim(task, by="an")
        other.work.unclaim(task, by="bình")
        assert one.work.claim(task, by="an").tasks[0].assignee == "an"
        assert other.tasks()[0].assignee == "an"


def test_a_claim_made_again_within_the_caller_s_transaction_makes_no_step_either(engine):
    engine.start("P", "H1", by="dân")
    task = only_task(engine)
    with engine.database.begin() as connection:
        for _ in range(2):
            assert engine.work.claim(task, by="an", connection=connection).step_no == 1


@pytest.mark.parametrize(
    "time",
    [
        Duration(amount=0, unit="working_day"),
        Duration(amount=0, unit="hour"),
        Duration(amount=0, unit="day"),
    ],
)
def test_an_extension_by_nothing_is_refused(url, time):
    engine, _ = engine_with(url, LICENCE)
    with engine:
        dossier = engine.start("P", "H1", by="dân", limit=FIVE).id
        with pytest.raises(StoreFault, match="TF727"):
            engine.life.extend(dossier, time, by="an", reason="Bão")
        assert engine.dossier(dossier).due_at == moment(9, 17)
        assert kinds(engine, dossier) == ["start"]
        assert engine.outbox.waiting() == ()


def test_an_extension_that_would_make_the_due_date_unknown_is_refused(url):
    only_printed = Deadlines(calendar=Calendar.load(2026))
    engine, _ = engine_with(url, LICENCE, deadlines=only_printed)
    with engine:
        dossier = engine.start("P", "H1", by="dân", limit=FIVE).id
        with pytest.raises(BadQuantity, match="TF107"):
            engine.life.extend(dossier, Duration(amount=2, unit="day"), by="an", reason="Bão")
        assert engine.dossier(dossier).due_at == moment(9, 17)


def test_what_nobody_is_named_for_or_has_no_reason_is_refused(url):
    engine, _ = engine_with(url, LOOP)
    with engine:
        dossier = engine.start("P", "H1", by="dân", limit=FIVE).id
        (source,) = (each.hash for each in engine.definitions())
        task, life, more = only_task(engine), engine.life, engine.migrations
        for place, call in (
            ("to", lambda: engine.work.delegate(task, " ", by="an")),
            ("on_behalf_of", lambda: engine.work.complete(task, by="an", on_behalf_of="")),
            ("by", lambda: engine.work.claim(task, by="")),
            ("by", lambda: engine.happening.message("M", by=" ")),
            ("by", lambda: more.run(source, source, by="")),
            ("by", lambda: more.revert("nothing", by=None)),
            ("reason", lambda: life.suspend(dossier, by="an", reason="")),
            ("reason", lambda: life.cancel(dossier, by="an", reason=" ")),
            ("reason", lambda: life.withdraw(dossier, by="an", reason="")),
            ("reason", lambda: life.stop_clock(dossier, by="an", reason="\n")),
            ("reason", lambda: life.extend(dossier, FIVE, by="an", reason="")),
        ):
            with pytest.raises(StoreFault, match=f"TF724 {place}:"):
                call()
        assert kinds(engine, dossier) == ["start"]
        with engine.database.connect() as here:
            assert here.exec_driver_sql("SELECT count(*) FROM tthc_migrations").scalar() == 0

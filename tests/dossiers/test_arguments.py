"""Arguments of another type than is asked for: refused by code, before anything else is done."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tthc_flow.errors import BadQuantity, NotRunnable, StoreFault
from tthc_flow.units import Duration

from .loop import LOOP, NOW
from .small import engine_with
from .what_is_kept import kept

DAY = Duration(amount=1, unit="working_day")
SOME = {
    "content": LOOP,
    "data": {},
    "time": DAY,
    "mapping": {},
    "times": 1,
    "flows": "yes",
}
"""What fits an argument of that name; a text fits all others."""


def ways_in(engine) -> Iterator[tuple[object, inspect.Parameter, dict[str, object]]]:
    """Yield each argument of each call, with fitting ones for all that have to be given."""
    for room in (engine, engine.work, engine.life, engine.happening, engine.migrations):
        for name, call in inspect.getmembers(room, inspect.ismethod):
            if name.startswith("_"):
                continue
            asked = inspect.signature(call).parameters
            needed = {
                each.name: SOME.get(each.name, "x")
                for each in asked.values()
                if each.default is each.empty
            }
            for each in asked.values():
                if each.name != "connection":
                    yield call, each, needed


def called(call, odd: inspect.Parameter, needed: dict[str, object], value: object) -> None:
    given = {**needed, odd.name: value}
    flows = (given.pop("flows"),) if "flows" in given else ()
    places = [given.pop(name) for name in ("task",) if flows]
    call(*places, *flows, **given)


def test_whatever_is_of_another_type_is_refused_by_the_name_of_its_argument():
    engine, _ = engine_with("sqlite://", LOOP)
    with engine:
        seen = set()
        with engine.database.connect() as here:
            before = kept(here)
        for call, odd, needed in ways_in(engine):
            for value in (object(), 1.5, [], True):
                with pytest.raises(StoreFault, match="TF725") as caught:
                    called(call, odd, needed, value)
                assert odd.name in caught.value.place, call
                assert caught.value.hint.startswith("give ")
            seen.add((call.__name__, odd.name))
        with engine.database.connect() as here:
            assert kept(here) == before
    assert len(seen) > 60
    assert {("complete", "task"), ("extend", "time"), ("signal", "data"), ("run", "by")} <= seen


def mistaken(engine, dossier) -> Iterator[tuple[str, str, Callable[[], object]]]:
    """Yield what is often given, as the error says it, what to give instead, and the call."""
    (task,), (definition,) = dossier.tasks, engine.definitions()
    work, life = engine.work, engine.life
    yield "task: a value of type UserTask", "its id", lambda: work.complete(task, by="an")
    yield "task: a value of type UserTask", "its id", lambda: work.form(task)
    yield "identifier: a value of type Dossier", "its id", lambda: engine.dossier(dossier)
    yield "dossier: a value of type Dossier", "its id", lambda: life.resume(dossier, by="an")
    extend = lambda: life.extend(dossier.id, "5 ngày", by="an", reason="Bão")  # noqa: E731
    yield "time: a value of type str", "a Duration", extend
    start = lambda: engine.start("P", "H2", by="an", limit="5 ngày")  # noqa: E731
    yield "limit: a value of type str", "a Duration", start
    by_it = lambda: engine.start(definition, "H2", by="an")  # noqa: E731
    yield "key: a value of type Definition", "its key", by_it
    plan = lambda: engine.migrations.plan(definition, definition)  # noqa: E731
    yield "source: a value of type Definition", "its hash", plan
    yield "content: a value of type PosixPath", "bytes", lambda: engine.deploy(Path("a.bpmn"))
    number = lambda: work.complete(task.id, {1: "x"}, by="an")  # noqa: E731
    yield "a name in data: a value of type int", "a text", number
    yield "by: a value of type int", "a text", lambda: work.claim(task.id, by=7)


def test_what_is_often_mistaken_says_what_to_give_instead():
    engine, _ = engine_with("sqlite://", LOOP)
    with engine:
        dossier = engine.start("P", "H1", by="dân")
        for fact, instead, call in mistaken(engine, dossier):
            with pytest.raises(StoreFault, match=f"^TF725 {fact}") as caught:
                call()
            assert instead in caught.value.hint
        assert engine.dossier(dossier.id).step_no == 0


def test_no_number_of_things_is_less_than_none(url):
    engine, _ = engine_with(url, LOOP)
    with engine:
        for call in (
            lambda: engine.tasks(limit=-1),
            lambda: engine.warn(most=-1),
            lambda: engine.forget_ended(most=-1),
        ):
            with pytest.raises(BadQuantity, match="TF102"):
                call()
        assert engine.tasks(limit=0) == ()


@pytest.mark.parametrize(
    "value", [NOW, float("nan"), 10**5000, [1]], ids=["moment", "nan", "long", "list"]
)
def test_data_that_could_not_be_read_back_are_refused_and_the_dossier_goes_on(url, value):
    engine, _ = engine_with(url, LOOP)
    with engine:
        dossier = engine.start("P", "H1", by="dân")
        for call in (
            lambda: engine.start("P", "H2", by="an", data={"x": value}),
            lambda: engine.work.complete(dossier.tasks[0].id, {"x": value}, by="an"),
            lambda: engine.happening.signal("S", {"x": (value,)}),
        ):
            with pytest.raises(NotRunnable, match="TF407"):
                call()
        assert [(each.id, each.step_no) for each in engine.dossiers()] == [(dossier.id, 0)]
        with engine_with(url)[0] as again:
            assert again.work.complete(dossier.tasks[0].id, by="an").step_no == 1


@pytest.mark.parametrize("task", ["", ":", "x:-1", "x:" + "9" * 5000, "x:3000000000", "a:b:c"])
def test_an_id_that_no_task_can_have_is_one_that_is_not_there(url, task):
    engine, _ = engine_with(url, LOOP)
    with engine:
        with pytest.raises(StoreFault, match="TF706"):
            engine.work.complete(task, by="an")
        with pytest.raises(StoreFault, match="TF707"):
            engine.work.form(task)

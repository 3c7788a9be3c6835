"""A program that is stopped between any two statements leaves a step wholly there or wholly not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from sqlalchemy import create_engine, inspect

from tthc_flow.dossiers.engine import Engine
from tthc_flow.errors import StoreFault
from tthc_flow.store import schema

from .every_kind import Kind, Scene, scene_on
from .faults import Fault, Faults
from .kinds import ALL
from .loop import engine_at
from .small import Wall
from .what_is_kept import kept

LEASE_AND_MORE = 6  # minutes


class Stage:
    """A scene on a database that can fail, and a second look at what it keeps."""

    def __init__(self, url: str) -> None:
        self.own = create_engine(url)
        self.faults = Faults(url)
        self.scene: Scene = scene_on(self.faults.database)

    def kept(self, *, moments: bool = True) -> dict[str, list[object]]:
        with self.own.begin() as connection:
            return kept(connection, moments=moments)

    def kept_after_each_commit(
        self, kind: Kind, *, anew: bool = False
    ) -> list[dict[str, list[object]]]:
        """Return what is kept when *kind* is done in peace: before it, and after each commit.

        With *anew* it is done by a program that has no dossier at hand.
        """
        kind.prepare(self.scene)
        if anew:
            self.scene.anew()
        states = [self.kept()]
        self.faults.disarm()
        real = self.faults._commit
        self.faults._commit = lambda connection: (real(connection), states.append(self.kept()))
        kind.act(self.scene)
        self.faults._commit = real
        return states


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def stage(request, tmp_path_factory) -> Iterator[Stage]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('faults') / 'a.db'}"
    else:
        url = request.getfixturevalue("postgres")()
    stage = Stage(url)
    yield stage
    stage.own.dispose()
    stage.faults.database.dispose()


def ended_right(stage: Stage, kind: Kind, whole: dict[str, list[object]]) -> None:
    """Do *kind* again, as whoever was told nothing does, once nobody else has its jobs."""
    if stage.kept() != whole:
        stage.scene.wall.forward(minutes=LEASE_AND_MORE)
        stage.scene.anew()
        kind.act(stage.scene)
    stage.scene.wall.forward(minutes=LEASE_AND_MORE)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_a_program_killed_between_any_two_statements_leaves_the_step_or_nothing(stage, kind):
    states = stage.kept_after_each_commit(kind, anew=True)
    assert states[-1] != states[0]
    whole = stage.kept(moments=False)
    kind.prepare(stage.scene)
    for number in range(1, 100):
        stage.scene.anew()
        stage.faults.arm(number, Fault.KILLED)
        survived = stage.faults.survived(lambda: kind.act(stage.scene))
        commits = stage.faults.commits
        stage.faults.disarm()
        if survived:
            break
        assert stage.kept() == states[commits], f"killed at {number}"
        if states[commits] != states[0]:
            ended_right(stage, kind, states[-1])
            assert stage.kept(moments=False) == whole, f"killed at {number}, then done again"
            kind.prepare(stage.scene)
    assert number >= 4
    assert stage.kept() == states[-1]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_a_database_that_fails_at_any_statement_is_said_and_the_step_made_once(stage, kind):
    states = stage.kept_after_each_commit(kind)
    whole = stage.kept(moments=False)
    for number in range(1, 100):
        kind.prepare(stage.scene)
        stage.faults.arm(number, Fault.FAILS)
        try:
            kind.act(stage.scene)
        except StoreFault as error:
            assert (error.code, bool(error.hint)) == ("TF704", True)  # noqa: PT017 - the last one
            assert stage.faults.reached
        else:
            assert not stage.faults.reached, f"{number} of {stage.faults.statements} was not said"
            break
        finally:
            commits = stage.faults.commits
            stage.faults.disarm()
        assert stage.kept() == states[commits], f"failed at {number}"
        if states[commits] != states[-1]:
            stage.scene.wall.forward(minutes=LEASE_AND_MORE)
            kind.act(stage.scene)
        assert stage.kept(moments=False) == whole, f"failed at {number}, then done again"
    assert number >= 4


@pytest.mark.parametrize("stage", ["postgresql"], indirect=True)  # SQLite has one writer at a time
@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_a_conflict_at_any_statement_is_seen_by_nobody(stage, kind):
    states = stage.kept_after_each_commit(kind)
    for number in range(1, 100):
        kind.prepare(stage.scene)
        stage.faults.arm(number, Fault.CONFLICT)
        kind.act(stage.scene)
        reached = stage.faults.reached
        stage.faults.disarm()
        assert stage.kept() == states[-1], f"conflict at {number}"
        if not reached:
            break
    assert number > 2


def test_a_program_killed_while_it_makes_the_tables_leaves_all_of_them_or_none(url):
    faults, own = Faults(url), create_engine(url)
    found = []
    for number in count(1):
        faults.arm(number, Fault.KILLED)
        survived = faults.survived(lambda: Engine(faults.database, now=Wall()))
        faults.disarm()
        with own.connect() as connection:
            found.append(len(inspect(connection).get_table_names()))
        if survived:
            break
    assert set(found) == {0, len(schema.metadata.tables)}
    assert found == sorted(found)
    assert found.count(0) > 20
    with engine_at(url) as engine:
        assert engine.start("P", "H", by="an").step_no == 0
    for each in (own, faults.database):
        each.dispose()

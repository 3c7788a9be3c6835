"""A run: complete once, whatever is lost on the way; left alone where nothing changed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from portfolio import given
from portfolio.given import folder_of
from portfolio.ran import all_keys, keys, parts, run
from tthc_flow.errors import CannotWrite, TthcFlowError
from tthc_flow.portfolio.asking import ask
from tthc_flow.portfolio.pools import process_pool
from tthc_flow.portfolio.settings import Settings

FILES = 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "nguon", FILES)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "ket-qua"


def test_a_run_examines_every_file_once(folder: Path, out: Path) -> None:
    told: list[tuple[int, int]] = []
    found = run(folder, out, progress=lambda done, count: told.append((done, count)))
    assert (found.files, found.kept, found.stale) == (FILES, 0, 0)
    assert keys(out) == all_keys(folder)
    assert told[0] == (0, FILES)
    assert told[-1] == (FILES, FILES)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    record = json.loads((out / "portfolio.json").read_text(encoding="utf-8"))
    assert (record["state"], record["totals"]["procedures"]) == ("complete", FILES)
    assert not (out / ".work").exists()


def test_a_second_run_does_nothing_anew(folder: Path, out: Path) -> None:
    run(folder, out)
    before = parts(out)

    def never(*_: object) -> Any:
        raise AssertionError

    found = run(folder, out, executor=never)
    assert found.kept == FILES
    assert parts(out) == before


@pytest.mark.parametrize("executor", [lambda: ThreadPoolExecutor(3), partial(process_pool, 2)])
def test_any_executor_gives_the_same_bytes(folder: Path, out: Path, executor: Any) -> None:
    run(folder, out)
    other = out.with_name("khac")
    run(folder, other, executor=executor)
    assert parts(other) == parts(out)


def test_an_executor_of_the_caller_stays_open(folder: Path, out: Path) -> None:
    with ThreadPoolExecutor(2) as threads:
        run(folder, out, executor=threads)
        assert threads.submit(int, 3).result() == 3


def test_a_changed_file_is_done_anew_and_a_file_that_went_goes(folder: Path, out: Path) -> None:
    run(folder, out)
    before = parts(out)
    (folder / "tinh-1" / "thu-tuc-001.bpmn").write_bytes(given.drawn("Khác"))
    found = run(folder, out)
    assert 0 < found.stale <= 2
    assert FILES / 2 < found.kept < FILES
    assert keys(out) == all_keys(folder)
    assert len(parts(out).keys() & before.keys()) > len(before) / 2
    (folder / "tinh-2" / "thu-tuc-002.bpmn").unlink()
    run(folder, out)
    assert keys(out) == all_keys(folder)
    assert len(keys(out)) == FILES - 1


def test_another_version_does_all_anew(folder: Path, out: Path) -> None:
    run(folder, out)
    found = run(folder, out, settings=Settings(program="other"))
    assert found.kept == 0
    assert found.stale > 0
    assert keys(out) == all_keys(folder)


def test_a_lost_or_strange_part_is_noticed(folder: Path, out: Path) -> None:
    run(folder, out)
    whole = parts(out)
    first, second = list(whole)[:2]
    (out / first).unlink()
    strange = (out / second).with_name("part-of-nobody.parquet")
    strange.write_bytes((out / second).read_bytes())
    run(folder, out)
    assert parts(out) == whole


def test_a_mistake_of_ours_is_a_row(folder: Path, out: Path) -> None:
    run(folder, out, given.crashing)
    assert keys(out) == all_keys(folder)
    rows = ask(out, "SELECT key, error, error_fact FROM procedures WHERE error IS NOT NULL").rows
    assert [(key[-8:-5], error) for key, error, _ in rows] == [("007", "TF900")]
    assert rows[0][2].startswith("ZeroDivisionError")


def test_a_file_that_kills_its_worker_is_a_row_and_the_others_are_done(
    folder: Path, out: Path
) -> None:
    run(folder, out, given.deadly, executor=partial(process_pool, 2))
    assert keys(out) == all_keys(folder)
    rows = ask(out, "SELECT key, error FROM procedures WHERE error IS NOT NULL").rows
    assert [(key[-8:-5], error) for key, error in rows] == [("007", "TF626")]


def test_a_file_without_end_is_a_row_and_is_tried_anew_where_more_time_is_allowed(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tthc_flow.portfolio.running.PATIENCE", 0)  # what is known is no loss
    pool = partial(process_pool, 2)
    run(folder, out, given.endless, executor=pool, settings=Settings(program="t", time_limit=0.5))
    assert keys(out) == all_keys(folder)
    late = "SELECT key, error, error_fact FROM procedures WHERE error IS NOT NULL ORDER BY key"
    found = sorted((key[-8:-5], code, fact) for key, code, fact in ask(out, late).rows)
    fact = "it took longer than 0.5 seconds"
    assert found == [("007", "TF629", fact), ("009", "TF629", fact)]
    assert not (out / ".work").exists()

    again = run(folder, out, settings=Settings(program="t", time_limit=0.5))
    assert again.kept == FILES
    more = run(folder, out, settings=Settings(program="t", time_limit=5))
    assert 0 < more.kept < FILES
    assert keys(out) == all_keys(folder)
    assert ask(out, "SELECT count(error) FROM procedures").rows == ((0,),)


def test_the_process_of_the_caller_is_never_ended(folder: Path, out: Path) -> None:
    few = Settings(program="t", time_limit=0.001)
    with ThreadPoolExecutor(2) as threads:
        run(folder, out, given.slow, executor=threads, settings=few)
    assert keys(out) == all_keys(folder)


def test_killed_workers_lose_and_double_nothing(tmp_path: Path, out: Path) -> None:
    pids, folder = tmp_path / "pids", tmp_path / "nguon"
    pids.mkdir()
    for number in range(FILES):
        path = folder / f"tinh-{number % 3}" / f"{number:03}.bpmn"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(pids), encoding="utf-8")
    killed: list[int] = []

    def kill(done: int, count: int) -> None:
        del count
        if done > 8 * len(killed) and len(killed) < 3:
            for each in sorted(int(path.name) for path in pids.iterdir()):
                with suppress(ProcessLookupError):  # the pool itself stops the others of a lost one
                    os.kill(each, signal.SIGKILL)
                    killed.append(each)
                    return

    found = run(folder, out, given.slow_and_seen, executor=partial(process_pool, 2), progress=kill)
    assert len(killed) == 3
    assert found.files == FILES
    assert keys(out) == all_keys(folder)
    assert ask(out, "SELECT count(error) FROM procedures").rows == ((0,),)


class Broken(Executor):
    """An executor whose workers are lost, at once or when asked for the result."""

    def __init__(self, *, at_once: bool) -> None:
        self.at_once = at_once

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        del fn, args, kwargs
        if self.at_once:
            raise BrokenExecutor
        lost: Future[Any] = Future()
        lost.set_exception(BrokenExecutor("gone"))
        return lost


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("made", [True, False])
def test_workers_that_are_always_lost_end_in_an_error(
    folder: Path, out: Path, *, at_once: bool, made: bool
) -> None:
    executor = (lambda: Broken(at_once=at_once)) if made else Broken(at_once=at_once)
    with pytest.raises(CannotWrite) as told:
        run(folder, out, executor=executor)
    assert told.value.code == "TF622"
    run(folder, out)
    assert keys(out) == all_keys(folder)


def test_two_runs_at_once_are_refused(folder: Path, out: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def wait(done: int, count: int) -> None:
        del count
        if not done:
            begun.set()
            go_on.wait(20)

    first = threading.Thread(target=run, args=(folder, out), kwargs={"progress": wait})
    first.start()
    assert begun.wait(20)
    with pytest.raises(CannotWrite) as told:
        run(folder, out)
    go_on.set()
    first.join()
    assert told.value.code == "TF623"
    assert keys(out) == all_keys(folder)


def test_a_folder_with_other_things_is_left_alone(folder: Path, out: Path) -> None:
    out.mkdir()
    (out / "thu.txt").write_text("x", encoding="utf-8")
    with pytest.raises(TthcFlowError) as told:
        run(folder, out)
    assert told.value.code == "TF625"
    assert [each.name for each in out.iterdir()] == ["thu.txt"]


SCRIPT = """
import sys
from functools import partial
from pathlib import Path
from portfolio import given
from tthc_flow.portfolio.pools import process_pool
from tthc_flow.portfolio.portfolio import Workers, run_source
from tthc_flow.portfolio.settings import Settings
from tthc_flow.portfolio.sources import opened_source
if __name__ == "__main__":
    who = Workers(executor=partial(process_pool, 2), count=2)
    with opened_source(sys.argv[1]) as source:
        run_source(source, Path(sys.argv[2]), given.slow, who, Settings(program="test"))
"""


def test_a_run_that_is_killed_itself_is_taken_up(folder: Path, out: Path, tmp_path: Path) -> None:
    script = tmp_path / "chay.py"
    script.write_text(SCRIPT, encoding="utf-8")
    tests = str(Path(__file__).resolve().parents[1])
    asked = [sys.executable, str(script), str(folder), str(out)]
    running = subprocess.Popen(asked, env={**os.environ, "PYTHONPATH": tests})
    deadline = time.monotonic() + 60
    while not list(out.glob(".done/*.json")) and time.monotonic() < deadline:
        time.sleep(0.01)
    running.kill()
    running.wait()
    there = len(list(out.glob(".done/*.json")))
    assert there
    record = json.loads((out / "portfolio.json").read_text(encoding="utf-8"))
    assert record["state"] == "running"
    time.sleep(1)  # its workers end by themselves when nobody asks them any more
    found = run(folder, out)
    assert found.kept > 0
    assert keys(out) == all_keys(folder)

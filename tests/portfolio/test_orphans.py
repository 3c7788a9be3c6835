"""Workers end with the process that gives them work, also where that one is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

WORKERS = 2
FILES = 300
SECONDS = 10
"""How long what is left of a killed run may take to end; it takes hundredths of one."""

SCRIPT = f"""
import sys
from functools import partial
from pathlib import Path
from portfolio import given
from tthc_flow.portfolio.pools import process_pool
from tthc_flow.portfolio.portfolio import Workers, run_source
from tthc_flow.portfolio.settings import Settings
from tthc_flow.portfolio.sources import opened_source
if __name__ == "__main__":
    who = Workers(executor=partial(process_pool, {WORKERS}), count={WORKERS})
    with opened_source(sys.argv[1]) as source:
        run_source(source, Path(sys.argv[2]), given.slow_and_seen, who, Settings(program="test"))
"""


def test_workers_of_a_killed_run_end_by_themselves(tmp_path: Path) -> None:
    pids, folder, script = tmp_path / "pids", tmp_path / "nguon", tmp_path / "chay.py"
    for each in (pids, folder):
        each.mkdir()
    for number in range(FILES):
        (folder / f"{number:03}.bpmn").write_text(str(pids), encoding="utf-8")
    script.write_text(SCRIPT, encoding="utf-8")
    asked = [sys.executable, str(script), str(folder), str(tmp_path / "ket-qua")]
    path = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    running = subprocess.Popen(asked, env=path, stdout=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while len(list(pids.iterdir())) < WORKERS and time.monotonic() < deadline:
        time.sleep(0.01)
    running.kill()
    try:
        running.communicate(timeout=SECONDS)  # the pipe closes when the last that has it ended
    finally:
        for each in pids.iterdir():
            with suppress(ProcessLookupError):
                os.kill(int(each.name), signal.SIGKILL)
    assert running.returncode == -signal.SIGKILL
    assert len(list(pids.iterdir())) == WORKERS

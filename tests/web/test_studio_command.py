"""`tthc-flow studio` as it is typed: it prints one address, opens the file, ends with Ctrl-C."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from web.asking import IN_A_ROW, OWN, PRESS

COMMAND = [sys.executable, "-c", "from tthc_flow.cli.main import main; main()", "studio"]


@contextmanager
def started(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [*COMMAND, "--no-open", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


def test_it_prints_its_address_once_opens_the_file_and_ends_with_ctrl_c():
    with started(str(PRESS)) as (process, address):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{43}", address)
        with httpx.Client() as client:
            base = address.partition("/?")[0]
            assert client.get(address).headers["location"] == "/"
            listed = client.get(f"{base}/api/projects").json()
            assert [(each["id"], each["name"], each["version"]) for each in listed] == [
                ("p1", "flow.bpmn", 1)
            ]
            assert listed[0]["title"].startswith("Cấp giấy chứng nhận lưu hành tự do")
            assert client.post(f"{base}/api/projects", content=IN_A_ROW, headers=OWN).is_success
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=15)
        assert (process.returncode, out) == (0, "")
        assert err.strip() == "Nhấn Ctrl-C để dừng."
        assert "Traceback" not in err


def test_it_listens_to_this_machine_only():
    with started() as (_, address):
        port = int(address.partition("/?")[0].rpartition(":")[2])
        with pytest.raises(OSError), socket.create_connection(("127.0.0.2", port), timeout=1):  # noqa: PT011 - refused or unreachable
            pass


def test_each_start_has_a_token_of_its_own():
    with started() as (_, one), started() as (_, other):
        assert one.partition("token=")[2] != other.partition("token=")[2]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("none.bpmn",), 3, "TF220"),
        (("--port", "70000"), 2, "TF001"),
        ((__file__,), 3, "TF222"),
    ],
)
def test_what_cannot_be_opened_is_told_before_anything_listens(arguments, code, words):
    done = subprocess.run(
        [*COMMAND, "--no-open", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr


def test_a_port_that_is_taken_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [*COMMAND, "--no-open", "--port", port],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stdout) == (3, "")
    assert "TF811" in done.stderr

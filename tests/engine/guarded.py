"""Doing something with a file in a process of its own, where nothing may be executed or opened.

The process is a fork: all modules are loaded in it, so whatever it compiles, executes, opens,
connects to or starts comes from the file. Python tells all of it (audit events, PEP 578); what
libraries of C do is seen by a file that must not appear and by a text that must not be read.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Callable

FORBIDDEN = (
    *("exec", "compile", "open", "import", "os.", "subprocess.", "socket.", "shutil.", "ctypes."),
    *("pickle.find_class", "marshal.loads", "builtins.input", "code.__new__", "urllib.Request"),
)
SECONDS = 20
MEGABYTES = 1_500
_MEGABYTE = 1024 * 1024


def guarded(work: Callable[[], str]) -> str:
    """Return what *work* says, or what it was caught at, as ``caught: …``."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        _obey(work, theirs)
    os.close(theirs)
    with os.fdopen(ours, "rb") as told:
        said = told.read()
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) == -signal.SIGXCPU:
        return "caught: too long"
    return str(json.loads(said)) if said else f"caught: ended with {status}"


def _obey(work: Callable[[], str], out: int) -> None:
    """Do *work* under guard, say what came of it and end the process."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    held = int(open("/proc/self/statm").read().split()[0])  # noqa: PTH123, SIM115  # one line
    most = held * resource.getpagesize() + MEGABYTES * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    caught: list[str] = []
    over: list[bool] = []

    def look(event: str, arguments: tuple[object, ...]) -> None:
        if not over and event.startswith(FORBIDDEN):
            caught.append(f"{event} {arguments!r:.200}")

    sys.addaudithook(look)
    try:
        said = work()
    except BaseException as error:  # noqa: BLE001  # it must not leave this process
        said = f"caught: {type(error).__name__} {error}"
    over.append(True)
    os.write(out, json.dumps(f"caught: {caught[0]}" if caught else said).encode())
    os._exit(0)

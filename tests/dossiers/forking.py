"""Programs that begin within a moment: forked from one that has loaded everything already.

The forking program has no connection open; each child opens its own. It is a process of its own,
so that nothing of the tests is forked. A child tells line by line what it has done.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from dossiers.forking import serve; serve()"


class Forks:
    """Starts children, one at a time; *ready* (module:function) makes their work of *given*."""

    def __init__(self, ready: str, **given: Any) -> None:
        folder = str(Path(__file__).parents[1])
        command = [sys.executable, "-c", PROGRAM, folder, ready, json.dumps(given)]
        pipe = subprocess.PIPE
        self._program = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, text=True, start_new_session=True
        )

    def child(self, **given: Any) -> int:
        """Start a child with *given*; return its process id."""
        assert self._program.stdin is not None
        self._program.stdin.write(json.dumps(given) + "\n")
        self._program.stdin.flush()
        return int(self.told()[1])  # type: ignore[index]

    def told(self) -> list[str] | None:
        """Return the next thing that the child has told, or ``None`` when it is no more."""
        assert self._program.stdout is not None
        line = self._program.stdout.readline()
        words = line.split()
        assert words, "the forking program is no more"
        assert words[0] != "raised", json.loads(line.partition(" ")[2])
        return None if words[0] == "over" else words

    def close(self) -> None:
        """End the forking program, and its child where that is not over."""
        with self._program as program:
            os.killpg(program.pid, signal.SIGKILL)


def tell(*words: object) -> None:
    """Tell *words*, whole or not at all, at once."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def tell_raised() -> None:
    """Tell what was raised; whoever listens raises it."""
    tell("raised", json.dumps(traceback.format_exc()))


def serve() -> None:
    """Fork a child for each line of the standard input, and say when it is over."""
    module, _, name = sys.argv[2].partition(":")
    work = getattr(importlib.import_module(module), name)(**json.loads(sys.argv[3]))
    gc.freeze()  # what is there already is not walked through, and so not copied, in each child
    for line in sys.stdin:
        if not (pid := os.fork()):
            tell("pid", os.getpid())
            try:
                work(**json.loads(line))
            except BaseException:  # noqa: BLE001 - whoever listens raises it
                tell_raised()
            os._exit(0)
        os.waitpid(pid, 0)
        tell("over")

"""Other tools that are written in JavaScript: asked by JSON lines, answered by JSON lines."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from typing import Any


def answers(script: str, installed: str, questions: Iterable[object]) -> list[dict[str, Any]]:
    """Return what *script*, in the folder *installed*, answers to each question in turn."""
    done = subprocess.run(
        ["node", script],  # noqa: S607 - node is where the user has it
        cwd=installed,
        input="\n".join(json.dumps(each) for each in questions),
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]

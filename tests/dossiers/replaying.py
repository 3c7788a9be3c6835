"""An independent look at what is kept: the events of a dossier, done again in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tthc_flow.dossiers.doing import decoded
from tthc_flow.engine.compile import Program
from tthc_flow.engine.instance import For, Run

_TOLD_ONLY = {"claim", "unclaim", "call", "incident", "retry", "warn"}
_BY_ITSELF = {"function", "call", "called", "timer"}


def replayed(program: Program, events: list[Mapping[str, Any]]) -> Run:
    """Return the case of *program* to which *events* lead."""
    run: Run | None = None
    for event in events:
        payload = json.loads(event["payload"])
        data, node = decoded(payload["data"]), event["node"]
        if run is None:
            assert event["kind"] == "start"
            run = Run(program, data=data)
            continue
        match event["kind"]:
            case "complete" | "function" | "called":
                run.complete(node, data)
            case "choose":
                run.choose(node, payload["taken"][0])
            case "timer":
                run.deliver(node, data)
            case kind:
                assert kind in _TOLD_ONLY
    assert run is not None
    return run


def differences(
    row: Mapping[str, Any],
    run: Run,
    tasks: list[Mapping[str, Any]],
    jobs: list[Mapping[str, Any]],
) -> list[object]:
    """Return how the rows of a dossier differ from *run*: its status, its state, what is open."""
    found: list[object] = []
    status = "completed" if run.finished else "running"
    if row["status"] != status:
        found.append((row["status"], status))
    if json.loads(row["state"]) != json.loads(json.dumps(run.state)):
        found.append((row["state"], run.state))
    done = {(job["token"], job["node"]) for job in jobs if job["kind"] in _BY_ITSELF}
    waiting = {(each.token, each.node, each.what.value) for each in run.waiting}
    opened = {(task["token"], task["node"], task["what"]) for task in tasks}
    opened |= {
        (token, node, (For.EVENT if node == "wait" else For.WORK).value) for token, node in done
    }
    if opened != waiting or len(opened) != len(tasks) + len(done):
        found.append((opened, waiting))
    return found

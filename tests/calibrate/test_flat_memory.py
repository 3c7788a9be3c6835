"""A large log takes hardly more memory than a small one, and time by its size."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from calibrate.simulating import PROCEDURE, Log
from tthc_flow.bpmn.build import build
from tthc_flow.calibration.event import Case

SAID = """
import json, resource, sys
from tthc_flow.verbs.calibrate import calibrate
found = calibrate(sys.argv[1], sys.argv[2]).found
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"peak": peak, "cases": found.cases, "events": found.events,
                  "fitness": found.conformance.fitness}))
"""
_EVENT = (
    '<event><string key="concept:name" value="{name}"/>'
    '<string key="concept:instance" value="{instance}"/>'
    '<string key="lifecycle:transition" value="{transition}"/>'
    '<string key="org:resource" value="{resource}"/>'
    '<date key="time:timestamp" value="{at}"/></event>\n'
)


def cases() -> Iterator[Case]:
    """Yield cases without end: 200 different ones under ever new names."""
    made = list(Log(1).cases(200))
    for number in count():
        yield Case(id=f"H{number}", events=made[number % len(made)].events)


def write_xes(path: Path, size: int) -> Path:
    with path.open("w", encoding="utf-8") as out:
        out.write("<log>")
        for case in cases():
            events = "".join(
                _EVENT.format(
                    name=e.name,
                    instance=e.instance,
                    transition=e.transition.value,
                    resource=e.resource,
                    at=e.at.isoformat(),
                )
                for e in case.events
            )
            out.write(f'<trace><string key="concept:name" value="{case.id}"/>{events}</trace>')
            if out.tell() > size:
                break
        out.write("</log>")
    return path


def write_table(path: Path, size: int) -> Path:
    """Write a table in which 300 cases are always mixed."""
    reading = cases()
    with path.open("w", encoding="utf-8") as out:
        out.write("case,activity,time,lifecycle,resource,instance\n")
        while out.tell() < size:
            together = [next(reading) for _ in range(300)]
            for place in range(max(len(case.events) for case in together)):
                for case in together:
                    if place < len(case.events):
                        e = case.events[place]
                        told = (case.id, e.name, e.at.isoformat(), e.transition.value)
                        out.write(",".join((*told, e.resource, e.instance)) + "\n")
    return path


def calibrated(log: Path) -> dict[str, float]:
    drawing = log.parent / "a.bpmn"
    drawing.write_bytes(build(PROCEDURE).data)
    command = [sys.executable, "-c", SAID, str(drawing), str(log)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def growth(folder: Path, write, small: int, large: int) -> float:
    """Return how many bytes of memory each byte more of a log takes."""
    little = calibrated(write(folder / "small", small))
    much = calibrated(write(folder / "large", large))
    assert much["events"] > little["events"] * large / small * 0.7
    assert much["fitness"] == 1.0
    return (much["peak"] - little["peak"]) * 2**20 / (large - small)


@pytest.mark.timeout(300)
def test_a_larger_log_takes_hardly_more_memory(tmp_path):
    assert growth(tmp_path, write_xes, 2_000_000, 8_000_000) < 0.4


@pytest.mark.nightly
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("write", [write_xes, write_table])
def test_from_20_to_200_megabytes_the_memory_grows_by_a_twentieth_of_that(write, tmp_path):
    assert growth(tmp_path, write, 20_000_000, 200_000_000) < 0.05

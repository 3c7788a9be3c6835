"""Optimal alignments by pm4py: ``other_alignments.py FILE`` prints the costs as JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

UNIT = 10_000
"""What pm4py counts for an event or a step alone; unseen moves cost next to nothing."""


def made(asked: dict[str, Any]) -> tuple[Any, Any, Any]:
    """Return the net of *asked* with its first and its last marking."""
    from pm4py.objects.petri_net.obj import Marking, PetriNet
    from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to

    names = {asked["end"], *asked["begin"]}
    names |= {place for move in asked["moves"] for place in (*move["takes"], *move["puts"])}
    places = {name: PetriNet.Place(name) for name in names}
    net = PetriNet("asked", places=set(places.values()))
    for number, move in enumerate(asked["moves"]):
        transition = PetriNet.Transition(f"t{number}", move["label"])
        net.transitions.add(transition)
        for place in move["takes"]:
            add_arc_from_to(places[place], transition, net)
        for place in move["puts"]:
            add_arc_from_to(transition, places[place], net)
    return net, Marking({places[p]: 1 for p in asked["begin"]}), Marking({places[asked["end"]]: 1})


def main(file: str) -> None:
    """Align every case of every net."""
    from pm4py.algo.conformance.alignments.petri_net import algorithm
    from pm4py.objects.log.obj import Event, Trace

    costs, began = {}, time.perf_counter()
    for name, asked in json.loads(Path(file).read_text()).items():
        net = made(asked)
        traces = [
            Trace([Event({"concept:name": step}) for step in case]) for case in asked["cases"]
        ]
        found = [algorithm.apply_trace(trace, *net) for trace in traces]
        costs[name] = [each["cost"] // UNIT for each in found]
    print(json.dumps({"costs": costs, "seconds": time.perf_counter() - began}))


if __name__ == "__main__":
    main(sys.argv[1])

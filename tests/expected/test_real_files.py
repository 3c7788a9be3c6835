"""Real drawings, whatever is in them: numbers within their bounds, or a reason by name."""

from __future__ import annotations

from fractions import Fraction

from real_files import RealFiles
from tthc_flow.errors import UnsoundFlow
from tthc_flow.expected.expectation import Asked, expectation
from tthc_flow.expected.known import Given, What
from tthc_flow.graph.visits import visits
from tthc_flow.model.chance import Chance, Spread
from tthc_flow.model.flow import Flow
from tthc_flow.model.lever import Verdict
from tthc_flow.proof.soundness import soundness

EVERY = 4
"""Which of the files are looked at: all of them take a minute."""


def filled(flow: Flow, needs: tuple) -> Given:
    """Return what lacks: even shares, exponential times, no boundary event, two rounds."""
    lacking = {what: {each.element for each in needs if each.what is what} for what in What}
    shares = dict.fromkeys(lacking[What.HAPPENS], Fraction(0))
    starts = lacking[What.SHARE] & flow.by_id.keys()
    shares |= dict.fromkeys(starts, Fraction(1, max(len(starts), 1)))
    for edges in flow.outgoing.values():
        ways = [edge.id for edge in edges if edge.target in flow.by_id]
        if lacking[What.SHARE].intersection(ways):
            shares |= dict.fromkeys(ways, Fraction(1, len(ways)))
    hour = Chance(spread=Spread.EXPONENTIAL, mean=60)
    times = dict.fromkeys(lacking[What.TIME] | lacking[What.WAIT], hour)
    return Given(shares=shares, times=times, rounds=dict.fromkeys(lacking[What.ROUNDS], 2))


def test_real_drawings_have_numbers_or_a_reason(real_files: RealFiles):
    told, endless = {True: 0, False: 0}, 0
    for file in real_files.read[::EVERY]:
        for procedure in file.reading.procedures:
            flow = procedure.flow
            if soundness(flow).verdict is not Verdict.PASS:
                continue
            first = expectation(procedure, Asked())
            try:
                found = expectation(procedure, Asked(given=filled(flow, first.needs)))
            except UnsoundFlow:  # drawn so that nobody ever leaves
                endless += 1
                continue
            assert found.needs == (), (file.name, flow.id)
            assert (found.times is None) == bool(found.barriers), (file.name, flow.id)
            told[found.times is not None] += 1
            bounds = visits(flow)
            for node, often in found.passing.done.items():
                most = bounds[node].most
                assert bounds[node].least <= often, (file.name, flow.id, node)
                assert most is None or often <= most, (file.name, flow.id, node)
    assert told[True] > 5 * told[False] > 0
    assert endless < 5

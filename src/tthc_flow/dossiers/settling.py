"""What a dossier does by itself once it has been moved: being drawn for inspection, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.engine.instance import For

if TYPE_CHECKING:
    from tthc_flow.dossiers.sampling import Sampling
    from tthc_flow.dossiers.turn import Turn


def settle(turn: Turn, sampling: Sampling | None) -> None:
    """Draw the dossier wherever a sample is taken; without *sampling* people decide.

    A decision before an inspection is made by the draw; an inspection without one is left out
    where the dossier is not drawn. The event says which risk and share it was drawn by.
    """
    if sampling is None or not turn.deployed.samples:
        return
    while _drawn(turn, sampling):
        pass


def _drawn(turn: Turn, sampling: Sampling) -> bool:
    """Draw once; return whether there was anything to draw for."""
    run, samples = turn.held.run, turn.deployed.samples
    for waiting in run.waiting:
        ways = samples.get(waiting.node)
        if waiting.what is For.CHOICE and ways is not None:
            inspected = _noted(turn, sampling, waiting.node)
            run.choose(waiting.node, ways[0 if inspected else 1], token=waiting.token)
            return True
    for scope in run.scopes:
        if scope.node in samples and samples[scope.node] is None and scope.token not in turn.known:
            turn.known |= {scope.token}
            if not _noted(turn, sampling, scope.node):
                run.skip(scope.token)
                return True
    return False


def _noted(turn: Turn, sampling: Sampling, node: str) -> bool:
    draw = sampling.draw(turn.held.row.business_key, node, turn.held.run.data)
    said = {
        "node": node,
        "risk": draw.risk,
        "share": str(draw.share),
        "seed": sampling.seed,
        "inspected": draw.inspected,
    }
    turn.said.setdefault("drawn", []).append(said)
    return draw.inspected

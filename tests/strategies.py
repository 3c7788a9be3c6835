"""The only random flows of the project.

``procedures()`` are sound, structured and full of what levers look for; ``flows()`` their flows;
``mutated_flows()`` flows with a few edits that may break them; ``wild_flows()`` small graphs of
any shape. A size is drawn first and a seed grows the rest, so that Hypothesis shrinks the size.
"""

from __future__ import annotations

import random

from hypothesis import strategies as st

from growing import grow_flow, grow_procedure, some_repeated
from mutating import mutated, wild
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import Procedure

SEEDS = st.integers(0, 2**32 - 1)


def procedures(max_steps: int = 14) -> st.SearchStrategy[Procedure]:
    """Return sound structured procedures of at most about *max_steps* steps."""
    return st.builds(_procedure, st.integers(1, max_steps), SEEDS)


def flows(max_steps: int = 14) -> st.SearchStrategy[Flow]:
    """Return the flows of :func:`procedures`, and bare structured ones of blocks in blocks."""
    return st.one_of(
        procedures(max_steps).map(lambda procedure: procedure.flow),
        st.builds(_bare, st.integers(1, max_steps), SEEDS),
    )


def mutated_flows(max_steps: int = 7) -> st.SearchStrategy[Flow]:
    """Return flows with one to three edits (rewired, cut, retyped, joined); often unsound."""
    return st.builds(_mutated, st.integers(1, max_steps), st.integers(1, 3), SEEDS)


def wild_flows(max_nodes: int = 9) -> st.SearchStrategy[Flow]:
    """Return small flows of any shape: random nodes, random arrows."""
    return st.builds(_wild, st.integers(2, max_nodes), SEEDS)


def _procedure(size: int, seed: int) -> Procedure:
    return grow_procedure(random.Random(seed), size)


def _bare(size: int, seed: int) -> Flow:
    rng = random.Random(seed)
    return some_repeated(rng, grow_flow(rng, size))


def _mutated(size: int, edits: int, seed: int) -> Flow:
    rng = random.Random(seed)
    return mutated(rng, grow_flow(rng, size), edits)


def _wild(size: int, seed: int) -> Flow:
    return wild(random.Random(seed), size)

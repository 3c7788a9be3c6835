"""A step keeps what is on its way to others, also where it is the last of its dossier."""

from __future__ import annotations

import pytest

from tthc_flow.dossiers.jobs import Ran

from .every_kind import HEARD, SIGNAL, USER
from .small import bpmn, do, engine_with, open_nodes

THROWS = bpmn(
    USER + '<intermediateThrowEvent id="t"><signalEventDefinition signalRef="bell"/>'
    "</intermediateThrowEvent>",
    "s > t > a > e",
    process="S",
    more=SIGNAL,
)


@pytest.mark.parametrize("at_hand", [True, False])
@pytest.mark.parametrize("ends", ["completed", "withdrawn"])
def test_a_signal_is_told_also_where_its_dossier_ends_before_a_worker_comes(url, at_hand, ends):
    engine, _ = engine_with(url, THROWS, HEARD)
    with engine:
        hearer = engine.start("L", "H", by="dân").id
        dossier = engine.start("S", "T", by="dân").id
        if not at_hand:
            engine._office.hot._held.clear()
        if ends == "completed":
            do(engine, dossier, "a")
        else:
            engine.life.withdraw(dossier, by="dân", reason="thôi")
        assert engine.dossier(dossier).status == ends
        assert engine.jobs.run_due() == Ran(done=1)
        assert engine.jobs.run_due() == Ran(done=1)
        assert open_nodes(engine, hearer) == ["a"]
        assert engine.audit.breaks() == ()

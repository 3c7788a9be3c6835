"""Deploying again: the same bytes are the same version, and how long dossiers are kept stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tthc_flow.errors import StoreFault

from .loop import LOOP
from .small import engine_with, open_nodes

NEWER = LOOP.replace(b'"receive"', b'"accept"')


def test_an_older_version_deployed_again_stays_an_older_version(url):
    engine, _ = engine_with(url, LOOP, NEWER)
    with engine:
        again = engine.deploy(LOOP)
        assert again == engine.definitions("P")[0]
        assert [each.version for each in engine.definitions()] == [1, 2]
        dossier = engine.start("P", "H1", by="dân")
        assert open_nodes(engine, dossier.id) == ["accept"]


def test_an_older_version_with_any_change_is_the_newest(url):
    engine, _ = engine_with(url, LOOP, NEWER)
    with engine:
        assert engine.deploy(LOOP + b"<!-- again -->").version == 3
        assert open_nodes(engine, engine.start("P", "H1", by="dân").id) == ["receive"]


@pytest.mark.parametrize(("first", "then"), [(30, 60), (30, 0), (None, 30), (0, 36_500)])
def test_other_days_for_the_same_file_are_refused_and_change_nothing(url, first, then):
    engine, _ = engine_with(url)
    with engine:
        made = engine.deploy(LOOP, keep_days=first)
        with pytest.raises(StoreFault, match="TF726 keep_days: P version 1 was deployed to keep"):
            engine.deploy(LOOP, keep_days=then)
        assert engine.definitions() == (made,)
        assert engine.deploy(LOOP, keep_days=first) == engine.deploy(LOOP) == made
        assert engine.deploy(NEWER, keep_days=then).keep_days == then


@pytest.mark.parametrize("days", [-1, 36_501, 10**12])
def test_days_for_which_nothing_can_be_kept_are_refused(url, days):
    engine, _ = engine_with(url)
    with engine:
        with pytest.raises(StoreFault, match="TF726"):
            engine.deploy(LOOP, keep_days=days)
        assert engine.definitions() == ()


def test_a_dossier_kept_as_long_as_can_be_does_not_stop_the_forgetting_of_others(url):
    engine, wall = engine_with(url)
    with engine:
        engine.deploy(LOOP, keep_days=36_500)
        assert engine.forget_ended() == 0
        engine.deploy(LOOP.replace(b'id="P"', b'id="Q"'), keep_days=1)
        dossier = engine.start("Q", "H1", by="dân")
        engine.life.cancel(dossier.id, by="an", reason="trùng")
        engine.outbox.deliver(lambda _letter: None)
        wall.at += timedelta(days=2)
        assert engine.forget_ended() == 1

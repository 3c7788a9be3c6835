"""Front doors: what is there, what is not, and that nothing comes before it is used."""

from __future__ import annotations

import pytest

import tthc_flow
from house.test_start_up import imported_by
from tthc_flow import testing

DOORS = pytest.mark.parametrize("door", [tthc_flow, testing], ids=lambda door: door.__name__)


@DOORS
def test_every_name_that_a_door_lists_is_there_and_named_for_completion(door):
    assert [name for name in door.__all__ if getattr(door, name, None) is None] == []
    assert dir(door) == sorted(door.__all__)


@DOORS
def test_a_name_that_a_door_does_not_have_is_missing_as_in_every_module(door):
    with pytest.raises(
        AttributeError, match=rf"^module '{door.__name__}' has no attribute 'cheque'$"
    ):
        door.cheque  # noqa: B018 - asking is the test
    assert not hasattr(door, "cheque")


def test_a_name_that_was_used_stands_in_the_package_like_any_other():
    first = testing.Clock
    assert vars(testing)["Clock"] is first


def test_neither_door_imports_what_is_behind_it():
    assert "attrs" not in imported_by("import tthc_flow.testing")
    assert "attrs" in imported_by("import tthc_flow.testing as t; t.Desk")

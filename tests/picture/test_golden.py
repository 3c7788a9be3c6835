"""Pictures that a person has looked at: they stay as they are until someone looks again.

``pytest tests/picture --update-golden`` writes them anew; the difference is to be read.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tthc_flow.verbs.show import show

HERE = Path(__file__).parent
SEEN = ("activities", "events", "flows", "pools", "choreography")


def normalised(svg: str) -> str:
    """Return *svg* with one element a line, so that a difference shows what changed.

    A text stays on one line: blanks between its lines would move them.
    """
    return re.sub("><(?!tspan|/text)", ">\n<", svg) + "\n"


@pytest.mark.parametrize("name", SEEN)
def test_a_picture_that_was_looked_at_stays_as_it_is(name, update_golden):
    golden = HERE / "golden" / f"{name}.svg"
    drawn = normalised(show(HERE / "notation" / f"{name}.bpmn"))
    if update_golden:
        golden.write_text(drawn, "utf-8")
    assert drawn == golden.read_text("utf-8")


def test_the_golden_pictures_are_all_there_is_in_their_folder():
    assert {each.name for each in (HERE / "golden").iterdir()} == {f"{name}.svg" for name in SEEN}

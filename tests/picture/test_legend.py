"""The legend: a time that does not count is not called unknown."""

from __future__ import annotations

from measures.flows import procedure, step
from tthc_flow.layout.fresh import lay_out
from tthc_flow.measures.heat import HeatKind, heat
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.step import StepTime
from tthc_flow.picture.svg import draw

WAITS = step("b", time=StepTime(counted=False))
APPLICANT = step("c", performer=Performer(name="Tổ chức", role=Role.APPLICANT))


def legend_of(*steps) -> str:
    given = procedure(step("a", 1), *steps)
    return draw(given, lay_out(given), heat=heat(given.flow, HeatKind.TIME))


def test_a_step_outside_the_limit_is_explained_as_such():
    for uncounted in (WAITS, APPLICANT):
        drawn = legend_of(uncounted)
        assert "không tính thời gian" in drawn
        assert "chưa rõ thời gian" not in drawn


def test_a_counted_step_without_a_time_is_unknown():
    drawn = legend_of(step("b"))
    assert "chưa rõ thời gian" in drawn
    assert "không tính thời gian" not in drawn
    assert "chưa rõ" not in legend_of()


def test_a_scale_is_shown_only_where_some_figure_is_known():
    given = procedure(step("a"))
    drawn = draw(given, lay_out(given), heat=heat(given.flow, HeatKind.TIME))
    assert "chưa rõ thời gian" in drawn
    assert "#f08062" not in drawn
    assert "#f08062" in legend_of()


def test_every_unknown_step_has_a_sign_beside_its_grey():
    given = procedure(step("a", number="3"), step("b", 1))
    drawn = draw(given, lay_out(given), heat=heat(given.flow, HeatKind.TIME))
    assert ">3 · ?</tspan>" in drawn
    assert drawn.count(">?</tspan>") == 1  # in the legend

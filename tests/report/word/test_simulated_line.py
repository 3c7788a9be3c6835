"""The sentence about a simulation says before and after, whichever is more."""

from __future__ import annotations

from types import SimpleNamespace

from report.simulation.offices import FLOW, SHORTER
from tthc_flow.report.simulation.record import of_simulation
from tthc_flow.report.word.simulated import simulated_line
from tthc_flow.verbs.simulate import simulate


def test_what_takes_longer_afterwards_is_not_told_as_shorter():
    found = simulate(
        SHORTER,
        after=FLOW,
        cases=600,
        people={"Chuyên viên": 4, "Lãnh đạo": 4},
        arrivals=100,
        times={"A": "1,5 giờ làm việc", "B": "1 giờ làm việc"},
        limit="1 ngày làm việc",
    )
    figures = of_simulation(found, "vi")
    one = SimpleNamespace(name="Cấp phép", record={"simulation": {"figures": figures}})
    said = simulated_line(one, 1)
    assert "bình quân: trước 1,5 giờ làm việc, sau 2,5 giờ làm việc" in said
    assert "tỷ lệ quá hạn: trước 0 %, sau 0 %" in said

"""What the work of a case costs stands among its figures."""

from __future__ import annotations

from report.simulation.offices import FLOW, SHORTER
from tthc_flow.report.simulation.record import of_simulation
from tthc_flow.report.simulation.rows import case_rows
from tthc_flow.verbs.simulate import simulate


def test_the_work_of_a_case_has_its_price_before_and_after():
    """An hour and a half at 60,000 đồng an hour, and one at 90,000, which the change takes away."""
    found = simulate(
        FLOW,
        after=SHORTER,
        cases=600,
        people={"Chuyên viên": 4, "Lãnh đạo": 4},
        arrivals=1000,
        times={"A": "1,5 giờ làm việc", "B": "1 giờ làm việc"},
        hourly={"Chuyên viên": 60_000, "Lãnh đạo": 90_000},
    )
    *_, last = case_rows(of_simulation(found, "vi"), 0, "vi")
    assert last == (
        "Chi phí công của một hồ sơ",
        "180.000 đồng (±0 đồng)",
        "90.000 đồng (±0 đồng)",
        "−90.000 đồng (±0 đồng)",
    )

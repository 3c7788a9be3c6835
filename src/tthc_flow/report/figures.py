"""The figures of one procedure, or of before and after, as rows of text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.measures.aggregate import cut
from tthc_flow.words.numbers import days, number, percent

if TYPE_CHECKING:
    from fractions import Fraction

    from tthc_flow.measures.comparison import Comparison
    from tthc_flow.measures.measure import Measures
    from tthc_flow.measures.norm_time import NormTime
    from tthc_flow.units import WorkTime

UNKNOWN = "chưa rõ"


def norm_time_text(longest: NormTime) -> str:
    """Return the norm time in days; "ít nhất" where some step has no time.

    Example:
        >>> from tthc_flow.measures.norm_time import norm_time
        >>> from tthc_flow.model.flow import Flow
        >>> norm_time_text(norm_time(Flow(id="p")))
        '0 ngày làm việc'
    """
    if longest.work is None:
        return UNKNOWN
    least = "" if longest.complete else "ít nhất "
    return least + days(longest.work.minutes)


def _work(time: WorkTime | None) -> str:
    return UNKNOWN if time is None else days(time.minutes)


def _count(value: int | None) -> str:
    return UNKNOWN if value is None else number(value)


def _share(value: Fraction | None) -> str:
    return UNKNOWN if value is None else percent(value)


def figure_rows(found: Measures) -> tuple[tuple[str, str], ...]:
    """Return every measure with its Vietnamese name, in the order of the report."""
    return (
        ("Thời gian theo định mức", norm_time_text(found.norm_time)),
        ("Tổng thời gian công bố", _work(found.stated_total.work)),
        ("Khối lượng công việc", _work(found.workload)),
        ("Số bước", _count(found.steps)),
        ("Trong đó tự động", _count(found.automatic)),
        ("Tỷ trọng bước luân chuyển", _share(found.handling_by_steps)),
        ("Tỷ trọng thời gian luân chuyển", _share(found.handling_by_time)),
        ("Số lần chuyển giao", _count(found.hand_offs)),
        ("Số người, đơn vị thực hiện", _count(found.performers)),
        ("Số lần qua cấp khác", _count(found.levels_crossed)),
        ("Số lần ký", _count(found.signatures)),
        ("Số lần đóng dấu, lấy số", _count(found.stamps)),
        ("Số lần lấy ý kiến", _count(found.consultations)),
        ("Số lần người dân đến", _count(found.applicant_visits)),
        ("Số giấy tờ", _count(found.documents)),
        ("Bước chưa rõ thời gian", _count(len(found.unknown_times))),
        ("Quy ước thời gian", found.convention),
    )


def before_after_rows(comparison: Comparison) -> tuple[tuple[str, str, str, str], ...]:
    """Return every measure before and after, and its cut where both sides are numbers."""
    one, two = comparison.before, comparison.after
    counts = {
        "Số bước": (one.steps, two.steps),
        "Số lần chuyển giao": (one.hand_offs, two.hand_offs),
        "Số người, đơn vị thực hiện": (one.performers, two.performers),
        "Số lần ký": (one.signatures, two.signatures),
        "Số lần đóng dấu, lấy số": (one.stamps, two.stamps),
        "Số lần lấy ý kiến": (one.consultations, two.consultations),
    }
    cuts = {name: cut(*pair) for name, pair in counts.items()}
    cuts["Thời gian theo định mức"] = comparison.time_cut
    return tuple(
        (name, before, after, "" if (share := cuts.get(name)) is None else percent(share))
        for (name, before), (_, after) in zip(figure_rows(one), figure_rows(two), strict=True)
    )

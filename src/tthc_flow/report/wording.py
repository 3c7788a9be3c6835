"""What the record's values are called in the page and the text."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.words.numbers import days, dong, number, percent

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN: Final = "chưa rõ"

AUTHORITY: Final = {
    "within": "trong thẩm quyền của địa phương",
    "outside": "ngoài thẩm quyền, kiến nghị bộ, ngành",
    "unknown": "chưa rõ thẩm quyền",
}
VERDICT: Final = {"pass": "đạt", "fail": "không đạt", "unknown": "cần bổ sung dữ liệu"}
KIND: Final = {
    "public": "TTHC giải quyết cho tổ chức, cá nhân",
    "between_agencies": "TTHC nội bộ giữa các cơ quan",
    "within_agency": "TTHC nội bộ trong cơ quan",
}
METHOD: Final = {
    "tt02_2017": "Theo Thông tư 02/2017/TT-VPCP",
    "processing_time": "Theo thời gian giải quyết (ngày × 8 giờ × TNBQ × số hồ sơ)",
}
INPUT: Final = {
    "work": "các việc người dân phải làm",
    "subjects": "số đối tượng tuân thủ một năm",
    "times": "số lần thực hiện một năm",
    "dossiers": "số hồ sơ một năm",
    "hourly_income": "thu nhập bình quân một giờ làm việc",
    "time": "thời gian giải quyết",
}
CONVENTION: Final = {
    "bare-day-is-working-day": "“ngày” không ghi rõ được tính là ngày làm việc (8 giờ)",
    "bare-day-is-calendar-day": "“ngày” không ghi rõ là ngày theo lịch (5/7 ngày làm việc)",
    "strict": "không đổi “ngày” không ghi rõ và ngày theo lịch ra ngày làm việc",
}


def share(value: float | None) -> str:
    """Return a share of the record in percent."""
    return UNKNOWN if value is None else percent(Fraction(value).limit_denominator(10**9))


def minutes(value: float | None) -> str:
    """Return minutes of the record in working days."""
    return UNKNOWN if value is None else days(Fraction(value).limit_denominator(10**6))


def money(value: float | None) -> str:
    """Return an amount of the record in đồng."""
    return UNKNOWN if value is None else dong(Fraction(value).limit_denominator(10**6))


def count(value: int | None) -> str:
    """Return a count of the record."""
    return UNKNOWN if value is None else number(value)


def norm_time(side: Mapping[str, Any]) -> str:
    """Return the norm time of one side; a lower bound says so."""
    found = side["norm_time"]
    text = minutes(found["minutes"])
    return text if found["complete"] or found["minutes"] is None else f"ít nhất {text}"


def missing(name: str) -> str:
    """Return what a missing input of the cost formula is called."""
    head, _, of = name.partition(":")
    return f"{INPUT.get(head, head)} ({of})" if of else INPUT.get(head, head)


def rows(plan: Mapping[str, Any]) -> tuple[tuple[str, str, str, str], ...]:
    """Return the figures of before and after, and what was cut, for a table."""
    one, two = plan["before"], plan["after"]
    counted = (
        ("Số bước do người làm", one["steps"] - one["automatic"], two["steps"] - two["automatic"]),
        ("Số bước tự động", one["automatic"], two["automatic"]),
        ("Số lần chuyển giao giữa các bên", one["hand_offs"], two["hand_offs"]),
        ("Số người, đơn vị thực hiện", one["performers"], two["performers"]),
        ("Số lần ký", one["signatures"], two["signatures"]),
        ("Số lần đóng dấu, lấy số bằng tay", one["stamps"], two["stamps"]),
        ("Số lần lấy ý kiến", one["consultations"], two["consultations"]),
        ("Số giấy tờ trong hồ sơ", one["documents"], two["documents"]),
        ("Số lần người dân phải đến", one["applicant_visits"], two["applicant_visits"]),
    )
    timed = (
        ("Thời gian giải quyết", norm_time(one), norm_time(two), share(plan["cut"]["time"])),
        (
            "Khối lượng công việc",
            minutes(one["workload"]["minutes"]),
            minutes(two["workload"]["minutes"]),
            _cut(one["workload"]["minutes"], two["workload"]["minutes"]),
        ),
    )
    return timed + tuple((n, count(a), count(b), _cut(a, b)) for n, a, b in counted)


def _cut(before: float | None, after: float | None) -> str:
    if before is None or after is None or not before:
        return "–"
    saved = (Fraction(before) - Fraction(after)) / Fraction(before)
    return percent(saved.limit_denominator(10**9)) if saved else "–"

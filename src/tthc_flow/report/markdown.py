"""The proposal as Markdown, for a pull request or a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tthc_flow.report import wording
from tthc_flow.report.markup import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def markdown(record: Mapping[str, Any]) -> str:
    """Return the proposal of *record* as Markdown in Vietnamese.

    Args:
        record: What ``tthc-flow propose --json`` prints.

    Source: the parts of Phần II of the published annex (nội dung, lý do, kiến nghị, lợi ích).
    """
    plan, procedure = record["plan"], record["procedure"]
    lines = [f"# Phương án đơn giản hóa: {plain(procedure['name'])}", ""]
    lines += ["> Dự thảo, cần thẩm định pháp lý trước khi trình.", ""]
    lines += _table(("Chỉ số", "Trước", "Sau", "Cắt giảm"), wording.rows(plan))
    lines += ["", f"Quy ước: {wording.CONVENTION[plan['before']['convention']]}.", ""]
    lines += ["## Nội dung thay đổi", ""]
    lines += [f"- {plain(change['sentence'])}" for change in plan["changes"]] or ["Không có."]
    groups = (
        ("Đã áp dụng", [c for c in record["candidates"] if c["applied"]]),
        ("Cần bổ sung dữ liệu", [c for c in record["candidates"] if c["verdict"] == "unknown"]),
        ("Không được áp dụng", [c for c in record["candidates"] if c["verdict"] == "fail"]),
    )
    for title, candidates in groups:
        lines += ["", f"## {title}", ""]
        for candidate in candidates:
            lines += _candidate(candidate)
        lines += [] if candidates else ["Không có."]
    lines += ["", "## Chứng minh", ""]
    lines += [
        f"- {law['text']}: {wording.VERDICT[law['verdict']]}" for law in plan["proof"]["laws"]
    ]
    run = plan["proof"]["executed_branches"]["after"]
    lines += [f"- Đã chạy thử {run['executed']}/{run['branches']} nhánh của sơ đồ sau", ""]
    return "\n".join(lines)


def _table(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    head = list(heading)
    cells = [head, ["---"] * len(head), *([plain(cell) for cell in row] for row in rows)]
    return [f"| {' | '.join(row)} |" for row in cells]


def _candidate(candidate: Mapping[str, Any]) -> list[str]:
    saved = wording.minutes(candidate["effect"]["minutes"])
    who = wording.AUTHORITY[candidate["authority"]]
    lines = [f"- **{plain(candidate['title'])}** ({who}; riêng đề xuất này giảm {saved})"]
    lines += [f"  - {plain(each['text'])}" for each in candidate["evidence"]]
    for condition in candidate["preconditions"]:
        because = "; ".join(condition["because"])
        why = f" ({plain(because)})" if because else ""
        asked = f" → {plain(condition['question'])}" if condition["question"] else ""
        verdict = wording.VERDICT[condition["verdict"]]
        lines.append(f"  - [{verdict}] {plain(condition['text'])}{why}{asked}")
    return lines

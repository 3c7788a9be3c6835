"""The gallery: every shipped procedure before and after, with its figures and both drawings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from making.files import write_pages
from making.plain import plain

from tthc_flow.report.amounts import count, cut_words, days
from tthc_flow.report.outcome import binding_lines, change_lines
from tthc_flow.verbs.papers import pictures, proposal_record
from tthc_flow.verbs.propose import propose

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAD: Final = """# Gallery · Các thủ tục trước và sau

Mỗi thủ tục như đã công bố và phương án theo đúng nguồn hiện có. Mọi phương án là dự thảo, *cần thẩm
định pháp lý*. Phần lớn còn chờ dữ liệu: điều pháp luật hỏi không có trong bảng công bố nào.

*Every shipped procedure as it is published, and what is proposed for it as its sources stand:
drafts to discuss. Most wait for data: what the gates of the law ask stands in no published table.*
"""
HEAD: Final = (
    "| thủ tục | thời gian giải quyết | số bước | đề xuất chờ dữ liệu |\n|---|---|---|---|"
)
CHANGED: Final = f"## Có thay đổi\n\n{HEAD}"
SAME: Final = f"## Chưa có thay đổi nào đủ điều kiện\n\n{HEAD}"
WORKING_DAYS: Final = " ngày làm việc"
FRONT: Final = "---\norphan: true\nhide-toc: true\n---\n\n"


def write_gallery(docs: Path) -> None:
    """Propose for every procedure of ``processes/``; write a page and the drawings of each."""
    folder = docs / "gallery"
    made: dict[str, str] = {}
    rows: dict[str, list[str]] = {CHANGED: [], SAME: []}
    for drawing in sorted((docs.parent / "processes").glob("*/*/flow.bpmn")):
        name = f"{drawing.parent.parent.name}-{drawing.parent.name}"
        proposal = propose(drawing)
        record, drawn = proposal_record(proposal, "vi"), pictures(proposal, "vi")
        changed = bool(record["plan"]["changes"])
        sides = {"truoc": drawn["svg_before"]} | ({"sau": drawn["svg_after"]} if changed else {})
        made |= {f"{name}-{side}.svg": picture for side, picture in sides.items()}
        made[f"{name}.md"] = page(name, record)
        rows[CHANGED if changed else SAME].append(row(name, record))
    tables = ["\n".join([head, *lines, ""]) for head, lines in rows.items() if lines]
    made["index.md"] = "\n".join([LEAD, *tables])
    write_pages(folder, made)


def row(name: str, record: Mapping[str, Any]) -> str:
    """Return the line of one procedure in the table of them all."""
    procedure, plan = record["procedure"], record["plan"]
    was, now = (days(_minutes(plan[side]), "vi") for side in ("before", "after"))
    shorter = was.removesuffix(WORKING_DAYS) if now.endswith(WORKING_DAYS) else was
    steps = sorted({plan[side]["steps"] for side in ("before", "after")}, reverse=True)
    open_ones = sum(each["verdict"] == "unknown" for each in record["candidates"])
    cells = [
        f"[{plain(_title(procedure))}]({name}.md)",
        was if was == now else f"{shorter} → {now}, giảm {cut_words(plan['cut']['time'], 'vi')}",
        " → ".join(map(str, steps)),
        str(open_ones),
    ]
    return f"| {' | '.join(cells)} |"


def page(name: str, record: Mapping[str, Any]) -> str:
    """Return the page of one procedure: whose it is, its figures, what changes, the drawings."""
    procedure, plan = record["procedure"], record["plan"]
    source = procedure["source"] or {}
    whose = [procedure["code"], procedure["locality"], procedure["agency"], source.get("document")]
    told = {**plan, "labels": record["labels"]}
    changes = change_lines(told, "vi") or ("Chưa có thay đổi nào đủ điều kiện áp dụng.",)
    lines = [f"# {plain(_title(procedure))}", " · ".join(plain(each) for each in whose if each)]
    lines += [_figures(plan), "## Thay đổi", "\n".join(changes)]
    more = binding_lines(record, "vi")
    if more:
        lines += ["## Điều kiện để giảm thêm", "\n".join(f"- {plain(each)}" for each in more)]
    lines += ["## Trước" if plan["changes"] else "## Sơ đồ hiện hành", _drawing(f"{name}-truoc")]
    if plan["changes"]:
        lines += ["## Sau", _drawing(f"{name}-sau")]
    return FRONT + "\n\n".join(lines) + "\n"


def _title(procedure: Mapping[str, Any]) -> str:
    where = procedure["locality"]
    return f"{procedure['name']} – {where}" if where else str(procedure["name"])


def _drawing(name: str) -> str:
    return f"```{{figure}} {name}.svg\n:figclass: drawing\n:width: 100%\n:alt: Sơ đồ quy trình\n```"


def _figures(plan: Mapping[str, Any]) -> str:
    before, after = plan["before"], plan["after"]
    counted = {"Số bước": "steps", "Số lần chuyển giao": "hand_offs"}
    counted["Số người, bộ phận thực hiện"] = "performers"
    rows = [("Thời gian giải quyết", *(days(_minutes(each), "vi") for each in (before, after)))]
    rows += [
        (label, *(count(each[key], "vi") for each in (before, after)))
        for label, key in counted.items()
    ]
    rows.append(("Cắt giảm thời gian", "", cut_words(plan["cut"]["time"], "vi")))
    table = "\n".join(f"| {label} | {was} | {now} |" for label, was, now in rows)
    return f"| | trước | sau |\n|---|---|---|\n{table}"


def _minutes(side: Mapping[str, Any]) -> float | None:
    return side["norm_time"]["minutes"] if side["norm_time"]["complete"] else None

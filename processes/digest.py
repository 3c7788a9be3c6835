"""A proposal on one page: what is read, line by line, before it is kept as ``proposal.md``.

The report says everything; this says what an officer decides on: what changes, what is asked
first, what is barred and why, and which steps remain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.measures.wording import performer_words, step_time_words
from tthc_flow.report import amounts
from tthc_flow.report.figures import source_words
from tthc_flow.report.outcome import change_lines, saved, title_of
from tthc_flow.verbs.papers import proposal_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.model.step import Step
    from tthc_flow.verbs.propose import Proposal

LANG: Final = "vi"
GROUPS: Final = {
    "pass": "Được phép, không chọn",
    "unknown": "Cần bổ sung dữ liệu",
    "fail": "Không được phép",
}


def digest(proposal: Proposal) -> str:
    """Return the page, in Markdown; its lines keep their order while nothing changes."""
    record = proposal_record(proposal, LANG)
    procedure, plan = record["procedure"], record["plan"]
    lines = [
        f"# {procedure['name']}",
        "",
        f"{procedure['locality']}, {source_words(procedure['source'], LANG)}",
        "",
        "## Kết quả",
        "",
        *_figures(plan),
        *_section("Thay đổi", list(change_lines({**plan, "labels": record["labels"]}, LANG))),
        *_section("Áp dụng", list(_applied(record))),
    ]
    for verdict, title in GROUPS.items():
        lines += _section(title, list(_kept_back(record, verdict)))
    lines += _section("Quy trình sau", [_step(each) for each in proposal.plan.after.flow.steps])
    return "\n".join(lines) + "\n"


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", f"## {title}", "", *lines] if lines else []


def _figures(plan: Mapping[str, Any]) -> Iterator[str]:
    before, after = plan["before"], plan["after"]
    times = [each["norm_time"] for each in (before, after)]
    was, now = (
        amounts.days(each["minutes"] if each["complete"] else None, LANG) for each in times
    )
    cut = plan["cut"]["time"]
    told = "chưa rõ" if cut is None else amounts.share(cut, LANG)
    yield f"- Thời gian: {was} → {now} (cắt {told})"
    for key, name in (
        ("steps", "Bước"),
        ("automatic", "Bước tự động"),
        ("hand_offs", "Chuyển giao"),
        ("signatures", "Ký"),
    ):
        yield f"- {name}: {before[key]} → {after[key]}"


def _applied(record: Mapping[str, Any]) -> Iterator[str]:
    for each in record["candidates"]:
        if each["applied"]:
            sources = sorted(
                {
                    condition["source"]["document"]
                    for condition in each["preconditions"]
                    if condition["source"]
                }
            )
            yield f"- {_title(each, record)}: {_worth(each)}; sửa {each['instrument']}"
            if sources:
                yield f"  - theo {'; '.join(sources)}"


def _kept_back(record: Mapping[str, Any], verdict: str) -> Iterator[str]:
    for each in record["candidates"]:
        if each["applied"] or each["verdict"] != verdict:
            continue
        yield f"- {_title(each, record)}: {_worth(each)}"
        told = [
            condition["text"]
            + (f" ({'; '.join(condition['because'])})" if condition["because"] else "")
            for condition in each["preconditions"]
            if condition["verdict"] == verdict != "pass"
        ]
        if told:
            yield f"  - {'; '.join(told)}"


def _title(candidate: Mapping[str, Any], record: Mapping[str, Any]) -> str:
    return title_of(candidate, record["labels"])


def _worth(candidate: Mapping[str, Any]) -> str:
    effect = candidate["effect"]
    return "mở ra sau đề xuất khác" if effect is None else saved(effect["minutes"], LANG)


def _step(step: Step) -> str:
    by_machine = "tự động, " if step.automatic else ""
    told = f"{performer_words(step.performer)} – {step_time_words(step.time)}"
    return f"- {step.number or step.id}. {step.name} – {by_machine}{told}"

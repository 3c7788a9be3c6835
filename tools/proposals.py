"""Write ``proposal.md`` beside every shipped procedure: its proposal, as it is read before signing.

    python tools/proposals.py

The report says everything; this says what an officer decides on: what changes, what is asked
first, what is barred and why. Most plans here change nothing, for most questions are open: so the
page ends with what would be done if all were answered in favour, which is no proposal. A test
fails while a page differs from what is proposed now.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from tthc_flow.bpmn.read import read
from tthc_flow.measures.wording import performer_words, step_time_words
from tthc_flow.model.law import Answer
from tthc_flow.model.source import Source
from tthc_flow.proof.gates.questions import questions
from tthc_flow.report import amounts
from tthc_flow.report.cases import told_apart
from tthc_flow.report.figures import source_words
from tthc_flow.report.outcome import change_lines, saved, title_of
from tthc_flow.verbs.papers import proposal_record
from tthc_flow.verbs.propose import propose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.model.step import Step

LANG: Final = "vi"
IF_ANSWERED: Final = "Nếu mọi câu hỏi còn bỏ ngỏ được trả lời thuận (không phải đề xuất)"
SUPPOSED: Final = "giả định"
GROUPS: Final = {
    "pass": "Được phép, không chọn",
    "unknown": "Cần bổ sung dữ liệu",
    "fail": "Không được phép",
}


def page(drawing: Path) -> str:
    """Return the page of the procedure in *drawing*, in Markdown."""
    proposal = propose(drawing)
    record = proposal_record(proposal, LANG)
    procedure = record["procedure"]
    lines = [
        f"# {procedure['name']}",
        "",
        f"{procedure['locality']}, {source_words(procedure['source'], LANG)}",
        *_section("Kết quả", list(_figures(record["plan"]))),
        *_section("Thay đổi", _changes(record)),
        *_section("Áp dụng", list(_applied(record))),
    ]
    for verdict, title in GROUPS.items():
        lines += _section(title, list(_kept_back(record, verdict)))
    lines += _section(IF_ANSWERED, list(_if_answered(drawing)))
    return "\n".join(lines) + "\n"


def _if_answered(drawing: Path) -> Iterator[str]:
    """Yield what would be done if every open question were answered in favour of the change."""
    reading = read(drawing)
    (procedure,) = reading.procedures
    answered = {each.question for each in procedure.answers if each.step is None}
    willing = (
        Answer(question=each.id, reply=each.passes_on, source=Source(document=SUPPOSED))
        for each in questions().values()
        if each.id not in answered
    )
    supposed = evolve(procedure, answers=(*procedure.answers, *willing))
    proposal = propose(evolve(reading, procedures=(supposed,)))
    record = proposal_record(proposal, LANG)
    yield from _figures(record["plan"])
    yield from _changes(record)
    if proposal.plan.applied:
        yield "- Quy trình sau:"
        yield from (f"  {_step(each)}" for each in proposal.plan.after.flow.steps)


def _changes(record: Mapping[str, Any]) -> list[str]:
    return list(change_lines({**record["plan"], "labels": record["labels"]}, LANG))


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", f"## {title}", "", *lines] if lines else []


def _figures(plan: Mapping[str, Any]) -> Iterator[str]:
    before, after = plan["before"], plan["after"]
    times = [each["norm_time"] for each in (before, after)]
    was, now = (amounts.days(each["minutes"] if each["complete"] else None, LANG) for each in times)
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
    for each in told_apart(record["candidates"]):
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


def main() -> None:
    """Write each page; a file is only touched when its text changes."""
    root = Path(__file__).resolve().parents[1] / "processes"
    for drawing in sorted(root.glob("*/*/flow.bpmn")):
        kept, text = drawing.with_name("proposal.md"), page(drawing)
        if not kept.exists() or kept.read_text("utf-8") != text:
            aside = kept.with_suffix(".new")
            aside.write_text(text, "utf-8")
            aside.replace(kept)


if __name__ == "__main__":
    main()

"""The last parts of the story: roles, compliance cost, proof, and what is doubtful in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report import amounts, figures
from tthc_flow.report.blocks import (
    Block,
    Bullets,
    Check,
    Checks,
    Grid,
    Heading,
    Item,
    Paragraph,
    Section,
)
from tthc_flow.report.figures import input_words
from tthc_flow.report.outcome import named
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping

_MONEY: Final = frozenset({"hourly_income", "service", "other", "post_check_service"})
_SHARES: Final = frozenset({"post_check_share"})


def roles(plan: Mapping[str, Any], lang: str) -> Section:
    """Return the cut by role, the eight categories of published plans and a total."""
    heading, *rows = role_rows(plan, lang)
    grid = Grid(heading=heading, rows=tuple(rows), totals=True)
    return Section(id="vai-tro", title=text("roles", lang), blocks=(grid,))


def role_rows(record: Mapping[str, Any], lang: str) -> tuple[tuple[str, ...], ...]:
    """Return the heading, a row for each role that has steps on either side, and the total.

    Args:
        record: ``before`` and ``after`` as ``compare`` and ``propose`` print them.
        lang: ``vi`` or ``en``.
    """
    codes = ("role", "steps-before", "steps-after", "time-before", "time-after", "cut")
    sides = zip(record["before"]["by_role"], record["after"]["by_role"], strict=True)
    pairs = [(one, two) for one, two in sides if one["steps"] or two["steps"]]
    rows = [(one["label"], *_role(one, two, lang)) for one, two in pairs]
    rows.append((text("total", lang), *_role(*_sums(pairs), lang)))
    return tuple(text(code, lang) for code in codes), *rows


def _role(one: Mapping[str, Any], two: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    exact = not one["unknown"] and not two["unknown"]
    cut = amounts.cut(one["minutes"], two["minutes"], lang) if exact else text("unknown", lang)
    return (
        amounts.count(one["steps"], lang),
        amounts.count(two["steps"], lang),
        _role_time(one, lang),
        _role_time(two, lang),
        cut,
    )


def _role_time(side: Mapping[str, Any], lang: str) -> str:
    """Return a role's time; "at least" where some of its steps have none."""
    if side["minutes"] is None:
        return amounts.days(None if side["unknown"] else 0, lang)
    printed = amounts.days(side["minutes"], lang)
    return text("at-least", lang, value=printed) if side["unknown"] else printed


def _sums(
    pairs: list[tuple[Mapping[str, Any], Mapping[str, Any]]],
) -> tuple[dict[str, Any], dict[str, Any]]:
    def total(side: int) -> dict[str, Any]:
        members = [pair[side] for pair in pairs]
        known = [each["minutes"] for each in members if each["minutes"] is not None]
        return {
            "steps": sum(each["steps"] for each in members),
            "minutes": sum(known) if known else None,
            "unknown": sum(each["unknown"] for each in members),
        }

    return total(0), total(1)


def cost(plan: Mapping[str, Any], lang: str) -> Section:
    """Return the compliance cost by both methods: every input with its source, or what lacks."""
    blocks: list[Block] = [Paragraph(text=text("cost-note", lang), tone="soft")]
    sides = zip(plan["costs"]["before"], plan["costs"]["after"], plan["benefits"], strict=True)
    for before, after, benefit in sides:
        blocks.append(Heading(text=text(f"method-{benefit['method']}", lang)))
        rows = input_rows(plan, before, after, lang)
        if rows:
            codes = ("input", "before", "after", "evidence", "source")
            heading = tuple(text(code, lang) for code in codes)
            blocks.append(Grid(heading=heading, rows=rows))
        blocks += balance(before, after, benefit, lang)
    return Section(id="chi-phi", title=text("cost", lang), blocks=tuple(blocks))


def balance(
    before: Mapping[str, Any], after: Mapping[str, Any], benefit: Mapping[str, Any], lang: str
) -> list[Paragraph]:
    """Return what one method comes to a year, or which inputs it lacks."""
    if benefit["missing"]:
        lacking = "; ".join(input_words(name, lang) for name in benefit["missing"])
        return [Paragraph(text=text("cost-missing", lang, names=lacking), tone="ask")]
    grew = benefit["saved"] is not None and benefit["saved"] < 0
    told = text(
        "cost-result-grew" if grew else "cost-result",
        lang,
        before=amounts.money(before["yearly"], lang),
        after=amounts.money(after["yearly"], lang),
        saved=amounts.money(abs(benefit["saved"]) if grew else benefit["saved"], lang),
        rate=amounts.share(abs(benefit["rate"]) if grew else benefit["rate"], lang),
    )
    blocks = [Paragraph(text=told, tone="good" if benefit["saved"] else "")]
    if after["post_check"]:
        value = amounts.money(after["post_check"], lang)
        blocks.append(Paragraph(text=text("post-check", lang, value=value)))
    if benefit["unlike"]:
        names = "; ".join(input_words(name, lang) for name in benefit["unlike"])
        blocks.append(Paragraph(text=text("cost-unlike", lang, names=names), tone="ask"))
    return blocks


def input_rows(
    plan: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any], lang: str
) -> tuple[tuple[str, ...], ...]:
    """Return every known input of one method: its name, before, after, evidence, source."""
    earlier = {each["name"]: each for each in before["inputs"]}
    later = {each["name"]: each for each in after["inputs"]}
    rows = [
        _input(name, earlier.get(name), later.get(name), lang)
        for name in dict.fromkeys((*earlier, *later))
    ]
    if before["method"] == "processing_time" and plan["before"]["norm_time"]["complete"]:
        rows.insert(0, _time_input(plan, lang))
    return tuple(rows)


def _time_input(plan: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    kinds = (figures.evidence(plan[side], lang) for side in ("before", "after"))
    return (
        text("norm-time-input", lang),
        figures.norm_time(plan["before"], lang),
        figures.norm_time(plan["after"], lang),
        " → ".join(dict.fromkeys(kinds)),
        figures.convention(plan["before"], lang),
    )


def _input(
    name: str, one: Mapping[str, Any] | None, two: Mapping[str, Any] | None, lang: str
) -> tuple[str, ...]:
    given = [each for each in (one, two) if each is not None]
    evidence = dict.fromkeys(text(f"evidence-{each['evidence']}", lang) for each in given)
    sources = dict.fromkeys(figures.source_words(each["source"], lang) for each in given)
    return (
        input_words(name, lang),
        "–" if one is None else _amount(name, one["value"], lang),
        "–" if two is None else _amount(name, two["value"], lang),
        "; ".join(evidence),
        "; ".join(sources),
    )


def _amount(name: str, value: float, lang: str) -> str:
    head = name.partition(":")[0]
    if head in _MONEY:
        return amounts.money(value, lang)
    return amounts.share(value, lang) if head in _SHARES else amounts.amount(value, lang)


def proof(record: Mapping[str, Any], lang: str) -> Section:
    """Return every law with its verdict, and how many branches of each side were executed."""
    found = record["plan"]["proof"]
    laws = tuple(
        Check(
            verdict=law["verdict"],
            word=text(f"verdict-{law['verdict']}", lang),
            text=law["text"],
            notes=(*law["because"], *_trace(law, record["names"], lang)),
        )
        for law in found["laws"]
    )
    changed = bool(record["plan"]["changes"])
    nothing = Paragraph(text=text("proof-nothing", lang))
    proven = Checks(checks=laws) if changed else nothing
    runs = tuple(
        Item(text=_run(text(f"picture-{side}", lang), run, record["labels"], lang))
        for side, run in found["executed_branches"].items()
    )
    return Section(
        id="chung-minh",
        title=text("proof", lang),
        blocks=(proven, Bullets(items=runs)),
    )


def _trace(law: Mapping[str, Any], names: Mapping[str, str], lang: str) -> tuple[str, ...]:
    if not law["trace"]:
        return ()
    way = " → ".join(names.get(each, each) for each in law["trace"])
    return (text("counter-example", lang, trace=way),)


def _run(side: str, run: Mapping[str, Any], labels: Mapping[str, str], lang: str) -> str:
    code = "run-whole" if run["completed"] else "run-part"
    return text(
        code,
        lang,
        side=side,
        executed=run["executed"],
        branches=run["branches"],
        runs=len(run["runs"]),
        missed=named(labels, [*run["missed"], *run["stopped"]]),
    )


def findings(found: list[Mapping[str, Any]], lang: str) -> Section:
    """Return what is doubtful in the input file, the worst first."""
    if not found:
        blocks: tuple[Block, ...] = (Paragraph(text=text("no-findings", lang)),)
    else:
        codes = ("severity", "line", "finding", "hint")
        ranked = [
            row
            for level in ("error", "warning", "info")
            for row in found
            if row["severity"] == level
        ]
        rows = tuple(
            (
                text(f"severity-{row['severity']}", lang),
                "–" if row["line"] is None else str(row["line"]),
                f"{row['message']} [{row['code']}]",
                row["hint"],
            )
            for row in ranked
        )
        blocks = (Grid(heading=tuple(text(code, lang) for code in codes), rows=rows),)
    return Section(id="phat-hien", title=text("findings", lang), blocks=blocks)

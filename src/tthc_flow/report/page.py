"""The proposal as one self-contained HTML page: opens by double click, asks no network."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report import wording
from tthc_flow.report.markup import Markup, bullets, table, tag

if TYPE_CHECKING:
    from collections.abc import Mapping

TARGETS: Final = ((0.3, "2025: 30 %"), (0.5, "2026: 50 %"))
"""NQ 66/NQ-CP: at least 30 % of the time in 2025, 50 % in 2026 against 2024."""


def page(record: Mapping[str, Any], before: str, after: str) -> str:
    """Return the page of *record* with the pictures *before* and *after* inside.

    Args:
        record: What ``tthc-flow propose --json`` prints.
        before: The SVG of the procedure as it was.
        after: The SVG of the procedure as proposed.

    Source: the parts of Phần II of the published annex; NQ 66/NQ-CP for the targets.
    """
    style = files("tthc_flow.report").joinpath("page.css").read_text(encoding="utf-8")
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"Phương án: {record['procedure']['name']}"),
        tag("style", Markup(style)),
    )
    body = tag(
        "body",
        tag(
            "main",
            _header(record),
            _result(record["plan"]),
            _changes(record["plan"]),
            _pictures(before, after if record["plan"]["changes"] else None),
            *_candidates(record["candidates"]),
            _by_role(record["plan"]),
            _cost(record["plan"]),
            _proof(record["plan"]),
            _findings(record["findings"]),
            _footer(record["plan"]),
        ),
    )
    return "<!doctype html>\n" + tag("html", head, body, lang="vi")


def _header(record: Mapping[str, Any]) -> Markup:
    procedure = record["procedure"]
    source = procedure["source"]
    facts = [
        wording.KIND[procedure["kind"]],
        *(procedure[key] for key in ("field", "locality", "agency") if procedure[key]),
    ]
    if procedure["code"]:
        facts.insert(0, f"Mã số {procedure['code']}")
    if source:
        facts.append(f"Nguồn: {source['document']}")
    return tag(
        "header",
        tag("h1", "Phương án đơn giản hóa: ", procedure["name"] or procedure["process"]),
        tag("p", " · ".join(facts), class_="soft"),
        tag("span", "Dự thảo – cần thẩm định pháp lý", class_="draft"),
    )


def _card(label: str, before: str, after: str) -> Markup:
    return tag(
        "div",
        tag("span", label, class_="soft"),
        tag("b", after),
        tag("span", f"trước: {before}", class_="from"),
        class_="card",
    )


def _result(plan: Mapping[str, Any]) -> Markup:
    shown = wording.rows(plan)
    cut = plan["cut"]["time"]
    cards = [_card(*row[:3]) for row in (shown[0], shown[2], shown[4], shown[6])]
    parts = [tag("h2", "Kết quả"), tag("div", *cards, class_="cards")]
    if cut is None:
        told = "Không tính được tỷ lệ cắt giảm thời gian: còn bước chưa rõ thời gian."
        parts.append(tag("p", told))
    else:
        parts += [_bar(cut), tag("p", _reached(cut))]
    parts.append(table(("Chỉ số", "Trước", "Sau", "Cắt giảm"), shown))
    return tag("section", *parts)


def _bar(cut: float) -> Markup:
    marks = []
    for share, label in TARGETS:
        left = f"left:{share:.0%}"
        marks += [tag("u", style=left), tag("span", label, style=left)]
    return tag("div", tag("i", style=f"width:{max(cut, 0):.1%}"), *marks, class_="bar")


def _reached(cut: float) -> str:
    met = [label for share, label in TARGETS if cut >= share]
    if met:
        return f"Cắt giảm {wording.share(cut)} thời gian, đạt mục tiêu {met[-1]}."
    return (
        f"Cắt giảm {wording.share(cut)} thời gian, chưa đạt mục tiêu {TARGETS[0][1]}. "
        "Phần “Cần bổ sung dữ liệu” nêu những gì còn giữ lại thời gian."
    )


def _changes(plan: Mapping[str, Any]) -> Markup:
    sentences = [change["sentence"] for change in plan["changes"]]
    told = bullets(sentences) if sentences else tag("p", "Không có thay đổi nào.")
    return tag("section", tag("h2", "Nội dung thay đổi"), told)


def _pictures(before: str, after: str | None) -> Markup:
    """Return both pictures; where nothing changed, the one there is."""
    if after is None:
        picture = tag("div", Markup(before), class_="picture")
        return tag("section", tag("h2", "Sơ đồ hiện hành"), picture)
    return tag(
        "section",
        tag("h2", "Sơ đồ trước"),
        tag("div", Markup(before), class_="picture"),
        tag("h2", "Sơ đồ sau", style="margin-top:22px"),
        tag("div", Markup(after), class_="picture"),
    )


def _candidates(found: list[Mapping[str, Any]]) -> list[Markup]:
    applied = [each for each in found if each["applied"]]
    open_ = [each for each in found if each["verdict"] == "unknown"]
    barred = [each for each in found if each["verdict"] == "fail"]
    left = [each for each in found if each["verdict"] == "pass" and not each["applied"]]
    groups = (
        ("Đề xuất đã áp dụng", applied, "applied"),
        ("Đủ điều kiện nhưng không chọn (đề xuất khác lợi hơn)", left, "pass"),
        ("Cần bổ sung dữ liệu", open_, "unknown"),
        ("Không được áp dụng", barred, "fail"),
    )
    return [
        tag("section", tag("h2", title), *(_candidate(each, kind) for each in members))
        for title, members, kind in groups
        if members
    ]


def _candidate(candidate: Mapping[str, Any], kind: str) -> Markup:
    saved = candidate["effect"]["minutes"]
    effect = (
        "chưa tính được thời gian giảm"
        if saved is None
        else f"riêng đề xuất này giảm {wording.minutes(saved)}"
    )
    facts = [wording.AUTHORITY[candidate["authority"]], effect]
    if candidate["instrument"]:
        facts.append(f"văn bản cần sửa: {candidate['instrument']}")
    return tag(
        "div",
        tag("h3", candidate["title"]),
        tag("p", " · ".join(facts), class_="facts"),
        bullets(each["text"] for each in candidate["evidence"]),
        tag("ul", *map(_condition, candidate["preconditions"]), class_="conditions"),
        class_=f"candidate {kind}",
    )


def _condition(condition: Mapping[str, Any]) -> Markup:
    parts: list[str] = [tag("em", wording.VERDICT[condition["verdict"]]), condition["text"]]
    if condition["because"]:
        parts.append(tag("span", f" ({'; '.join(condition['because'])})", class_="soft"))
    if condition["source"]:
        source = condition["source"]
        place = f", {source['place']}" if source["place"] else ""
        parts.append(tag("span", f" – nguồn: {source['document']}{place}", class_="soft"))
    if condition["question"]:
        parts.append(tag("span", condition["question"], class_="question"))
    return tag("li", *parts, class_=condition["verdict"])


def _by_role(plan: Mapping[str, Any]) -> Markup:
    sides = zip(plan["before"]["by_role"], plan["after"]["by_role"], strict=True)
    rows = [
        (
            one["label"],
            f"{one['steps']}",
            wording.minutes(one["minutes"]),
            f"{two['steps']}",
            wording.minutes(two["minutes"]),
        )
        for one, two in sides
        if one["steps"] or two["steps"]
    ]
    heading = ("Vai trò", "Số bước trước", "Thời gian trước", "Số bước sau", "Thời gian sau")
    return tag("section", tag("h2", "Cắt giảm theo vai trò"), table(heading, rows))


def _cost(plan: Mapping[str, Any]) -> Markup:
    parts = [tag("h2", "Chi phí tuân thủ một năm")]
    for benefit in plan["benefits"]:
        rate = wording.share(benefit["rate"])
        told = f"tiết kiệm {wording.money(benefit['saved'])}, tỷ lệ {rate}"
        if benefit["missing"]:
            lacking = ", ".join(wording.missing(name) for name in benefit["missing"])
            told = f"chưa tính được, còn thiếu: {lacking}"
        parts.append(tag("p", tag("b", f"{wording.METHOD[benefit['method']]}: "), told))
    return tag("section", *parts)


def _proof(plan: Mapping[str, Any]) -> Markup:
    proof = plan["proof"]
    laws = [
        tag(
            "li",
            tag("em", wording.VERDICT[law["verdict"]]),
            law["text"],
            class_=law["verdict"],
        )
        for law in proof["laws"]
    ]
    runs = [
        f"Sơ đồ {side}: đã chạy thử {run['executed']}/{run['branches']} nhánh"
        f" trong {len(run['runs'])} lượt, mỗi lượt đều đến kết thúc."
        if run["completed"]
        else f"Sơ đồ {side}: chỉ chạy được {run['executed']}/{run['branches']} nhánh."
        for side, run in (
            ("trước", proof["executed_branches"]["before"]),
            ("sau", proof["executed_branches"]["after"]),
        )
    ]
    laws_list = tag("ul", *laws, class_="conditions")
    return tag("section", tag("h2", "Chứng minh phương án chạy được"), laws_list, bullets(runs))


def _findings(findings: list[Mapping[str, Any]]) -> Markup:
    if not findings:
        return Markup("")
    rows = [
        (each["code"], str(each["line"] or "–"), each["message"], each["hint"]) for each in findings
    ]
    heading = ("Mã", "Dòng", "Phát hiện", "Gợi ý")
    return tag("section", tag("h2", "Điều cần biết về tệp đầu vào"), table(heading, rows))


def _footer(plan: Mapping[str, Any]) -> Markup:
    convention = wording.CONVENTION[plan["before"]["convention"]]
    return tag("footer", tag("p", f"Quy ước thời gian: {convention}. Số, ngày, chữ ký: để trống."))

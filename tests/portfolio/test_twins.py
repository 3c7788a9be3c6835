"""Twins by code and by flow, what is asked and inspected again: known answers and laws."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from growing import grow_procedure
from near_twins import renumbered
from portfolio.given import Here, drawn
from portfolio.kept import portfolio_of
from tthc_flow.errors import UnreadableInput
from tthc_flow.model.flow import Flow, SequenceFlow
from tthc_flow.model.step import Step, StepKind
from tthc_flow.portfolio.shared import AskedAgain, InspectedAgain, asked_again, inspected_again
from tthc_flow.portfolio.sketch import HASHES, resemblance, shape, sketch
from tthc_flow.portfolio.twins import ALIKE, Twins, Why, twins
from tthc_flow.verbs.portfolio import portfolio_twins, run_portfolio

KINDS = (StepKind.RECEIVE, StepKind.EXAMINE, StepKind.SIGN, StepKind.RETURN)


def line(*names: str) -> Flow:
    steps = tuple(
        Step(id=f"t{n}", name=name, kinds=(KINDS[n % 4],)) for n, name in enumerate(names)
    )
    edges = tuple(
        SequenceFlow(id=f"f{n}", source=f"t{n}", target=f"t{n + 1}") for n in range(len(names) - 1)
    )
    return Flow(id="p", nodes=steps, edges=edges)


TEN = tuple(f"Việc số {number}" for number in range(10))


def row(key: str, flow: Flow, **more: object) -> dict[str, object]:
    drawn = sketch(flow)
    told = {
        "steps": len(flow.steps),
        "hand_offs": len(flow.steps) - 1,
        "sketch": [*drawn.numbers],
        "shingles": [*drawn.shingles],
    }
    return {"key": key, "shape": shape(flow), **told, **more}


def members(found: Iterable[Twins]) -> list[tuple[str, list[str]]]:
    return [(each.why.value, [twin.key for twin in each.members]) for each in found]


def test_procedures_of_one_code_are_twins_the_lightest_first(tmp_path: Path) -> None:
    rows = [
        row("a", line(*TEN), code="1.014464", norm_minutes=960.0, province="Cao Bằng"),
        row("b", line("Khác", "hẳn"), code="1.014464.000.00.00.H14", norm_minutes=480.0),
        row("c", line("Khác"), code="1.014465", norm_minutes=10.0),
        row("d", line("Khác"), code=None, norm_minutes=10.0),
        row("e", line("Khác"), code=None, norm_minutes=10.0),
    ]
    (found,) = twins(portfolio_of(tmp_path, procedures=rows))
    assert members([found]) == [("code", ["b", "a"])]
    assert (found.lightest_by, found.saved, found.places) == ("time", 480.0, 2)


def test_an_unknown_time_is_never_the_lightest(tmp_path: Path) -> None:
    rows = [
        row("a", line(*TEN), code="1.1", norm_minutes=None),
        row("b", line(*TEN[:5]), code="1.1", norm_minutes=960.0),
    ]
    (found,) = twins(portfolio_of(tmp_path, procedures=rows))
    assert (found.lightest_by, found.saved) == ("hand_offs", None)
    assert [each.key for each in found.members] == ["b", "a"]


def test_flows_that_are_nearly_equal_are_twins_and_others_are_not(tmp_path: Path) -> None:
    other = tuple(f"Chuyện khác {number}" for number in range(9))
    rows = [
        row("a", line(*TEN), norm_minutes=960.0, agency="Sở A"),
        row("b", line(*TEN[:9], "Việc khác"), norm_minutes=480.0, agency="Sở B"),
        row("c", line(*other, *other), agency="Sở C"),
        row("d", line(*TEN[:2])),
        row("e", line(*TEN[:2])),
    ]
    (found,) = twins(portfolio_of(tmp_path, procedures=rows))
    assert members([found]) == [("flow", ["b", "a"])]
    assert found.saved is None  # alike is not the same: each work has its own time
    assert ALIKE <= (found.members[1].resemblance or 0) < 1


def test_processes_of_one_file_are_no_twins(tmp_path: Path) -> None:
    rows = [
        row("a", line(*TEN), file="a"),
        row("a#Q", line(*TEN), file="a"),
    ]
    assert twins(portfolio_of(tmp_path, procedures=rows)) == ()


def test_what_cannot_be_read_is_no_twin(tmp_path: Path) -> None:
    rows = [{"key": "a", "error": "TF204"}, {"key": "b", "error": "TF204"}]
    assert twins(portfolio_of(tmp_path, procedures=rows)) == ()


@given(st.integers(0, 10_000))
@settings(max_examples=60)
def test_ids_and_file_order_make_no_difference(seed: int) -> None:
    flow = grow_procedure(random.Random(seed), 8).flow
    moved = renumbered(flow)
    turned = evolve(moved, nodes=moved.nodes[::-1], edges=moved.edges[::-1])
    assert shape(turned) == shape(moved) == shape(flow)
    assert sketch(moved) == sketch(flow)
    assert len(sketch(flow).numbers) in (0, HASHES)


@given(st.sets(st.integers(0, 200), min_size=4, max_size=60), st.sets(st.integers(0, 200)))
@settings(max_examples=100)
def test_a_sketch_tells_what_share_two_flows_have_in_common(one: set[int], more: set[int]) -> None:
    def bag(numbers: set[int]) -> Flow:
        steps = tuple(Step(id=f"t{n}", name=f"Việc {n}") for n in sorted(numbers))
        return Flow(id="p", nodes=steps)

    one_flow, other = sketch(bag(one)), sketch(bag(one | more))
    share = len(one) / len(one | more)
    assert resemblance(one_flow.shingles, other.shingles) == pytest.approx(share)
    equal = sum(a == b for a, b in zip(one_flow.numbers, other.numbers, strict=True))
    assert abs(equal / HASHES - share) <= 0.45  # five deviations of 32 drawings


def test_a_renamed_or_reshaped_flow_has_another_mark() -> None:
    flow = line(*TEN)
    assert shape(flow) == shape(line(*reversed(TEN)))  # the shape knows no names
    assert shape(flow) != shape(line(*TEN[:9]))
    assert shape(flow) != shape(evolve(flow, edges=flow.edges[:-1]))
    assert sketch(flow) != sketch(line(*TEN[:9], "Việc khác"))


def test_a_document_that_several_procedures_of_a_province_ask_for_is_told(tmp_path: Path) -> None:
    procedures = [
        {"key": key, "province": province, "agency": agency}
        for key, province, agency in (
            ("a", "Sơn La", "Sở A"),
            ("b", "Sơn La", "Sở B"),
            ("c", "Cà Mau", "Sở C"),
        )
    ]
    documents = [
        {"key": "a", "name": "Giấy khai sinh", "name_key": "x", "province": "Sơn La"},
        {
            "key": "b", "name": "GIẤY KHAI SINH", "name_key": "x", "province": "Sơn La",
            "known_in": "CSDL hộ tịch",
        },
        {"key": "c", "name": "Giấy khai sinh", "name_key": "x", "province": "Cà Mau"},
        {"key": "c", "name": "Giấy khai sinh", "name_key": "x", "province": "Cà Mau"},
        {"key": "a", "name": "Đơn", "name_key": "y", "province": "Sơn La"},
    ]  # fmt: skip
    out = portfolio_of(tmp_path, procedures=procedures, documents=documents)
    assert asked_again(out) == (
        AskedAgain(
            name="GIẤY KHAI SINH",
            province="Sơn La",
            keys=("a", "b"),
            agencies=("Sở A", "Sở B"),
            known_in=("CSDL hộ tịch",),
        ),
    )


def test_one_thing_that_several_steps_inspect_is_told(tmp_path: Path) -> None:
    told = [
        ("a", "s1", "Nhà kho", "Sở A", "Sơn La"),
        ("b", "s9", "NHÀ KHO", "Sở B", "Sơn La"),
        ("c", "s1", "Nhà kho", "Sở C", "Cà Mau"),
        ("d", "s1", None, "Sở D", "Cà Mau"),
        ("e", "s1", None, None, "Cà Mau"),
    ]
    inspections = [
        {
            "key": key, "step": step, "subject": subject, "office": office, "province": province,
            "subject_key": subject and "nha2 kho",
        }
        for key, step, subject, office, province in told
    ]  # fmt: skip
    out = portfolio_of(tmp_path, inspections=inspections)
    assert inspected_again(out) == (
        InspectedAgain(
            subject="NHÀ KHO",
            province="Sơn La",
            steps=(("a", "s1"), ("b", "s9")),
            offices=("Sở A", "Sở B"),
        ),
    )


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("shipped") / "ket-qua"
    run_portfolio(ROOT / "processes", out, executor=Here())
    return out


def test_the_free_sale_certificates_of_five_provinces_are_twins(shipped: Path) -> None:
    found = portfolio_twins(shipped, source=ROOT / "processes", most=3)
    at = next(n for n, e in enumerate(found.groups) if e.members[0].code == "1.014464")
    group = found.groups[at]
    assert group.why is Why.CODE
    assert group.members[0].province == "Cà Mau"
    assert [each.norm_minutes for each in group.members] == [960.0, *[1440.0] * 4]
    assert (group.saved, group.places) == (1920.0, 5)
    changes = found.lighter[at]
    assert [each.key for each in changes] == [each.key for each in group.members[1:]]
    assert all(each.changes for each in changes)
    record = found.record("vi")
    assert record["groups"][at]["lighter"][0]["changes"][0].startswith(("Bỏ", "Gộp", "Chuyển"))
    assert len(found.lighter) == len(found.groups) > 3
    assert not any(found.lighter[3:])


def test_a_source_that_has_none_of_the_files_is_refused(shipped: Path, tmp_path: Path) -> None:
    (tmp_path / "khac.bpmn").write_bytes(b"<definitions/>")
    with pytest.raises(UnreadableInput, match="TF260") as refused:
        portfolio_twins(shipped, source=tmp_path)
    assert "flow.bpmn" in refused.value.fact_vi
    assert portfolio_twins(shipped).absent == ()


def test_files_that_are_not_there_any_more_are_named(tmp_path: Path) -> None:
    path = ROOT / "processes" / "bao-chi-xuat-ban" / "1.014464-son-la" / "flow.bpmn"
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.bpmn").write_bytes(path.read_bytes())
    run_portfolio(tmp_path, tmp_path / "out", executor=Here())
    (tmp_path / "b.bpmn").unlink()
    (tmp_path / "c.bpmn").write_bytes(b"<definitions/>")
    found = portfolio_twins(tmp_path / "out", source=tmp_path)
    assert list(found.absent) == found.record("en")["absent"] == ["b.bpmn", "c.bpmn"]
    assert found.lighter[0] == ()


def test_equal_flows_differ_in_nothing(tmp_path: Path) -> None:
    path = ROOT / "processes" / "bao-chi-xuat-ban" / "1.014464-son-la" / "flow.bpmn"
    for name in ("a", "b"):
        (tmp_path / f"{name}.bpmn").write_bytes(path.read_bytes())
    run_portfolio(tmp_path, tmp_path / "out", executor=Here())
    found = portfolio_twins(tmp_path / "out", source=tmp_path)
    assert members(found.groups) == [("code", ["a.bpmn", "b.bpmn"])]
    assert found.groups[0].saved == 0
    assert [each.changes for each in found.lighter[0]] == [()]


def test_the_heavier_one_is_told_what_it_would_change(tmp_path: Path) -> None:
    (tmp_path / "a.bpmn").write_bytes(drawn("Nhận", "Xét", "Trả"))
    (tmp_path / "b.bpmn").write_bytes(drawn("Nhận", "Trả"))
    rows = [
        row("a.bpmn", line(*TEN), code="1.1", norm_minutes=9.0),
        row("b.bpmn", line(*TEN), code="1.1", norm_minutes=1.0),
    ]
    out = portfolio_of(tmp_path / "out", procedures=rows)
    told = portfolio_twins(out, source=tmp_path).record("vi")["groups"][0]["lighter"]
    assert [each["key"] for each in told] == ["a.bpmn"]
    assert any(each.startswith("Bỏ bước “Xét”") for each in told[0]["changes"])

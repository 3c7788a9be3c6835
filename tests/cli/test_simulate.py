"""`tthc-flow simulate`: what it prints, what it needs, what it refuses."""

import pytest

from cli.calling import problems

FLOW = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
<process id="P" name="Cấp phép"><laneSet>
<lane id="L" name="Chuyên viên"><flowNodeRef>S</flowNodeRef><flowNodeRef>A</flowNodeRef></lane>
<lane id="M" name="Lãnh đạo"><flowNodeRef>B</flowNodeRef><flowNodeRef>E</flowNodeRef></lane>
</laneSet><startEvent id="S"/><task id="A" name="Thẩm định"/><task id="B" name="Ký"/>
<endEvent id="E"/><sequenceFlow id="f1" sourceRef="S" targetRef="A"/>
<sequenceFlow id="f2" sourceRef="A" targetRef="B"/>
<sequenceFlow id="f3" sourceRef="B" targetRef="E"/></process></definitions>"""
FACTS = (
    "--people", "Chuyên viên=2x50%", "--people", "Lãnh đạo=1", "--arrivals", "1000",
    "--time", "A=1,5 giờ làm việc", "--time", "B=1 giờ làm việc", "--cases", "500",
)  # fmt: skip


@pytest.fixture
def flow(tmp_path):
    path = tmp_path / "cap-phep.bpmn"
    path.write_text(FLOW, encoding="utf-8")
    return path


def test_everything_that_lacks_is_told_with_how_to_give_it(tthc, flow):
    left = tthc("simulate", flow)
    assert left.code == 1
    for hint in ("--time A=", '--people "Chuyên viên=3"', "--arrivals 1200"):
        assert left.err.count(hint) == 1
    for name in ("“Thẩm định”", "(A)", "“Ký”", "(B)", "Chuyên viên: ", "Lãnh đạo: "):
        assert name in left.err
    assert "--time B=" not in left.err  # what to do is told once
    assert "TF432 Còn thiếu dữ kiện để mô phỏng (5 mục nêu ở trên)" in left.err
    assert left.out == ""
    english = tthc("simulate", flow, "--lang", "en").err
    assert english.count("  → ") == 4
    assert "TF432 5 facts, listed above" in english


def test_the_figures_for_people(tthc, flow):
    left = tthc("simulate", flow, *FACTS, "--limit", "2 ngày làm việc")
    assert left.code == 0
    for words in ("Chờ người xử lý rảnh", "Tỷ lệ quá hạn", "Mức bận", "Thẩm định", "±", "lặp lại"):
        assert words in left.out
    assert left.err == ""


def test_the_record_is_what_the_schema_says(tthc, flow):
    left = tthc("simulate", flow, *FACTS, "--json", "--limit", "1 ngày làm việc", "--late", "20%")
    assert problems(left.json) == []
    roles = {each["role"]: each for each in left.json["before"]["roles"]}
    assert 0.7 < roles["Chuyên viên"]["load"] < 1
    capacity = left.json["capacity"]
    assert capacity["best"]["late"]["most"] <= 0.2 == capacity["limit"]
    assert (capacity["side"], capacity["exact"]) == ("before", True)
    assert left.json["settings"] == {
        "cases": 500, "warm_up": 50, "batches": 30, "seed": 1, "kernel": "plain",
        "replications": 1,
    }  # fmt: skip


def test_before_and_after_have_the_same_luck(tthc, flow):
    same = tthc("simulate", "--before", flow, "--after", flow, *FACTS, "--json").json
    assert problems(same) == []
    changes = same["differences"][0]
    assert changes.pop("late") is None  # no limit is known
    assert changes.pop("cost") is None  # nor what an hour costs
    assert all((each["mean"], each["verdict"]) == (0, "same") for each in changes.values())
    moved = tthc("simulate", flow, "--move", "B=Chuyên viên", *FACTS, "--lang", "en")
    assert "cannot keep up" in moved.out
    assert "Before and after have the same cases" in moved.out


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--people", "Giám đốc=1"), "TF153"),
        (("--time", "Z=1 giờ làm việc"), "TF117"),
        (("--cases", "20"), "TF151"),
        (("--late", "5%"), "TF154"),
        (("--people", "Lãnh đạo=nhiều"), "TF001"),
        (("--warm-up", "x"), "TF001"),
        (("--gather", "B=mai"), "TF001"),
        (("--rank", "B=cao"), "TF001"),
    ],
)
def test_what_cannot_be_is_refused(tthc, flow, more, code):
    facts = FACTS if more[0] != "--people" or "Lãnh" not in more[1] else FACTS[4:]
    left = tthc("simulate", flow, *facts, *more)
    assert left.code != 0
    assert code in left.err


def test_without_a_file(tthc):
    assert "TF001" in tthc("simulate").err


def test_the_answers_beside_the_drawing_count_the_people(tthc, flow, tmp_path):
    (tmp_path / "cap-phep.answers.yaml").write_text(
        "format: tthc-flow-answers/1\nanswers: []\n", encoding="utf-8"
    )
    assert tthc("simulate", flow, *FACTS).code == 0


def test_the_csv_has_all_three_tables(tthc, flow):
    out = tthc("simulate", flow, *FACTS, "--csv").out
    assert "Chờ người xử lý rảnh," in out
    assert "Vai trò,Số người,Mức bận" in out


def test_runs_with_a_luck_of_their_own_tell_how_sure_the_loads_are(tthc, flow):
    asked = ("simulate", flow, "--after", flow, *FACTS, "--replications", "3")
    found = tthc(*asked, "--json").json
    assert problems(found) == []
    assert found["settings"]["replications"] == 3
    for each in found["before"]["roles"]:
        assert each["load_interval"]["least"] < each["load"] < each["load_interval"]["most"]
    assert {each["change"]["verdict"] for each in found["load_differences"]} == {"same"}
    told = tthc(*asked).out
    assert "3 lần chạy độc lập" in told
    assert "Thời gian giải quyết bình quân: không thay đổi." in told
    assert "TF001" in tthc("simulate", flow, *FACTS, "--replications", "0").err


def test_a_page_with_plots_and_its_record_are_written(tthc, flow, tmp_path):
    out = tmp_path / "kq"
    left = tthc("simulate", flow, *FACTS, "--late", "20%", "--limit", "1 ngày làm việc", "-o", out)
    assert left.code == 0
    assert str(out / "mo-phong.html") in left.out
    assert "mức đề ra: 20 %" in (out / "mo-phong.html").read_text("utf-8")
    assert sorted(each.name for each in out.iterdir()) == ["mo-phong.html", "mo-phong.json"]
    assert "TF601" in tthc("simulate", flow, *FACTS, "-o", flow / "x").err


def test_a_step_and_a_role_of_one_side_alone_are_stated_like_any_other(tthc, flow, tmp_path):
    after = tmp_path / "sau.bpmn"
    changed = FLOW.replace('id="B"', 'id="C"').replace(">B<", ">C<").replace('"B"', '"C"')
    after.write_text(changed.replace("Lãnh đạo", "Trưởng phòng"), encoding="utf-8")
    more = ("--time", "C=1 giờ làm việc", "--people", "Trưởng phòng=1")
    found = tthc("simulate", flow, "--after", after, *FACTS, *more, "--json")
    assert found.code == 0
    assert [each["role"] for each in found.json["after"]["roles"]] == [
        "Chuyên viên",
        "Trưởng phòng",
    ]
    assert "TF117" in tthc("simulate", flow, *FACTS, *more[:2]).err
    assert "TF153" in tthc("simulate", flow, *FACTS, *more[2:]).err


WRONG = [
    (("--late", "120%"), 2, "ghi tỷ lệ từ 0% đến 100%", "give a share from 0% to 100%"),
    (("--warm-up", "120%"), 2, "ghi tỷ lệ từ 0% đến 100%", "give a share from 0% to 100%"),
    (("--warm-up", "100%"), 3, "TF151 Số hồ sơ mô phỏng quá ít (0 hồ sơ được tính",
     "TF151 0 counted cases"),
    (("--years", "0"), 2, "ghi số lớn hơn 0", "give a number above 0"),
    (("--people", "Lãnh đạo=0"), 2, "(0 người)", "0 people"),
    (("--move", "X=Lãnh đạo"), 3, "TF117 Quy trình không có phần tử mang mã này ('X')",
     "TF117 there is no element 'X'"),
    (("--move", "A=Giám đốc"), 3, "(0 vai trò mang tên 'Giám đốc')", "TF153 0 roles are called"),
    (("--arrivals", "10", "--arrivals", "20"), 3, "(2 số hồ sơ cho 1 quy trình)",
     "TF156 2 numbers of dossiers, 1 procedures"),
    (("--limit", "ba"), 3, "('ba' không nói khoảng thời gian nào", "TF119 limit: 'ba' says no"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "code", "vietnamese", "english"), WRONG)
def test_what_cannot_be_is_told_whatever_else_lacks(tthc, flow, more, code, vietnamese, english):
    for lang, words in (("vi", vietnamese), ("en", english)):
        left = tthc("simulate", flow, *more, "--lang", lang)
        assert left.code == code
        assert words in left.err
        assert "Còn thiếu" not in left.err


def test_a_drawing_after_needs_one_before(tthc, flow):
    assert "--after phải đi cùng sơ đồ trước" in tthc("simulate", "--after", flow).err
    assert (
        "--after goes with a drawing before"
        in tthc("simulate", "--after", flow, "--lang", "en").err
    )
    many = tthc("simulate", flow, "--before", flow, "--after", flow)
    assert "TF152" in many.err
    assert "(2 quy trình trước, 1 quy trình sau)" in many.err


STUCK = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="P">
<startEvent id="s"/><exclusiveGateway id="g" name="Đủ?"/><task id="b" name="Thẩm định"/>
<task id="c" name="Bổ sung"/><parallelGateway id="j" name="Chờ cả hai"/><endEvent id="e"/>
<sequenceFlow id="f0" sourceRef="s" targetRef="g"/>
<sequenceFlow id="f1" sourceRef="g" targetRef="b"/>
<sequenceFlow id="f2" sourceRef="g" targetRef="c"/>
<sequenceFlow id="f3" sourceRef="b" targetRef="j"/>
<sequenceFlow id="f4" sourceRef="c" targetRef="j"/>
<sequenceFlow id="f5" sourceRef="j" targetRef="e"/></process></definitions>"""


def test_a_flow_that_gets_stuck_is_told_by_its_names_in_the_language(tthc, tmp_path):
    path = tmp_path / "ket.bpmn"
    path.write_text(STUCK, encoding="utf-8")
    for verb in ("simulate", "expect"):
        left = tthc(verb, path)
        assert left.code == 1
        assert "TF330" in left.err
        assert "the flow" not in left.err
        assert "“Chờ cả hai”" in left.err
        assert "not proven sound" in tthc(verb, path, "--lang", "en").err


def test_roles_without_a_limit_stand_in_the_table_of_roles(tthc, flow):
    asked = ("--people", "Chuyên viên=2x50%", "--people", "lãnh đạo=unlimited", *FACTS[4:])
    left = tthc("simulate", flow, *asked)
    (row,) = [each for each in left.out.splitlines() if each.startswith("Lãnh đạo")]
    assert row.split("  ")[-1].strip() == "–"
    assert "không giới hạn" in row
    assert "unlimited" in tthc("simulate", flow, *asked, "--lang", "en").out
    record = tthc("simulate", flow, *asked, "--move", "B=Chuyên viên", "--json").json
    assert problems(record) == []
    assert record["before"]["unlimited"] == record["after"]["unlimited"] == ["Lãnh đạo"]
    assert [each["role"] for each in record["before"]["roles"]] == ["Chuyên viên"]


def test_what_an_hour_costs_is_told_of_a_case(tthc, flow):
    """1.5 and 1 hours: 1.5 × 60,000 + 1 × 90,000 = 180,000 đồng."""
    priced = ("--hourly", "Chuyên viên=60000", "--hourly", "Lãnh đạo=90000")
    left = tthc("simulate", flow, *FACTS, *priced)
    assert left.code == 0
    assert "180.000 đồng (±0 đồng)" in left.out


def test_a_length_with_a_decimal_comma_is_no_length_and_a_number(tthc, flow):
    told = {
        given: tthc("simulate", flow, *FACTS, "--gather", f"B={given}", "--json")
        for given in ("0,5 ngày làm việc", "4 giờ làm việc", "0,5 ngày làm việc, 2")
    }
    assert {each.code for each in told.values()} == {0}
    waits = [each.json["before"]["cases"][0]["means"]["batch"]["mean"] for each in told.values()]
    assert waits[0] == waits[1] > waits[2] > 0


def test_roles_without_a_limit_may_be_called_as_the_table_calls_them(tthc, flow):
    asked = ("--people", "Lãnh đạo=không giới hạn", "--people", "Chuyên viên=2", *FACTS[4:])
    assert tthc("simulate", flow, *asked, "--json").json["before"]["unlimited"] == ["Lãnh đạo"]

"""How findings are printed for people: what is alike stands together, nothing is left out."""

from __future__ import annotations

from cli.calling import PRESS

FLOW = PRESS / "flow.bpmn"
HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'
STEPS = "".join(f'<task id="T{n}" name="Xyz {n}"/>\n' for n in range(3))
ONE = f'{HEAD}\n<process id="P" name="Cấp phép">\n{STEPS}</process></definitions>'
TWO = (
    f'{HEAD}\n<process id="P" name="Cấp phép">{STEPS}</process>\n'
    f'<process id="Q" name="Thu phí">{STEPS.replace("T", "U")}</process></definitions>'
)


def test_findings_of_one_code_are_told_together_each_with_its_line(tthc):
    left = tthc("check", "-", stdin=ONE.encode())
    lines = left.out.splitlines()
    at = lines.index("  check-step-unclassified - (3)")
    for number in range(3):
        assert lines[at + 1 + number].startswith(f"    dòng {number + 3}: ")
        assert f"“Xyz {number}”" in lines[at + 1 + number]
    assert lines[at + 4].startswith("    → ")
    assert left.out.count(lines[at + 4]) == 1  # what to do about it is said once


def test_text_json_and_csv_have_the_same_number_of_findings(tthc):
    found = tthc("check", "-", "--json", stdin=ONE.encode()).json["findings"]
    table = tthc("check", "-", "--csv", stdin=ONE.encode()).out.splitlines()
    assert len(table) == len(found) + 1
    counted = dict.fromkeys(("error", "warning", "info"), 0)
    for row in found:
        counted[row["severity"]] += 1
    total = "{error} lỗi, {warning} cảnh báo, {info} thông tin.".format(**counted)
    printed = tthc("check", "-", stdin=ONE.encode()).out
    assert printed.splitlines()[-1].endswith(total)
    assert all(row["message"] in printed for row in found)


def test_a_finding_alone_names_its_element_where_its_message_does_not(tthc):
    assert f"  read-pool-black-box {FLOW}:4 “Tổ chức, cá nhân”\n" in tthc("check", FLOW).out


def test_a_finding_about_a_whole_process_names_it_where_there_are_several(tthc):
    found = tthc("check", "-", "--json", stdin=TWO.encode()).json["findings"]
    names = [row["name"] for row in found if row["code"] == "check-legal-basis-missing"]
    assert names == ["Cấp phép", "Thu phí"]
    alone = tthc("check", "-", "--json", stdin=ONE.encode()).json["findings"]
    assert {row["name"] for row in alone if row["code"] == "check-legal-basis-missing"} == {None}


def test_kinds_and_facts_are_told_in_words(tthc, tmp_path):
    text = ONE.replace("Xyz 0", "Tiếp nhận hồ sơ").encode()
    assert "Loại việc suy từ tên bước: tiếp nhận" in tthc("check", "-", stdin=text).out
    english = tthc("check", "-", "--lang", "en", stdin=text).out
    assert "The kind of work is read from the step's name: receive\n" in english
    facts = tmp_path / "facts.csv"
    facts.write_text("id,time\nStep_1,2 giờ làm việc\n", encoding="utf-8")
    left = tthc("annotate", FLOW, facts, "-o", tmp_path / "a.bpmn")
    assert "thời gian: tệp ghi “0,25 ngày”" in left.err
    assert "read-not-executable" not in left.err  # told by check, not by what annotate did


def test_a_converted_table_is_not_reproached_with_lines_of_the_new_file(tthc, tmp_path):
    left = tthc("convert", PRESS / "steps.yaml", "-o", tmp_path / "a.bpmn")
    assert "read-" not in left.err
    assert "table-total-agrees" in left.err


WAYS = ("s A", "A G1", "G1 B", "G1 C", "B G2", "C G2", "G2 e")
ARROWS = "".join(
    f'<sequenceFlow id="f{n}" sourceRef="{way.split()[0]}" targetRef="{way.split()[1]}"/>'
    for n, way in enumerate(WAYS)
)
NAMELESS = (
    f'{HEAD}<process id="P"><startEvent id="s"/><task id="A" name="Ký, đóng dấu"/>'
    '<exclusiveGateway id="G1"/><task id="B"/><task id="C"/><parallelGateway id="G2"/>'
    f'<endEvent id="e"/>{ARROWS}</process></definitions>'
)


def test_the_way_to_what_is_broken_says_what_a_nameless_element_is(tthc):
    told = tthc("check", "-", stdin=NAMELESS.encode()).out
    assert "điểm bắt đầu “s” → “Ký, đóng dấu” → điểm rẽ nhánh sau “Ký, đóng dấu” → bước “B”" in told
    told = tthc("check", "-", "--lang", "en", stdin=NAMELESS.encode()).out
    assert " “s” → “Ký, đóng dấu” → decision after “Ký, đóng dấu” → step “B”" in told

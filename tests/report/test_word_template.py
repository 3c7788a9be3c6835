"""A province's own template: filled in from records, escaped, bounded, and never executed."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest

from report.told import COUNCIL, PRESS, made, record
from tthc_flow.errors import CannotWrite, UnreadableInput
from tthc_flow.report.template.fill import filled
from tthc_flow.report.word.reviewed import Reviewed

ODD = "Sở A & B <c> \"d\" 'đ' {{ plan }} \x00"


def template(*paragraphs: str, rows: tuple[str, ...] = ()) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=0, cols=1)
        for text in rows:
            table.add_row().cells[0].text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def one(**procedure: Any) -> Reviewed:
    found = record(PRESS)
    found["procedure"].update(procedure)
    return Reviewed(record=found)


def lines(data: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [each.text for each in document.paragraphs] + cells


def refused(*paragraphs: str) -> UnreadableInput:
    with pytest.raises(UnreadableInput) as caught:
        filled(template(*paragraphs), (one(),), place="mau.docx")
    assert caught.value.place == "mau.docx"
    return caught.value


def test_figures_are_printed_as_people_read_them():
    made_ = filled(
        template(
            "{{ procedure.code }}: {{ told.time_before }} → {{ told.time_after }}",
            "{{ told.time_saved }}, {{ told.time_cut }}; {{ told.cost_before }}",
            "{{ plan.before.norm_time.minutes|days }} {{ 1652000|money }} {{ 0.5515|share }}",
        ),
        (one(),),
    )
    assert lines(made_) == [
        "1.014464: 3 ngày làm việc → 2,25 ngày làm việc",
        "0,75 ngày làm việc, 25 %; chưa rõ",
        "3 ngày làm việc 1.652.000 đồng 55,15 %",
    ]


def test_what_a_name_holds_is_text_whatever_it_looks_like():
    given = one(name=ODD)
    told = lines(filled(template("[{{ told.name }}]", "sau"), (given,)))
    assert told == [f"[{ODD.replace(chr(0), chr(0xFFFD))}]", "sau"]


def test_rows_of_a_table_are_repeated_in_the_order_of_work():
    rows = ("{%tr for s in steps.after %}", "{{ s.number }} {{ s.name }}", "{%tr endfor %}")
    told = lines(filled(template(rows=rows), (one(),)))
    after = record(PRESS)["plan"]["steps"]["after"]
    assert len(told) == len(after) == 8
    assert told[0] == "1 Nhận và bàn giao hồ sơ"


def test_several_procedures_and_their_proposals():
    text = (
        "{%p for p in procedures %}",
        "{{ loop.index }}. {{ p.told.name }}: {{ p.applied|length }}, {{ p.open|length }}",
        "{%p for a in p.applied %}",
        "- {{ a.title }} ({{ a.authority }}): {{ a.evidence|join('; ') }}",
        "{%p endfor %}",
        "{%p endfor %}",
    )
    told = lines(filled(template(*text), (one(), Reviewed(record=record(COUNCIL)))))
    assert told[0].startswith("1. Cấp giấy chứng nhận lưu hành tự do (CFS)")
    assert sum(each.startswith("- ") for each in told) == 3
    assert told[-1].startswith("2. Công nhận trung tâm")


def test_diagrams_stand_where_they_are_named():
    papers = made(PRESS)
    drawn = Reviewed(record=record(PRESS), before=papers["svg_before"], after=papers["svg_after"])
    data = filled(template("{{ diagrams.before }}", "{{ diagrams.after }}"), (drawn,))
    document = docx.Document(io.BytesIO(data))
    assert len(document.inline_shapes) == 2
    assert {round(each.width.mm) for each in document.inline_shapes} == {165}
    assert lines(filled(template("[{{ diagrams.before }}]"), (one(),))) == ["[]"]


def test_the_same_records_are_the_same_file():
    given = template("{{ told.name }}")
    assert filled(given, (one(),)) == filled(given, (one(),))


@pytest.mark.parametrize("name", ["nope", "procedure.nope", "plan.before.nope.more"])
def test_a_name_that_is_not_there_is_named(name):
    error = refused(f"{{{{ {name} }}}}")
    assert error.code == "TF286"
    assert "nope" in error.fact


@pytest.mark.parametrize(
    "text",
    [
        "{{ told.name.upper() }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ ''['__class__']['__mro__'] }}",
        "{{ told.name.format }}",
        "{{ procedures.append }}",
        "{{ diagrams.before._document }}",
        "{{ loop._iterator }}",
        "{{ told.name|attr('__class__') }}",
        "{{ told.name|safe }}",
        "{{ range(9) }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ 'a' ~ 'b' }}",
        "{{ [1, 2] }}",
        "{{ self }}",
        "{% macro a() %}{% endmacro %}",
        "{% set a %}x{% endset %}",
        "{% include 'a' %}",
        "{% import 'a' as b %}",
        "{% extends 'a' %}",
        "{% autoescape false %}{{ told.name }}{% endautoescape %}",
        "{% for a in procedures recursive %}{% endfor %}",
        "{% for a in procedures %}",
        "{{ told.name|days }}",
        "{% for a in 5 %}{% endfor %}",
    ],
)
def test_what_a_template_may_not_say_is_refused(text):
    assert refused(text).code in {"TF286", "TF287"}


def test_no_loop_runs_for_ever():
    four = "".join(f"{{% for c{n} in told.name %}}" for n in range(4))
    error = refused(four + "{% endfor %}" * 4)
    assert error.code == "TF288"
    assert "rounds" in error.fact
    five = "".join(f"{{% for c{n} in procedures %}}" for n in range(5)) + "{% endfor %}" * 5
    assert refused(five).code == "TF287"


def test_no_text_grows_without_bound():
    doubled = "{% set a = told.name|join(told.name) %}"
    assert refused(doubled, "{% set b = a|join(a) %}{{ b }}").code == "TF288"


def changed(data: bytes, **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.infolist():
            new.writestr(each, parts.get(each.filename, old.read(each)))
        for name in set(parts) - set(old.namelist()):
            new.writestr(name, parts[name])
    return out.getvalue()


OUTSIDE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/attachedTemplate" Target="http://a/b.dotm" TargetMode="External"/>'
    b"</Relationships>"
)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"word/vbaProject.bin": b"x"}, "TF240"),
        ({"word/embeddings/oleObject1.bin": b"x"}, "TF243"),
        ({"word/activeX/activeX1.xml": b"<a/>"}, "TF243"),
        ({"word/_rels/settings.xml.rels": OUTSIDE}, "TF243"),
    ],
)
def test_a_template_that_could_start_something_is_refused(parts, code):
    with pytest.raises(UnreadableInput) as caught:
        filled(changed(template("a"), **parts), (one(),))
    assert caught.value.code == code


@pytest.mark.parametrize(("data", "code"), [(b"no zip", None), (b"", None), (b"%PDF-1.7", "TF246")])
def test_what_is_no_template_is_refused(data, code):
    with pytest.raises(UnreadableInput) as caught:
        filled(data, (one(),))
    assert code is None or caught.value.code == code


def test_a_missing_extra_is_told_with_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "docxtpl", None)
    with pytest.raises(CannotWrite) as caught:
        filled(template("a"), (one(),))
    assert caught.value.code == "TF618"
    assert "tthc-flow[template]" in caught.value.hint

"""Bad files and bad values: a code, a place and a hint; never a traceback, never a guess."""

from __future__ import annotations

import io
import pickle
import time

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from bpmn.capped import capped
from bpmn.test_read import BPMN, codes, text
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.parse import MAX_ELEMENTS, _refuse_crowd
from tthc_flow.bpmn.read import read
from tthc_flow.bpmn.write import write
from tthc_flow.errors import CannotWrite, UnreadableInput
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, StepTime
from tthc_flow.units import Duration, TimeUnit

GOOD = text('<task id="A" name="Vào sổ"/>')
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    f'<definitions xmlns="{BPMN}"><process id="&b;"/></definitions>'
).encode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "TF204"),
        (b"\xef\xbb\xbf \n", "TF204"),
        (b"\xff\xfe\x00", "TF204"),
        (b'<?xml version="1.0" encoding="idna"?><a/>', "TF206"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "TF206"),
        (b"<a>\xff\xff</a>", "TF206"),
        (LAUGHS, "TF207"),
        (b"<?xml version='1.0'?><!-- x -->\n" + LAUGHS, "TF207"),
        (b"%PDF-1.7", "TF212"),
        (b"name;time\nx;y", "TF208"),
        (b"<a b='1' b='2'/>", "TF208"),
        (GOOD[:-9], "TF209"),
        (GOOD[:-20], "TF209"),
        (b"<a>" * 400 + b"</a>" * 400, "TF210"),
        (b"<a>" * 90_000 + b"</a>" * 90_000, "TF210"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "TF211"),
        (b"<definitions/>", "TF211"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_where_and_what_to_do(data, code):
    with pytest.raises(UnreadableInput) as caught:
        read(data)
    assert caught.value.code == code
    assert caught.value.place
    assert caught.value.hint
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301


def test_a_missing_file_a_directory_and_an_impossible_name_have_codes(tmp_path):
    for path, code in ((tmp_path / "no.bpmn", "TF201"), (tmp_path, "TF202"), ("a\0b", "TF203")):
        with pytest.raises(UnreadableInput, match=code):
            read(path)


def test_fifty_megabytes_are_refused_before_they_are_parsed():
    began = time.process_time()
    with pytest.raises(UnreadableInput, match="TF205"):
        read(io.BytesIO(b"<a>" + b" " * 50_000_000))
    assert time.process_time() - began < 5


def test_caps_are_arguments():
    with pytest.raises(UnreadableInput, match="TF205"):
        read(GOOD, max_bytes=50)
    with pytest.raises(UnreadableInput, match="TF210"):
        read(GOOD, max_depth=2)
    assert read(GOOD, max_depth=3).procedures
    with pytest.raises(UnreadableInput, match="TF216"):
        read(GOOD, max_elements=2)
    assert read(GOOD, max_elements=3).procedures


@pytest.mark.parametrize("line", ["<task/>", "<task/>\n"])
def test_a_million_steps_are_refused_before_there_is_a_tree_of_them(line):
    data = text(line * 1_000_000)
    with capped(5, 200), pytest.raises(UnreadableInput) as caught:
        read(data)
    assert caught.value.code == "TF216"
    first = data[: data.index(b"<task/>")].count(b"\n") + 1
    before = MAX_ELEMENTS - 2  # the definitions and the process
    assert caught.value.place == f"<bytes>:{first + before * line.count(chr(10))}"


def test_signs_that_begin_no_element_are_not_counted():
    told = "<!-- x --><?x y?><![CDATA[x]]>" * 2
    data = text(f'<task id="A"><documentation>{told}</documentation></task>')
    assert read(data, max_elements=4).procedures
    with pytest.raises(UnreadableInput, match="TF216"):
        read(data, max_elements=3)


def test_what_is_built_from_a_flow_may_be_of_any_size(monkeypatch):
    monkeypatch.setattr("tthc_flow.bpmn.parse._refuse_crowd", refused_beyond(3))
    steps = tuple(Step(id=f"s{each}", name="") for each in range(5))
    assert len(build(Procedure(flow=Flow(id="P", nodes=steps))).procedures[0].flow.steps) == 5


def refused_beyond(most):
    """Return the cap on elements, where whoever names none is held to *most*."""
    return lambda source, cap: _refuse_crowd(source, most if cap == MAX_ELEMENTS else cap)


def test_a_truncated_file_names_line_and_column():
    with pytest.raises(UnreadableInput) as caught:
        read(GOOD[:-9])
    line, column = caught.value.place.split(":")[1:]
    assert (int(line), int(column) > 1) == (2, True)


def test_a_file_without_a_process_is_a_finding():
    reading = read(f'<definitions xmlns="{BPMN}"/>'.encode())
    assert (reading.procedures, codes(reading)) == ((), ["read-no-process"])


@given(cut=st.integers(0, len(GOOD)), bytes_=st.binary(max_size=6))
def test_no_bytes_make_the_reader_raise_anything_but_its_own_error(cut, bytes_):
    try:
        read(GOOD[:cut] + bytes_ + GOOD[cut:])
    except UnreadableInput as error:
        assert error.code.startswith("TF2")  # noqa: PT017


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ('<tthc:step><tthc:time amount="abc" unit="hour"/></tthc:step>', "read-bad-value"),
        ('<tthc:step><tthc:time amount="-1" unit="hour"/></tthc:step>', "read-bad-value"),
        ('<tthc:step><tthc:time amount="NaN" unit="hour"/></tthc:step>', "read-bad-value"),
        ('<tthc:step><tthc:time amount="1e999999999" unit="day"/></tthc:step>', "read-bad-value"),
        ('<tthc:step><tthc:time amount="1/0" unit="day"/></tthc:step>', "read-bad-value"),
        ('<tthc:step><tthc:time amount="1" unit="week"/></tthc:step>', "read-bad-value"),
        ('<tthc:step><tthc:time amount="1"/></tthc:step>', "read-fact-incomplete"),
        (
            (
                '<tthc:step><tthc:handling><tthc:chance spread="gamma" mean="4"/>'
                "</tthc:handling></tthc:step>"
            ),
            "read-fact-impossible",
        ),
        ('<tthc:step checked="-3"/>', "read-bad-value"),
        ('<tthc:step decides="perhaps"/>', "read-bad-value"),
        ('<tthc:step kinds="sing"/>', "read-bad-value"),
        ('<tthc:step colour="red"/>', "read-unknown-fact"),
        ("<tthc:step><tthc:thyme/></tthc:step>", "read-unknown-fact"),
        ('<tthc:step><tthc:databases connected="true"/></tthc:step>', "read-fact-incomplete"),
    ],
)
def test_a_bad_value_is_a_finding_with_its_line_and_the_fact_stays_unknown(facts, code):
    inside = f'<task id="A"><extensionElements>\n{facts}</extensionElements></task>'
    reading = read(text(inside))
    found = [finding for finding in reading.findings if finding.code == code]
    assert [(finding.element, finding.line) for finding in found] == [("A", 3)]
    step = reading.procedures[0].flow.steps[0]
    assert step.time.duration is None
    assert (step.checked, step.decides, step.kinds, step.harm) == (None, None, (), None)


def test_a_bad_number_of_the_procedure_leaves_the_rest_known():
    facts = (
        '<extensionElements><tthc:procedure code="1.014464"><tthc:volume>'
        '<tthc:subjects value="many"/><tthc:dossiers value="1/2"/></tthc:volume>'
        "</tthc:procedure></extensionElements>"
    )
    reading = read(text(facts))
    procedure = reading.procedures[0]
    assert isinstance(procedure, Procedure)
    assert procedure.volume.subjects is None
    assert procedure.volume.dossiers is not None
    assert procedure.code == "1.014464"


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("4 giờ làm việc", Duration(amount=4, unit=TimeUnit.WORKING_HOUR)),
        ("abc", None),
        ("trong ngày", None),
        ("NaN", None),
    ],
)
def test_a_time_typed_on_the_task_is_read_or_reported(typed, length):
    reading = read(text(f'<task id="A" tthc:time="{typed}"/>'))
    time_ = reading.procedures[0].flow.steps[0].time
    assert (time_.duration, time_.printed) == (length, typed)
    assert codes(reading) == ([] if length else ["read-bad-value"])


@pytest.mark.parametrize("after", [StepTime(), StepTime(printed="Không quy định")])
def test_a_time_typed_on_the_task_gives_way_to_one_that_is_written(after):
    reading = read(text('<task id="A" tthc:time="4 giờ làm việc"/>'))
    before = reading.procedures[0]
    step = evolve(before.flow.steps[0], time=after)
    written = write(reading.document, [evolve(before, flow=evolve(before.flow, nodes=(step,)))])
    assert read(written).procedures[0].flow.nodes == (step,)


def test_a_process_that_the_file_does_not_have_is_refused():
    with pytest.raises(CannotWrite, match="TF613"):
        write(read(text('<task id="A"/>')).document, [Procedure(flow=Flow(id="Q"))])

"""Bad input through the command line: code, place and hint; exit 3 or 1; no traceback, no file."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from cli.calling import PRESS, problems

FLOW = (PRESS / "flow.bpmn").read_bytes()
TABLE = (PRESS / "steps.yaml").read_text("utf-8")
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
OWN = "urn:tthc-flow:bpmn:1"


def drawing(inside: str) -> bytes:
    """Return a file with one process of *inside*."""
    head = f'<definitions xmlns="{BPMN}" xmlns:tthc="{OWN}"><process id="P">'
    return f"{head}{inside}</process></definitions>".encode()


def steps(*ways: str, nodes: str = "") -> bytes:
    """Return a start, the steps A and B, an end, and *ways* such as ``A>B``."""
    arrows = "".join(
        f'<sequenceFlow id="f{number}" sourceRef="{a}" targetRef="{b}"/>'
        for number, (a, _, b) in enumerate(way.partition(">") for way in ways)
    )
    return drawing(
        '<startEvent id="s"/><endEvent id="e"/><task id="A" name="Nhận"/><task id="B" name="Ký"/>'
        + nodes
        + arrows
    )


LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 10))
    + ']><definitions><process id="&a9;"/></definitions>'
).encode()
UNREADABLE = {
    "not XML": b"Day la mot van ban",
    "empty": b"",
    "truncated": FLOW[: len(FLOW) // 2],
    "DOCTYPE": b"<!DOCTYPE html><html/>",
    "external entity": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "billion laughs": LAUGHS,
    "wrong root": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "no process": f'<definitions xmlns="{BPMN}"/>'.encode(),
    "not UTF-8": b'<?xml version="1.0" encoding="utf-8"?><a n="\xc0\xd5"/>',
    "a zip": b"PK\x03\x04" + b"\0" * 40,
    "a table": TABLE.encode(),
}
VERBS = ("check", "measure", "show", "propose", "run", "compare")


def call(tthc, verb: str, path: Path, *more: object):
    given = [verb, path, *([path] if verb == "compare" else []), *more]
    return tthc(*given)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_file_that_cannot_be_read_is_refused_by_every_verb(verb, kind, tthc, tmp_path):
    path = tmp_path / "a.bpmn"
    path.write_bytes(UNREADABLE[kind])
    out = ("-o", tmp_path / "out") if verb in {"show", "propose"} else ()
    left = call(tthc, verb, path, "--json", *out)
    assert problems(left.json) == []
    if verb == "show":  # a picture has no JSON: that was a usage error
        left = call(tthc, verb, path, *out)
    if kind == "no process" and verb == "show":
        return  # the picture says that there is nothing: tests/verbs/test_show.py
    assert left.code == (1 if kind == "no process" and verb == "check" else 3)
    if left.code == 3:
        told = re.match(r"(TF2\d\d) (\S.*?): (.+)\n  → (.+)", left.err)
        assert told, left.err
    assert "Traceback" not in left.err
    assert "root:" not in left.out + left.err
    assert [each.name for each in tmp_path.iterdir()] == ["a.bpmn"]


@pytest.mark.parametrize("verb", VERBS)
def test_a_missing_file_and_a_folder_are_refused(verb, tthc, tmp_path):
    empty = "TF233" if verb in {"propose", "compare"} else "TF202"  # which take full folders
    for path, code in ((tmp_path / "none.bpmn", "TF201"), (tmp_path, empty)):
        left = call(tthc, verb, path)
        assert (left.code, left.err[: len(f"{code} {path}")]) == (3, f"{code} {path}")


def test_fifty_megabytes_are_answered_quickly_whatever_they_hold(tthc, tmp_path):
    path = tmp_path / "big.bpmn"
    path.write_bytes(FLOW.replace(b"</", b" " * 50_000_000 + b"</", 1))
    left = tthc("measure", path, "--json")
    assert left.code in {0, 3}
    assert problems(left.json) == []
    path.write_bytes(b"x" * 50_000_000)
    assert tthc("measure", path).code == 3


UNSOUND = {
    "stuck at a join": steps(
        "s>x", "x>A", "x>B", "A>j", "B>j", "j>e",
        nodes='<exclusiveGateway id="x"/><parallelGateway id="j"/>',
    ),
    "done twice": steps(
        "s>x", "x>A", "x>y", "A>B", "y>B", "B>e",
        nodes='<parallelGateway id="x"/><task id="y" name="Soạn"/>',
    ),
    "loop without exit": steps("s>A", "A>B", "B>A"),
}  # fmt: skip


@pytest.mark.parametrize("kind", UNSOUND)
def test_an_unsound_flow_is_a_finding_and_stops_a_proposal_with_its_counter_example(
    kind, tthc, tmp_path
):
    path = tmp_path / "a.bpmn"
    path.write_bytes(UNSOUND[kind])
    checked = tthc("check", path, "--json")
    assert checked.code == 1
    assert problems(checked.json) == []
    errors = [row for row in checked.json["findings"] if row["severity"] == "error"]
    assert errors
    assert all(row["message"] and row["hint"] for row in errors)
    left = tthc("propose", path, "-o", tmp_path / "out", "--json")
    assert left.code == 1
    assert problems(left.json) == []
    told = left.json["error"]
    assert told["code"] == "TF310"
    assert told["place"]
    assert told["hint"]
    assert not (tmp_path / "out").exists()
    assert tthc("measure", path).code == 0


def test_an_id_used_twice_is_a_finding_with_its_line(tthc):
    twice = steps("s>A", "A>e").replace(b'id="B"', b'id="A"')
    left = tthc("check", "-", "--json", stdin=twice)
    assert problems(left.json) == []
    found = [row for row in left.json["findings"] if "id" in row["code"]]
    assert found
    assert found[0]["line"]


@pytest.mark.parametrize("amount", ["NaN", "-3", "inf", "1e999999", "ba"])
def test_a_time_that_cannot_be_is_a_finding_and_stays_unknown(amount, tthc):
    bad = re.sub(rb'(<tthc:time[^>]*amount=")[^"]*', rb"\g<1>" + amount.encode(), FLOW, count=1)
    assert bad != FLOW
    left = tthc("measure", "-", "--json", stdin=bad)
    assert left.code == 0
    assert len(left.json["unknown_times"]) == 1
    checked = tthc("check", "-", "--json", stdin=bad).json["findings"]
    assert [row for row in checked if row["code"].startswith("read-") and row["line"]]


def test_an_unknown_unit_is_a_finding_and_stays_unknown(tthc):
    bad = re.sub(rb'(<tthc:time[^>]*unit=")[^"]*', rb"\g<1>fortnight", FLOW, count=1)
    assert bad != FLOW
    assert len(tthc("measure", "-", "--json", stdin=bad).json["unknown_times"]) == 1
    found = tthc("check", "-", "--json", stdin=bad).json["findings"]
    assert any("fortnight" in row["message"] for row in found)


BAD_TABLES = {
    "a missing field": "name: a\nsteps:\n- no: 1\n  performer: b\n",
    "no steps": "name: a\n",
    "a bomb": "a: &a [x]\n" + "".join(f"b{n}: [*a, *a]\n" for n in range(50)) + TABLE,
    "no YAML": "a: [1\nb: 2\n",
    "wrong columns": "one,two\n1,2\n",
}


@pytest.mark.parametrize("kind", BAD_TABLES)
def test_a_table_that_is_none_is_refused_and_no_file_is_written(kind, tthc, tmp_path):
    suffix = "csv" if kind == "wrong columns" else "yaml"
    path = tmp_path / f"a.{suffix}"
    path.write_text(BAD_TABLES[kind], encoding="utf-8")
    left = tthc("convert", path, "--json")
    assert left.code == 3
    assert problems(left.json) == []
    told = left.json["error"]
    assert told["code"].startswith("TF22")
    assert told["place"].startswith(str(path))
    assert told["hint"]
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_table_in_an_old_encoding_is_refused_with_its_line(tthc, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"name: a\nfield: \xd0\xc0\n")
    left = tthc("convert", path)
    assert left.code == 3
    assert left.err.startswith(f"TF221 {path}:2")


@pytest.mark.parametrize(
    ("arguments", "goal"),
    [
        (("propose", PRESS / "flow.bpmn"), "out"),
        (("show", PRESS / "flow.bpmn"), "out/a.svg"),
        (("convert", PRESS / "steps.yaml", "--json"), "out/a.bpmn"),
    ],
)
def test_an_output_folder_that_is_a_file_is_refused_and_kept(arguments, goal, tthc, tmp_path):
    (tmp_path / "out").write_text("mine")
    left = tthc(*arguments, "-o", tmp_path / goal)
    assert left.code == 3
    assert left.err.startswith("TF601")
    assert (tmp_path / "out").read_text() == "mine"
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("verb", ["propose", "show", "convert"])
def test_a_write_that_fails_in_the_middle_leaves_nothing(verb, tthc, tmp_path, monkeypatch):
    rename, calls = Path.replace, []

    def failing(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) == (3 if verb == "propose" else 1):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    source = PRESS / ("steps.yaml" if verb == "convert" else "flow.bpmn")
    goal = tmp_path / "out" / {"propose": "", "show": "a.svg", "convert": "a.bpmn"}[verb]
    left = tthc(verb, source, "-o", goal)
    assert left.code == 3
    assert "Read-only file system" in left.err
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_is_not_in_the_file_is_refused_with_those_that_are(tthc):
    left = tthc("measure", PRESS / "flow.bpmn", "--process", "Nope", "--json")
    assert left.code == 3
    assert left.json["error"]["code"] == "TF230"
    assert "Process_" in left.json["error"]["hint"]


def test_an_unknown_cut_fails_a_gate_in_a_clear_sentence(tthc, tmp_path):
    untimed = re.sub(rb'(<tthc:time) amount="[^"]*" unit="[^"]*"', rb"\g<1>", FLOW)
    assert untimed != FLOW
    path = tmp_path / "a.bpmn"
    path.write_bytes(untimed)
    left = tthc("compare", path, path, "--require-time-cut", "30%", "--json")
    assert left.code == 1
    assert problems(left.json) == []
    (gate,) = left.json["gates"]
    assert (gate["name"], gate["cut"], gate["passed"]) == ("time", None, False)
    assert gate["sentence"] in left.err
    assert "Không biết" in gate["sentence"]
    assert "“" in gate["sentence"]
    cost = tthc("compare", path, path, "--require-cost-cut", "30%", "--lang", "en")
    assert cost.code == 1
    assert "missing" in cost.err


def test_a_gate_that_holds_leaves_with_0_and_one_that_does_not_with_1(tthc, tmp_path):
    before = PRESS / "flow.bpmn"
    cut = tthc("propose", before, "-o", tmp_path, "--json").json["plan"]["cut"]["time"]
    assert cut > 0
    held = tthc("compare", before, tmp_path / "after.bpmn", "--require-time-cut", "1%")
    assert (held.code, "đạt" in held.err) == (0, True)
    missed = tthc("compare", before, tmp_path / "after.bpmn", "--require-time-cut", "99%")
    assert (missed.code, "không đạt" in missed.err) == (1, True)


def test_an_output_that_takes_nothing_more_is_told_without_a_traceback(tthc, monkeypatch):
    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("tthc_flow.cli.measure.print_json", full)
    left = tthc("measure", PRESS / "flow.bpmn", "--json")
    assert left.code == 3
    assert re.match(r"TF602 .+ \(cannot print the result: No space left", left.err)


def test_a_control_character_in_a_table_is_the_files_fault_not_a_defect(tthc, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("name,content,performer,time\nA,Nh\x07an,B,1\n", encoding="utf-8")
    left = tthc("convert", path, "--json")
    assert left.code == 3
    assert left.json["error"]["code"] == "TF612"
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


def test_a_run_that_gets_stuck_names_the_place_and_leaves_with_1(tthc):
    stuck = steps(
        "s>x", "x>A", "x>B", "A>j", "B>j", "j>e",
        nodes='<exclusiveGateway id="x"/><parallelGateway id="j" name="Gộp kết quả"/>',
    )  # fmt: skip
    left = tthc("run", "-", stdin=stuck)
    assert left.code == 1
    assert "Gộp kết quả" in left.out
    assert "Traceback" not in left.err
    record = tthc("run", "-", "--json", stdin=stuck)
    assert (record.code, problems(record.json)) == (1, [])

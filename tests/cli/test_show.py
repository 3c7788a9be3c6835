"""`tthc-flow show`: what it writes, where."""

from __future__ import annotations

from cli.calling import PRESS

FLOW = PRESS / "flow.bpmn"
TWO = (
    b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'
    b'<process id="P"><task id="A"/></process><process id="Q"><task id="B"/></process>'
    b"</definitions>"
)


def test_the_ending_of_the_name_says_svg_or_png(tthc, tmp_path):
    assert tthc("show", FLOW, "-o", tmp_path / "a.svg").code == 0
    assert tthc("show", FLOW, "-o", tmp_path / "a.png").code == 0
    assert (tmp_path / "a.svg").read_bytes().startswith(b"<svg")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_a_folder_takes_every_diagram_one_by_its_name_several_by_number(tthc, tmp_path):
    left = tthc("show", FLOW, "-o", f"{tmp_path}/one/")
    assert left.out == f"{tmp_path}/one/flow.svg\n"
    (tmp_path / "two.bpmn").write_bytes(TWO)
    left = tthc("show", tmp_path / "two.bpmn", "-o", tmp_path)
    assert left.out == f"{tmp_path}/two-1.svg\n{tmp_path}/two-2.svg\n"
    assert tthc("show", FLOW, "-o", tmp_path, "--diagram", "1").code == 2


def test_a_diagram_and_a_heat_are_chosen_by_name(tthc):
    left = tthc("show", "-", "--diagram", "Q", stdin=TWO)
    assert 'data-element="B"' in left.out
    assert 'data-element="A"' not in left.out
    assert "Cấp thực hiện" in tthc("show", FLOW, "--heat", "level").out
    assert tthc("show", FLOW, "--heat", "beauty").code == 2
    assert tthc("show", "-", "--diagram", "7", stdin=TWO).code == 3


def test_colours_are_written_into_the_file_and_taken_away(tthc, tmp_path):
    out = tmp_path / "a.bpmn"
    assert tthc("annotate", FLOW, "--colour", "time", "-o", out).code == 0
    assert b"bioc:fill" in out.read_bytes()
    assert tthc("annotate", out, "--colour", "none", "-o", out).code == 0
    assert out.read_bytes() == FLOW.read_bytes()


def test_a_picture_of_another_kind_is_refused_and_nothing_is_written(tthc, tmp_path):
    for name in ("a.jpg", "a.pdf", "a"):
        left = tthc("show", FLOW, "-o", tmp_path / name)
        assert left.code == 2
        assert ".svg hoặc .png" in left.err
    assert list(tmp_path.iterdir()) == []

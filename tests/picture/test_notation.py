"""Every sign of BPMN 2.0.2 is drawn as the standard draws it; the files are our own."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from picture.drawn import SVG, elements, parsed
from tthc_flow.bpmn.read import read
from tthc_flow.model.flow import Trigger
from tthc_flow.model.step import TaskType
from tthc_flow.picture.icons import _ENVELOPE, _GEAR, _MARKERS, _TASKS, _TRIGGERS
from tthc_flow.verbs.show import show

FILES = Path(__file__).parent / "notation"


def groups(name: str) -> dict[str, ET.Element]:
    """Return the drawn elements of one of our files."""
    return elements(parsed(show(FILES / f"{name}.bpmn")))


def paths(group: ET.Element) -> list[str]:
    """Return the outlines in a group, without those of what it is put into."""
    return [each.get("d", "") for each in group.iter(f"{SVG}path")]


def markers(group: ET.Element) -> list[str]:
    """Return the names of the markers in a group, from left to right."""
    names = {path: name for name, path in _MARKERS.items()}
    return [names[path] for path in paths(group) if path in names]


@pytest.mark.parametrize("file", sorted(each.stem for each in FILES.iterdir()))
def test_everything_in_our_files_is_read_and_drawn(file):
    reading = read(FILES / f"{file}.bpmn")
    drawing = reading.document.drawings[0]
    assert {*drawing.shapes, *drawing.lines} <= set(groups(file))


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ("task_loop", ["loop"]),
        ("task_parallel", ["parallel"]),
        ("task_sequential", ["sequential"]),
        ("task_undo", ["compensation"]),
        ("task_both", ["loop", "compensation"]),
        ("call_process", ["plus"]),
        ("call_global", []),
        ("sub", ["plus"]),
        ("sub_mi", ["parallel", "plus"]),
        ("sub_undo", ["compensation", "plus"]),
        ("adhoc", ["plus", "ad-hoc"]),
        ("adhoc_loop", ["loop", "plus", "ad-hoc"]),
        ("open", ["loop"]),
        ("open_a", ["ad-hoc"]),
        ("open_t", []),
    ],
)
def test_markers_stand_in_the_order_of_the_standard(element, expected):
    assert markers(groups("activities")[element]) == expected


def test_borders_tell_calls_transactions_and_event_sub_processes():
    drawn = groups("activities")
    widths = {
        element: [
            float(each.get("stroke-width", "0")) for each in drawn[element].iter(f"{SVG}rect")
        ]
        for element in ("task", "call_process", "call_global", "trans", "open_t")
    }
    assert widths["call_process"] == widths["call_global"] == [4.0]
    assert widths["task"] == [1.5]
    assert len(widths["trans"]) == len(widths["open_t"]) == 2
    dotted = {
        element
        for element, group in drawn.items()
        if (rect := group.find(f"{SVG}rect")) is not None and rect.get("stroke-dasharray")
    }
    assert dotted == {"event_sub", "event_sub_n", "open_e"}


def test_a_call_of_a_global_task_has_its_icon_and_a_starting_receive_a_circle():
    drawn = groups("activities")
    assert _TASKS[TaskType.USER] in paths(drawn["call_global"])
    assert _GEAR in paths(drawn["serviceTask"])
    assert drawn["task_start"].find(f"{SVG}circle") is not None
    assert drawn["receiveTask"].find(f"{SVG}circle") is None


def test_a_collapsed_event_sub_process_shows_the_event_that_starts_it():
    drawn = groups("activities")
    assert _ENVELOPE in paths(drawn["event_sub"])
    ring = drawn["event_sub_n"].find(f"{SVG}circle")
    assert ring is not None
    assert ring.get("stroke-dasharray")


ROWS = ("start", "sub", "subn", "catch", "bound", "boundn", "throw", "end")


def test_events_are_thrown_filled_and_caught_empty_with_one_ring_or_two():
    drawn = groups("events")
    rings = {"start": 1, "sub": 1, "subn": 1, "end": 1}
    for element, group in drawn.items():
        row, _, trigger = element.partition("_")
        if row not in ROWS or trigger in {"", "terminate"}:
            continue
        circles = list(group.iter(f"{SVG}circle"))
        assert len(circles) == rings.get(row, 2), element
        dashed = {each.get("stroke-dasharray") is not None for each in circles}
        assert dashed == {row in {"subn", "boundn"}}, element
        assert (float(circles[0].get("stroke-width", "0")) > 3) == (row == "end"), element
        icon = group.find(f"{SVG}path")
        if trigger == "none":
            assert icon is None
            continue
        assert icon is not None, element
        assert (icon.get("fill") != "#ffffff") == (row in {"throw", "end"}), element
        if trigger != "parallel":
            assert icon.get("d") == _TRIGGERS[Trigger(trigger)], element


def test_gateways_that_start_a_process_have_one_ring_and_unmarked_ones_no_cross():
    drawn = {element: paths(group) for element, group in groups("flows").items()}
    assert drawn["exclusive"]
    assert drawn["unmarked"] == []
    rings = {
        each: drawn[each][0].count("A13 13") + drawn[each][0].count("A10.5")
        for each in ("eb", "ebi", "ebp")
    }
    assert rings == {"eb": 2, "ebi": 1, "ebp": 1}
    assert len({drawn[each][0] for each in ("eb", "ebi", "ebp")}) == 3


def test_only_an_activity_s_condition_has_a_diamond_and_only_defaults_a_slash():
    drawn = groups("flows")
    kinds = {
        edge: [child.tag.removeprefix(SVG) for child in drawn[edge]]
        for edge in ("fc", "fd", "fn", "gc", "gd")
    }
    assert kinds["fc"] == ["path", "polygon", "polygon"]
    assert kinds["fd"] == kinds["gd"] == ["path", "polygon", "path"]
    assert kinds["fn"] == kinds["gc"] == ["path", "polygon"]


def test_messages_on_their_flows_tell_who_begins():
    drawn = groups("pools")
    fills = {
        message: [
            each.get("fill")
            for each in drawn[message].iter(f"{SVG}path")
            if each.get("d") == _ENVELOPE
        ]
        for message in ("m1", "m2", "m3")
    }
    assert fills == {"m1": ["#ffffff"], "m2": ["#cbd5e1"], "m3": []}
    assert markers(drawn["p3"]) == ["parallel"]


def test_vertical_pools_have_their_names_on_top_and_horizontal_ones_at_the_left():
    drawn = groups("pools")
    turned = {
        element: [each.get("transform") is not None for each in drawn[element].iter(f"{SVG}text")]
        for element in ("p1", "l1", "l11", "p4", "v1", "v2")
    }
    assert {element for element, found in turned.items() if found == [True]} == {"p1", "l1", "l11"}
    assert {element for element, found in turned.items() if found == [False]} == {"p4", "v1", "v2"}


def test_choreographies_name_both_participants_and_shade_the_one_that_answers():
    drawn = groups("choreography")
    said = {
        element: ["".join(each.itertext()) for each in group.iter(f"{SVG}text")]
        for element, group in drawn.items()
    }
    assert "".join(said["ct1"]) == "Ask for thegoods"  # on two lines
    assert said["ct1_cp1"] == said["ct2_cp1"] == ["Buyer"]
    fills = {each: drawn[each].find(f"{SVG}rect").get("fill") for each in ("ct1_cp1", "ct1_cp2")}
    assert fills == {"ct1_cp1": "#ffffff", "ct1_cp2": "#cbd5e1"}


def test_conversations_are_hexagons_with_double_lines():
    drawn = groups("conversation")
    for element in ("k3", "k4", "k5"):
        outline = drawn[element].find(f"{SVG}polygon")
        assert len(outline.get("points", "").split()) == 6
    assert markers(drawn["k4"]) == ["plus"]
    assert len(paths(drawn["kl1"])) == 2

"""Files that attack a reader end in a result or a coded refusal, within caps of time and memory."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

import tthc_flow
from bpmn.attacks import BIG, DEEP, SMALL, chain, fan, nested
from capped import TooLong, capped
from tthc_flow.bpmn.write import write
from tthc_flow.errors import TthcFlowError, UnreadableInput

SECONDS = 2.0
MEGABYTES = 512
# Large files take as long as they are large: 30 s for ten megabytes is a cap, not a measure.
SECONDS_OF_BIG = 30.0
MEGABYTES_OF_BIG = 2_000
VERBS = {
    "check": tthc_flow.check,
    "measure": tthc_flow.measure,
    "show": tthc_flow.show,
    "prepare": tthc_flow.prepare,
    "compare": lambda reading: tthc_flow.compare(reading, reading),
}


def refusal(run: Callable[[], object]) -> str:
    """Return the code with which *run* is refused, with what to do about it, or nothing."""
    try:
        run()
    except TthcFlowError as refused:
        return refused.code if refused.hint else "no hint"
    return ""


def read_back(data: bytes) -> None:
    reading = tthc_flow.read(data)
    assert write(reading.document, reading.procedures) == data
    for verb in VERBS.values():
        assert refusal(lambda verb=verb: verb(reading)) in {"", "TF231"}  # no process to work on


@pytest.mark.parametrize("data", SMALL.values(), ids=SMALL)
def test_a_small_attack_ends_at_once(data):
    with capped(SECONDS, MEGABYTES):
        assert refusal(lambda: read_back(data))[:3] in {"", "TF2"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("billion laughs", "TF207"),
        ("an external entity", "TF207"),
        ("UTF-16 with a DOCTYPE", "TF207"),
        ("UTF-7", "TF206"),
        ("UTF-16 without a mark", ""),
        ("UTF-32 without a mark", ""),
        ("a zip file", "TF212"),
        ("JSON", "TF212"),
        ("an old Visio file", "TF212"),
        ("BPMN inside SOAP", "TF211"),
        ("everything dangling", ""),
    ],
)
def test_an_attack_is_refused_by_its_own_reason(name, code):
    assert refusal(lambda: tthc_flow.read(SMALL[name])) == code


@pytest.mark.parametrize("made", BIG.values(), ids=BIG)
def test_a_large_attack_is_read_or_refused(made):
    data = made()
    with capped(SECONDS_OF_BIG, MEGABYTES_OF_BIG):
        assert refusal(lambda: tthc_flow.read(data)) in {"", "TF208", "TF210"}


@pytest.mark.parametrize("tag", ["subProcess", "x"])
def test_elements_deep_in_each_other_are_read_or_refused_where_the_cap_allows_them(tag):
    with capped(SECONDS_OF_BIG, MEGABYTES_OF_BIG), pytest.raises(UnreadableInput, match="TF210"):
        tthc_flow.read(nested(tag, DEEP), max_depth=10 * DEEP)  # the parser has a cap of its own
    deep = tthc_flow.read(nested(tag, 1_500), max_depth=10 * DEEP)
    with capped(SECONDS_OF_BIG, MEGABYTES_OF_BIG):
        for name in ("check", "measure", "prepare", "compare"):
            assert refusal(lambda name=name: VERBS[name](deep)) in {"", "TF210"}


@pytest.mark.nightly
@pytest.mark.parametrize("name", ["check", "measure", "prepare", "compare"])
@pytest.mark.parametrize("data", [chain(20_000), fan(10_000)], ids=["chain", "fan"])
def test_verbs_end_on_large_files(data, name):
    reading = tthc_flow.read(data)
    with capped(120, MEGABYTES_OF_BIG):
        VERBS[name](reading)


def test_what_is_no_file_is_refused(tmp_path):
    pipe, locked = tmp_path / "pipe.bpmn", tmp_path / "locked.bpmn"
    os.mkfifo(pipe)
    locked.write_bytes(b"<a/>")
    locked.chmod(0)
    for path, codes in (
        (pipe, {"TF203"}),
        (tmp_path, {"TF202"}),
        (tmp_path / "none.bpmn", {"TF201"}),
        (locked, {"TF203", "TF211"}),  # root may read everything
        ("/dev/zero", {"TF205"}),
        ("/dev/null", {"TF204"}),
        ("\0", {"TF203"}),
        ("x" * 5000, {"TF203"}),
    ):
        with pytest.raises(UnreadableInput) as refused:
            tthc_flow.read(path)
        assert refused.value.code in codes, path


def without_end() -> None:
    while True:
        pass


def test_the_cap_of_these_tests_is_a_cap():
    with pytest.raises(TooLong), capped(0.2, MEGABYTES):
        without_end()
    with pytest.raises(MemoryError), capped(SECONDS, 100):
        bytearray(500_000_000)

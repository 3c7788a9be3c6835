"""Files damaged in bytes or structure: a result or a coded error, always in time."""

from __future__ import annotations

import copy
import random
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from bpmn.capped import capped
from bpmn.test_every_file import nodes_of
from tthc_flow.bpmn.read import Reading, read
from tthc_flow.bpmn.write import write
from tthc_flow.errors import CannotWrite, UnreadableInput
from tthc_flow.layout.fresh import lay_out
from tthc_flow.model.drawing import Drawing
from tthc_flow.picture.svg import draw
from tthc_flow.verbs.check import check
from tthc_flow.verbs.compare import compare
from tthc_flow.verbs.prepare import prepare
from tthc_flow.words.messages import message

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BITS = (b"<", b">", b"&", b'"', b"\x00", b"\xff\xfe", b"<!DOCTYPE a>", b"]]>", b"<!--", b"&#x0;")
VALUES = ("", "0", "-1", "NaN", "1e309", "x" * 500, "a:b", "true", "ẩn", "{}", "P1D", "\t")
SECONDS = 2.0
SAMPLE = 300
NIGHTLY = 24_000
MEGABYTES = 256


def files(shared: Path) -> list[Path]:
    """Return every file small enough to be damaged thousands of times, in a fixed order."""
    every = sorted((shared / "data" / "bpmn" / "files").rglob("*"))
    return [each for each in every if each.is_file() and each.stat().st_size < 60_000]


def damaged_bytes(data: bytes, rng: random.Random) -> bytes:
    """Return *data* with up to four places cut, doubled, overwritten or cut off behind."""
    for _ in range(rng.randint(1, 4)):
        start = rng.randrange(len(data) + 1)
        end = min(len(data), start + rng.choice((1, 2, 8, 64, 512)))
        kind = rng.randrange(5)
        if kind == 0:
            data = data[:start] + data[end:]
        elif kind == 1:
            data = data[:end] + data[start:end] + data[end:]
        elif kind == 2:
            data = data[:start] + rng.choice(BITS) + data[start:]
        elif kind == 3:
            data = data[:start] + bytes([rng.randrange(256)]) + data[start + 1 :]
        elif rng.random() < 0.3:
            data = data[:start]
    return data


def damaged_tree(data: bytes, rng: random.Random) -> bytes:
    """Return *data* with up to six elements removed, doubled, moved, renamed or oddly valued."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return damaged_bytes(data, rng)
    for _ in range(rng.randint(1, 6)):
        every = list(root.iter("*"))
        one, other = rng.choice(every), rng.choice(every)
        around = one.getparent()
        kind = rng.randrange(6)
        if kind == 0 and around is not None:
            around.remove(one)
        elif kind == 1 and len(every) < 2000:
            other.append(copy.deepcopy(one))
        elif kind == 2 and around is not None and one not in list(other.iterancestors()):
            if one is not other:
                other.append(one)
        elif kind == 3:
            one.tag = other.tag
        elif one.attrib:
            name = rng.choice(sorted(one.attrib))
            odd = rng.choice((*VALUES, *other.attrib.values()))
            if kind == 4:
                one.set(name, odd)
            else:
                del one.attrib[name]
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def refusal(data: bytes) -> str:
    """Read, give back, draw and work on *data*; return the code if it cannot be read."""
    try:
        reading = read(data)
    except UnreadableInput as error:
        return error.code
    assert write(reading.document, reading.procedures) == data
    known = {node for each in reading.procedures for node in each.flow.by_id}
    told = {finding.element for finding in reading.findings}
    assert [own for node, own in nodes_of(reading) if not {node, own} & (known | told)] == []
    for drawing in reading.document.drawings[:1] or (Drawing(),):
        for procedure in reading.procedures[:1]:
            etree.fromstring(draw(procedure, drawing, others=reading.procedures[1:]))
            lay_out(procedure)
    for finding in check(reading):
        assert message(finding.code, dict(finding.values)).text
    if reading.procedures:
        assert compare(reading, reading).changes == ()
        return prepared(reading)
    return ""


def prepared(reading: Reading) -> str:
    """Prepare *reading*; return the code where its file has no place for what is drawn anew."""
    try:
        prepare(reading)
    except CannotWrite as error:
        assert reading.document.root.tag != f"{{{BPMN}}}definitions"
        return error.code
    return ""


def damage(shared: Path, seed: int, count: int) -> Counter[str]:
    """Damage *count* files, each within the caps; count the codes, "" being a readable one."""
    rng = random.Random(seed)
    every = files(shared)
    codes: Counter[str] = Counter()
    for number in range(count):
        path = rng.choice(every)
        spoil = damaged_tree if number % 2 else damaged_bytes
        data = spoil(path.read_bytes(), rng)
        try:
            with capped(SECONDS, MEGABYTES):
                codes[refusal(data)] += 1
        except Exception as error:
            error.add_note(f"file {path.name}, seed {seed}, number {number}")
            raise
    return codes


def test_a_sample_of_damaged_files_ends_in_a_result_or_a_coded_error(shared):
    codes = damage(shared, 20260729, SAMPLE)
    assert SAMPLE / 4 < codes.pop("") < SAMPLE  # both ends are seen
    assert {code[:3] for code in codes} <= {"TF2", "TF6"}


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(8))
def test_very_many_damaged_files_end_in_a_result_or_a_coded_error(shared, seed):
    codes = damage(shared, seed, NIGHTLY // 8)
    assert codes.pop("") > NIGHTLY / 32
    assert {code[:3] for code in codes} <= {"TF2", "TF6"}

"""Logs as files: every form of one log reads the same; what is no log is refused with its code."""

from __future__ import annotations

import csv
import gzip
import io
import os
import zlib
from contextlib import suppress
from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from calibrate.simulating import Log
from calibrate.writing import table, xes
from tthc_flow.calibration.by_case import by_case
from tthc_flow.calibration.csv_columns import NAMES, OWN, columns_of
from tthc_flow.calibration.doubts import Doubts
from tthc_flow.calibration.event import Case
from tthc_flow.calibration.log_bytes import log_bytes
from tthc_flow.calibration.log_moments import read_moment
from tthc_flow.calibration.logs import read_log
from tthc_flow.errors import UnreadableInput
from tthc_flow.report.event_table import COLUMNS

CASES = list(Log(1).cases(12))


def shape(case: Case) -> list[tuple[object, ...]]:
    """Return what a case says, but for where in the file it stands."""
    told = (evolve(event, activity="", place=0) for event in case.events)
    return [(e.name, e.transition, e.at, e.resource, e.instance) for e in told]


def read(path) -> dict[str, list[tuple[object, ...]]]:
    return {case.id: shape(case) for case in read_log(path, Doubts())}


def test_xes_plain_and_compressed_and_tables_sorted_or_mixed_read_the_same(tmp_path):
    wanted = {case.id: shape(case) for case in CASES}
    assert read(xes(CASES, tmp_path / "a.xes")) == wanted
    assert read(xes(CASES, tmp_path / "a.xes.gz")) == wanted
    assert read(table(CASES, tmp_path / "a.csv")) == wanted
    mixed = read(table(CASES, tmp_path / "b.csv", mixed=True))
    assert {case: sorted(map(str, rows)) for case, rows in mixed.items()} == {
        case: sorted(map(str, rows)) for case, rows in wanted.items()
    }


def test_excels_own_unicode_text_is_read(tmp_path):
    text = "Mã hồ sơ\tCông việc\tThời điểm\nH1\tKý\t02/03/2026 08:30\n"
    (tmp_path / "a.txt").write_bytes(text.encode("utf-16"))
    ((name, *_),) = read(tmp_path / "a.txt")["H1"]
    assert name == "Ký"


def code_of(path) -> str:
    with pytest.raises(UnreadableInput) as refused:
        list(read_log(path, Doubts()))
    return refused.value.code


TRACE = b'<trace><event><string key="concept:name" value="A"/></event></trace>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "TF204"),
        (b"<log>" + TRACE, "TF209"),
        (b"<log>" + TRACE + b"</trace></log>", "TF208"),
        (b'<!DOCTYPE log [<!ENTITY a "b">]><log>&a;</log>', "TF207"),
        (b'<!DOCTYPE log SYSTEM "file:///etc/passwd"><log/>', "TF207"),
        (b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', "TF271"),
        (b"<log>" + b"<a>" * 300 + b"</a>" * 300 + b"</log>", "TF210"),
        (b"<log>" + b'<string key="a" value="' + b"x" * (10 << 20) + b'"/></log>', "TF205"),
        (b"\xff\xd8\xff\xe0 no text at all", "TF206"),
        ("case,activity,time\n1,Ký,2026".encode("utf-16") + b"\xd8", "TF206"),
        (b"case,activity\n1,A\n", "TF272"),
        (b"activity,time\nA,2026-03-02T08:00\n", "TF272"),
        (b'case,activity,time\n1,"A,2026-03-02T08:00\n' + b"x" * 200_000, "TF226"),
        (b"case,activity,time\n" + b"y" * (3 << 20), "TF205"),
        (b"\x1f\x8b\x08 broken", "TF273"),
        (gzip.compress(b"case,activity,time\n" * 1000)[:-20], "TF273"),
    ],
)
def test_what_is_no_log_is_refused_by_its_code(content, code, tmp_path):
    path = tmp_path / "log"
    path.write_bytes(content)
    assert code_of(path) == code


def test_what_is_not_there_is_refused(tmp_path):
    assert code_of(tmp_path / "none.xes") == "TF201"
    assert code_of(tmp_path) == "TF202"
    assert code_of("\0") == "TF203"
    os.mkfifo(tmp_path / "pipe")
    assert code_of(tmp_path / "pipe") == "TF203"


def test_a_bomb_is_noticed_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.csv.gz"
    with gzip.open(path, "wb") as out:
        for _ in range(400):
            out.write(b"0" * (1 << 20))
    assert path.stat().st_size < 1 << 20
    with log_bytes(path) as pieces, pytest.raises(UnreadableInput, match="TF273"):
        list(map(len, pieces))


def test_a_log_may_not_be_larger_than_allowed(tmp_path):
    path = xes(CASES, tmp_path / "a.xes")
    with pytest.raises(UnreadableInput, match="TF205"):
        list(read_log(path, Doubts(), max_bytes=1000))


@given(st.binary(max_size=200), st.integers(0, 3))
@settings(max_examples=150)  # each writes a file
def test_a_damaged_log_is_read_or_refused_with_a_code(tmp_path_factory, noise, kind):
    folder = tmp_path_factory.getbasetemp()
    whole = xes(CASES[:1], folder / "w.xes").read_bytes()
    text = table(CASES[:1], folder / "w.csv").read_bytes()
    base = (whole, text, gzip.compress(whole), gzip.compress(text))[kind]
    place = zlib.crc32(noise) % len(base)
    path = folder / "damaged"
    path.write_bytes(base[:place] + noise + base[place + len(noise) :])
    with suppress(UnreadableInput):  # anything else is a defect
        list(read_log(path, Doubts()))


def test_rows_that_do_not_fit_into_memory_go_through_files_and_are_the_same():
    rows = [[f"H{number % 37}", str(number), 'a "quoted", \n cell'] for number in range(1000)]
    small = dict(by_case(rows))
    large = dict(by_case(rows, in_memory=50))
    assert small == large
    assert [row[1] for row in large["H5"]] == [str(n) for n in range(5, 1000, 37)]


def test_a_part_that_is_too_large_is_parted_once_more():
    rows = [[f"H{number % 40}", str(number)] for number in range(300)]
    assert dict(by_case(rows, in_memory=5)) == dict(by_case(rows))


def test_of_a_case_that_is_too_large_only_one_row_too_many_is_kept():
    rows = [["H1", str(number)] for number in range(500)]
    for in_memory in (10, 1_000):
        ((case, kept),) = by_case(rows, in_memory, most=20)
        assert (case, len(kept)) == ("H1", 21)


def test_tasks_that_overlap_are_not_out_of_order(tmp_path):
    head = "case,activity,created,start,complete"
    rows = (
        "1,a,2026-03-02T08:00+07:00,2026-03-02T08:10+07:00,2026-03-02T12:00+07:00",
        "1,b,2026-03-02T08:30+07:00,2026-03-02T08:40+07:00,2026-03-02T09:00+07:00",
    )
    (tmp_path / "a.csv").write_text("\n".join((head, *rows)))
    (case,) = read_log(tmp_path / "a.csv", Doubts())
    moments = [event.at for event in case.events]
    assert moments == sorted(moments)
    assert len(moments) == 6


def test_the_heading_of_our_own_table_is_the_one_that_is_written():
    assert OWN == COLUMNS
    found = columns_of(COLUMNS, "a.csv")
    assert found.own
    assert found.cell(["'=1+1"] + [""] * 18, "case") == "=1+1"


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        ("Mã hồ sơ,Tên bước,Bắt đầu,Kết thúc,Cán bộ", "case name start complete resource"),
        ("MA HO SO;TEN BUOC;THOI DIEM", "case name time"),
        ("Case ID;Activity;Complete Timestamp;Resource", "case name - resource"),
        ("case:concept:name,concept:name,time:timestamp,org:resource", "case name time resource"),
    ],
)
def test_columns_are_known_by_many_names(header, roles):
    names = next(csv.reader(io.StringIO(header), delimiter=";" if ";" in header else ","))
    if "-" in roles.split():
        with pytest.raises(UnreadableInput, match="TF272"):
            columns_of(names, "a.csv")
        return
    assert list(columns_of(names, "a.csv").places) == roles.split()


def test_no_name_of_a_column_means_two_things():
    names = [name for names in NAMES.values() for name in names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "read", "zoned"),
    [
        ("2026-03-02T08:00:00+07:00", "2026-03-02T08:00:00+07:00", True),
        ("2026-03-02T01:00:00.123Z", "2026-03-02T08:00:00.123000+07:00", True),
        ("2026-03-02 08:00", "2026-03-02T08:00:00+07:00", False),
        ("2/3/2026 8:05", "2026-03-02T08:05:00+07:00", False),
        ("02-03-2026 08:05:30", "2026-03-02T08:05:30+07:00", False),
        ("08:05 02/03/2026", "2026-03-02T08:05:00+07:00", False),
        ("8h05 02/03/2026", "2026-03-02T08:05:00+07:00", False),
        ("13/13/2026 08:00", None, False),
        ("02/03/2026", None, False),
        ("0001-01-01T00:00:00+14:00", None, False),
        ("", None, False),
    ],
)
def test_moments_are_read_as_they_are_written(text, read, zoned):
    at, has_zone = read_moment(text)
    assert (None if at is None else at.isoformat(), has_zone) == (read, zoned)


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_none(text):
    at, _ = read_moment(text)
    assert at is None or at.utcoffset() == timedelta(hours=7)

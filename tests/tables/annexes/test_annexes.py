"""Annexes as offices print them: the reader finds their rows, times, performers and levels.

The expected values come from the YAML alone. A run reads a sample; ``make nightly`` reads all, and
``make annexes`` lists every miss.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from tables.annexes.facts import files, real, shipped
from tables.annexes.layouts import LAYOUTS, annexes
from tables.annexes.measured import DEMANDED, INVENTED, Count, compare, counted
from tthc_flow.model.procedure import TotalTime
from tthc_flow.tables.office.read import read_office
from tthc_flow.tables.read import read_tables
from tthc_flow.tables.review.sheet import review_sheet

SAMPLED = 5
"""One procedure in so many is read in every run."""

every_layout = pytest.mark.parametrize("layout", LAYOUTS)
needs_material = pytest.mark.skipif(
    not files(), reason="the material folder ../shared is not beside this repository"
)


def read_all(layout: str, tables) -> Count:
    """Return what was read of *tables* in one layout."""
    count = counted(layout)
    for data, part in annexes(layout, tables):
        compare(count, part, [each.table for each in read_office(data)])
    return count


def assert_read(count: Count) -> None:
    """Fail where less was read than is demanded, and say what was missed first."""
    invented = [each for each in count.misses if each.fact == INVENTED]
    assert invented == []
    for fact, demanded in DEMANDED.items():
        missed = [each for each in count.misses if each.fact == fact]
        assert count.share(fact) >= demanded, (fact, float(count.share(fact)), missed[:5])


@every_layout
def test_an_annex_of_the_shipped_workflows_is_read(layout):
    assert_read(read_all(layout, shipped()))


@needs_material
@every_layout
def test_an_annex_of_published_workflows_is_read(layout):
    assert_read(read_all(layout, real()[::SAMPLED]))


@pytest.mark.nightly
@needs_material
@every_layout
def test_every_annex_of_published_workflows_is_read(layout):
    assert_read(read_all(layout, real()))


@every_layout
def test_what_was_read_of_an_annex_can_be_reviewed_without_a_loss(layout):
    ((data, _),) = annexes(layout, shipped()[:6])
    readings = read_office(data)
    back = read_tables(review_sheet(readings))
    assert [bare(each.table) for each in back] == [bare(each.table) for each in readings]


def bare(table):
    """Return *table* without the lines of the file it came from."""
    rows = (
        evolve(row, line=None, branches=tuple(evolve(each, line=None) for each in row.branches))
        for row in table.rows
    )
    return evolve(table, rows=tuple(rows))


def test_the_measure_sees_what_is_wrong():
    """A reader that loses a row, changes a time and invents another is found out."""
    (data, part), *_ = annexes("heading_and_table", shipped()[:3])
    tables = [each.table for each in read_office(data)]
    first = tables[0]
    assert first.total_time != TotalTime()
    shorter = evolve(first, rows=first.rows[1:])
    count = counted("broken")
    compare(count, part, [shorter, *tables[1:]])
    rows = sum(len(each.rows) for each in part)
    assert count.share("rows") == Fraction(rows - 1, rows)
    retimed = evolve(
        first,
        rows=tuple(evolve(row, time=evolve(row.time, duration=None)) for row in first.rows),
    )
    count = counted("broken")
    compare(count, part, [retimed, *tables[1:]])
    assert count.share("rows") == 1
    assert count.share("durations") < 1


@needs_material
def test_the_measure_sees_a_length_that_was_made_up():
    table = next(
        each
        for each in real()
        if {bool(row.time.words) for row in each.rows if row.time.words or row.time.known}
        == {True, False}
    )
    at = next(at for at, row in enumerate(table.rows) if row.time.words)
    ((data, part),) = annexes("heading_and_table", [table])
    (read,) = (each.table for each in read_office(data))
    known = next(row.time for row in read.rows if row.time.duration is not None)
    rows = tuple(evolve(row, time=known) if n == at else row for n, row in enumerate(read.rows))
    count = counted("broken")
    compare(count, part, [evolve(read, rows=rows)])
    assert [each.fact for each in count.misses if each.fact == INVENTED] == [INVENTED]

"""People by role and dossiers year by year: read from a table, carried by the BPMN file."""

from __future__ import annotations

from fractions import Fraction

from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.model.actor import Role
from tthc_flow.tables.procedure import to_procedure
from tthc_flow.tables.read import read_table

TABLE = """
name: Cấp phép
volume:
  dossiers: 120
  by_year:
  - {year: 2024, dossiers: 0, source: BC 12/BC-VP}
  - {year: 2025, dossiers: 3}
crews:
- {office: Sở Xây dựng, role: officer, people: 2, hours: 1800, other_load: '0,4'}
- {office: Sở Xây dựng, role: officer, hours: 1800}
steps:
- {no: 1, content: Tiếp nhận hồ sơ, performer: Bộ phận một cửa}
"""


def test_they_are_read_and_what_lacks_a_number_is_told():
    reading = read_table(TABLE)
    procedure, _ = to_procedure(reading.table)
    years = [(each.year, each.dossiers) for each in procedure.volume.by_year]
    assert years == [(2024, 0), (2025, 3)]
    assert procedure.volume.by_year[0].source.document == "BC 12/BC-VP"
    [crew] = procedure.crews
    assert (crew.office, crew.role, crew.people.value) == ("Sở Xây dựng", Role.OFFICER, 2)
    assert crew.other_load.value == Fraction(2, 5)
    told = {dict(each.values).get("field"): each.line for each in reading.findings}
    assert told["crews.office, role, people, hours"] == 10


def test_the_bpmn_file_carries_them():
    procedure, _ = to_procedure(read_table(TABLE).table)
    [again] = read(build(procedure).data).procedures
    assert again.volume == procedure.volume
    assert again.crews == procedure.crews

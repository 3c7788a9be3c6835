"""A performer that is a list of bodies, and one that only sounds like it."""

from __future__ import annotations

import pytest

from tthc_flow.model.actor import Performer, Role
from tthc_flow.words.bodies import bodies_of


@pytest.mark.parametrize(
    ("printed", "bodies"),
    [
        ("Sở Tài chính, Công an tỉnh", ["Sở Tài chính", "Công an tỉnh"]),
        ("Sở Tài chính; Sở Tư pháp và Sở Nội vụ", ["Sở Tài chính", "Sở Tư pháp", "Sở Nội vụ"]),
        ("Sở Văn hóa, Thể thao và Du lịch", []),
        ("Sở Tài chính", []),
        ("Sở Tài chính, Sở Tài chính", []),
        ("UBND tỉnh (Sở Tài chính tham mưu)", []),
        ("Sở Tài chính và các cơ quan có liên quan", []),
        ("Các Sở, ban, ngành được xin ý kiến", []),
        ("", []),
    ],
)
def test_only_a_list_of_bodies_is_one(printed, bodies):
    assert [each.office for each in bodies_of(Performer(name=printed))] == bodies


def test_a_body_keeps_the_role_of_the_list_where_it_tells_none_itself():
    asked = Performer(name="Sở Tài chính, Công an tỉnh", role=Role.CONSULTED_AGENCY)
    assert {each.role for each in bodies_of(asked)} <= {Role.CONSULTED_AGENCY, Role.UNIT}

"""Who does a step: traps of role, level and office."""

from __future__ import annotations

import pytest

from tthc_flow.model.actor import Level, Role
from tthc_flow.words.actors import named_first, read_performer
from tthc_flow.words.offices import office_key

C, D, M, P = Level.COMMUNE, Level.DISTRICT, Level.MINISTRY, Level.PROVINCE


@pytest.mark.parametrize(
    ("printed", "levels"),
    [
        ("Chuyên viên phòng Bảo trợ xã hội, Sở Y tế", {P}),
        ("Phòng Văn hóa - Xã hội, Sở Nội vụ", {P}),
        ("Bộ CHQS tỉnh", {P}),
        ("Ban CHQS cấp xã", {C}),
        ("TTPVHCC tỉnh; TTPVHCC các xã, phường", {P, C}),
        ("Phòng Tư pháp huyện", {D}),
        ("UBND thị xã", {D}),
        ("Lãnh đạo Bộ Nội vụ", {M}),
        ("Bộ phận văn thư", set()),
        ("Cán bộ thụ lý", set()),
        ("Hợp tác xã", set()),
    ],
)
def test_levels_are_those_the_words_name(printed, levels):
    assert read_performer(printed).performer.levels == levels


def test_a_performer_without_a_level_stands_where_the_procedure_does():
    assert read_performer("Lãnh đạo phòng", level=C).performer.levels == {C}
    assert read_performer("Lãnh đạo phòng", agency="Sở Y tế").performer.levels == {P}


def test_a_city_is_the_districts_in_a_procedure_of_a_district():
    assert read_performer("UBND thành phố", level=D).performer.levels == {D}
    assert read_performer("UBND thành phố").performer.levels == {P}


def test_the_applicant_has_no_level_and_no_office():
    said = read_performer("Tổ chức, cá nhân", agency="Sở Y tế", level=P).performer
    assert (said.role, said.levels, said.office) == (Role.APPLICANT, frozenset(), None)


@pytest.mark.parametrize(
    "other",
    ["Sở VHTTDL", "Lãnh đạo Sở VHTT&DL", "Phòng Quản lý di sản, Sở Văn hoá, Thể thao và Du lịch"],
)
def test_every_way_of_writing_a_department_is_one_office(other):
    assert office_key(other) == office_key("Sở Văn hóa, Thể thao và Du lịch")


def test_the_office_of_the_committee_is_not_the_committee():
    assert office_key("Văn phòng UBND tỉnh") != office_key("UBND tỉnh")
    assert office_key("UBND xã") != office_key("UBND tỉnh")


@pytest.mark.parametrize("printed", ["Lãnh đạo phòng", "Chuyên viên", "Văn thư Sở", "Lãnh đạo Sở"])
def test_rooms_and_leaders_answer_for_the_department_that_advises(printed):
    said = read_performer(printed, agency="UBND tỉnh (Sở Tài chính tham mưu)").performer
    assert said.office == "Sở Tài chính"


def test_receiving_and_returning_desks_are_one_performer_whatever_the_wording():
    one = read_performer("Bộ phận tiếp nhận hồ sơ của Sở Y tế").performer
    other = read_performer("CCMC tại TTPVHCC tỉnh").performer
    assert (one.role, one.office) == (other.role, other.office)


def test_every_answer_carries_the_words_that_decided():
    read = read_performer("Lãnh đạo phòng chuyên môn, Sở Nội vụ")
    assert read.role_words == "Lãnh đạo phòng chuyên môn"
    assert read.level_words == ("Sở",)
    assert read.office_words == "Sở Nội vụ"


def test_what_is_taken_from_the_context_has_no_words():
    read = read_performer("Lãnh đạo phòng", agency="Sở Nội vụ")
    assert (read.level_words, read.office_words) == ((), "")


def test_words_that_name_nobody_leave_everything_unknown():
    said = read_performer("Hệ thống")
    assert (said.performer.role, said.performer.levels, said.performer.office) == (
        None,
        frozenset(),
        None,
    )


@pytest.mark.parametrize(
    ("name", "who", "role"),
    [
        ("Bộ phận Một cửa tiếp nhận hồ sơ", "Bộ phận Một cửa", Role.ONE_STOP_SHOP),
        ("Trưởng phòng  phân công\nchuyên viên", "Trưởng phòng", Role.DIVISION_HEAD),
        ("Sở Xây dựng thẩm định", "Sở Xây dựng", Role.UNIT),
        ("Chủ tịch UBND xã ký", "Chủ tịch UBND xã", Role.CHAIRPERSON),
        ("Phân công chuyên viên", None, None),
        ("Trình lãnh đạo phòng", None, None),
        ("Tiếp nhận hồ sơ và trả kết quả", None, None),
        ("Văn thư", None, None),
        ("Review the application", None, None),
    ],
)
def test_who_a_name_begins_with_does_what_it_goes_on_to_say(name, who, role):
    found = named_first(name)
    assert (found and found.name, found and found.role) == (who, role)

"""The lexicon files: known meanings, each phrase once, and how phrases are found."""

from __future__ import annotations

import pytest

from tthc_flow.model.actor import Level, Role
from tthc_flow.model.step import StepKind
from tthc_flow.words.durations import NoLength
from tthc_flow.words.lexicon import hits, rows, text
from tthc_flow.words.syllables import key

FAMILIES = ("kind_families", "clause_families", "role_families")
FILES = ("abbreviations", "clauses", "kinds", "levels", "offices", "roles", "times")


@pytest.mark.parametrize("name", FILES)
def test_each_phrase_of_a_lexicon_file_stands_there_once(name):
    phrases = [key(row["phrase"]) for row in rows(name)]
    twice = {each for each in phrases if phrases.count(each) > 1}
    assert not twice


@pytest.mark.parametrize(
    ("name", "column", "known"),
    [
        ("kinds", "kind", StepKind),
        ("roles", "role", Role),
        ("levels", "level", Level),
        ("levels", "among", Level),
        ("times", "reason", NoLength),
        ("kind_families", "kind", StepKind),
        ("role_families", "role", Role),
        ("role_kinds", "role", Role),
        ("role_kinds", "kind", StepKind),
    ],
)
def test_every_meaning_is_one_of_the_model(name, column, known):
    for row in rows(name):
        for meaning in row[column].split():
            assert known(meaning)


def test_every_weight_is_a_number_between_nothing_and_twice():
    named = (*rows("kinds"), *rows("kind_families"))
    weights = [float(row["weight"]) for row in named if row["kind"]]
    assert weights
    assert all(0 < each < 2 for each in weights)


def test_an_abbreviation_is_read_as_its_full_words_at_its_own_place():
    read = text("Sở VHTTDL tỉnh")
    assert " ".join(each.key for each in read.words) == key("Sở văn hóa thể thao và du lịch tỉnh")
    assert read.between(1, 3) == "VHTTDL"


def test_a_short_abbreviation_counts_only_in_capitals():
    assert [hit.words for hit in hits("roles", text("CV"))] == ["CV"]
    assert not hits("roles", text("cv"))


def test_text_typed_without_marks_is_found_by_plain_letters():
    assert [hit["role"] for hit in hits("roles", text("Lanh dao phong"))] == ["division_head"]


def test_text_typed_with_marks_is_never_compared_by_plain_letters():
    assert not hits("roles", text("Lánh đáo phóng"))


def test_the_longest_phrase_hides_the_shorter_ones_inside_it():
    found = hits("kinds", text("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"))
    assert [hit["kind"] for hit in found] == ["receive"]


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_names_its_verbs_once(name):
    for row in rows(name):
        for part in ("verbs", "objects"):
            words = [key(each) for each in row[part].split(";")]
            twice = {each for each in words if words.count(each) > 1}
            assert not twice, (row["verbs"][:30], twice)


def test_a_family_is_each_of_its_verbs_with_each_of_its_objects():
    found = hits("kinds", text("hoàn chỉnh phiếu trình"))
    assert [(hit.words, hit["kind"]) for hit in found] == [("hoàn chỉnh phiếu trình", "draft")]


def test_a_mark_inside_a_phrase_of_a_family_cuts_it():
    assert [hit.words for hit in hits("kinds", text("trình, ký"))] == ["trình", "ký"]

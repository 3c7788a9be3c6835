"""One key for every way of typing a syllable."""

from __future__ import annotations

import unicodedata

import pytest

from tthc_flow.words.syllables import ascii_key, key, syllables

EQUAL = (
    ("uỷ ban", "ủy ban"),
    ("hoà giải", "hòa giải"),
    ("thuý", "thúy"),
    ("HOÀ BÌNH", "hòa bình"),
    ("ký", "kí"),
    ("quý", "quí"),
    ("Ðiều", "Điều"),
    ("Ɖơn vị", "Đơn vị"),
    ("giờ\u00a0làm việc", "giờ làm việc"),
    ("thẩm\u200b định", "thẩm định"),
    ("thẩm\u200cđịnh", "thẩmđịnh"),
    ("tiếp nhận, trả", "tiếp nhận - trả"),
)
DIFFERENT = (
    ("ban", "bàn"),
    ("bàn", "bân"),
    ("dân", "đân"),
    ("thúy", "thúi"),
    ("tay", "tai"),
    ("mơ", "mo"),
    ("mưa", "mua"),
)


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_spellings_of_the_same_words_have_one_key(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_words_have_different_keys(one, other):
    assert key(one) != key(other)


@pytest.mark.parametrize("words", [pair[0] for pair in EQUAL])
def test_decomposed_text_has_the_key_of_composed_text(words):
    assert key(unicodedata.normalize("NFD", words)) == key(words)


def test_folding_to_plain_letters_drops_tones_and_marks():
    assert ascii_key("Sở Nội vụ, Đồng Nai") == "so noi vu dong nai"


def test_places_point_at_the_printed_characters():
    printed = "Uỷ  ban (tỉnh)"
    found = [printed[each.start : each.end] for each in syllables(printed)]
    assert found == ["Uỷ", "ban", "tỉnh"]

"""Vietnamese order: known lists, and what any order has to keep."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.words.collation import vietnamese_order

# By hand: the letters as the primer has them, then words of one spelling in the order of tones.
ALPHABET = [
    "a",
    "ă",
    "â",
    "b",
    "c",
    "d",
    "đ",
    "e",
    "ê",
    "g",
    "h",
    "i",
    "k",
    "l",
    "m",
    "n",
    "o",
    "ô",
    "ơ",
    "p",
    "q",
    "r",
    "s",
    "t",
    "u",
    "ư",
    "v",
    "x",
    "y",
]
TONES = ["thuê", "thuề", "thuể", "thuễ", "thuế", "thuệ"]
PROVINCES = [
    "An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên",
    "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Nội", "Hà Tĩnh", "Hải Phòng", "Huế", "Hưng Yên",
    "Khánh Hòa", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Nghệ An", "Ninh Bình",
    "Phú Thọ", "Quảng Ngãi", "Quảng Ninh", "Quảng Trị", "Sơn La", "Tây Ninh", "Thái Nguyên",
    "Thanh Hóa", "Thành phố Hồ Chí Minh", "Tuyên Quang", "Vĩnh Long",
]  # fmt: skip
"""The 34 provinces and cities since 1 July 2025; by letters first: Cà Mau, Cao Bằng, Cần Thơ."""

TEXTS = st.text(st.sampled_from("aăâàáạbđeêéệ 12-XY"), max_size=6)


@pytest.mark.parametrize("given", [ALPHABET, TONES, PROVINCES], ids=["letters", "tones", "names"])
def test_a_known_list_comes_back_in_its_order(given):
    mixed = list(given)
    random.Random(7).shuffle(mixed)
    assert sorted(mixed, key=vietnamese_order) == given


def test_letters_go_before_tones():
    assert vietnamese_order("mạ") < vietnamese_order("mai") < vietnamese_order("măng")


def test_tones_go_before_capitals_and_do_not_make_texts_equal():
    assert vietnamese_order("Hòa") > vietnamese_order("hoa")
    assert vietnamese_order("Hoa") != vietnamese_order("hoa")


@given(TEXTS)
def test_composed_and_decomposed_are_one(text):
    composed, split = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert vietnamese_order(composed) == vietnamese_order(split)


@given(TEXTS, TEXTS)
def test_only_equal_texts_are_equal(one, other):
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (vietnamese_order(one) == vietnamese_order(other)) is same


@given(st.text(max_size=20))
def test_any_text_has_a_place(text):
    around = sorted(["", text, "\U0010ffff" * 21], key=vietnamese_order)
    assert around[0] == ""

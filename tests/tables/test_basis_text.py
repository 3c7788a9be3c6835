"""Texts that demand a step, as officers cite them: read, said, and read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.model.law import LegalBasis, LegalRank
from tthc_flow.tables.basis_text import basis_text, read_basis


@pytest.mark.parametrize(
    ("text", "document", "clause", "rank"),
    [
        ("Luật Đất đai số 31/2024/QH15", "Luật Đất đai số 31/2024/QH15", None, "law"),
        ("điểm a khoản 1 Điều 7 Luật Đầu tư", "Luật Đầu tư", "điểm a khoản 1 Điều 7", "law"),
        ("Điều 7 của Nghị định 8/2020/NĐ-CP", "Nghị định 8/2020/NĐ-CP", "Điều 7", "decree"),
        ("khoản 1, khoản 2 Điều 3 Thông tư 2/2017/TT-VPCP", "Thông tư 2/2017/TT-VPCP",
         "khoản 1, khoản 2 Điều 3", "circular"),
        ("QĐ 12/2024/QĐ-UBND; phụ lục II", "QĐ 12/2024/QĐ-UBND", "phụ lục II", "provincial"),
        ("NĐ 30/2020/NĐ-CP,  Điều 32", "NĐ 30/2020/NĐ-CP", "Điều 32", "decree"),
    ],
)  # fmt: skip
def test_a_text_as_it_is_cited(text, document, clause, rank):
    assert read_basis(text) == LegalBasis(document=document, clause=clause, rank=LegalRank(rank))


@pytest.mark.parametrize("text", ["", "theo quy định", "Điều 5", "CV 12/STP-VB, mục 3", ","])
def test_what_tells_no_rank_is_not_guessed(text):
    assert read_basis(text) is None


DOCUMENTS = st.sampled_from(["Luật Báo chí", "NĐ 30/2020/NĐ-CP", "TT 1/2024/TT-BTP", "Quy chế"])
CLAUSES = st.sampled_from(["Điều 7", "khoản 2 Điều 17", "mục 3, phụ lục I"])


@given(
    DOCUMENTS | st.text(max_size=12),
    st.none() | CLAUSES | st.text(max_size=9),
    st.sampled_from(LegalRank),
)
def test_what_is_said_reads_back_as_it_was(document, clause, rank):
    basis = LegalBasis(document=document, clause=clause, rank=rank)
    said = basis_text(basis)
    assert not said or read_basis(said) == basis


def test_what_can_be_said_is_said():
    basis = LegalBasis(document="Luật Báo chí", clause="Điều 7", rank=LegalRank.LAW)
    assert basis_text(basis) == "Luật Báo chí, Điều 7"
    assert not basis_text(LegalBasis(document="Luật Báo chí", rank=LegalRank.AGENCY))

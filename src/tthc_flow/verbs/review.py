"""Step tables as a workbook that staff look through, correct, and hand back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.tables.read import read_tables
from tthc_flow.tables.review.sheet import review_sheet
from tthc_flow.verbs.opening import spoken

if TYPE_CHECKING:
    import os


def review(source: str | os.PathLike[str] | bytes, lang: str = "vi") -> bytes:
    r"""Return an .xlsx with the step tables of *source*, to be looked through and corrected.

    A sheet a procedure, a row a step. What was read out of the words has a comment, what is
    doubtful its reason in the row, what is unknown says so. Given back to ``convert`` or
    ``read_tables`` the workbook is the same tables, with what staff changed.

    Args:
        source: A file with one step table or several, or its bytes.
        lang: The language of headers, labels and remarks: ``vi`` or ``en``.

    Raises:
        UnreadableInput: TF22x and TF24x where there is no table to be read.
        BadQuantity: TF108 for another language.
        CannotWrite: TF612 for a control character, TF617 for a text longer than a cell holds.

    Example:
        >>> from tthc_flow.tables.read import read_tables
        >>> book = review("name: Cấp phép\nsteps:\n- {no: 1, content: Nhận hồ sơ}\n")
        >>> [each.table.name for each in read_tables(book)]
        ['Cấp phép']

    Source: the columns of a quy trình nội bộ as provinces publish it.
    """
    return review_sheet(read_tables(source), spoken(lang))

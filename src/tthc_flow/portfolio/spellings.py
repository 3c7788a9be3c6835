"""One name however it is written: capitals, blanks and composed letters make no other group.

Of the spellings of a name the one that most procedures have stands for all, of as many the first
by its letters.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from tthc_flow.portfolio.asking import answered, opened

if TYPE_CHECKING:
    import os

FOLDED: Final = r"lower(trim(regexp_replace(nfc_normalize({column}), '[\s\p{{Z}}]+', ' ', 'g')))"
"""The SQL of what all spellings of a name have in common."""

SPELLED: Final = (
    "spelled AS (SELECT {column}, first_value({column}) OVER (PARTITION BY "  # noqa: S608 - ours
    f"{FOLDED} ORDER BY count(*) DESC, {{column}}) AS shown "
    "FROM {table} WHERE {counted} GROUP BY {column})"
)
"""The SQL of what each spelling is shown as; each is folded once, and not each procedure's."""

_OTHERS: Final = f"WITH {SPELLED} SELECT {{column}}, shown FROM spelled WHERE shown <> {{column}}"  # noqa: S608 - ours


def one_name(name: str) -> str:
    """Return what all spellings of *name* have in common, as ``FOLDED`` does in SQL.

    Example:
        >>> one_name(" SỞ  Y TẾ") == one_name("Sở Y tế")
        True

    Source: Unicode Standard Annex 15, form C.
    """
    return " ".join(unicodedata.normalize("NFC", name).lower().split())


def spellings(out: str | os.PathLike[str], column: str, counted: str) -> dict[str, str]:
    """Return what each spelling of a name is shown as, where that is another one.

    Args:
        out: The folder of a portfolio.
        column: Of the table ``procedures``: ``agency``, ``field`` or ``province``.
        counted: Which procedures, as a condition in SQL.

    Raises:
        UnreadableInput: TF257 where *out* is no portfolio.

    Source: Unicode Standard Annex 15, form C.
    """
    with opened(out) as connection:
        asked = _OTHERS.format(table="procedures", column=column, counted=counted)
        rows = answered(connection, asked).rows
    return dict(sorted(rows))

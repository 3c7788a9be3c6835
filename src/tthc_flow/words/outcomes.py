"""What the name of an end says about the result: "Từ chối", "Trả lại hồ sơ"."""

from __future__ import annotations

from tthc_flow.words.lexicon import hits, text


def says_no_grant(name: str) -> bool:
    """Return whether *name* says that a case ends there without the result it asked for.

    Example:
        >>> [says_no_grant(name) for name in ("Từ chối cấp phép", "Đã trả kết quả", "")]
        [True, False, False]

    Source: the ends of drawings as offices name them.
    """
    return any(hit["outcome"] for hit in hits("outcomes", text(name)))

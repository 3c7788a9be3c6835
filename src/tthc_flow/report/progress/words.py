"""The words of the progress reports: by their code, in ``words/messages/progress.csv``."""

from __future__ import annotations

from tthc_flow.words.messages import message


def say(code: str, lang: str, /, **values: str) -> str:
    """Return the words of ``progress-<code>``, its places filled with *values* as they are.

    Example:
        >>> say("few", "vi")
        'chưa đủ dữ liệu'

    Source: terms of plan 949/KH-UBND and of the published reports on it.
    """
    return message(f"progress-{code}", values, lang).text

"""Bodies of requests, never more of them in memory than may be sent."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_to_bytes

from tthc_flow.web.refusals import no_json, too_large

if TYPE_CHECKING:
    from starlette.requests import Request

MOST_UPLOADED: Final = 20 * 1024 * 1024
MOST_JSON: Final = 8 * 1024 * 1024
"""An action may hold a whole drawing; the largest of 1,223 real ones has 0.3 MB."""

_LONGEST_NAME: Final = 200
_NO_NAME: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069]")


async def body_of(request: Request, most: int) -> bytes:
    """Return the body of *request*.

    Raises:
        Refused: TF805 where it is more than *most* bytes, before more of it is read.
    """
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told[:20]) > most:
        raise too_large(most)
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise too_large(most)
        parts.append(part)
    return b"".join(parts)


async def json_of(request: Request) -> dict[str, Any]:
    """Return the JSON object that *request* sends.

    Raises:
        Refused: TF805 for too much of it, TF806 for what is no JSON object.
    """
    data = await body_of(request, MOST_JSON)
    try:
        told = json.loads(data.decode(), parse_constant=_no_number)
        json.dumps(told, ensure_ascii=False).encode()  # no half of a letter, no endless number
    except (ValueError, RecursionError) as error:
        raise no_json(f"this is no JSON: {type(error).__name__}") from error
    if not isinstance(told, dict):
        raise no_json("this is no JSON object")
    return told


def _no_number(name: str) -> None:
    raise ValueError(name)


def name_of_file(header: str) -> str:
    """Return the name of an uploaded file: of *header*, percent-encoded, what may be shown.

    Example:
        >>> name_of_file("C%3A%5Cb%E1%BA%A3ng.docx"), name_of_file("../../etc/passwd")
        ('bảng.docx', 'passwd')
    """
    text = unquote_to_bytes(header).decode("utf-8", "replace")
    name = _NO_NAME.sub("", re.split(r"[/\\]", text)[-1])
    return " ".join(name.split())[-_LONGEST_NAME:].strip(". ") or "file"

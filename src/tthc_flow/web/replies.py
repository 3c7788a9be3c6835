"""Answers as the page gets them: JSON in UTF-8, errors with a code, files to take home."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote

from starlette.responses import Response

from tthc_flow.report.texts import LANGUAGES
from tthc_flow.web.refusals import of_error, status_of

if TYPE_CHECKING:
    from starlette.types import Scope

    from tthc_flow.errors import TthcFlowError


def asked_language(scope: Scope) -> str:
    """Return the language of a request, Vietnamese unless it asks for one that there is.

    Example:
        >>> asked_language({"query_string": b"lang=en"}), asked_language({"query_string": b""})
        ('en', 'vi')
    """
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [])
    return next((each for each in LANGUAGES if asked == [each]), LANGUAGES[0])


def json_reply(value: object, status: int = 200) -> Response:
    """Return *value* as JSON; a name with marks of HTML in it is nothing but a text there.

    Example:
        >>> json_reply({"name": "<script>"}).media_type
        'application/json'
    """
    return bytes_reply(json.dumps(value, ensure_ascii=False, allow_nan=False).encode(), status)


def bytes_reply(data: bytes, status: int = 200) -> Response:
    """Return *data*, which is JSON already."""
    return Response(data, status_code=status, media_type="application/json")


def error_reply(error: TthcFlowError, lang: str) -> Response:
    """Return *error* in *lang*."""
    return json_reply(of_error(error, lang), status_of(error))


def file_reply(data: bytes, name: str) -> Response:
    """Return *data* as a file that the browser saves as *name* and never opens in our place.

    Example:
        >>> file_reply(b"", "cấp.tthc").headers["content-disposition"]
        "attachment; filename*=UTF-8''c%E1%BA%A5p.tthc"
    """
    kind = "image/svg+xml" if name.endswith(".svg") else "application/octet-stream"
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type=kind, headers={"content-disposition": disposition})

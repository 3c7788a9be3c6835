"""What the server refuses, and every error as the JSON that a page shows."""

from __future__ import annotations

from typing import Any, Final

from tthc_flow.errors import TthcFlowError
from tthc_flow.projects.notes import page_hint
from tthc_flow.words.messages import message

_NONE: Final = {"vi": "(không có)", "en": "(none)"}
REFUSED: Final = 422
"""The status of an error that the library itself raises: the request is sound, its content not."""


class Refused(TthcFlowError):
    """A request that is not answered (TF8xx), with the status of HTTP that says so.

    *version* is that of the project where another one was acted on.
    """

    def __init__(self, status: int, code: str, fact: str, version: int | None = None) -> None:
        """Keep the status beside the parts of the error; what to do is said by the code."""
        super().__init__(code, fact)
        self.status, self.version = status, version

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by parts."""
        return type(self), (self.status, self.code, self.fact, self.version)


def status_of(error: TthcFlowError) -> int:
    """Return the status of HTTP that tells of *error*.

    Example:
        >>> status_of(TthcFlowError("TF204", "file is empty"))
        422
    """
    return error.status if isinstance(error, Refused) else REFUSED


def of_error(error: TthcFlowError, lang: str) -> dict[str, Any]:
    """Return *error* as plain JSON in *lang*: code, message, place, hint, and the bare fact.

    Example:
        >>> of_error(TthcFlowError("TF204", "file is empty"), "en")["error"]["message"]
        'The file is empty'

    Source: ``words/messages/error.csv``.
    """
    known = ", ".join(error.choices) or _NONE[lang]
    said = message(f"error-{error.code}", {"choices": known}, lang)
    hint = page_hint(f"error-{error.code}", said.hint, lang)
    told = {"code": error.code, "message": said.text, "place": error.place or None}
    whole = {"error": {**told, "hint": hint, "fact": error.fact}}
    version = error.version if isinstance(error, Refused) else None
    return whole if version is None else {**whole, "version": version}


def wrong_host() -> Refused:
    """TF801: the request names another host: a page of elsewhere points at this machine."""
    return Refused(403, "TF801", "the request is for another host")


def no_token() -> Refused:
    """TF802: the request does not know the secret of this start."""
    return Refused(403, "TF802", "the request has not the token of this start")


def from_elsewhere() -> Refused:
    """TF803: another page sent the request."""
    return Refused(403, "TF803", "the request comes from another page")


def not_found() -> Refused:
    """TF804: nothing of that name."""
    return Refused(404, "TF804", "there is nothing here of that name")


def too_large(most: int) -> Refused:
    """TF805: more than may be sent."""
    return Refused(413, "TF805", f"more than {most} bytes")


def no_json(fact: str) -> Refused:
    """TF806: what was sent is no JSON, or no object."""
    return Refused(400, "TF806", fact)


def changed_meanwhile(version: int) -> Refused:
    """TF807: the project is another than the one that was acted on."""
    return Refused(409, "TF807", f"the project is at version {version}", version)


def too_many(most: int) -> Refused:
    """TF808: as many projects are open as there may be."""
    return Refused(409, "TF808", f"{most} projects are open")


def upload_gone() -> Refused:
    """TF809: the file that was to be chosen from is not kept any more."""
    return Refused(410, "TF809", "the file is not kept any more")


def wrong_method() -> Refused:
    """TF810: a call in a way that there is not."""
    return Refused(405, "TF810", "this address takes no such call")


def defect(error: Exception) -> Refused:
    """TF900: what nobody foresaw."""
    return Refused(500, "TF900", f"{type(error).__name__}: {error}")

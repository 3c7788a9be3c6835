"""The guard before every page: this machine only, this start only, this page only.

A server on one's own machine is reached by every page that the same browser shows: so a request
must name this host, know the secret of this start, and, where it changes anything, come from our
own page. What goes out tells the browser to load and frame nothing from elsewhere.
"""

from __future__ import annotations

from secrets import compare_digest
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from attrs import frozen
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse

from tthc_flow.web.refusals import from_elsewhere, no_token, wrong_host
from tthc_flow.web.replies import asked_language, error_reply

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from tthc_flow.web.refusals import Refused

OWN_HEADER: Final = "x-studio"
_READING: Final = frozenset({"GET", "HEAD"})
_NEIGHBOURLY: Final = frozenset({"same-origin", "none"})
_CLOSED: Final = 1008

_POLICY: Final = (
    "default-src 'self'",
    "img-src 'self' data: blob:",
    "style-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)
SAFE_HEADERS: Final = {
    "content-security-policy": "; ".join(_POLICY),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}


@frozen(kw_only=True)
class Door:
    """Where the server listens, and the secret of this start."""

    port: int
    token: str

    @property
    def hosts(self) -> tuple[str, ...]:
        """Return what a request may call this server."""
        return f"127.0.0.1:{self.port}", f"localhost:{self.port}"

    @property
    def cookie(self) -> str:
        """Return the name of the cookie: cookies know no ports, and two studios may run."""
        return f"studio-{self.port}"


class Guard:
    """Lets a request through to *app* where it may come in; puts the headers on every answer.

    Source: OWASP, Cross-Site Request Forgery and DNS rebinding; Fetch Metadata; CSP level 3.
    """

    def __init__(self, app: ASGIApp, door: Door) -> None:
        """Keep the app behind the guard."""
        self._app, self._door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _CLOSED})
        if scope["type"] != "http":
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SAFE_HEADERS)
            await send(message)

        refused = self._refusal(scope)
        if refused is not None:
            reply = error_reply(refused, asked_language(scope))
            await reply(scope, receive, guarded)
        elif self._hands_over_token(scope):
            await self._let_in()(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> Refused | None:
        headers = Headers(scope=scope)
        if headers.getlist("host") not in [[each] for each in self._door.hosts]:
            return wrong_host()
        reading, site = scope["method"] in _READING, headers.get("sec-fetch-site")
        comes_in = reading and self._hands_over_token(scope)
        if not reading and not self._is_own(headers):
            return from_elsewhere()
        navigates = headers.get("sec-fetch-mode") == "navigate" and scope["path"] == "/"
        if site not in {None, *_NEIGHBOURLY} and not (reading and navigates):
            return from_elsewhere()
        return None if comes_in or self._knows_token(headers) else no_token()

    def _is_own(self, headers: Headers) -> bool:
        """Return whether our own page sent the request: no other can set the header."""
        origins = headers.getlist("origin")
        ours = [[f"http://{each}"] for each in self._door.hosts]
        return headers.get(OWN_HEADER) == "1" and (not origins or origins in ours)

    def _hands_over_token(self, scope: Scope) -> bool:
        """Return whether the address is that which was printed at the start."""
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [])
        return scope["path"] == "/" and len(given) == 1 and self._is_token(given[0])

    def _knows_token(self, headers: Headers) -> bool:
        """Return whether the cookie of this start is there, whatever others stand beside it."""
        return self._is_token(cookie_parser(headers.get("cookie", "")).get(self._door.cookie, ""))

    def _is_token(self, given: str) -> bool:
        return compare_digest(given.encode(), self._door.token.encode())

    def _let_in(self) -> RedirectResponse:
        reply = RedirectResponse("/", status_code=303)
        reply.set_cookie(
            self._door.cookie, self._door.token, httponly=True, samesite="strict", path="/"
        )
        return reply

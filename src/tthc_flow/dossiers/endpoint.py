"""A worker's health and counts over HTTP, for a supervisor and for Prometheus."""

from __future__ import annotations

import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any, Self

from attrs import asdict

from tthc_flow.dossiers.metrics import Gauge
from tthc_flow.errors import StoreFault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.dossiers.worked import Health
    from tthc_flow.dossiers.worker import Worker

HERE = "127.0.0.1"


class Endpoint:
    """Answers ``/health`` (JSON; 200 where the worker does its work, else 503) and ``/metrics``.

    It serves in a thread of its own, to this machine only unless *host* says otherwise; there is
    no password, and nothing of any dossier in what it answers.

    Args:
        worker: Whose health is asked.
        port: Where to answer; 0 takes a free one.
        host: The address to answer at.

    Raises:
        StoreFault: TF719 where the port cannot be had.

    Example:
        >>> from datetime import datetime
        >>> from urllib.request import urlopen
        >>> from tthc_flow.dossiers.engine import Engine
        >>> from tthc_flow.dossiers.worker import Worker
        >>> engine = Engine("sqlite://", now=lambda: datetime(2026, 3, 2, 8))
        >>> with Endpoint(Worker(engine, deliver=None), 0) as endpoint:
        ...     with urlopen(f"http://127.0.0.1:{endpoint.port}/metrics") as answer:
        ...         answer.status
        200

    Source: Prometheus documentation, "Exposition formats", text format 0.0.4.
    """

    def __init__(self, worker: Worker, port: int, host: str = HERE) -> None:
        """Begin to answer."""

        class Answers(_Answers):
            asked = worker

        try:
            self._server = ThreadingHTTPServer((host, port), Answers)
        except (OSError, OverflowError) as error:
            raise StoreFault(
                "TF719",
                f"cannot answer there: {getattr(error, 'strerror', None) or error}",
                place=f"{host}:{port}",
                hint="give another port",
            ) from None
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        self._thread = Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        """Answer for the length of a ``with``."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Answer no more."""
        self.close()


class _Answers(BaseHTTPRequestHandler):
    asked: Worker

    def do_GET(self) -> None:
        match self.path.partition("?")[0]:
            case "/health":
                health = self.asked.health()
                status = HTTPStatus.OK if health.is_good else HTTPStatus.SERVICE_UNAVAILABLE
                self._answer(status, "application/json", json.dumps(as_json(health)))
            case "/metrics":
                text = self.asked.counters.text(gauges(self.asked.health()))
                self._answer(HTTPStatus.OK, "text/plain; version=0.0.4; charset=utf-8", text)
            case _:
                self._answer(HTTPStatus.NOT_FOUND, "text/plain", "/health /metrics\n")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - the library's
        """Keep no log of who asks."""

    def _answer(self, status: HTTPStatus, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def as_json(health: Health) -> dict[str, Any]:
    """Return *health* as JSON values; moments in ISO 8601."""
    return {
        "good": health.is_good,
        "alive": health.alive,
        "last_tick": health.last_tick and health.last_tick.isoformat(),
        "database": health.database,
        "fault": health.fault,
        "next_due": health.next_due and health.next_due.isoformat(),
        "backlog": health.backlog and asdict(health.backlog),
    }


def gauges(health: Health) -> Iterator[Gauge]:
    """Yield what *health* says as gauges; what is not known is left out."""
    yield Gauge(name="tthc_worker_up", meaning="Whether the worker works", value=health.alive)
    yield Gauge(
        name="tthc_database_up", meaning="Whether the database answers", value=health.database
    )
    if health.backlog is None:
        return
    waiting = (
        ("tthc_jobs_due", "Jobs that are due and not done", health.backlog.jobs),
        ("tthc_incidents", "Jobs that wait for somebody", health.backlog.incidents),
        ("tthc_letters_waiting", "Letters not delivered yet", health.backlog.letters),
        ("tthc_dossiers_overdue", "Dossiers whose time is over", health.backlog.overdue),
    )
    for name, meaning, value in waiting:
        yield Gauge(name=name, meaning=meaning, value=value)

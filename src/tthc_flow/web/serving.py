"""Start the studio: a free port of this machine, a secret for this start, one address."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeAlias

import uvicorn
from attrs import frozen

from tthc_flow.errors import CannotWrite, UnreadableInput
from tthc_flow.projects.opening import open_project
from tthc_flow.projects.project import Project
from tthc_flow.tables.read import read_tables, several
from tthc_flow.web.app import app_of
from tthc_flow.web.bodies import MOST_UPLOADED
from tthc_flow.web.guard import Door
from tthc_flow.web.shelf import Shelf

HERE: Final = "127.0.0.1"
Ready: TypeAlias = Callable[[uvicorn.Server], object]


@frozen(kw_only=True)
class Place:
    """A socket that listens already, and who may come in."""

    socket: socket.socket
    door: Door

    @property
    def address(self) -> str:
        """Return the address that lets one in."""
        return f"http://{HERE}:{self.door.port}/?token={self.door.token}"


def place(port: int = 0) -> Place:
    """Return a place to listen at: *port* of this machine, or one that is free.

    Raises:
        CannotWrite: TF811 where another program listens there.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HERE, port))
    except OSError as error:
        listening.close()
        raise CannotWrite(
            "TF811",
            f"cannot listen: {error.strerror or error}",
            place=f"{HERE}:{port}",
            hint="give another --port, or none",
        ) from error
    door = Door(port=listening.getsockname()[1], token=secrets.token_urlsafe(32))
    return Place(socket=listening, door=door)


def project_of(path: str, procedure: str | None = None) -> Project:
    """Return the project of a file.

    Args:
        path: Where the file is.
        procedure: Which of several in it: its number (from 1) or its code.

    Raises:
        UnreadableInput: TF2xx where it cannot be read, TF205 where it is too large, TF229 where it
            holds several procedures and none is chosen.
    """
    file = Path(path)
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_UPLOADED + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hint = "give the path of a file"
        raise UnreadableInput("TF220", reason, place=path, hint=hint) from error
    if len(data) > MOST_UPLOADED:
        raise UnreadableInput("TF205", f"more than {MOST_UPLOADED} bytes", place=path)
    found = open_project(data, file.name, procedure)
    if not isinstance(found, Project):
        raise several(read_tables(data), path)
    return found


def serve(where: Place, shelf: Shelf, ready: Ready) -> None:
    """Answer at *where* until somebody presses Ctrl-C.

    *ready* is called once it listens, with the server: ``should_exit`` of it ends it, too.
    """
    config = uvicorn.Config(
        app_of(shelf, where.door),
        log_level="warning",
        access_log=False,
        lifespan="off",
        ws="none",
        http="h11",
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=2,
    )
    server = _Server(config, ready)
    with suppress(KeyboardInterrupt), where.socket:
        server.run(sockets=[where.socket])


class _Server(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Ready) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready(self)

"""The app: which address does what. Everything that takes time is done in a thread."""

from __future__ import annotations

import logging
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Final, TypeAlias

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route

from tthc_flow.errors import TthcFlowError
from tthc_flow.moments import VIETNAM
from tthc_flow.projects.actions import acted
from tthc_flow.projects.files import files_of, name_to_save
from tthc_flow.projects.opening import open_project
from tthc_flow.projects.saved import saved
from tthc_flow.projects.walk import walk
from tthc_flow.web.assets import PAGE, asset, known_files, words
from tthc_flow.web.bodies import MOST_UPLOADED, body_of, json_of, name_of_file
from tthc_flow.web.fact_fields import fact_fields
from tthc_flow.web.guard import Guard
from tthc_flow.web.refusals import defect, no_json, not_found, wrong_method
from tthc_flow.web.replies import asked_language, bytes_reply, error_reply, file_reply, json_reply
from tthc_flow.web.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from tthc_flow.projects.project import Project
    from tthc_flow.web.guard import Door

Answering: TypeAlias = "Callable[[Request], Awaitable[Response]]"

_CREATED: Final = 201
_WRONG_METHOD: Final = 405
_MOST_DIGITS: Final = 6


class Studio:
    """The answers to every address, on the projects of one shelf."""

    def __init__(self, shelf: Shelf) -> None:
        """Take the shelf; files are read one at a time, as that is what takes memory."""
        self.shelf = shelf
        self._reading = Lock()
        self._assets = known_files()

    async def page(self, _request: Request) -> Response:
        """Return the page."""
        return asset(self._assets, PAGE)

    async def static(self, request: Request) -> Response:
        """Return a file of the page."""
        return asset(self._assets, request.path_params["address"])

    async def words(self, request: Request) -> Response:
        """Return the words of the page."""
        return json_reply(words(asked_language(request.scope)))

    async def fields(self, request: Request) -> Response:
        """Return the facts of a step that can be typed, with what can be chosen."""
        return json_reply(fact_fields(asked_language(request.scope)))

    async def listed(self, _request: Request) -> Response:
        """Return the open projects."""
        return json_reply(self.shelf.listed())

    async def upload(self, request: Request) -> Response:
        """Open a project from the bytes that are sent, or from an upload that was kept."""
        lang, asked = asked_language(request.scope), request.query_params
        choice = _number(asked["choice"]) if "choice" in asked else None
        if "upload" in asked:
            data, file = self.shelf.upload(asked["upload"])
        else:
            data = await body_of(request, MOST_UPLOADED)
            file = name_of_file(request.headers.get("x-file-name", ""))
        return await run_in_threadpool(self._opened, data, file, choice, lang)

    def _opened(self, data: bytes, file: str, choice: int | None, lang: str) -> Response:
        with self._reading:
            found = open_project(data, file, choice)
        if not isinstance(found, tuple):
            return bytes_reply(self.shelf.put(found, lang), _CREATED)
        choices = [
            {
                "number": each.number,
                "code": each.code,
                "name": each.name,
                "steps": each.steps,
                "findings": each.findings,
            }
            for each in found
        ]
        return json_reply({"choices": choices, "upload": self.shelf.keep_upload(data, file)})

    async def project(self, request: Request) -> Response:
        """Return the view of a project."""
        kept = self.shelf.get(request.path_params["id"])
        return bytes_reply(await run_in_threadpool(kept.shown, asked_language(request.scope)))

    async def act(self, request: Request) -> Response:
        """Do one action on the version that the page shows; return the view after it."""
        kept, lang = self.shelf.get(request.path_params["id"]), asked_language(request.scope)
        told = await json_of(request)
        version, action = told.get("version"), told.get("action")
        if isinstance(version, bool) or not isinstance(version, int):
            raise no_json("version is no whole number")
        today = datetime.now(VIETNAM).date().isoformat()

        def change(project: Project) -> Project:
            return acted(project, action, on=today)

        return bytes_reply(await run_in_threadpool(kept.act, version, change, lang))

    async def walk(self, request: Request) -> Response:
        """Return where a walk through one side stands."""
        kept, lang = self.shelf.get(request.path_params["id"]), asked_language(request.scope)
        told = await json_of(request)
        side, taken = told.get("side"), told.get("taken")
        return json_reply(await run_in_threadpool(walk, kept.project, side, taken, lang))

    async def files(self, request: Request) -> Response:
        """Return the list of files that a project gives away."""
        kept, lang = self.shelf.get(request.path_params["id"]), asked_language(request.scope)
        return json_reply(await run_in_threadpool(files_of, kept.project, lang))

    async def file(self, request: Request) -> Response:
        """Return one file that a project gives away."""
        kept, lang = self.shelf.get(request.path_params["id"]), asked_language(request.scope)
        given = await run_in_threadpool(kept.paper, request.path_params["name"], lang)
        if given is None:
            raise not_found()
        return file_reply(given.data, given.name)

    async def save(self, request: Request) -> Response:
        """Return the project as a file that can be opened again."""
        project = self.shelf.get(request.path_params["id"]).project
        return file_reply(await run_in_threadpool(saved, project), name_to_save(project))

    async def close(self, request: Request) -> Response:
        """Forget a project."""
        self.shelf.close(request.path_params["id"])
        return json_reply({})


def app_of(shelf: Shelf, door: Door) -> Starlette:
    """Return the app of *shelf*, behind the guard of *door*."""
    studio = Studio(shelf)
    one = "/api/projects/{id}"
    get, post = ["GET"], ["POST"]
    addresses = (
        ("/", studio.page, get),
        ("/static/{address:path}", studio.static, get),
        ("/api/words", studio.words, get),
        ("/api/fields", studio.fields, get),
        ("/api/projects", studio.listed, get),
        ("/api/projects", studio.upload, post),
        (one, studio.project, get),
        (f"{one}/actions", studio.act, post),
        (f"{one}/walk", studio.walk, post),
        (f"{one}/files", studio.files, get),
        (f"{one}/files/{{name}}", studio.file, get),
        (f"{one}/save", studio.save, get),
        (f"{one}/close", studio.close, post),
    )
    app = Starlette(
        routes=[Route(path, told(answer), methods=how) for path, answer, how in addresses],
        middleware=[Middleware(Guard, door=door)],
        exception_handlers={HTTPException: _no_such_address},
    )
    app.router.redirect_slashes = False
    return app


def told(answer: Answering) -> Answering:
    """Return *answer* with every error as JSON; one that nobody foresaw is logged as a defect."""

    async def answer_or_tell(request: Request) -> Response:
        lang = asked_language(request.scope)
        try:
            return await answer(request)
        except TthcFlowError as error:
            return error_reply(error, lang)
        except Exception as error:
            logging.getLogger(__name__).exception("a request was not answered")
            return error_reply(defect(error), lang)

    return answer_or_tell


async def _no_such_address(request: Request, error: Exception) -> Response:
    refused = wrong_method() if getattr(error, "status_code", 0) == _WRONG_METHOD else not_found()
    return error_reply(refused, asked_language(request.scope))


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > _MOST_DIGITS:
        raise not_found()
    return int(text)

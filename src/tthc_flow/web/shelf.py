"""The open projects: each at a version, acted on by one request at a time."""

from __future__ import annotations

import json
from collections import OrderedDict
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field

from tthc_flow.projects.files import file_of
from tthc_flow.projects.view import view
from tthc_flow.web.refusals import changed_meanwhile, not_found, too_many, upload_gone

if TYPE_CHECKING:
    from collections.abc import Callable

    from tthc_flow.projects.files import GivenAway
    from tthc_flow.projects.project import Project

MOST_PROJECTS: Final = 50
MOST_UPLOADS: Final = 5
"""Files that hold several procedures and wait for a choice; the oldest gives way."""


@define(eq=False)
class Kept:
    """A project that is open: what it is now, its version, its view in the languages asked for.

    *title* is what its procedure is called.
    """

    id: str
    project: Project
    version: int = 1
    title: str = ""
    lock: Lock = field(factory=Lock, repr=False)
    at_papers: Lock = field(factory=Lock, repr=False)
    views: dict[str, bytes] = field(factory=dict, repr=False)

    def shown(self, lang: str) -> bytes:
        """Return the view as JSON; worked out once for a version and a language."""
        with self.lock:
            return self._shown(lang)

    def act(self, version: int, change: Callable[[Project], Project], lang: str) -> bytes:
        """Return the view after *change*; of two who act on one version, the first wins.

        Raises:
            Refused: TF807 where *version* is not the one there is now; nothing has changed.
            TthcFlowError: What *change* raises, and the view; nothing has changed then either.
        """
        with self.lock:
            if version != self.version:
                raise changed_meanwhile(self.version)
            after = change(self.project)
            title, made = _view(self.id, version + 1, after, lang)
            self.project, self.version, self.views = after, version + 1, {lang: made}
            self.title = title
            return made

    def paper(self, name: str, lang: str) -> GivenAway | None:
        """Return a file to take home; who asks meanwhile waits for what is made with it."""
        with self.at_papers:
            return file_of(self.project, name, lang)

    def _shown(self, lang: str) -> bytes:
        made = self.views.get(lang)
        if made is None:
            self.title, made = _view(self.id, self.version, self.project, lang)
            self.views[lang] = made
        return made


def _view(id_: str, version: int, project: Project, lang: str) -> tuple[str, bytes]:
    """Return what the procedure is called, and the view as JSON."""
    told = {"id": id_, "version": version, **view(project, lang)}
    return told["name"], json.dumps(told, ensure_ascii=False, allow_nan=False).encode()


@define(eq=False)
class Shelf:
    """All open projects by their ids, and the files that wait for a choice."""

    _projects: dict[str, Kept] = field(factory=dict)
    _uploads: OrderedDict[str, tuple[bytes, str]] = field(factory=OrderedDict)
    _lock: Lock = field(factory=Lock)
    _numbers: count[int] = field(factory=lambda: count(1))

    def put(self, project: Project, lang: str) -> bytes:
        """Open *project*; return its view.

        Raises:
            Refused: TF808 where as many are open as may be.
            TthcFlowError: What the view raises; the project is not opened then.
        """
        kept = Kept(id=f"p{next(self._numbers)}", project=project)
        shown = kept.shown(lang)
        with self._lock:
            if len(self._projects) >= MOST_PROJECTS:
                raise too_many(MOST_PROJECTS)
            self._projects[kept.id] = kept
        return shown

    def get(self, id_: str) -> Kept:
        """Return the project of that id.

        Raises:
            Refused: TF804 where there is none.
        """
        with self._lock:
            kept = self._projects.get(id_)
        if kept is None:
            raise not_found()
        return kept

    def close(self, id_: str) -> None:
        """Forget the project of that id."""
        with self._lock:
            if self._projects.pop(id_, None) is None:
                raise not_found()

    def listed(self) -> list[dict[str, Any]]:
        """Return the open projects, the first opened first."""
        with self._lock:
            kept = list(self._projects.values())
        return [
            {
                "id": each.id,
                "name": each.project.file,
                "title": each.title,
                "version": each.version,
            }
            for each in kept
        ]

    def keep_upload(self, data: bytes, file: str) -> str:
        """Keep a file that a procedure is to be chosen from; return what it is called."""
        with self._lock:
            name = f"u{next(self._numbers)}"
            self._uploads[name] = data, file
            while len(self._uploads) > MOST_UPLOADS:
                self._uploads.popitem(last=False)
        return name

    def upload(self, name: str) -> tuple[bytes, str]:
        """Return a file that was kept, and its name.

        Raises:
            Refused: TF809 where it is not kept any more.
        """
        with self._lock:
            found = self._uploads.get(name)
        if found is None:
            raise upload_gone()
        return found

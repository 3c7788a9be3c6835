"""The one file of an SQLite database: whoever moves it away or replaces it is noticed.

SQLite goes on in a file that is no longer at its place, and makes an empty one where there is
none: a step kept in either is lost. So a connection is used only while the file at the place is
the one that it has open, and none is opened where the file has gone.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from attrs import define
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError

from tthc_flow.errors import StoreFault

if TYPE_CHECKING:
    from sqlalchemy import Engine as Database

_FILE: Final = "tthc_file"


def watch(database: Database) -> None:
    """Let every connection of the SQLite *database* look whether its file is still there.

    Source: SQLite documentation, "How To Corrupt An SQLite Database File", 4: unlinking or
    renaming a database file while in use.
    """
    place = database.url.database
    if place and place != ":memory:" and not place.startswith("file:"):
        file = _OneFile(os.path.abspath(place))  # noqa: PTH100 - as the driver does, at once
        event.listen(database, "do_connect", file.is_there)
        event.listen(database, "connect", file.is_opened)
        event.listen(database, "checkout", file.is_the_same)


@define
class _OneFile:
    _place: str
    _was_there: bool = False

    def is_there(self, *_how: object) -> None:
        if self._was_there and self._which() is None:
            hint = "put the file back, or open the database anew"
            raise StoreFault("TF704", f"the database file {self._place} is gone", hint=hint)

    def is_opened(self, _connection: object, record: Any) -> None:  # noqa: ANN401 - the pool's own
        record.info[_FILE] = self._which()
        self._was_there = True

    def is_the_same(self, _connection: object, record: Any, _proxy: object) -> None:  # noqa: ANN401
        if self._which() != record.info[_FILE]:
            raise DisconnectionError("the database file is no longer the one that was opened")

    def _which(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self._place)  # noqa: PTH116 - at every step: no path object for it
        except OSError:
            return None
        return found.st_dev, found.st_ino

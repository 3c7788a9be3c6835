"""The page itself: the files that belong to the package, and no others, whatever is asked for."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.responses import Response

from tthc_flow.web.refusals import not_found

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE: Final = "index.html"
_KINDS: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
_PLAIN: Final = "text/plain; charset=utf-8"


def known_files() -> Mapping[str, Path]:
    """Return every file of the page by its address below ``/static/``.

    An address is looked up here and never put together with a folder, so none leads out of it.

    Example:
        >>> any(".." in each for each in known_files())
        False
    """
    folder = Path(str(files("tthc_flow.web"))) / "static"
    return {
        each.relative_to(folder).as_posix(): each
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


def asset(known: Mapping[str, Path], address: str) -> Response:
    """Return the file of that address.

    Raises:
        Refused: TF804 where there is none.
    """
    path = known.get(address)
    if path is None:
        raise not_found()
    return Response(path.read_bytes(), media_type=_KINDS.get(path.suffix, _PLAIN))


def words(lang: str) -> dict[str, str]:
    """Return the words of the page in *lang*, by their keys.

    Example:
        >>> isinstance(words("vi"), dict)
        True
    """
    place = files("tthc_flow.web").joinpath("words.csv")
    lines = place.read_text(encoding="utf-8").splitlines() if place.is_file() else []
    return {row["key"]: row[lang] for row in csv.DictReader(lines)}

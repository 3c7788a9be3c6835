"""Where a portfolio is kept: its tables, what is done, what is in the making.

::

    OUT/portfolio.json                         what was asked, what came of it
    OUT/<table>/province=<name>/part-<shard>.parquet
    OUT/.done/<shard>.json                     which parts a finished shard has
    OUT/.work/                                 what is being written; nothing there counts
"""

from __future__ import annotations

import errno
import json
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from attrs import frozen

from tthc_flow.errors import CannotWrite, UnreadableInput
from tthc_flow.portfolio.columns import PROVINCE
from tthc_flow.portfolio.settings import FORMAT
from tthc_flow.words.fact_words import fact_words

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY: Final = "__HIVE_DEFAULT_PARTITION__"
"""The folder of rows without a province, by the convention of Hive: readers give null."""

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


@frozen
class Place:
    """The folder of a portfolio."""

    root: Path

    @property
    def record(self) -> Path:
        """Return the file that says what was asked and what came of it."""
        return self.root / "portfolio.json"

    @property
    def done(self) -> Path:
        """Return the folder with a file for each finished shard."""
        return self.root / ".done"

    @property
    def work(self) -> Path:
        """Return the folder of what is being written."""
        return self.root / ".work"

    def part(self, table: str, province: str | None, shard: str) -> Path:
        """Return where the rows of a shard stand.

        Example:
            >>> Place(Path("out")).part("findings", "Sơn La", "0a").as_posix()
            'out/findings/province=S%C6%A1n%20La/part-0a.parquet'
        """
        named = NOBODY if province is None else quote(province, safe="")
        return self.root / table / f"{PROVINCE}={named}" / f"part-{shard}.parquet"


def write_record(path: Path, record: dict[str, Any]) -> None:
    """Write *record* whole or not at all."""
    aside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        aside.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise


def read_record(place: Place) -> dict[str, Any]:
    """Return what ``portfolio.json`` says.

    Raises:
        UnreadableInput: TF257 where the folder holds no portfolio, or one of another format.

    Example:
        >>> read_record(Place(Path("no-such-folder")))
        Traceback (most recent call last):
        ...
        tthc_flow.errors.UnreadableInput: TF257 no-such-folder: the folder holds no portfolio
          → make one: tthc-flow portfolio run SOURCE -o FOLDER
    """
    hint = "make one: tthc-flow portfolio run SOURCE -o FOLDER"
    try:
        found = json.loads(place.record.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        fact = "the folder holds no portfolio"
        raise UnreadableInput(
            "TF257", fact, place=str(place.root), hint=hint, fact_vi=""
        ) from error
    if isinstance(found, dict) and found.get("format") == FORMAT:
        return found
    told = fact_words("portfolio-fact-format")
    raise UnreadableInput("TF257", **told, place=str(place.root), hint=hint)


@contextmanager
def told_in_codes(place: Path) -> Iterator[None]:
    """Turn what the disk says into a coded error: TF621 where it is full, else TF601."""
    try:
        yield
    except OSError as error:
        where = str(error.filename or place)
        if error.errno in _FULL:
            raise CannotWrite(
                "TF621",
                "the disk is full",
                place=where,
                hint="make room and call it again: what is finished is kept and not done again",
                fact_vi="",
            ) from error
        raise CannotWrite(
            "TF601",
            f"cannot write: {error.strerror or error}",
            fact_vi=str(error.strerror or error),
            place=where,
            hint="choose a folder that can be written and has room",
        ) from error

"""Columns of numbers that grow with a log: a little of each in memory, the rest on disk.

All columns of a log share one file, so that a procedure of many steps needs no more open files.
"""

from __future__ import annotations

import tempfile
from array import array
from typing import IO, TYPE_CHECKING, Final, Literal, Self, TypeAlias

from attrs import Factory, define, field

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers: TypeAlias = npt.NDArray[np.float64] | npt.NDArray[np.int64] | npt.NDArray[np.uint64]

Code: TypeAlias = Literal["d", "q", "Q"]

PIECE: Final = 1 << 10
"""How many numbers of one column are in memory while it grows."""


@define
class Pages:
    """The file of all columns of one log, deleted at the end of the ``with`` block."""

    _file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        """Return itself; the file is made when it is needed."""
        return self

    def __exit__(self, *_raised: object) -> None:
        """Delete the file."""
        if self._file is not None:
            self._file.close()

    def keep(self, numbers: array[float] | array[int]) -> int:
        """Write *numbers* at the end; return where."""
        if self._file is None:
            self._file = tempfile.TemporaryFile("w+b")  # noqa: SIM115 - __exit__ closes it
        place = self._file.seek(0, 2)
        numbers.tofile(self._file)
        return place

    def kept(self, place: int) -> bytes:
        """Return the piece that was written at *place*."""
        if self._file is None:
            return b""
        self._file.seek(place)
        return self._file.read(PIECE * 8)


@define
class Column:
    """Numbers in the order in which they came; ``d`` floats, ``q`` whole ones, ``Q`` not negative.

    Example:
        >>> with Pages() as pages:
        ...     column = Column(pages, "d")
        ...     for number in range(5_000):
        ...         column.append(number / 2)
        ...     len(column), float(column.all()[-1])
        (5000, 2499.5)
    """

    _pages: Pages
    _code: Code
    _places: list[int] = Factory(list)
    _last: array[float] | array[int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Begin with nothing."""
        self._last = array(self._code)

    def __len__(self) -> int:
        """Return how many numbers there are."""
        return len(self._places) * PIECE + len(self._last)

    def append(self, number: float) -> None:
        """Add *number* at the end."""
        self._last.append(number)  # type: ignore[arg-type]  # a whole one for q and Q
        if len(self._last) == PIECE:
            self._places.append(self._pages.keep(self._last))
            self._last = array(self._code)

    def all(self) -> Numbers:
        """Return all numbers; they are in memory as long as somebody holds them."""
        import numpy as np

        kind = {"d": "f8", "q": "i8", "Q": "u8"}[self._code]
        found = np.empty(len(self), dtype=kind)
        for number, place in enumerate(self._places):
            piece = np.frombuffer(self._pages.kept(place), dtype=kind)
            found[number * PIECE : (number + 1) * PIECE] = piece
        found[len(self._places) * PIECE :] = self._last
        return found

"""What can happen in the compiled kernel, as numbers, for the heap."""

from __future__ import annotations

from typing import Final

DONE: Final = 0
ARRIVAL: Final = 1
OPENING: Final = 2
RELEASE: Final = 3
ALARM: Final = 4
GOES_ON: Final = 5
RESUMED: Final = 6

"""What is examined: one file of a source, by a name that stays the same from run to run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256

from attrs import frozen

from tthc_flow.errors import TthcFlowError


@frozen(kw_only=True)
class Item:
    """One BPMN file with the answers beside it; *refused* is why its bytes cannot be had."""

    key: str
    data: bytes = b""
    answers: bytes | None = None
    refused: TthcFlowError | None = None

    @property
    def mark(self) -> bytes:
        """Return what changes with its name, its content and its answers."""
        told = sha256()
        code = "" if self.refused is None else self.refused.code
        for part in (self.key.encode(), self.data, self.answers or b"", code.encode()):
            told.update(len(part).to_bytes(8, "big") + part)
        told.update(b"-" if self.answers is None else b"+")
        return told.digest()


@frozen(kw_only=True)
class Source:
    """Where the files come from: how many there are, and each anew at every call of *items*."""

    place: str
    count: int
    items: Callable[[], Iterator[Item]]

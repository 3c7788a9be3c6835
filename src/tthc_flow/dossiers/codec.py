"""What a caller may put between the engine and its database: sealing the data of dossiers."""

from __future__ import annotations

import json
from typing import Any, Protocol

from tthc_flow.errors import StoreFault


class Codec(Protocol):
    """Turns the data of a dossier into a text that only the caller can read, and back.

    The engine keeps data as JSON text; with a codec it keeps what :meth:`seal` makes of it, in
    the state and in the events alike. Names of steps, offices and people are not sealed: they are
    what lists are made by. ``open(seal(text))`` must be ``text``, for every key ever used.
    """

    def seal(self, text: str) -> str:
        """Return *text* so that only :meth:`open` can read it."""

    def open(self, sealed: str) -> str:
        """Return the text that :meth:`seal` was given."""


def sealed(data: dict[str, Any], codec: Codec | None) -> dict[str, Any] | str:
    """Return *data*, values as JSON, as they are kept."""
    if codec is None:
        return data
    return codec.seal(json.dumps(data, ensure_ascii=False, sort_keys=True))


def opened(kept: dict[str, Any] | str, codec: Codec | None) -> dict[str, Any]:
    """Return the data that :func:`sealed` made *kept* of.

    Raises:
        StoreFault: TF713 where they are sealed and there is no codec to open them.
    """
    if not isinstance(kept, str):
        return kept
    if codec is None:
        hint = "give the engine the codec that they were written with"
        raise StoreFault("TF713", "the data of the dossier are sealed", hint=hint)
    data: dict[str, Any] = json.loads(codec.open(kept))
    return data


def sealed_state(state: dict[str, Any], codec: Codec | None) -> dict[str, Any]:
    """Return the state of a case with its data as they are kept."""
    return {**state, "data": sealed(state["data"], codec)}


def opened_state(state: dict[str, Any], codec: Codec | None) -> dict[str, Any]:
    """Return the state that :func:`sealed_state` made *state* of."""
    return {**state, "data": opened(state["data"], codec)}

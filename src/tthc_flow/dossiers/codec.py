"""What a caller may put between the engine and its database: sealing the data of dossiers."""

from __future__ import annotations

import json
from typing import Any, Final, Protocol

from tthc_flow.errors import StoreFault

_MEMBERS: Final = ("member", "members")
_SEALED: Final = "about"


class Codec(Protocol):
    """Turns the data of a dossier into a text that only the caller can read, and back.

    The engine keeps data as JSON text; with a codec it keeps what :meth:`seal` makes of it, in
    the state and in the events alike. Not sealed are names of steps, offices and people, by which
    lists are made, why a function failed, and the risk class a dossier was drawn by. A task does
    not say then what its round is about. ``open(seal(text))`` must be ``text``, for every key
    ever used.
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
        StoreFault: TF713 where they are sealed and no codec opens them.
    """
    if not isinstance(kept, str):
        return kept
    hint = "give the engine the codec that they were written with"
    if codec is None:
        raise StoreFault("TF713", "the data of the dossier are sealed", hint=hint)
    try:
        data = json.loads(codec.open(kept))
    except ValueError as error:  # what another codec has sealed
        fact = f"the codec does not open the data of the dossier: {error}"
        raise StoreFault("TF713", fact, hint=hint) from error
    if not isinstance(data, dict):
        raise StoreFault("TF713", "the codec opens what are no data of a dossier", hint=hint)
    return data


def sealed_state(state: dict[str, Any], codec: Codec | None) -> dict[str, Any]:
    """Return the state of a case with its data, and the members of its rounds, as they are kept."""
    if codec is None:
        return state
    tokens = [_sealed_token(token, codec) for token in state["tokens"]]
    return {**state, "data": sealed(state["data"], codec), "tokens": tokens}


def opened_state(state: dict[str, Any], codec: Codec | None) -> dict[str, Any]:
    """Return the state that :func:`sealed_state` made *state* of."""
    tokens = [_opened_token(token, codec) for token in state["tokens"]]
    return {**state, "data": opened(state["data"], codec), "tokens": tokens}


def _sealed_token(token: dict[str, Any], codec: Codec) -> dict[str, Any]:
    about: dict[str, Any] = {name: token[name] for name in _MEMBERS if name in token}
    rest = {name: value for name, value in token.items() if name not in about}
    return {**rest, _SEALED: sealed(about, codec)} if about else token


def _opened_token(token: dict[str, Any], codec: Codec | None) -> dict[str, Any]:
    if _SEALED not in token:
        return token
    rest = {name: value for name, value in token.items() if name != _SEALED}
    return {**rest, **opened(token[_SEALED], codec)}

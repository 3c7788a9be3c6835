"""What each node and flow of one version of a procedure is called in another, there and back.

Several nodes may become one. So that such a migration can be reverted, what the names alone would
not bring back is noted, token by token: what it was, and what it became.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from tthc_flow.store.instances import as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.flow import Flow

_NAMING: Final = ("node", "arc", "chosen", "undoing", "was")
"""What of a token names nodes and flows, beside the conditions that it has seen hold."""


@frozen(kw_only=True)
class Names:
    """What became of each name that is another now; of one that is not listed it is the same.

    Several names are all it may have been: what is noted of a token tells which.
    """

    listed: Mapping[str, tuple[str, ...]]

    def all(self, name: str) -> tuple[str, ...]:
        """Return all that *name* may be called.

        Example:
            >>> Names(listed={"c": ("a", "b")}).all("c")
            ('a', 'b')
        """
        return self.listed.get(name, (name,))

    def one(self, name: str) -> str:
        """Return what *name* is called, or the first of what it may be called."""
        return self.all(name)[0]


def names_there(mapping: Mapping[str, str]) -> Names:
    """Return the names by *mapping*.

    Example:
        >>> names_there({"a": "b"}).one("a")
        'b'
    """
    return Names(listed={name: (there,) for name, there in mapping.items()})


def names_back(mapping: Mapping[str, str], flow: Flow) -> Names:
    """Return the names from where *mapping* leads back to *flow*.

    Example:
        >>> from tthc_flow.model.flow import Event, EventPosition, Flow
        >>> nodes = [Event(id=each, position=EventPosition.CATCH) for each in ("a", "b")]
        >>> names_back({"a": "b"}, Flow(id="p", nodes=nodes)).all("b")
        ('a', 'b')
    """
    found: dict[str, list[str]] = {}
    for each in (*flow.nodes, *flow.edges):
        found.setdefault(mapping.get(each.id, each.id), []).append(each.id)
    return Names(listed={name: tuple(those) for name, those in found.items() if those != [name]})


def renamed(
    state: Mapping[str, Any], names: Names, root: str, noted: Mapping[str, Any]
) -> dict[str, Any]:
    """Return *state* by *names*, with *root* as its process; linear.

    What is *noted* of a token is again what it was, as long as it is as it became.
    """
    tokens = [_renamed(each, names, root, noted) for each in state["tokens"]]
    queues: dict[tuple[int, str, str], list[int]] = {}
    by_number = {token["number"]: token for token in tokens}
    for number in (number for queue in state["joins"] for number in queue):
        token = by_number[number]
        queues.setdefault((token["in"], token["node"], token["arc"]), []).append(number)
    return {**state, "tokens": tokens, "joins": list(queues.values())}


def unclear_in(token: Mapping[str, Any], names: Names, noted: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names in *token* that may have been several and of which nothing is *noted*."""
    was, became = noted.get(str(token["number"]), ({}, {}))
    for key in _keys(token):
        _, left = _again(key, token[key], was.get(key), became.get(key))
        yield from (name for name in _named(key, left) if len(names.all(name)) > 1)


def note_of(state: Mapping[str, Any], there: Mapping[str, Any], back: Names) -> str | None:
    """Return what has to be known of the tokens of *state*, which becomes *there*, to go *back*."""
    noted: dict[str, Any] = {}
    for token, moved in zip(state["tokens"], there["tokens"], strict=True):
        was, became = ({key: each[key] for key in _keys(each)} for each in (token, moved))
        by_names = {key: _by_names(key, each, back) for key, each in became.items()}
        if by_names != was or any(unclear_in(moved, back, {})):
            noted[str(token["number"])] = [was, became]
    return as_text(noted) if noted else None


def read_note(note: str | None) -> Mapping[str, Any]:
    """Return what :func:`note_of` has noted.

    Example:
        >>> read_note(None)
        {}
    """
    found: Mapping[str, Any] = {} if note is None else json.loads(note)
    return found


def _renamed(
    token: Mapping[str, Any], names: Names, root: str, noted: Mapping[str, Any]
) -> dict[str, Any]:
    was, became = noted.get(str(token["number"]), ({}, {}))
    there = dict(token)
    for key in _keys(token):
        known, left = _again(key, token[key], was.get(key), became.get(key))
        there[key] = (
            known if left is None else (known or type(left)()) + _by_names(key, left, names)
        )
    if "held" in token:
        there["held"] = [name for each in token["held"] for name in names.all(each)]
    if token["in"] is None:
        there["node"] = f"process:{root}"
    return there


def _keys(token: Mapping[str, Any]) -> list[str]:
    """Return what of *token* is named by the diagram; the token of the case stands on no node."""
    return [key for key in _NAMING if key in token and (key, token["in"]) != ("node", None)]


def _again(key: str, value: Any, was: Any, became: Any) -> tuple[Any, Any]:  # noqa: ANN401 - JSON
    """Return what *value* was where it is still what it *became*, and what is not known of it."""
    if became is None:
        return None, value
    if key == "undoing" and value == became[len(became) - len(value) :]:
        return was[len(was) - len(value) :], None
    if key == "was" and value[: len(became)] == became:
        return was, value[len(became) :]
    return (was, None) if value == became else (None, value)


def _named(key: str, value: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    match key, value:
        case _, None:
            return
        case "node", _:
            yield value.partition(":")[2]
        case "arc", _:
            yield value
        case "was", _:
            yield from (node for node, _ in done_in(value))
        case _:
            yield from value


def done_in(was: Any) -> Iterator[tuple[str, bool]]:  # noqa: ANN401 - as above
    """Yield each activity that *was* done, as (node, whether it was a round of it).

    Example:
        >>> list(done_in([["sub", False, [["a", True, []]]]]))
        [('sub', False), ('a', True)]
    """
    for node, is_round, inner in was:
        yield node, is_round
        yield from done_in(inner)


def _by_names(key: str, value: Any, names: Names) -> Any:  # noqa: ANN401 - as above
    match key:
        case "node":
            kind, _, node = value.partition(":")
            return f"{kind}:{names.one(node)}"
        case "arc":
            return names.one(value)
        case "was":
            return [
                [names.one(node), is_round, _by_names(key, inner, names)]
                for node, is_round, inner in value
            ]
        case _:
            return [names.one(each) for each in value]

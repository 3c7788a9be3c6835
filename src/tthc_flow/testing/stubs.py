"""Functions of automatic steps, or simply what they would find."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from tthc_flow.dossiers.office import Functions
from tthc_flow.engine.instance import Data

Stub: TypeAlias = Callable[[Data], Data] | Data
NO_STUBS: Final[Mapping[str, Stub]] = MappingProxyType({})


def as_functions(stubs: Mapping[str, Stub]) -> Functions:
    """Return *stubs* as functions; a mapping becomes one that always returns it.

    Example:
        >>> dict(as_functions({"phí": {"phí": 50_000}})["phí"]({}))
        {'phí': 50000}
    """
    return {name: _function(stub) for name, stub in stubs.items()}


def _function(stub: Stub) -> Callable[[Data], Data]:
    if isinstance(stub, Mapping):
        return lambda _data: stub
    return stub

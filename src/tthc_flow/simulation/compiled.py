"""Compiling the functions of the fast kernel: the one place that knows numba.

Everything is put into one function without Python's counting of references (``_nrt=False``): with
it a case takes forty times as long, for each look into an array is counted. In return compiled
code may make no arrays, lists or sets; numba refuses those that do.

Only :func:`whole` is kept on disk, by the time at which *its* file was written: who changes another
file of the kernel deletes ``__pycache__/fast_run*.nb*``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

    Function = TypeVar("Function", bound=Callable[..., object])


SETTINGS: Final[dict[str, Any]] = {"_nrt": False, "error_model": "numpy"}


def compiled(function: Function) -> Function:
    """Return *function* made machine code at its first call, put inside whatever calls it."""
    made: Function = numba.njit(forceinline=True, **SETTINGS)(function)
    return made


def whole(function: Function) -> Function:
    """Return *function* made machine code at its first call, kept on disk for the next run."""
    made: Function = numba.njit(cache=True, **SETTINGS)(function)
    return made

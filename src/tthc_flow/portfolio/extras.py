"""What has to be installed besides: imported where it is used, named where it is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from tthc_flow.errors import CannotWrite


def arrow() -> tuple[Any, Any]:
    """Return ``pyarrow`` and ``pyarrow.parquet``.

    Raises:
        CannotWrite: TF624 where the extra ``portfolio`` is not installed.

    Example:
        >>> arrow()[1].__name__
        'pyarrow.parquet'
    """
    return _module("pyarrow", "portfolio"), _module("pyarrow.parquet", "portfolio")


def duckdb() -> Any:  # noqa: ANN401 - a module
    """Return ``duckdb``.

    Raises:
        CannotWrite: TF624 where the extra ``portfolio`` is not installed.
    """
    return _module("duckdb", "portfolio")


def distributed() -> Any:  # noqa: ANN401 - a module
    """Return ``distributed``, the part of Dask that runs on a cluster.

    Raises:
        CannotWrite: TF624 where the extra ``dask`` is not installed.
    """
    return _module("distributed", "dask")


def _module(name: str, extra: str) -> Any:  # noqa: ANN401 - a module
    try:
        return import_module(name)
    except ImportError as error:
        raise CannotWrite(
            "TF624",
            f"the extra package {name} is not installed",
            fact_vi=name,
            hint=f"install tthc-flow[{extra}]",
            choices=(f"tthc-flow[{extra}]",),
        ) from error

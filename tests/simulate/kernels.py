"""Both kernels under one name, the fast one only where numba is there."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from tthc_flow.simulation.fast import run_fast
from tthc_flow.simulation.plain import run_plainly

needs_numba = pytest.mark.skipif(find_spec("numba") is None, reason="numba is not installed")
BOTH = [
    pytest.param(run_plainly, id="plain"),
    pytest.param(run_fast, id="fast", marks=needs_numba),
]

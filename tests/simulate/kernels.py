"""Both kernels under one name."""

from __future__ import annotations

import pytest

from tthc_flow.simulation.fast import run_fast
from tthc_flow.simulation.plain import run_plainly

BOTH = [
    pytest.param(run_plainly, id="plain"),
    pytest.param(run_fast, id="fast"),
]

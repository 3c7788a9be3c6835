"""What cannot be run faithfully, as findings, all at once."""

from __future__ import annotations

from tthc_flow.model.finding import Finding
from tthc_flow.model.flow import Flow


def refusals(flow: Flow) -> tuple[Finding, ...]:
    """Return what bars a faithful run of *flow*."""
    del flow
    return ()

"""Run a procedure in the engine: every branch, each to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.engine.run import BranchRun, run_every_branch
from tthc_flow.verbs.opening import opened, picked

if TYPE_CHECKING:
    from tthc_flow.verbs.opening import Openable


def run(source: Openable, *, process: str | None = None) -> BranchRun:
    """Execute every branch of a procedure to its end, in memory; return what was taken.

    Raises:
        NotRunnable: TF401 with every reason at once, where it cannot be executed faithfully.

    Example:
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><startEvent id="s"/><endEvent id="e"/>
        ... <sequenceFlow id="f" sourceRef="s" targetRef="e"/></process></definitions>'''
        >>> run(text).runs
        (('s', 'e'),)

    Source: BPMN 2.0.2 chapter 13.
    """
    return run_every_branch(picked(opened(source), process))

"""Gates on the command line: every verdict is said, and one that fails decides the exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tthc_flow.cli.leaving import Code

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def leave_by(judged: Sequence[Mapping[str, Any]]) -> None:
    """Say every verdict on standard error; leave with code 1 where a gate did not hold."""
    for gate in judged:
        click.echo(gate["sentence"], err=True)
    if not all(gate["passed"] for gate in judged):
        raise click.exceptions.Exit(Code.GATE_FAILED)

"""Runs of portfolios inside the tests, and what they left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from portfolio import given
from portfolio.given import Here
from tthc_flow.portfolio.asking import ask
from tthc_flow.portfolio.portfolio import Outcome, Workers, run_source
from tthc_flow.portfolio.settings import Settings
from tthc_flow.portfolio.sources import opened_source
from tthc_flow.portfolio.work import Examine


def run(folder: Path, out: Path, examine: Examine = given.named, **more: Any) -> Outcome:
    who = more.pop("executor", None) or Here()
    settings = more.pop("settings", Settings(program="test"))
    with opened_source(folder) as source:
        workers = Workers(executor=who, count=2)
        return run_source(source, out, examine, workers, settings, **more)


def keys(out: Path) -> list[str]:
    return [row[0] for row in ask(out, "SELECT key FROM procedures ORDER BY key").rows]


def all_keys(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.bpmn"))


def parts(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*.parquet"))
    }

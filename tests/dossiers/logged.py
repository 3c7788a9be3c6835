"""The event log of an engine, whole and in short."""

from __future__ import annotations

from tthc_flow.dossiers.engine import Engine
from tthc_flow.dossiers.log_row import LogRow


def log(engine: Engine, dossier: str | None = None) -> list[LogRow]:
    return list(engine.audit.log(dossier))


def brief(rows: list[LogRow]) -> list[tuple[str, str, str, str]]:
    return [(row.activity, row.kind.value, row.ended.value, row.resource) for row in rows]

"""Deployed procedures: each version once, by the hash of what it is."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, insert, select

from tthc_flow.store.schema import definitions


def definition_of(connection: Connection, hash_: str) -> Row[Any] | None:
    """Return the row of a definition."""
    return connection.execute(select(definitions).where(definitions.c.hash == hash_)).first()


def newest_of(connection: Connection, key: str) -> Row[Any] | None:
    """Return the row of the newest definition of *key*."""
    asked = select(definitions).where(definitions.c.key == key)
    return connection.execute(asked.order_by(definitions.c.version.desc()).limit(1)).first()


def definitions_of(connection: Connection, key: str | None) -> list[Row[Any]]:
    """Return the rows of all definitions, or of those of *key*, the oldest version first."""
    asked = select(definitions).order_by(definitions.c.key, definitions.c.version)
    if key is not None:
        asked = asked.where(definitions.c.key == key)
    return list(connection.execute(asked))


def add_definition(connection: Connection, **values: Any) -> None:  # noqa: ANN401 - a row
    """Keep a definition."""
    connection.execute(insert(definitions).values(**values))

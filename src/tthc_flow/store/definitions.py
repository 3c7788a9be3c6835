"""Deployed procedures: each version once, by the hash of what it is."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select

from tthc_flow.store.prepared import Prepared
from tthc_flow.store.schema import definitions


def definition_of(connection: Connection, hash_: str) -> Row[Any] | None:
    """Return the row of a definition."""
    return connection.execute(select(definitions).where(definitions.c.hash == hash_)).first()


_newest: Final = Prepared(
    select(definitions.c.hash, definitions.c.version)
    .where(definitions.c.key == bindparam("wanted"))
    .order_by(definitions.c.version.desc())
)


def newest_of(connection: Connection, key: str) -> tuple[str, int] | None:
    """Return the hash and the version of the newest definition of *key*."""
    rows = _newest.rows(connection, {"wanted": key})
    return (rows[0]["hash"], rows[0]["version"]) if rows else None


def definitions_of(connection: Connection, key: str | None) -> list[Row[Any]]:
    """Return the rows of all definitions, or of those of *key*, the oldest version first."""
    asked = select(definitions).order_by(definitions.c.key, definitions.c.version)
    if key is not None:
        asked = asked.where(definitions.c.key == key)
    return list(connection.execute(asked))


def add_definition(connection: Connection, **values: Any) -> None:  # noqa: ANN401 - a row
    """Keep a definition."""
    connection.execute(insert(definitions).values(**values))

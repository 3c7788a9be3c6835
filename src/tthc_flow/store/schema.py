"""The tables: definitions once by their hash, dossiers, what they wait for, what has happened."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

VERSION: Final = 1

metadata: Final = MetaData()

settings: Final = Table(
    "tthc_settings",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(200), nullable=False),
)

definitions: Final = Table(
    "tthc_definitions",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("key", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("deployed_at", String(40), nullable=False),
    UniqueConstraint("key", "version"),
)

instances: Final = Table(
    "tthc_instances",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("key", String(200), nullable=False),
    Column("business_key", String(200), nullable=False),
    Column("definition", String(64), ForeignKey("tthc_definitions.hash"), nullable=False),
    Column("step_no", Integer, nullable=False),
    Column("status", String(20), nullable=False),
    Column("state", Text, nullable=False),
    Column("last_hash", String(64), nullable=False),
    Column("started_at", String(40), nullable=False),
    Column("ended_at", String(40)),
    UniqueConstraint("key", "business_key"),
)

tasks: Final = Table(
    "tthc_tasks",
    metadata,
    Column("instance", String(32), ForeignKey("tthc_instances.id"), primary_key=True),
    Column("token", Integer, primary_key=True),
    Column("node", String(200), nullable=False),
    Column("what", String(10), nullable=False),
    Column("name", Text, nullable=False),
    Column("office", Text),
    Column("role", String(40)),
    Column("assignee", Text),
    Column("created_at", String(40), nullable=False),
    Column("due_at", String(40)),
    Index("tthc_tasks_office", "office", "role"),
    Index("tthc_tasks_due", "due_at"),
)

events: Final = Table(
    "tthc_events",
    metadata,
    Column("instance", String(32), ForeignKey("tthc_instances.id"), primary_key=True),
    Column("step_no", Integer, primary_key=True),
    Column("at", String(40), nullable=False),
    Column("actor", Text, nullable=False),
    Column("on_behalf_of", Text),
    Column("kind", String(20), nullable=False),
    Column("node", String(200)),
    Column("payload", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

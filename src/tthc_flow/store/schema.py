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

VERSION: Final = 2

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
    Column("keep_days", Integer),
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
    Column("moved_at", String(40)),
    Column("answered_at", String(40)),
    Column("clock", Text),
    Column("due_at", String(40)),
    Column("near_at", String(40)),
    Column("told", Integer, nullable=False, server_default="0"),
    Column("parent", String(32)),
    Column("parent_token", Integer),
    UniqueConstraint("key", "business_key"),
    Index("tthc_instances_near", "near_at"),
    Index("tthc_instances_ended", "ended_at"),
    Index("tthc_instances_definition", "definition", "status"),
    Index("tthc_instances_parent", "parent"),
)
"""*told*: 0 nothing, 1 that the time is nearly up, 2 that it is over; so for a task too."""

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
    Column("owner", Text),
    Column("candidates", Text),
    Column("member", Text),
    Column("created_at", String(40), nullable=False),
    Column("due_at", String(40)),
    Column("near_at", String(40)),
    Column("told", Integer, nullable=False, server_default="0"),
    Index("tthc_tasks_office", "office", "role"),
    Index("tthc_tasks_due", "due_at"),
    Index("tthc_tasks_near", "near_at"),
    Index("tthc_tasks_assignee", "assignee"),
)

jobs: Final = Table(
    "tthc_jobs",
    metadata,
    Column("instance", String(32), ForeignKey("tthc_instances.id"), primary_key=True),
    Column("token", Integer, primary_key=True),
    Column("node", String(200), primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("name", Text),
    Column("due_at", String(40)),
    Column("since", String(40)),
    Column("status", String(10), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("error", Text),
    Column("payload", Text),
    Index("tthc_jobs_due", "status", "due_at"),
    Index("tthc_jobs_name", "kind", "name"),
)
"""What the engine does by itself when it is due, and the messages and signals it listens for."""

letters: Final = Table(
    "tthc_letters",
    metadata,
    Column("key", String(60), primary_key=True),
    Column("instance", String(32), nullable=False),
    Column("topic", String(40), nullable=False),
    Column("payload", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("due_at", String(40)),
    Column("tries", Integer, nullable=False),
    Column("error", Text),
    Index("tthc_letters_due", "due_at"),
    Index("tthc_letters_instance", "instance"),
)
"""The outbox: what has to be told to the outside; *due_at* is empty where it was delivered."""

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
    sqlite_with_rowid=False,
)

migrations: Final = Table(
    "tthc_migrations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("source", String(64), ForeignKey("tthc_definitions.hash"), nullable=False),
    Column("target", String(64), ForeignKey("tthc_definitions.hash"), nullable=False),
    Column("mapping", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("actor", Text, nullable=False),
    Column("reverted_at", String(40)),
)

moved: Final = Table(
    "tthc_moved",
    metadata,
    Column("migration", String(32), ForeignKey("tthc_migrations.id"), primary_key=True),
    Column("instance", String(32), primary_key=True),
    Column("step_no", Integer, nullable=False),
    Column("before", Text),
)
"""Which dossiers a migration has moved, by which step; *before*: what its names do not bring back.
"""

forgotten: Final = Table(
    "tthc_forgotten",
    metadata,
    Column("instance", String(32), primary_key=True),
    Column("key", String(200), nullable=False),
    Column("business_key", String(200), nullable=False),
    Column("ended_at", String(40), nullable=False),
    Column("last_hash", String(64), nullable=False),
    Column("forgotten_at", String(40), nullable=False),
)
"""What is left of a dossier whose time to be kept is over."""

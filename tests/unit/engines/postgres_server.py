"""A PostgreSQL server of one's own, for tests."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg
from psycopg.conninfo import conninfo_to_dict


class Server(NamedTuple):
    """Be a running server: its address, and the process that can be stopped."""

    url: str
    pid: int

    def environment(self) -> Mapping[str, str]:
        """Return the variables by which libpq finds the server when no address is given."""
        place = conninfo_to_dict(self.url)
        return {f"PG{name}": str(place[key]) for name, key in _VARIABLES.items()}


_VARIABLES = {"HOST": "host", "USER": "user", "DATABASE": "dbname"}


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server in a temporary folder; nothing it holds outlives it, so it need not wait for the disk."""
    with tempfile.TemporaryDirectory(prefix="xjk-pg-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # pgserver locks a file there, and warns without one
        from pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            url = str(server.get_uri())
            with psycopg.connect(url, autocommit=True) as connection:
                for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                    connection.execute(f"ALTER SYSTEM SET {setting} = off")
                connection.execute("SELECT pg_reload_conf()")
            pid = server.get_pid()
            assert pid is not None
            yield Server(url, pid)
        finally:
            server.cleanup()

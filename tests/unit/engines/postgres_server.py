"""A PostgreSQL server of one's own, for tests."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest
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


def _get_server(folder: str) -> Callable[..., Any]:
    """Import pgserver; it looks for a folder for its lock, and warns where there is none."""
    with pytest.MonkeyPatch.context() as patch:
        if "XDG_RUNTIME_DIR" not in os.environ:
            patch.setenv("XDG_RUNTIME_DIR", folder)
        from pgserver.postgres_server import get_server
    found: Callable[..., Any] = get_server
    return found


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server in a temporary folder; nothing it holds outlives it, so it need not wait for the disk."""
    with tempfile.TemporaryDirectory(prefix="xjk-pg-", ignore_cleanup_errors=True) as folder:
        server = _get_server(folder)(Path(folder) / "data", cleanup_mode="stop")
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

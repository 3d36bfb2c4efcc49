"""A PostgreSQL server of one's own, for tests."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from getpass import getuser
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


_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - only where it is, and large; the folder in it is one's own
_ROOM = 4_000_000_000


def _quick_folder() -> Path | None:
    """Return where files live in memory, if there is room: a server makes and removes many small ones."""
    return _IN_MEMORY if _IN_MEMORY.is_dir() and shutil.disk_usage(_IN_MEMORY).free > _ROOM else None


def _get_server() -> Callable[..., Any]:
    """Import pgserver; it looks for a folder for its lock, which outlives the servers, and warns without one."""
    with pytest.MonkeyPatch.context() as patch:
        if "XDG_RUNTIME_DIR" not in os.environ:
            runtime = Path(tempfile.gettempdir()) / f"xjk-runtime-{getuser()}"
            runtime.mkdir(mode=0o700, exist_ok=True)
            patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        from pgserver.postgres_server import get_server
    found: Callable[..., Any] = get_server
    return found


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server in a temporary folder; nothing it holds outlives it, so it need not wait for the disk."""
    with tempfile.TemporaryDirectory(
        prefix="xjk-pg-", dir=_quick_folder(), ignore_cleanup_errors=True
    ) as folder:
        server = _get_server()(Path(folder) / "data", cleanup_mode="stop")
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
            atexit.unregister(server._cleanup)  # it would look for the folder again when Python ends

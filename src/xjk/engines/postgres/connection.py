"""Connections to PostgreSQL: how they are opened, what they are set to, and what their errors mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from xjk.errors import EngineError, ExtraMissingError, RuleError

try:
    import psycopg
    from psycopg.adapt import Loader
    from psycopg.conninfo import conninfo_to_dict, make_conninfo
    from psycopg.types.numeric import Int8Dumper
    from psycopg.types.string import StrDumper
except ImportError:
    raise ExtraMissingError.of("postgres", "PostgreSQL 引擎", "The engine PostgreSQL") from None

Connection = psycopg.Connection[tuple[object, ...]]

OLDEST = 120_000
"""Oldest version of the server, as it numbers itself: generated columns came with 12."""

_SETTINGS = (
    "SET client_min_messages = warning; SET standard_conforming_strings = on; SET transform_null_equals = off;"
    " SET jit = off; SET synchronous_commit = off; SET cursor_tuple_fraction = 1; SET work_mem = '64MB'; SET statement_timeout = 0; SET lock_timeout = '60s';"
    " SET idle_in_transaction_session_timeout = 0; SET DateStyle = 'ISO, YMD'"
)
"""What makes every server read a query the same way, and plan it for all of its rows."""

_PATIENCE = {"connect_timeout": "10"}
_QUOTED = re.compile(r'"[^"]*"')


class Whole(Loader):
    """Load whole numbers of any size: a sum of bigint is a numeric in PostgreSQL."""

    def load(self, data: bytes | bytearray | memoryview) -> int:
        """Return the number.

        Raises:
            psycopg.DataError: when it has a fraction, which no value of a ledger has.
        """
        text = bytes(data)
        try:
            return int(text)
        except ValueError:
            raise psycopg.DataError(f"the number {text.decode()} is not whole") from None


class Bit(Loader):
    """Load truth values as 0 and 1, as the other engines give them."""

    def load(self, data: bytes | bytearray | memoryview) -> int:
        """Return 1 for true."""
        return int(bytes(data) == b"t")


def connect(url: str, settings: str = "") -> Connection:
    """Open a connection; with an empty ``url``, libpq's environment (PGHOST, PGSERVICE, ...) decides.

    Args:
        url: Address of the database.
        settings: Statements that set the connection up further.

    Raises:
        EngineError: when there is no server, it refuses, or it is too old; passwords are never told.
    """
    try:
        place = make_conninfo(url, **_PATIENCE) if "connect_timeout" not in conninfo_to_dict(url) else url
    except psycopg.ProgrammingError:
        raise EngineError(
            zh="PostgreSQL 的连接地址写法有误。",
            en="The address of the PostgreSQL database cannot be read.",
            hint_zh="应如 postgresql://user@host:5432/database。",
            hint_en="Write it as postgresql://user@host:5432/database.",
        ) from None
    try:
        connection = psycopg.connect(place, client_encoding="UTF8", application_name="xjk")
    except psycopg.Error as error:
        raise EngineError(
            zh=f"无法连接 PostgreSQL：{_said(error)}。",
            en=f"PostgreSQL cannot be reached: {_said(error)}.",
            where=_shown(url),
            hint_zh="请检查地址、网络、用户和口令；口令宜放在 ~/.pgpass 或 PGPASSWORD。",
            hint_en="Check address, network, user and password; keep the password in ~/.pgpass or PGPASSWORD.",
        ) from None
    _settle(connection, url, settings)
    return connection


def _settle(connection: Connection, url: str, settings: str) -> None:
    """Set a new connection up, or refuse its server."""
    version = connection.info.server_version
    if version < OLDEST:
        connection.close()
        raise EngineError(
            zh=f"PostgreSQL 版本 {version // 10_000} 过低，需要 12 及以上。",
            en=f"PostgreSQL {version // 10_000} is too old; 12 or later is needed.",
            where=_shown(url),
        )
    connection.prepare_threshold = None
    connection.adapters.register_loader("numeric", Whole)
    connection.adapters.register_loader("bool", Bit)
    connection.adapters.register_dumper(int, Int8Dumper)
    connection.adapters.register_dumper(str, StrDumper)
    connection.execute(f"{_SETTINGS}; {settings}".encode())
    connection.commit()


def refuse_other_encodings(connection: Connection) -> None:
    """Refuse a database that cannot hold every character.

    Raises:
        EngineError: when its encoding is not UTF8.
    """
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise EngineError(
            zh=f"数据库的编码是 {encoding}，需要 UTF8。",
            en=f"The database is encoded in {encoding}; UTF8 is needed.",
            hint_zh="请使用 ENCODING 'UTF8' 的数据库。",
            hint_en="Use a database with ENCODING 'UTF8'.",
        )


def engine_name(connection: Connection) -> str:
    """Return the name and version of the engine: ``postgres 16.2``."""
    version = connection.info.server_version
    return f"postgres {version // 10_000}.{version % 10_000}"


def lost(error: Exception | None = None) -> EngineError:
    """Return the error for a connection that broke off."""
    said = f"（{_said(error)}）" if error else ""
    return EngineError(
        zh=f"与 PostgreSQL 的连接已中断{said}。",
        en=f"The connection to PostgreSQL was lost{f' ({_said(error)})' if error else ''}.",
        hint_zh="请查看数据库服务器的日志，恢复后重新运行；未完成的规则没有结果。",
        hint_en="See the log of the server and run again; rules that did not finish have no result.",
    )


def rule_error(error: Exception) -> RuleError:
    """Return the error for a query of a rule that the server, or psycopg, does not take."""
    return RuleError(zh=f"SQL 出错：{_said(error)}。", en=f"The SQL failed: {_said(error)}.")


@contextmanager
def engine_errors(connection: Connection) -> Iterator[None]:
    """Turn what PostgreSQL says about the library's own statements into an EngineError."""
    try:
        yield
    except psycopg.Error as error:
        if connection.closed:
            raise lost(error) from None
        raise EngineError(
            zh=f"PostgreSQL 出错：{_said(error)}。",
            en=f"PostgreSQL failed: {_said(error)}.",
            hint_zh="请查看服务器日志、磁盘空间和该用户的权限。",
            hint_en="See the log of the server, its disk space, and the privileges of the user.",
        ) from None


def sqlstate(error: EngineError) -> str:
    """Return the code of what PostgreSQL said, as its manual lists them; empty when it said nothing."""
    said = error.__context__
    return said.sqlstate or "" if isinstance(said, psycopg.Error) else ""


def freeze_reading(connection: Connection) -> None:
    """Let the transactions of a connection see one state of the database and write nothing."""
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True


def interrupted(connection: Connection) -> bool:
    """Bring a connection to rest whose query was broken off inside Python; tell whether that was needed."""
    if connection.closed or connection.info.transaction_status != psycopg.pq.TransactionStatus.ACTIVE:
        return False
    with suppress(psycopg.Error):
        connection.cancel_safe(timeout=5)
        while connection.pgconn.get_result() is not None:
            pass
    return True


def _said(error: Exception) -> str:
    """Return what an error says in one line, without values of the data and without the final stop."""
    if not isinstance(error, psycopg.Error):
        return str(error)
    text = error.diag.message_primary or str(error)
    if (error.sqlstate or "").startswith("22"):
        text = _QUOTED.sub('"…"', text)
    return " ".join(text.split()).rstrip(".。")


def _shown(url: str) -> str:
    """Return where a connection was to go, without the password."""
    place = conninfo_to_dict(url)
    return " ".join(f"{name}={value}" for name, value in place.items() if "password" not in name) or "libpq"

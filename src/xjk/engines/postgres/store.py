"""The engine of the extra ``postgres``: a ledger in a schema of its own on a PostgreSQL server.

A store creates the schema, fills it by COPY, and drops it when it is closed. Rules read it through connections of
their own, each in one read-only transaction; see ``guard`` for what they may ask. Books that already lie in
PostgreSQL need not be moved: see ``in_place``.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from weakref import WeakSet

from xjk.engines.postgres.checksum import server_checksum
from xjk.engines.postgres.connection import (
    connect,
    engine_errors,
    engine_name,
    freeze_reading,
    refuse_other_encodings,
    sqlstate,
)
from xjk.engines.postgres.reader import Reader
from xjk.errors import EngineError, RuleError
from xjk.ledger.checksum import Checksum
from xjk.ledger.relations import Relation
from xjk.ledger.store import Rows, Value

_REPEATED, _TOO_LONG = "23505", "54000"
"""What PostgreSQL says of a key used twice, and of a value too long for an index."""

_WORD = re.compile(r"\w+")
_TYPES = {"TEXT": 'text COLLATE "C"', "INTEGER": "bigint"}


class PostgresStore:
    """Be a ledger's database: created, filled, indexed, frozen, then read.

    A relation without rows is an empty view, which costs the server a twentieth of a table; most books fill a few.
    """

    def __init__(self, url: str = "") -> None:
        """Open a store.

        Args:
            url: Address of the database, ``postgresql://…``; when empty, libpq's environment decides.
        """
        self._url = url
        self._schema = f"xjk_{secrets.token_hex(8)}"
        self._connection = connect(url)
        self._reader = Reader(self._connection, self._schema)
        self._waiting: dict[str, Relation] = {}
        self._filled: dict[str, Relation] = {}
        self._thinned: set[str] = set()
        self._changed: set[str] = set()
        self._is_frozen = False
        self._sessions: WeakSet[PostgresSession] = WeakSet()
        try:
            with engine_errors(self._connection):
                refuse_other_encodings(self._connection)
                self._connection.execute(
                    f"CREATE SCHEMA {self._schema}; SET search_path = {self._schema}, pg_catalog".encode()
                )
        except BaseException:
            self._connection.close()
            raise

    @property
    def engine(self) -> str:
        """Return the name and version of the engine."""
        return engine_name(self._connection)

    def create(self, relation: Relation) -> None:
        """Have a relation created when it is first needed."""
        self._waiting[relation.name] = relation

    def append(self, relation: Relation, rows: Iterable[Sequence[Value]]) -> None:
        """Insert rows in the order of the relation's columns."""
        self._copy(relation, [column.name for column in relation.columns], rows)

    def extend(self, relation: Relation, columns: Mapping[str, Sequence[Value]]) -> None:
        """Insert rows given column by column; columns left out are NULL."""
        self._copy(relation, list(columns), zip(*columns.values(), strict=True))

    def query(self, sql: str, params: Mapping[str, Value] | None = None) -> Rows:
        """Run a query of the library's own."""
        self._create_waiting(set(_WORD.findall(sql.lower())))
        return self._reader.query(sql, params)

    def has_rows(self, table: str) -> bool:
        """Tell whether a relation holds anything; one that only grew is not asked."""
        if table not in self._thinned:
            return table in self._filled
        return bool(list(self.query(f"SELECT 1 FROM {table} LIMIT 1")))

    def checksum(self, relation: Relation) -> Checksum:
        """Add up the digests of a relation's rows on the server."""
        return server_checksum(self.query, relation)

    def delete(self, relation: Relation, rows: Iterable[tuple[int, int]]) -> None:
        """Delete rows by ``source_id`` and ``source_row``, in one pass however many there are."""
        gone = list(rows)
        self._thin(
            relation,
            "(source_id, source_row) IN (SELECT * FROM unnest(%s::bigint[], %s::bigint[]))",
            [source for source, _ in gone],
            [row for _, row in gone],
        )

    def discard(self, relation: Relation, sources: Iterable[int]) -> None:
        """Delete every row that came from one of the sources."""
        self._thin(relation, "source_id = ANY(%s::bigint[])", list(sources))

    def index(self, relation: Relation) -> bool:
        """Build the indexes of a relation; return False, and build none, when its keys are not unique."""
        if relation.name not in self._filled:
            return True
        statements = "; ".join((*index_statements(relation), f"ANALYZE {relation.name}"))
        try:
            with engine_errors(self._connection), self._reader.savepoint(first=statements):
                self._changed.discard(relation.name)
        except EngineError as error:
            if sqlstate(error) == _TOO_LONG:  # names of thousands of characters: joins go by hashing then
                return self._is_unique(relation)
            if sqlstate(error) != _REPEATED:
                raise
            return False
        return True

    def freeze(self) -> None:
        """End the filling: gather the statistics that are missing, and make the data visible to sessions."""
        self._create_waiting(set(self._waiting))
        with engine_errors(self._connection):
            if self._changed:
                self._connection.execute(f"ANALYZE {', '.join(sorted(self._changed))}".encode())
            self._reader.commit()
        self._is_frozen = True

    def session(self, *, seconds: float | None = None) -> PostgresSession:
        """Open a read-only session whose queries may each take ``seconds``."""
        session = PostgresSession(self._url, self._schema, self._reader, seconds)
        self._sessions.add(session)
        return session

    def close(self) -> None:
        """Drop the schema and close the connections; a server that is gone drops nothing."""
        for session in list(self._sessions):
            session.close()
        if self._is_frozen:
            self._is_frozen = False
            for _ in range(2):
                with suppress(EngineError):
                    self._drop()
                    break
        self._reader.close()
        self._connection.close()

    def _drop(self) -> None:
        """Drop the schema, over a fresh connection when the old one is known to be broken."""
        if self._connection.closed:
            self._connection = connect(self._url)
        with engine_errors(self._connection):
            self._connection.rollback()
            self._connection.execute(f"DROP SCHEMA IF EXISTS {self._schema} CASCADE".encode())
            self._connection.commit()

    def _copy(self, relation: Relation, names: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
        """Insert rows by COPY; without any, nothing is asked of the server."""
        remaining = iter(rows)
        first = next(remaining, None)
        if first is None:
            return
        with engine_errors(self._connection), self._reader.savepoint(first=self._table_made(relation)):
            statement = f"COPY {relation.name} ({', '.join(names)}) FROM STDIN"
            with self._connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
                copy.write_row(first)
                for row in remaining:
                    copy.write_row(row)
        self._filled[relation.name] = relation
        self._changed.add(relation.name)
        self._waiting.pop(relation.name, None)

    def _table_made(self, relation: Relation) -> str:
        """Return the statements that make a relation about to get its first rows a table."""
        if relation.name in self._filled:
            return ""
        made_before = "" if relation.name in self._waiting else f"DROP VIEW {relation.name}; "
        return made_before + table_statement(relation)

    def _create_waiting(self, names: Collection[str]) -> None:
        """Create those of some relations that no row came for, so that a query finds them."""
        if wanted := [relation for name, relation in self._waiting.items() if name in names]:
            with engine_errors(self._connection):
                self._connection.execute("; ".join(map(view_statement, wanted)).encode())
            for relation in wanted:
                del self._waiting[relation.name]

    def _thin(self, relation: Relation, condition: str, *values: list[int]) -> None:
        if relation.name in self._filled:
            self._thinned.add(relation.name)
            with engine_errors(self._connection):
                self._connection.execute(
                    f"DELETE FROM {relation.name} WHERE {condition}".encode(),
                    values,
                )

    def _is_unique(self, relation: Relation) -> bool:
        key = ", ".join(relation.key)
        repeated = f"SELECT 1 FROM {relation.name} GROUP BY {key} HAVING count(*) > 1 LIMIT 1"
        return not list(self.query(repeated))


class PostgresSession:
    """Be a read-only connection for rules; the store's own connection reads their queries before they run."""

    def __init__(self, url: str, schema: str, guard: Reader, seconds: float | None) -> None:
        self._guard, self._seconds = guard, seconds
        self._is_closed = False
        connection = connect(url, f"SET search_path = {schema}, pg_catalog")
        self._reader = Reader(connection, schema)
        freeze_reading(connection)

    def query(self, sql: str, params: Mapping[str, Value] | None = None) -> Rows:
        """Run one SELECT with named parameters; see ``xjk.ledger.store.Session``."""
        if self._is_closed:
            raise RuleError(zh="会话已关闭（closed）。", en="The session is closed.")
        return self._reader.ask(sql, params or {}, self._seconds, self._guard)

    def close(self) -> None:
        """Close the connection."""
        self._is_closed = True
        self._reader.close()


def table_statement(relation: Relation, kind: str = "UNLOGGED") -> str:
    """Return the DDL of a relation that gets rows."""
    lines = [
        f"{column.name} {_TYPES[column.type]}{'' if column.nullable else ' NOT NULL'}"
        for column in relation.columns
    ]
    if relation.key_column:
        lines.append(
            f"{relation.key_column} {_TYPES['TEXT']} GENERATED ALWAYS AS ({joined_key(relation)}) STORED"
        )
    return f"CREATE {kind} TABLE {relation.name} ({', '.join(lines)})"


def view_statement(relation: Relation, kind: str = "") -> str:
    """Return the DDL of a relation without rows."""
    names = [(column.name, _TYPES[column.type]) for column in relation.columns]
    if relation.key_column:
        names.append((relation.key_column, _TYPES["TEXT"]))
    columns = ", ".join(f"NULL::{form} AS {name}" for name, form in names)
    return f"CREATE {kind} VIEW {relation.name} AS SELECT {columns} WHERE FALSE"


def joined_key(relation: Relation) -> str:
    """Return the expression that joins the key columns with ``|``."""
    return " || '|' || ".join(f"{column}::text" for column in relation.key)


def index_statements(relation: Relation) -> list[str]:
    """Return the DDL of the indexes of a relation."""
    statements = [
        f"CREATE INDEX {relation.name}_by_{number} ON {relation.name} ({', '.join(columns)})"
        for number, columns in enumerate(relation.indexes, start=1)
    ]
    if relation.key:
        unique = f"CREATE UNIQUE INDEX {relation.name}_by_key ON {relation.name} ({', '.join(relation.key)})"
        statements.insert(0, unique)
    return statements

"""Books that stay where they are: a finance system's own tables in PostgreSQL, seen as a ledger.

One connection holds everything: temporary views over the tables, temporary tables for what is derived, and one
transaction that sees one state of the database, however long the check takes. It is never committed, so not even the
catalogue changes. The user needs SELECT on the tables and TEMP on the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from xjk.engines.postgres.catalogue import find_table
from xjk.engines.postgres.checksum import server_checksum
from xjk.engines.postgres.connection import (
    connect,
    engine_errors,
    engine_name,
    freeze_reading,
    refuse_other_encodings,
)
from xjk.engines.postgres.reader import Reader
from xjk.engines.postgres.store import table_statement, view_statement
from xjk.engines.postgres.views import Branch, BranchBuilder, all_view, table_view
from xjk.errors import EngineError, MappingError, RuleError
from xjk.ledger.checksum import Checksum
from xjk.ledger.relations import DERIVED, RECORDS, SOURCE, Relation, table_relation
from xjk.ledger.store import Row, Rows, Value
from xjk.models.run import FileCount
from xjk.models.tables import TABLES
from xjk.readers.mapping.document import Mapping as MappingDocument
from xjk.readers.mapping.document import collected, mapping_error


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Tell rows of a finance system's table that a check in place leaves out for one reason.

    Attributes:
        table: Canonical table.
        file: The finance system's table.
        column: Column whose value cannot stand, or the key columns of a key used twice.
        kind: What is wrong, of ``xjk.models.problem_kinds``.
        rows: Number of rows.
        example: Key of one of them, its columns joined with ``|``.
    """

    table: str
    file: str
    column: str
    kind: str
    rows: int
    example: str


class InPlaceStore:
    """Be a finance system's database seen as a ledger: views made by a mapping, then what is derived, then read.

    Attributes:
        supplied: Columns the mapping feeds, by table.
        counts: What became of the rows of each table of the finance system.
        left_out: The rows that are no part of the ledger, by reason.
    """

    def __init__(self, url: str, mapping: MappingDocument, name: str) -> None:
        """Open the database and make its views.

        Args:
            url: Address of the database; when empty, libpq's environment decides.
            mapping: What the finance system's tables mean.
            name: How errors call the mapping.

        Raises:
            EngineError: when the database cannot be reached or refuses.
            MappingError: when the mapping does not fit it; all faults are listed.
        """
        self._connection = connect(url)
        self._reader = Reader(self._connection, "")
        self._filled: set[str] = set()
        self.supplied: dict[str, set[str]] = {}
        self.counts: list[FileCount] = []
        self.left_out: list[LeftOut] = []
        try:
            with engine_errors(self._connection):
                refuse_other_encodings(self._connection)
                freeze_reading(self._connection)
                self._connection.read_only = (
                    False  # temporary relations are made; every rule's step is read-only
                )
                self._show(self._branches(mapping, name))
        except BaseException:
            self._connection.close()
            raise

    @property
    def engine(self) -> str:
        """Return the name and version of the engine."""
        return f"{engine_name(self._connection)} (in place 就地)"

    def create(self, relation: Relation) -> None:
        """Do nothing: every relation is there from the start."""

    def append(self, relation: Relation, rows: Iterable[Sequence[Value]]) -> None:
        """Insert rows into a temporary table of what is derived or told."""
        remaining = iter(rows)
        first = next(remaining, None)
        if first is None:
            return
        statement = f"COPY {relation.name} FROM STDIN".encode()
        with (
            engine_errors(self._connection), self._reader.savepoint(), self._connection.cursor() as cursor, cursor.copy(statement) as copy,
        ):  # fmt: skip
            copy.write_row(first)
            for row in remaining:
                copy.write_row(row)
        self._filled.add(relation.name)

    def extend(self, relation: Relation, columns: Mapping[str, Sequence[Value]]) -> None:
        """Insert rows given column by column; columns left out are NULL."""
        empty = [None] * len(next(iter(columns.values()), ()))
        self.append(
            relation, zip(*(columns.get(column.name, empty) for column in relation.columns), strict=True)
        )

    def query(self, sql: str, params: Mapping[str, Value] | None = None) -> Rows:
        """Run a query of the library's own."""
        return self._reader.query(sql, params)

    def has_rows(self, table: str) -> bool:
        """Tell whether a relation holds anything."""
        return table in self._filled

    def checksum(self, relation: Relation) -> Checksum:
        """Add up the digests of a relation's rows on the server."""
        return server_checksum(self.query, relation)

    def delete(self, relation: Relation, rows: Iterable[tuple[int, int]]) -> None:  # noqa: ARG002
        """Refuse: books in place are never changed."""
        raise _unchangeable(relation)

    def discard(self, relation: Relation, sources: Iterable[int]) -> None:  # noqa: ARG002
        """Refuse: books in place are never changed."""
        raise _unchangeable(relation)

    def index(self, relation: Relation) -> bool:  # noqa: ARG002
        """Return True: rows whose key was used before are left out by the views."""
        return True

    def freeze(self) -> None:
        """End the filling: gather statistics of what was derived."""
        with engine_errors(self._connection):
            self._connection.execute(f"ANALYZE {', '.join(_TEMPORARY)}".encode())

    def session(self, *, seconds: float | None = None) -> InPlaceSession:
        """Open a read-only session whose queries may each take ``seconds``."""
        return InPlaceSession(self._reader, seconds)

    def close(self) -> None:
        """End the transaction, and with it everything temporary."""
        with suppress(EngineError), engine_errors(self._connection):
            self._connection.rollback()
        self._reader.close()

    def _branches(self, mapping: MappingDocument, name: str) -> dict[str, list[Branch]]:
        """Return what feeds each canonical table.

        Raises:
            MappingError: with every fault of the mapping.
        """
        branches: dict[str, list[Branch]] = {}
        errors: list[MappingError] = []
        number = 0
        for index, source in enumerate(mapping.sources):
            where = f"{name}: sources[{index}]"
            errors += [
                _of_files(option, f"{where}.{option}")
                for option in _OF_FILES
                if getattr(source, option) is not None
            ]
            try:
                base = find_table(self._connection, source.file, where)
            except MappingError as error:
                errors.append(error)
                continue
            for place, target in enumerate(source.tables):
                number += 1
                builder = BranchBuilder(base, source, target, f"{where}.tables[{place}]", self._all)
                branches.setdefault(target.table, []).append(builder.build(number))
                errors += builder.errors
        if errors:
            raise collected(list(dict.fromkeys(errors)), name)
        return branches

    def _show(self, branches: Mapping[str, Sequence[Branch]]) -> None:
        """Make every relation: views of what is fed, empty ones of what is not, tables for what is derived.

        Views have neither statistics nor indexes, so that the planner thinks too well of nested loops.
        """
        self._connection.execute(
            b"SET LOCAL search_path = pg_temp, pg_catalog; SET LOCAL enable_nestloop = off"
        )
        statements = [table_statement(relation, "TEMP") for relation in (*DERIVED.values(), *RECORDS)]
        statements += [
            view_statement(table_relation(table), "TEMP") for table in TABLES if table not in branches
        ]
        statements += [all_view(table, fed) for table, fed in branches.items()]
        self._connection.execute("; ".join(statements).encode())
        ((schema,),) = self._connection.execute("SELECT pg_my_temp_schema()::regnamespace::text").fetchall()
        self._reader.schema = str(schema)
        counts: dict[int, FileCount] = {}
        for table, fed in branches.items():
            counts |= self._show_table(table, fed)
        self.counts = [counts[source] for source in sorted(counts)]
        self.append(
            SOURCE,
            [(branch.source_id, branch.file, branch.table) for fed in branches.values() for branch in fed],
        )

    def _show_table(self, table: str, branches: Sequence[Branch]) -> dict[int, FileCount]:
        """Make the view of one canonical table, and count by source what it leaves out and why."""
        tally = {branch.source_id: _Tally(branch) for branch in branches}
        key = ", ".join(table_relation(table).key)
        example = f"min(concat_ws('|', {key}) COLLATE \"C\")"
        for source, problem, rows, shown in self._all(
            f"SELECT source_id, xjk_problem, count(*), {example} FROM xjk_all_{table} GROUP BY 1, 2 ORDER BY 1, 2"
        ):
            tally[_int(source)].take(str(problem or ""), _int(rows), str(shown or ""))
        has_problems = any(one.left_out for one in tally.values())
        self._connection.execute(table_view(table, has_problems=has_problems, has_duplicates=False).encode())
        if self._all(f"SELECT 1 FROM {table} GROUP BY {key} HAVING count(*) > 1 LIMIT 1"):
            places = (
                f"SELECT source_id, concat_ws('|', {key}) AS shown, row_number() OVER "
                f"(PARTITION BY {key} ORDER BY source_id, source_row) AS place FROM {table}"
            )
            for source, rows, shown in self._all(
                f'SELECT source_id, count(*), min(shown COLLATE "C") FROM ({places}) p WHERE place > 1 GROUP BY 1 ORDER BY 1'
            ):
                tally[_int(source)].repeat(_int(rows), str(shown), ",".join(table_relation(table).key))
            view = table_view(table, has_problems=has_problems, has_duplicates=True)
            self._connection.execute(f"DROP VIEW {table}; {view}".encode())
        counts: dict[int, FileCount] = {}
        for branch in branches:
            ((whole,),) = self._all(branch.counted)
            one = tally[branch.source_id]
            self.left_out += one.left_out
            counts[branch.source_id] = one.count(_int(whole))
            self.supplied.setdefault(table, set()).update(branch.supplied)
            if one.accepted:
                self._filled.add(table)
        return counts

    def _all(self, sql: str) -> list[Row]:
        return list(self.query(sql))


class InPlaceSession:
    """Be a read-only session for rules over the store's own connection; temporary relations live in no other."""

    def __init__(self, reader: Reader, seconds: float | None) -> None:
        self._reader, self._seconds = reader, seconds
        self._is_closed = False

    def query(self, sql: str, params: Mapping[str, Value] | None = None) -> Rows:
        """Run one SELECT with named parameters; see ``xjk.ledger.store.Session``."""
        if self._is_closed:
            raise RuleError(zh="会话已关闭（closed）。", en="The session is closed.")
        return self._reader.ask(sql, params or {}, self._seconds, self._reader)

    def close(self) -> None:
        """End the session; the connection is the store's."""
        self._is_closed = True


class _Tally:
    """Keep the books on the rows of one branch."""

    def __init__(self, branch: Branch) -> None:
        self._branch = branch
        self.accepted = self._ignored = 0
        self.left_out: list[LeftOut] = []

    def take(self, problem: str, rows: int, example: str) -> None:
        """Count rows with one problem, or with none."""
        if not problem:
            self.accepted += rows
            return
        column, _, kind = problem.partition(" ")
        self.left_out.append(LeftOut(self._branch.table, self._branch.file, column, kind, rows, example))

    def repeat(self, rows: int, example: str, key: str) -> None:
        """Count rows whose key an earlier row used; where only the first of each counts, they are no data."""
        self.accepted -= rows
        if self._branch.is_distinct:
            self._ignored += rows
        else:
            self.left_out.append(
                LeftOut(self._branch.table, self._branch.file, key, "duplicate_key", rows, example)
            )

    def count(self, whole: int) -> FileCount:
        """Return the count of a table that has ``whole`` rows, those the mapping leaves aside included."""
        quarantined = sum(one.rows for one in self.left_out)
        rows = self.accepted + quarantined
        return FileCount(
            file=self._branch.file, table=self._branch.table, rows=rows, accepted=self.accepted, quarantined=quarantined,
            ignored=whole - rows,
        )  # fmt: skip


_OF_FILES = ("encoding", "delimiter", "sheet", "header_row")
_TEMPORARY = tuple(relation.name for relation in (*DERIVED.values(), *RECORDS))


def _int(value: Value) -> int:
    return int(value or 0)


def _unchangeable(relation: Relation) -> EngineError:
    return EngineError(
        zh=f"就地检查不改动 {relation.name}。", en=f"A check in place changes nothing in {relation.name}."
    )


def _of_files(option: str, where: str) -> MappingError:
    return mapping_error(
        where,
        f"{option} 只用于文件，就地检查时不适用。",
        f"{option} is about files and means nothing in place.",
        "请删去该键。",
        "Take the key out.",
    )

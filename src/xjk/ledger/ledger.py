"""A loaded ledger: relations in an engine, and what became of every input row."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from xjk.ledger.checksum import checksum
from xjk.ledger.elsewhere import may_be_copied
from xjk.ledger.raw import FILE_COLUMN, PROBLEM_COLUMN, ROW_COLUMN
from xjk.ledger.relations import table_relation
from xjk.ledger.store import Session, Store
from xjk.models.dates import day_date, day_number
from xjk.models.problem import Problem
from xjk.models.run import FileCount, Validation
from xjk.models.spreadsheet import disarm
from xjk.models.tables import TABLES


class Ledger:
    """Hold the canonical and derived relations of some books, ready to be read.

    Made by ``xjk.load``; close it, or use it as a context manager, to remove its temporary database.

    Attributes:
        supplied: Columns that a source fed, by table; rules whose columns are missing are skipped.
        unreadable: Tables that were supplied but could not be read, or of which a source was refused as a whole: rules
            would run over nothing, and nobody notice.
    """

    def __init__(
        self,
        store: Store,
        *,
        supplied: Mapping[str, frozenset[str]],
        counts: Sequence[FileCount],
        unreadable: Sequence[str] = (),
    ) -> None:
        self._store = store
        self._counts = tuple(counts)
        self.supplied = dict(supplied)
        refused = (count.table for count in counts if count.is_refused_whole)
        self.unreadable = tuple(sorted({*unreadable, *refused}))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the database."""
        self._store.close()

    @property
    def engine(self) -> str:
        """Return the name and version of the engine."""
        return self._store.engine

    def session(self, *, seconds: float | None = None) -> Session:
        """Open a read-only session; each of its queries may take ``seconds``."""
        return self._store.session(seconds=seconds)

    def may_be_read_in_children(self) -> bool:
        """Tell whether a copy of this process may open sessions."""
        return may_be_copied(self._store)

    @cached_property
    def as_of(self) -> date | None:
        """Return the newest date of something that happened, from which rules count; None when nothing did."""
        newest: list[int] = []
        for table, column in _HAPPENED:
            if column in self.supplied.get(table, ()):
                ((day,),) = self._store.query(f"SELECT max({column}_day) FROM {table}")  # noqa: S608
                newest += [int(day)] if day is not None else []
        return day_date(max(newest)) if newest else None

    @cached_property
    def standards_in_force(self) -> Mapping[str, Sequence[tuple[int, str]]]:
        """Return value and measure of every dated standard in force on the newest day of the data, by key."""
        found: dict[str, list[tuple[int, str]]] = {}
        if self.as_of is not None:
            rows = self._store.query(
                "SELECT standard_key, value, measure FROM standard WHERE :day BETWEEN valid_from_day AND valid_to_day",
                {"day": day_number(self.as_of)},
            )
            for key, value, measure in rows:
                found.setdefault(str(key), []).append((int(value or 0), str(measure)))
        return found

    @cached_property
    def data_hash(self) -> str:
        """Return a SHA-256 over the accepted rows; file names and row order do not matter."""
        digest = hashlib.sha256()
        for table in sorted(self.supplied):
            relation = table_relation(table)
            columns = ",".join(column.name for column in relation.columns)
            sums = ",".join(map(str, checksum(self._store, relation)))
            digest.update(f"{table}({columns}):{sums}\n".encode())
        return digest.hexdigest()

    def problems(self) -> Iterator[Problem]:
        """Yield everything that is wrong with the data, by file and row."""
        for (document,) in self._store.query(
            "SELECT document FROM problem ORDER BY file, source_row, problem_id"
        ):
            yield Problem.model_validate_json(str(document))

    def validation(self, limit: int | None = None) -> Validation:
        """Say what became of every input row; at most ``limit`` problems are listed, all are counted."""
        by_code = list(
            self._store.query(
                "SELECT code, severity, count(*) FROM problem GROUP BY code, severity ORDER BY code"
            )
        )
        counts = {str(code): int(number or 0) for code, _, number in by_code}
        listed = tuple(islice(self.problems(), limit))
        return Validation(
            files=self._counts,
            counts=counts,
            errors=sum(int(number or 0) for _, severity, number in by_code if severity == "error"),
            warnings=sum(int(number or 0) for _, severity, number in by_code if severity == "warning"),
            problems=listed,
            not_shown=sum(counts.values()) - len(listed),
        )

    def write_quarantine(self, folder: Path) -> tuple[Path, ...]:
        """Write the refused rows as ``<table>.csv``, to be repaired and loaded with the rest.

        Each file has the canonical columns and three more: where the row came from (``_file``, ``_row``) and why it
        was refused (``_problem``). Cells that a spreadsheet would run as a formula are disarmed by an apostrophe,
        which is taken off when the file is loaded again.
        The folder appears whole or not at all; it must not exist yet.
        """
        target = Path(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".quarantine-", dir=target.parent))
        try:
            names = [
                self._write_refused(draft, table)
                for (table,) in self._store.query(
                    "SELECT DISTINCT table_name FROM quarantine ORDER BY table_name"
                )
            ]
            draft.chmod(0o755)
            draft.rename(target)
        except BaseException:
            with suppress(OSError):
                shutil.rmtree(draft)
            raise
        return tuple(target / name for name in names)

    def _write_refused(self, folder: Path, table: object) -> str:
        name = f"{table}.csv"
        columns = [*TABLES[str(table)].model_fields]
        with (folder / name).open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)  # CRLF, or Python before 3.13 leaves a cell with a lone CR unquoted
            writer.writerow([*columns, FILE_COLUMN, ROW_COLUMN, PROBLEM_COLUMN])
            rows = self._store.query(
                "SELECT file, source_row, reason, cells FROM quarantine WHERE table_name = :table ORDER BY file, source_row",
                {"table": str(table)},
            )
            for source, number, reason, document in rows:
                cells = json.loads(str(document))
                origin = [cells.get(FILE_COLUMN) or source, cells.get(ROW_COLUMN) or number]
                line = [*(cells.get(column, "") for column in columns), *origin, reason]
                writer.writerow([disarm(str(cell)) for cell in line])
        return name


_HAPPENED: tuple[tuple[str, str], ...] = (
    ("voucher_line", "voucher_date"), ("bank_transaction", "booked_on"), ("payment", "paid_on"), ("invoice", "issued_on"),
    ("invoice_use", "voucher_date"), ("receipt", "issued_on"), ("remittance", "remitted_on"), ("penalty", "decided_on"),
    ("service_fee", "paid_on"), ("attendance", "day"), ("asset_disposal", "disposed_on"), ("beneficiary", "paid_on"),
)  # fmt: skip
"""Dates of things that happened; deadlines and last days of contracts lie in the future and do not count."""

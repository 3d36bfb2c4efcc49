"""From raw tables into a store: every row is accepted or quarantined, and the books are kept on all of them."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from xjk.errors import DataError
from xjk.ledger.at_rest import FileStore
from xjk.ledger.elsewhere import elsewhere, may_be_copied
from xjk.ledger.raw import FILE_COLUMN, ROW_COLUMN, Batch, ParquetFile, RawTable, TextFile
from xjk.ledger.relations import PROBLEM, QUARANTINE, SOURCE, table_relation
from xjk.ledger.store import Store, Value
from xjk.ledger.table_columns import TableColumns
from xjk.ledger.validation import ValidatedBatch, validated
from xjk.models.problem import Problem, encodable
from xjk.models.run import FileCount

Progress = Callable[[str, int], None]
"""Called with a file name and the number of its rows done so far."""

_PROBLEMS_AT_ONCE = 1_000
_ROW_NUMBER = re.compile(r"[1-9][0-9]{0,9}")
_LARGE_FILE = 4 * 1024 * 1024


class Refusal(NamedTuple):
    """Be one refused row: where it is, its cells as text by canonical column, and what is wrong with it."""

    source_id: int
    table: str
    file: str
    row: int
    cells: Mapping[str, str]
    problems: Sequence[Problem]


class Intake:
    """Take raw tables into a store, and keep the books on every row.

    Attributes:
        supplied: Columns that a source fed, by table.
        counts: What became of the rows, by file and table, in the order they came.
        unreadable: Tables of which a source could not be read.

    With more than one of ``workers``, large files are validated in a child process, if the store allows.
    """

    def __init__(self, store: Store, progress: Progress | None = None, workers: int = 1) -> None:
        self.store = store
        self.supplied: dict[str, set[str]] = {}
        self.counts: list[FileCount] = []
        self.unreadable: list[str] = []
        self._progress = progress
        self._workers = workers
        self._sources = 0
        self._count_of: dict[int, int] = {}
        self._problem_count = 0
        self._repairs: dict[tuple[str, str], set[int]] = {}
        self._repair_sources: set[int] = set()

    def take(self, raw: RawTable) -> None:
        """Take one raw table: validate its rows, insert what is accepted, quarantine the rest.

        Raises:
            DataError: when a key or required column is missing, or the source breaks off; nothing of it was taken.
        """
        before, raw = self._sources, replace(raw, file=encodable(raw.file))
        self.tell(raw.problems)
        try:
            if raw.failure is not None:
                raise raw.failure
            with _collector_paused():
                self._take(raw, TableColumns(raw))
        except DataError:
            for relation in (table_relation(raw.table), QUARANTINE, PROBLEM) if raw.table else ():
                self.store.discard(relation, range(before + 1, self._sources + 1))
            self.unreadable = sorted({*self.unreadable, raw.table or raw.file})
            raise

    def _take(self, raw: RawTable, columns: TableColumns) -> None:
        source_id = self._source(raw.file, raw.table)
        if columns.are_repairs:
            self._repair_sources.add(source_id)
        accepted = quarantined = 0
        ignored = raw.furniture
        others: Iterable[Batch] | None = None
        if isinstance(self.store, FileStore) and (taken := self.store.take_file(raw, columns, source_id)):
            doubts = (columns.doubted(raw, cell.column, cell.text, cell.row) for cell in taken.doubts)
            self.tell(doubts, source_id)
            accepted += taken.accepted
            ignored += taken.blank
            others = taken.others
        for batch in self._validated(raw, columns, others):
            self._keep(raw, columns, batch, source_id)
            accepted += batch.accepted
            quarantined += len(batch.refused)
            ignored += batch.ignored
            if self._progress is not None:
                self._progress(raw.file, accepted + quarantined)
        self.supplied.setdefault(raw.table, set()).update(columns.supplied)
        self.counts.append(
            FileCount(
                file=raw.file,
                table=raw.table,
                rows=accepted + quarantined,
                accepted=accepted,
                quarantined=quarantined,
                ignored=ignored,
            )
        )

    def _validated(
        self, raw: RawTable, columns: TableColumns, others: Iterable[Batch] | None
    ) -> Iterator[ValidatedBatch]:
        """Validate what the store did not take by itself, or all; a large file with several workers in a child process."""
        if others is not None:
            return validated(raw, columns, others)
        if self._workers > 1 and may_be_copied(self.store) and _is_large(raw):
            return elsewhere(lambda: validated(raw, columns, raw.batches()))
        return validated(raw, columns, raw.batches())

    def tell(self, problems: Iterable[Problem], source_id: int = 0) -> None:
        """Keep problems with the ledger; those about rows go with their source."""
        rows: list[tuple[Value, ...]] = []
        for problem in problems:
            self._problem_count += 1
            document = problem.model_dump_json(exclude_none=True)
            file, row = problem.file or "", problem.row or 0
            rows.append((self._problem_count, source_id, row, problem.severity, problem.code, file, document))
            if len(rows) == _PROBLEMS_AT_ONCE:
                self.store.append(PROBLEM, rows)
                rows = []
        self.store.append(PROBLEM, rows)

    def quarantine_stored(self, refused: Sequence[Refusal]) -> None:
        """Quarantine rows that were accepted before, and put the counts right."""
        for source_id, rows in groupby(refused, key=attrgetter("source_id")):
            of_source = list(rows)
            self.tell((problem for refusal in of_source for problem in refusal.problems), source_id)
            self._recount(source_id, accepted=-len(of_source), quarantined=len(of_source))
        self._quarantine(refused)

    def settle_repairs(self) -> None:
        """Let repaired rows take the place of those they repair: the old ones are ignored and their problems gone.

        A repaired row says in ``_file`` and ``_row`` which row it stands for; whether it is accepted or refused
        again, it is the newer one. Rows of repair files are never replaced themselves: a repair file often has the
        name of the file it repairs, and its own rows have other numbers.
        """
        for (table, file), numbers in self._repairs.items():
            found = self.store.query(
                "SELECT source_id, source_row FROM quarantine WHERE table_name = :table AND file = :file",
                {"table": table, "file": file},
            )
            gone = [
                (int(source or 0), int(row or 0))
                for source, row in found
                if row in numbers and source not in self._repair_sources
            ]
            for relation in (QUARANTINE, PROBLEM):
                self.store.delete(relation, gone)
            for source_id, _ in gone:
                self._recount(source_id, rows=-1, quarantined=-1, ignored=1)

    def _recount(self, source_id: int, **changes: int) -> None:
        """Put right the count that a source's rows went into."""
        place = self._count_of[source_id]
        count = self.counts[place]
        self.counts[place] = count.model_copy(
            update={name: getattr(count, name) + by for name, by in changes.items()}
        )

    def _keep(self, raw: RawTable, columns: TableColumns, batch: ValidatedBatch, source_id: int) -> None:
        """Keep a batch: what is told, the refused rows, what is doubtful, the accepted rows."""
        self.tell(batch.told, source_id)
        self._quarantine(
            [
                Refusal(source_id, raw.table, raw.file, row.number, row.cells, row.problems)
                for row in batch.refused
            ]
        )
        self.tell(batch.doubts, source_id)
        sources: Sequence[Value] = [source_id] * batch.accepted
        numbers: Sequence[Value] = batch.numbers
        if columns.are_repairs:
            for row in batch.refused:
                file, number = row.cells.get(FILE_COLUMN), row.cells.get(ROW_COLUMN, "")
                if file and _ROW_NUMBER.fullmatch(number):
                    self._repairs.setdefault((raw.table, file), set()).add(int(number))
            sources, numbers = self._origins(raw, batch)
        if batch.accepted:
            self.store.extend(
                columns.relation, {**batch.columns, "source_id": sources, "source_row": numbers}
            )

    def _origins(self, raw: RawTable, batch: ValidatedBatch) -> tuple[list[Value], list[Value]]:
        """Return source and row number of accepted rows that stand for rows of other files."""
        files = [encodable(file) for file, _ in batch.origins]
        known = {file: self._source(file or raw.file, raw.table) for file in dict.fromkeys(files)}
        numbers = [
            int(row) if _ROW_NUMBER.fullmatch(row) else number
            for (_, row), number in zip(batch.origins, batch.numbers, strict=True)
        ]
        for file, number in zip(files, numbers, strict=True):
            self._repairs.setdefault((raw.table, file), set()).add(number)
        return [known[file] for file in files], list(numbers)

    def _source(self, file: str, table: str) -> int:
        """Give a source its number, and remember which count its rows go into."""
        self._sources += 1
        self._count_of[self._sources] = len(self.counts)
        self.store.append(SOURCE, [(self._sources, file, table)])
        return self._sources

    def _quarantine(self, refused: Sequence[Refusal]) -> None:
        """Keep refused rows as they stand, with the reasons."""
        rows: list[tuple[Value, ...]] = []
        for source_id, table, file, row, cells, problems in refused:
            reason = " ".join(f"{problem.reason.zh} {problem.reason.en}" for problem in problems)
            rows.append((source_id, row, table, file, reason, json.dumps(cells, ensure_ascii=False)))
        self.store.append(QUARANTINE, rows)


def _is_large(raw: RawTable) -> bool:
    """Tell whether a source is worth a process of its own."""
    return isinstance(raw.at_rest, TextFile | ParquetFile) and raw.at_rest.path.stat().st_size > _LARGE_FILE


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the cycle collector: a batch makes 100,000 objects and no cycles, and looking for some costs a fifth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

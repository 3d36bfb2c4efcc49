"""From raw rows to rows of a relation: every row is accepted or quarantined, and nothing is lost on the way.

A batch is turned on its side and each column parsed by one ``map``; only rows with a refused value are looked at
one by one. Memory holds one batch and the memos of the parsers.
"""

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
from xjk.ledger.raw import FILE_COLUMN, ROW_COLUMN, Batch, RawTable
from xjk.ledger.relations import PROBLEM, QUARANTINE, SOURCE, table_relation
from xjk.ledger.store import Store, Value
from xjk.ledger.table_columns import ParsedBatch, Row, TableColumns
from xjk.models.problem import Problem, encodable
from xjk.models.run import FileCount
from xjk.models.text import tidy

Progress = Callable[[str, int], None]
"""Called with a file name and the number of its rows done so far."""

_PROBLEMS_AT_ONCE = 1_000
_ROW_NUMBER = re.compile(r"[1-9][0-9]{0,9}")

TOTAL_WORDS = frozenset(
    (
        "合计",
        "总计",
        "小计",
        "累计",
        "本月合计",
        "本年累计",
        "本页合计",
        "承前页",
        "过次页",
        "total",
        "grandtotal",
        "subtotal",
    )
)
"""Words that mark a row of sums; spaces inside them do not count."""


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
    """

    def __init__(self, store: Store, progress: Progress | None = None) -> None:
        self.store = store
        self.supplied: dict[str, set[str]] = {}
        self.counts: list[FileCount] = []
        self.unreadable: list[str] = []
        self._progress = progress
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

        refused: list[Refusal] = []
        told: list[Problem] = []

        def refuse(row: Row, problems: Sequence[Problem]) -> None:
            cells = columns.texts(row.cells)
            refused.append(Refusal(source_id, raw.table, raw.file, row.number, cells, problems))
            told.extend(problems)
            if (
                columns.are_repairs
                and cells.get(FILE_COLUMN)
                and _ROW_NUMBER.fullmatch(cells.get(ROW_COLUMN, ""))
            ):
                self._repairs.setdefault((raw.table, cells[FILE_COLUMN]), set()).add(int(cells[ROW_COLUMN]))

        rows = accepted = quarantined = 0
        ignored = raw.furniture
        batches: Iterable[Batch] = ()
        if isinstance(self.store, FileStore) and (taken := self.store.take_file(raw, columns, source_id)):
            doubts = (columns.doubted(raw, cell.column, cell.text, cell.row) for cell in taken.doubts)
            self.tell(doubts, source_id)
            rows = accepted = taken.accepted
            ignored += taken.blank
            batches = taken.others
        else:
            batches = raw.batches()
        for batch in batches:
            cells, numbers, misfits = _fitting(batch.rows, batch.numbers, len(raw.columns))
            parsed = columns.parse(cells, numbers)
            blank = total = 0
            for row in (*misfits, *parsed.refused):
                misfit = len(row.cells) != len(raw.columns)
                if not any(tidy(cell) if isinstance(cell, str) else cell is not None for cell in row.cells):
                    blank += 1
                elif _is_total(row.cells) and (misfit or columns.lacks_required(row.cells)):
                    total += 1
                    told.append(Problem.of("total_row", table=raw.table, file=raw.file, row=row.number))
                else:
                    refuse(row, (_misfit(raw, row),) if misfit else columns.problems(raw, row))
            self.tell(told, source_id)
            self._quarantine(refused)
            told.clear()
            refused.clear()
            if parsed.accepted:
                self._append(raw, columns, parsed, source_id)
            not_taken = len(parsed.refused) + len(misfits)
            ignored += blank + total + len(batch.rows) - parsed.accepted - not_taken
            accepted += parsed.accepted
            quarantined += not_taken - blank - total
            rows += parsed.accepted + not_taken - blank - total
            if self._progress is not None:
                self._progress(raw.file, rows)
        self.supplied.setdefault(raw.table, set()).update(columns.supplied)
        self.counts.append(
            FileCount(
                file=raw.file,
                table=raw.table,
                rows=rows,
                accepted=accepted,
                quarantined=quarantined,
                ignored=ignored,
            )
        )

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

    def _append(self, raw: RawTable, columns: TableColumns, parsed: ParsedBatch, source_id: int) -> None:
        """Insert the accepted rows of a batch, and tell what is doubtful about them."""
        self.tell(columns.doubts(raw, parsed), source_id)
        sources: Sequence[Value] = [source_id] * parsed.accepted
        numbers: Sequence[Value] = parsed.numbers
        if columns.are_repairs:
            files = [encodable(str(file or "")) for file in columns.cells(parsed.rows, FILE_COLUMN)]
            rows = [str(row).strip() for row in columns.cells(parsed.rows, ROW_COLUMN)]
            known = {file: self._source(file or raw.file, raw.table) for file in dict.fromkeys(files)}
            sources = [known[file] for file in files]
            numbers = [
                int(row) if _ROW_NUMBER.fullmatch(row) else number
                for row, number in zip(rows, parsed.numbers, strict=True)
            ]
            for file, number in zip(files, numbers, strict=True):
                self._repairs.setdefault((raw.table, file), set()).add(int(number or 0))
        physical = columns.physical(parsed)
        self.store.extend(columns.relation, {**physical, "source_id": sources, "source_row": numbers})

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


def _fitting(
    rows: Sequence[Sequence[object]], numbers: Sequence[int], width: int
) -> tuple[Sequence[Sequence[object]], Sequence[int], list[Row]]:
    """Separate the rows whose number of cells differs from the header's; blank ones are dropped."""
    if set(map(len, rows)) <= {width}:
        return rows, numbers, []
    fitting: list[Sequence[object]] = []
    kept: list[int] = []
    misfits: list[Row] = []
    for number, row in zip(numbers, rows, strict=True):
        if len(row) == width or (len(row) > width and not any(row[width:])):
            fitting.append(row[:width])
            kept.append(number)
        elif any(tidy(str(cell)) for cell in row if cell is not None):
            misfits.append(Row(number, row))
    return fitting, kept, misfits


def _misfit(raw: RawTable, row: Row) -> Problem:
    """Tell that a row has too many or too few cells."""
    cells, columns = len(row.cells), len(raw.columns)
    kind = "row_long" if cells > columns else "row_short"
    return Problem.of(kind, table=raw.table, file=raw.file, row=row.number, cells=cells, columns=columns)


def _is_total(cells: Sequence[object]) -> bool:
    """Tell whether a cell says that the row holds sums."""
    return any(
        isinstance(cell, str) and "".join(cell.split()).rstrip(":：").lower() in TOTAL_WORDS for cell in cells
    )

"""Tell how the cells of a delimited text are separated and quoted."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

DELIMITERS = (",", "\t", ";", "|")
"""Separators tried, in order of preference when the sample does not decide."""

HEADER_ROWS = 30
"""Rows among which the header is looked for; bank statements carry up to a dozen rows above it."""

_SAMPLE_RECORDS = 200


@dataclass(frozen=True, slots=True)
class Dialect:
    """Say how cells are separated and whether double quotes enclose them."""

    delimiter: str
    quoted: bool = True

    def options(self) -> dict[str, object]:
        """Return the keyword arguments for ``csv.reader``.

        Reading is strict: after a stray quote the lenient mode of the csv module may run two records into one
        with the right number of cells, and nobody would notice.
        """
        quoting = csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE
        return {"delimiter": self.delimiter, "quoting": quoting, "strict": True}


@dataclass(frozen=True, slots=True)
class _Trial:
    """Keep how one dialect reads the sample."""

    dialect: Dialect
    records: list[list[str]]
    broken: int

    def score(self, is_header: Callable[[str], bool]) -> tuple[object, ...]:
        """Rank by recognised headers, then by how evenly the records divide, then by their width."""
        widths = Counter(len(record) for record in self.records if any(record))
        width, times = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(1, 0))
        share = times / max(1, sum(widths.values()) + self.broken) if width > 1 else 0.0
        matches = max((header_matches(record, is_header) for record in self.records[:HEADER_ROWS]), default=0)
        return (matches if matches > 1 else 0, round(share, 2), width)

    def leaves_quotes_open(self) -> bool:
        """Tell whether quotes at the start of cells stay open more often than they are closed."""
        balance = 0
        for record in self.records:
            for index, cell in enumerate(record):
                if cell.startswith('"'):
                    closed = len(cell) > 1 and cell.endswith('"')
                    balance += (
                        1 if closed or any(later.endswith('"') for later in record[index + 1 :]) else -1
                    )
        return balance < 0


def header_matches(record: Sequence[str], is_header: Callable[[str], bool]) -> int:
    """Count the distinct cells of a record that are known headers."""
    return len({cell for cell in record if cell and is_header(cell)})


def sniff(lines: Sequence[str], is_header: Callable[[str], bool], delimiter: str | None = None) -> Dialect:
    """Return the dialect that divides the sample lines best.

    ``is_header`` tells known column names; a candidate that shows more of them wins. Text in which a quote
    opens a cell but never encloses one (``"十三五"规划`` between tabs) is read without quoting.
    """
    candidates = (delimiter,) if delimiter else DELIMITERS
    trials = [_try(lines, Dialect(candidate)) for candidate in candidates]
    broken = [trial.dialect.delimiter for trial in trials if trial.broken]
    bare = (_try(lines, Dialect(candidate, quoted=False)) for candidate in broken)
    trials += [trial for trial in bare if trial.leaves_quotes_open()]
    return max(trials, key=lambda trial: trial.score(is_header)).dialect


def sample_records(lines: Sequence[str], dialect: Dialect) -> list[list[str]]:
    """Read the sample lines; a record that breaks the dialect stands as an empty one."""
    return _try(lines, dialect).records


def _try(lines: Sequence[str], dialect: Dialect) -> _Trial:
    reader = csv.reader(lines, **dialect.options())  # type: ignore[arg-type]
    records: list[list[str]] = []
    broken = 0
    while len(records) < _SAMPLE_RECORDS:
        try:
            records.append(next(reader))
        except StopIteration:
            break
        except csv.Error:
            # The sample may end inside a quoted cell; that alone says nothing against the dialect.
            broken += reader.line_num < len(lines)
            records.append([])
    return _Trial(dialect, records, broken)

"""CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from xjk.models.spreadsheet import disarm
from xjk.report.safe import one_line

_MARK = "\ufeff"
"""Byte-order mark; without it a spreadsheet reads Chinese text in the wrong encoding."""


def csv_text(header: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table as CSV with a byte-order mark; cells that a spreadsheet would run are disarmed."""
    file = io.StringIO()
    file.write(_MARK)
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([disarm(one_line(cell)) for cell in row] for row in rows)
    return file.getvalue()

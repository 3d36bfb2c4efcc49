"""The books that are measured: a simulated district as CSV and as Parquet, the same rows, made once and kept."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from zlib import crc32

import pyarrow.parquet
from pyarrow.csv import ConvertOptions, open_csv

from xjk.testing import simulate

Row = dict[str, str]

FORMATS = ("csv", "parquet")
SEED, YEARS, FIRST_YEAR = 2024, 2, 2024
LINES_PER_UNIT = 2_000
"""A unit books about a thousand voucher lines in a year."""
WHOLE_DISTRICT = 18
"""Units of the smallest district that has every kind of unit."""
MOST_UNITS = 1_800
"""Units of the largest district the simulator makes; larger books have more lines for each."""

WRONG_INVOICES, WRONG_EVENTS, DOUBLE_SIGNATURES = 500, 20, 30
"""One row in so many gets an error."""


def cache() -> Path:
    """Return the folder that keeps the books: ``XJK_BENCH_DATA``, or one in the folder for temporary files."""
    return Path(os.environ.get("XJK_BENCH_DATA") or Path(tempfile.gettempdir()) / "xjk-bench")


def district(lines: int) -> dict[str, Path]:
    """Return the folders of a district with about `lines` voucher lines, by format; made when they are not there."""
    home = cache() / f"{lines}-{crc32(Path(__file__).read_bytes()):08x}"  # other books when this file changes
    folders = {name: home / name for name in FORMATS}
    if not home.exists():
        home.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=home.parent))
        try:
            _write(draft, lines)
            draft.rename(home)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return folders


def only(folder: Path, tables: Iterable[str], into: Path) -> Path:
    """Make a folder with the files of some tables, so that either side is given the same (hard links: the library reads no others)."""
    into.mkdir(parents=True)
    for file in folder.iterdir():
        if file.stem in tables:
            (into / file.name).hardlink_to(file)
    return into


def _write(home: Path, lines: int) -> None:
    units = min(max(1, round(lines / LINES_PER_UNIT / WHOLE_DISTRICT)) * WHOLE_DISTRICT, MOST_UNITS)
    for name in FORMATS:
        simulate(
            home / name / "data", units=units, years=YEARS, first_year=FIRST_YEAR, seed=SEED, lines=lines,
            format="csv" if name == "csv" else "parquet",
        )  # fmt: skip
        for file in (home / name / "data").iterdir():
            file.rename(home / name / file.name)
        (home / name / "data").rmdir()
        (home / name / "truth.yaml").unlink()
    add_errors(home / "csv")
    for table in ("invoice", "event", "attendance"):
        _to_parquet(home / "csv" / f"{table}.csv", home / "parquet" / f"{table}.parquet")


def add_errors(folder: Path) -> None:
    """Make a few rows of a district wrong, chosen by checksums: in honest books some rules would find nothing.

    A rule that finds nothing on either side is not compared.
    """
    _rewrite(folder / "invoice.csv", lambda row: [_wrong_invoice(row)])
    _rewrite(folder / "event.csv", lambda row: [_dear_event(row)])
    held = _events_by_day(folder)
    _rewrite(folder / "attendance.csv", lambda row: _signatures(row, held))


def _rewrite(file: Path, rows_of: Callable[[Row], Iterable[Row]]) -> None:
    draft = file.with_suffix(".draft")
    with (
        file.open(encoding="utf-8", newline="") as source,
        draft.open("w", encoding="utf-8", newline="") as target,
    ):
        rows = csv.DictReader(source)
        writer = csv.DictWriter(target, rows.fieldnames or (), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerows(rows_of(row))
    draft.replace(file)


def _chosen(text: str, one_in: int) -> int:
    """Return a number below `one_in` that depends on the text alone."""
    return crc32(text.encode()) % one_in


def _wrong_invoice(invoice: Row) -> Row:
    """Issue an invoice late, give it a rate that was never in force, or let its sums disagree."""
    match _chosen(invoice["invoice_id"], WRONG_INVOICES):
        case 0:
            issued = date.fromisoformat(invoice["issued_on"]) + timedelta(days=90)
            return invoice | {"issued_on": issued.isoformat()}
        case 1:
            return invoice | {"tax_rate": "0.08"}
        case 2 if invoice["net_amount"]:
            return invoice | {"net_amount": str(Decimal(invoice["net_amount"]) - 5)}
    return invoice


def _dear_event(event: Row) -> Row:
    """Let an event cost too much, and now and then claim too many people as well."""
    chosen = _chosen(event["event_id"], WRONG_EVENTS)
    dear = event | {"cost": str(Decimal(event["cost"]) * 9)}
    if chosen == 0:
        return dear
    return dear | {"attendees": str(int(event["attendees"]) + 40)} if chosen == 1 else event


def _events_by_day(folder: Path) -> Mapping[str, Sequence[str]]:
    """Return the events on each day that somebody signed for."""
    with (folder / "attendance.csv").open(encoding="utf-8", newline="") as file:
        signed = {(row["day"], row["event_id"]): None for row in csv.DictReader(file)}
    held: dict[str, list[str]] = {}
    for day, event in signed:
        held.setdefault(day, []).append(event)
    return held


def _signatures(signature: Row, held: Mapping[str, Sequence[str]]) -> Iterable[Row]:
    """Yield a signature, and sometimes another one of that person at another event of that day."""
    yield signature
    if _chosen(signature["event_id"] + signature["person_name"], DOUBLE_SIGNATURES) == 0:
        others = [event for event in held[signature["day"]] if event != signature["event_id"]]
        yield from (signature | {"event_id": event} for event in others[:1])


def _to_parquet(plain: Path, typed: Path) -> None:
    """Write the rows of a CSV file over a Parquet file, with the types that were there."""
    schema = pyarrow.parquet.read_schema(typed)
    options = ConvertOptions(
        column_types=schema, null_values=[""], strings_can_be_null=True, true_values=["1"], false_values=["0"]
    )
    with (
        open_csv(plain, convert_options=options) as rows,
        pyarrow.parquet.ParquetWriter(typed, schema) as writer,
    ):
        for batch in rows:
            writer.write_batch(batch)

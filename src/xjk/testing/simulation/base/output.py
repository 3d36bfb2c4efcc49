"""Writing: one file per table, block by block, and the record of what was planted."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from xjk.testing.simulation.base.columns import COLUMNS, KEYS, MONEY
from xjk.testing.simulation.base.text import cell, value_text, yuan
from xjk.testing.simulation.base.world import Row, Voucher, World


class Output:
    """The CSV files of all tables, open for writing; close by leaving the ``with`` block."""

    def __init__(self, folder: Path) -> None:
        self.counts = dict.fromkeys(COLUMNS, 0)
        self._files = {
            table: (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") for table in COLUMNS
        }
        for table, columns in COLUMNS.items():
            self._files[table].write(",".join(columns) + "\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files.values():
            file.close()

    def write(self, table: str, text: str, rows: int) -> None:
        """Append rows that are already CSV text."""
        self._files[table].write(text)
        self.counts[table] += rows

    def write_rows(self, world: World) -> None:
        """Append the rows of every table of a block, and the lines of its vouchers."""
        for table, rows in world.tables.items():
            self.write(table, world.local(_csv(table, rows)), len(rows))
        lines = [_lines(voucher) for voucher in world.vouchers]
        self.write("voucher_line", world.local("".join(lines)), sum(len(v.lines) for v in world.vouchers))


def _csv(table: str, rows: Sequence[Row]) -> str:
    """Write rows as CSV text."""
    text = io.StringIO()
    cells = [(column, column in MONEY[table]) for column in COLUMNS[table]]
    csv.writer(text, lineterminator="\n").writerows(
        [value_text(row.get(column), money) for column, money in cells] for row in rows
    )
    return text.getvalue()


def _lines(voucher: Voucher) -> str:
    """Write the lines of one voucher as CSV text."""
    unit, number, day = voucher.unit, voucher.number, voucher.day
    people = f"{voucher.attachments},{unit.accountant},{unit.finance_head},{int(voucher.voided)}\n"
    return "".join(
        f"{line['line_id']},{unit.code},{day.year},{number},{position},{day},{line['book']},"
        f"{cell(line['summary'])},{line['account_code']},{line['account_name']},"
        f"{yuan(line['debit'])},{yuan(line['credit'])},"
        f"{cell(line.get('counterparty_name', ''))},{line.get('counterparty_account', '')},"
        f"{line.get('project_code', '')},{line.get('econ_class', '')},{line.get('settlement', '')},{people}"
        for position, line in enumerate(voucher.lines, 1)
    )


def _key_of(world: World, table: str, row: Row) -> str:
    """Join a row's key columns with ``|``."""
    return world.local("|".join(value_text(row[column], False) for column in KEYS[table]))


def _evidence(world: World, table: str, item: Row | Voucher) -> list[str]:
    """Name the rows of one piece of evidence; a voucher stands for its financial debit lines."""
    if isinstance(item, Voucher):
        return [
            f"voucher_line:{line['line_id']}"
            for line in item.lines
            if line["book"] == "financial" and line["debit"]
        ]
    return [f"{table}:{_key_of(world, table, item)}"]


def involved(world: World) -> set[str]:
    """List the units of a block that carry a scheme, or whose books hold rows that show one."""
    units = {scheme["unit"].code for scheme in world.truth}
    for scheme in world.truth:
        for _, item in scheme["evidence"]:
            units.add(item.unit.code if isinstance(item, Voucher) else str(item.get("unit_code", "")))
    return units & set(world.units)


def truth_entries(world: World) -> list[tuple[str, str]]:
    """Give each planted scheme of a block as its identifier and its YAML; scalars are quoted as in JSON."""
    entries = []
    for scheme in world.truth:
        titles = (json.dumps(words, ensure_ascii=False) for words in scheme["title"])
        rows = [name for table, item in scheme["evidence"] for name in _evidence(world, table, item)]
        text = [
            f"  - id: {scheme['id']}",
            f"    form: {scheme['form']}",
            f"    unit_code: {json.dumps(scheme['unit'].code)}",
            "    title: {{zh: {}, en: {}}}".format(*titles),
            f"    amount: {json.dumps(yuan(scheme['amount']))}",
            "    evidence:",
            *(f"      - {json.dumps(name, ensure_ascii=False)}" for name in dict.fromkeys(rows)),
        ]
        entries.append((str(scheme["id"]), "\n".join(text) + "\n"))
    return entries


def truth_text(seed: int, entries: Sequence[tuple[str, str]]) -> str:
    """Give the record of what was planted, in the order of the identifiers."""
    head = (
        "# What was planted in data/, for scoring. Written by the simulator; do not edit.\n"
        f"seed: {seed}\nschemes:\n"
    )
    return head + "".join(text for _, text in sorted(entries))

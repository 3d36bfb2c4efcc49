"""Writing: one CSV file per table and the record of what was planted."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

from xjk.testing.simulation.base.columns import COLUMNS, KEYS, MONEY
from xjk.testing.simulation.base.world import Row, Voucher, World


def yuan(fen: int) -> str:
    """Write fen as yuan with two places."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def _text(value: Any, money: bool) -> str:
    if value is None or value == "":
        return ""
    if money:
        return yuan(value)
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.isoformat() if isinstance(value, date) else str(value)


def key_of(table: str, row: Row) -> str:
    """Join a row's key columns with ``|``."""
    return "|".join(_text(row[column], False) for column in KEYS[table])


def write_tables(world: World, folder: Path) -> None:
    """Write ``<table>.csv`` for every table of the contract."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, columns in COLUMNS.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(columns)
            money = MONEY[table]
            for row in world.tables[table]:
                writer.writerow([_text(row.get(column), column in money) for column in columns])


def _evidence(table: str, item: Row | Voucher) -> list[str]:
    """Name the rows of one piece of evidence; a voucher stands for its financial debit lines."""
    if isinstance(item, Voucher):
        return [
            f"voucher_line:{line['line_id']}"
            for line in item.lines
            if line["book"] == "financial" and line["debit"]
        ]
    return [f"{table}:{key_of(table, item)}"]


def write_truth(world: World, path: Path) -> None:
    """Write the planted schemes as YAML; every scalar is quoted as in JSON, which YAML reads."""
    text = [
        "# What was planted in data/, for scoring. Written by generate.py; do not edit.",
        f"seed: {world.seed}",
        "schemes:",
    ]
    for scheme in sorted(world.truth, key=lambda entry: str(entry["id"])):
        text.append(f"  - id: {scheme['id']}")
        text.append(f"    form: {scheme['form']}")
        text.append(f"    unit_code: {json.dumps(scheme['unit'].code)}")
        titles = (json.dumps(words, ensure_ascii=False) for words in scheme["title"])
        text.append("    title: {{zh: {}, en: {}}}".format(*titles))
        text.append(f"    amount: {json.dumps(yuan(scheme['amount']))}")
        text.append("    evidence:")
        rows = [name for table, item in scheme["evidence"] for name in _evidence(table, item)]
        text.extend(f"      - {json.dumps(name, ensure_ascii=False)}" for name in dict.fromkeys(rows))
    path.write_text("\n".join(text) + "\n", encoding="utf-8", newline="\n")

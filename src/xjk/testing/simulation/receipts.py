"""Fiscal receipts get their numbers at the end, from the books a unit took."""

from __future__ import annotations

from datetime import timedelta

from xjk.testing.simulation.base.workdays import on_or_before
from xjk.testing.simulation.base.world import Row, World

_FIRST_NUMBER, _NUMBERS_OF_A_UNIT, _BOOK = 1_010_001, 10_000, 100


def number_receipts(world: World) -> None:
    """Number the receipts of each unit and kind by date, from books taken when they were needed."""
    stacks: dict[tuple[str, str], list[Row]] = {}
    for row in world.tables["receipt"]:
        if "_numbered" in row:
            stacks.setdefault((row["unit_code"], row["kind"]), []).append(row)
    counted: dict[str, int] = {}
    for (code, kind), rows in stacks.items():
        start = _FIRST_NUMBER + _NUMBERS_OF_A_UNIT * counted.get(kind, 0)
        counted[kind] = counted.get(kind, 0) + 1
        rows.sort(key=lambda row: row["issued_on"])
        for place, row in enumerate(rows):
            number = start + place
            if place % _BOOK == 0:
                world.add(
                    "receipt_book",
                    book_id=world.next_id("PJ", 4),
                    unit_code=code,
                    kind=kind,
                    prefix=row["prefix"],
                    first_no=number,
                    last_no=number + _BOOK - 1,
                    taken_on=on_or_before(row["issued_on"] - timedelta(days=5)),
                )
            row.update(number=number, receipt_id=f"{row['prefix']}-{number}")
    for row in world.tables["penalty"]:
        if "_receipt" in row:
            row["receipt_id"] = row["_receipt"]["receipt_id"]

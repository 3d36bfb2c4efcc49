"""What a bank statement says only between its columns: direction by sign, and who is the other side."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from xjk.models.problem import BadValue, Problem
from xjk.models.tables.bank import BankTransaction
from xjk.readers.grid import Grid
from xjk.readers.shaping.forms import sign_direction, without_sign
from xjk.readers.shaping.pieces import Frame, Piece, combined, converted

_DIRECTION = BankTransaction.columns()["direction"]

_PEEK_BATCHES = 4
"""Batches looked at for a negative amount before the sign is taken to mean nothing."""


def read_statement(
    grid: Grid, pieces: Mapping[str, Piece], made: dict[str, Piece], constants: Mapping[str, str]
) -> list[Problem]:
    """Complete the columns made of a bank statement, and say what was concluded.

    Without a direction, amounts of either sign tell it. Where payer and payee are given instead of the other side
    (Bank of China), the direction tells which of them is which.
    """
    notes = []
    if "direction" not in made and "direction" not in constants and _has_negative(grid, made.get("amount")):
        amount = made["amount"]
        made["direction"] = converted(amount, sign_direction)
        made["amount"] = converted(amount, without_sign)
        notes = [
            Problem.of(
                "sign_as_direction",
                file=grid.file,
                table="bank_transaction",
                column="direction",
                header="金额 amount",
            )
        ]
    direction = made.get("direction")
    if direction is not None:
        for column, own, payer, payee in (
            ("counterparty_name", False, "payer_name", "payee_name"),
            ("counterparty_account", False, "payer_account", "payee_account"),
            ("account_no", True, "payer_account", "payee_account"),
        ):
            if column not in made and column not in constants and payer in pieces and payee in pieces:
                pick = _own_side if own else _other_side
                made[column] = combined([direction, pieces[payer], pieces[payee]], pick)
    return notes


def _has_negative(grid: Grid, amount: Piece | None) -> bool:
    """Tell whether the first rows have a negative amount."""
    if amount is None:
        return False
    width = len(grid.headers)
    for batch in islice(grid.batches(), _PEEK_BATCHES):
        rows = [row for row in batch.rows if len(row) == width]
        columns: list[tuple[str, ...]] = list(zip(*rows, strict=True))
        if columns and "out" in map(sign_direction, amount(Frame(columns, range(len(rows))))):
            return True
    return False


def _other_side(direction: str, payer: str, payee: str) -> str:
    flow = _flow(direction)
    return payee if flow == "out" else payer if flow == "in" else ""


def _own_side(direction: str, payer: str, payee: str) -> str:
    return _other_side(direction, payee, payer)


def _flow(direction: str) -> object:
    """Return in or out as validation will read the text; None when it will refuse it."""
    if not direction.strip():
        return None
    try:
        return _DIRECTION.read(direction)
    except BadValue:
        return None

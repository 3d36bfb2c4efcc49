"""The planted schemes, one function each, and the record of what was planted."""

from __future__ import annotations

from xjk.testing.simulation.base.world import Row, Unit, Voucher, World

Evidence = list[tuple[str, Row | Voucher]]


def record(
    world: World, number: str, form: str, unit: Unit, fen: int, title: tuple[str, str], evidence: Evidence
) -> None:
    """Note a planted scheme with the rows that show it."""
    world.truth.append(
        {
            "id": number,
            "form": form,
            "unit": unit,
            "amount": fen,
            "title": title,
            "evidence": evidence,
        }
    )


def payment_of(voucher: Voucher) -> Row:
    """Give the treasury payment a voucher carries."""
    return next(
        row for row in voucher.ties if "payee_name" in row and "paid_on" in row and "item_code" in row
    )


def use_of(voucher: Voucher) -> Row:
    """Give the first invoice claim a voucher carries."""
    return next(row for row in voucher.ties if "claimed_amount" in row)

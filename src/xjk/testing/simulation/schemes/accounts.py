"""Accounts no book carries: staff members' own cards, and accounts the finance bureau never approved."""

from __future__ import annotations

from datetime import date

from xjk.testing.simulation.base.world import Person, Row, Unit, World
from xjk.testing.simulation.units import open_bank


def personal_card(world: World, unit: Unit, person: Person) -> Row:
    """Bring a staff member's own card into the data, as an inspector with approval would; once for each card."""
    number = person.row["account_no"]
    known = next((row for row in world.tables["bank_account"] if row["account_no"] == number), None)
    return known or open_bank(
        world,
        unit,
        f"card {number}",
        account_no=number,
        holder_name=person.name,
        holder_kind="person",
        kind="other",
        registered=False,
        in_books=False,
        account_code="",
        opened_on=world.day(2018, 5, 9),
        opening_balance=862_400,
        bank_name="澜川农村商业银行筑城支行",
    )


def hidden_account(world: World, unit: Unit, use: str, opened_on: date, **cells: object) -> Row:
    """Open an account in the unit's name that is neither approved nor booked."""
    return open_bank(
        world,
        unit,
        use,
        **{
            "kind": "other",
            "registered": False,
            "in_books": False,
            "account_code": "",
            "opened_on": opened_on,
            "opening_balance": 0,
            **cells,
        },
    )

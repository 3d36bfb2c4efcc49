"""What the finished books add up to: bank statements, accounts in use, balances by account and by party."""

from __future__ import annotations

from xjk.testing.simulation.base.charts import CHARTS, ROLES, direction_of
from xjk.testing.simulation.base.output import Output
from xjk.testing.simulation.base.sums import Key, Sums, Turnover
from xjk.testing.simulation.base.text import cell, yuan
from xjk.testing.simulation.base.world import Unit, World


def write_statements(world: World, sums: Sums, output: Output) -> None:
    """Write the statement of every bank account, with running balances; none may fall below zero."""
    for count, account in enumerate(world.tables["bank_account"], 1):
        balance, number = account["opening_balance"], f"{world.tagged('B')}{count:03d}"
        moves = sums.moves[account["account_no"]]
        moves.sort(key=lambda move: move[:2])
        rows = []
        for position, move in enumerate(moves, 1):
            balance += move.fen
            if balance < 0:
                raise ValueError(f"{account['holder_name']} {move.day}: balance {balance}")
            if move.row is not None:
                move.row["txn_id"] = f"{number}{position:05d}"
            rows.append(f"{number}{position:05d}{move.head}{balance // 100}.{balance % 100:02d},{move.tail}")
        output.write("bank_transaction", "".join(rows), len(rows))


def write_balances(world: World, sums: Sums, output: Output) -> None:
    """Write the accounts in use, their monthly balances and the balances per party."""
    for unit in world.units.values():
        chart = CHARTS[unit.system]
        opening: dict[Key, int] = {(code, ""): fen for code, fen in unit.opening.items()}
        parties: dict[Key, int] = {}
        for year in world.years:
            used = {code for code, _ in opening} | {code for code, _ in sums.accounts[unit.code].posted(year)}
            used |= {"1011"} if "zero" in unit.banks else set()
            for code in sorted(used):
                world.add(
                    "ledger_account",
                    unit_code=unit.code,
                    fiscal_year=year,
                    account_code=code,
                    account_name=chart[code],
                    role=ROLES.get(unit.system, {}).get(code, ""),
                    direction=direction_of(unit.system, code),
                )
            opening = _write_periods(
                "account_balance", world, unit, year, opening, sums.accounts[unit.code], output
            )
            parties = _write_periods(
                "party_balance", world, unit, year, parties, sums.parties[unit.code], output
            )


def _write_periods(
    table: str,
    world: World,
    unit: Unit,
    year: int,
    opening: dict[Key, int],
    turnover: Turnover,
    output: Output,
) -> dict[Key, int]:
    """Write the thirteen periods of each key in use; gives the balances at the end of the year."""
    closing: dict[Key, int] = {}
    rows = []
    for key in sorted({key for key, fen in opening.items() if fen} | turnover.posted(year)):
        account, party = key
        balance, months = opening.get(key, 0), [0, 0, *turnover.year(key, year)]
        named = f"{account},{world.local(cell(party))}" if table == "party_balance" else account
        for period in range(13):
            debit, credit = months[period * 2 : period * 2 + 2]
            before, balance = balance, balance + debit - credit
            rows.append(
                f"{unit.code},{year},{period},{named},"
                f"{yuan(before)},{yuan(debit)},{yuan(credit)},{yuan(balance)}\n"
            )
        closing[key] = balance
    output.write(table, "".join(rows), len(rows))
    return closing

"""What happens to finished entries: interest, closing of the year, numbers, balances, statements."""

from __future__ import annotations

from datetime import date

from xjk.testing.simulation.base.charts import CHARTS, EQUITY, INTEREST, PARTY_ACCOUNTS, ROLES, direction_of
from xjk.testing.simulation.base.identifiers import digital_number, electronic_code, paper_code
from xjk.testing.simulation.base.posting import receive
from xjk.testing.simulation.base.workdays import on_or_after
from xjk.testing.simulation.base.world import Party, Row, Unit, Voucher, World

YEARS = (2024, 2025)


def post_interest(world: World) -> None:
    """Credit each quarter's interest (0.2 % a year on the balance of the day) to every booked account."""
    quarter_days = [on_or_after(date(year, month, 21)) for year in YEARS for month in (3, 6, 9, 12)]
    for unit in world.units.values():
        for name, row in unit.banks.items():
            if name in ("zero", "fees") or not row["in_books"]:
                continue
            moves = [
                (v.day, line["debit"] - line["credit"])
                for v in world.vouchers
                if v.unit is unit and not v.voided
                for line in v.lines
                if line["_bank"] == row["account_no"]
            ]
            earned = 0
            for day in quarter_days:
                balance = row["opening_balance"] + earned + sum(fen for on, fen in moves if on < day)
                interest = balance // 2000
                if interest > 0:
                    bank = Party(str(row["bank_name"]))
                    receive(world, unit, day, interest, bank, "存款利息", INTEREST[unit.system], bank=name)
                    earned += interest


def close_years(world: World) -> None:
    """Transfer income and expense to equity on 31 December, year by year."""
    for unit in world.units.values():
        opening = dict(unit.opening)
        for year in YEARS:
            balances = _balances(world, unit, year, opening)
            if unit.system == "government":
                _close_government(world, unit, year, balances)
            else:
                _close_simple(world, unit, year, balances)
            opening = _balances(world, unit, year, opening)


def _balances(world: World, unit: Unit, year: int, opening: dict[str, int]) -> dict[str, int]:
    totals = dict(opening)
    for voucher in world.vouchers:
        if voucher.unit is unit and voucher.day.year == year and not voucher.voided:
            for line in voucher.lines:
                code = line["account_code"]
                totals[code] = totals.get(code, 0) + line["debit"] - line["credit"]
    return totals


def _transfer(voucher: Voucher, account: str, balance: int, target: str) -> None:
    """Move one balance (debit positive) to the target account."""
    if balance > 0:
        voucher.debit(target, balance).credit(account, balance)
    elif balance < 0:
        voucher.debit(account, -balance).credit(target, -balance)


def _close_government(world: World, unit: Unit, year: int, balances: dict[str, int]) -> None:
    voucher = world.voucher(unit, date(year, 12, 31), "年末结转", attachments=0)
    surplus = other = 0
    for code in sorted(balances):
        if code[0] in "45":
            _transfer(voucher, code, balances[code], "3301")
            surplus += balances[code]
        elif code in ("6001", unit.budget_expense + "01"):
            _transfer(voucher, code, balances[code], "8101")
        elif code in ("6609", unit.budget_expense + "03"):
            _transfer(voucher, code, balances[code], "8501")
            other += balances[code]
    _transfer(voucher, "3301", surplus, "3302")
    _transfer(voucher, "3302", surplus, "3001")
    _transfer(voucher, "8501", other, "8202")


def _close_simple(world: World, unit: Unit, year: int, balances: dict[str, int]) -> None:
    voucher = world.voucher(unit, date(year, 12, 31), "年末结转", attachments=0)
    temporary = "6" if unit.system == "enterprise" else "45"
    middle = "4103" if unit.system == "enterprise" else EQUITY[unit.system]
    result = 0
    for code in sorted(balances):
        if code[0] in temporary:
            _transfer(voucher, code, balances[code], middle)
            result += balances[code]
    if unit.system == "enterprise":
        _transfer(voucher, "4103", result, "4104")
    if not voucher.lines:
        world.vouchers.remove(voucher)


def number_vouchers(world: World) -> None:
    """Number vouchers per unit and year in order of date and write their lines and tied rows."""
    order = {code: position for position, code in enumerate(world.units)}
    world.vouchers.sort(key=lambda v: (order[v.unit.code], v.day))
    for unit in world.units.values():
        for year in YEARS:
            mine = [v for v in world.vouchers if v.unit is unit and v.day.year == year]
            for count, voucher in enumerate(mine, 1):
                voucher.number = f"{year}-{count:04d}"
                _write_lines(world, voucher)
    world.tables["payment"].sort(key=lambda row: (row["paid_on"], row["unit_code"], row["voucher_no"]))
    for count, row in enumerate(world.tables["payment"], 1):
        row["payment_id"] = f"ZF{count:06d}"


def _write_lines(world: World, voucher: Voucher) -> None:
    unit = voucher.unit
    lines = sorted(voucher.lines, key=lambda line: line["book"] == "budget")
    for position, line in enumerate(lines, 1):
        line.update(
            line_id=f"{unit.code}-{voucher.number}-{position:02d}",
            unit_code=unit.code,
            fiscal_year=voucher.day.year,
            voucher_no=voucher.number,
            line_no=position,
            voucher_date=voucher.day,
            attachments=voucher.attachments,
            prepared_by=unit.accountant,
            approved_by=unit.finance_head,
            voided=voucher.voided,
        )
        world.tables["voucher_line"].append(line)
    for row in voucher.ties:
        row["voucher_no"] = voucher.number
        row["voucher_date"] = voucher.day


def write_statements(world: World) -> None:
    """Make bank statements from booked lines and outside movements, with running balances."""
    moves: list[Row] = [
        {
            "account_no": line["_bank"],
            "unit_code": voucher.unit.code,
            "booked_on": voucher.day,
            "direction": "in" if line["debit"] > 0 else "out",
            "amount": line["debit"] or line["credit"],
            "counterparty_name": line.get("counterparty_name", ""),
            "counterparty_account": line.get("counterparty_account", ""),
            "memo": line["summary"],
            "channel": "interest" if line["summary"] == "存款利息" else line["_channel"],
        }
        for voucher in world.vouchers
        if not voucher.voided
        for line in voucher.lines
        if line["_bank"]
    ]
    moves.extend(world.outside_bank)
    for count, account in enumerate(world.tables["bank_account"], 1):
        balance = account["opening_balance"]
        mine = [row for row in moves if row["account_no"] == account["account_no"]]
        mine.sort(key=lambda row: (row["booked_on"], row["direction"] == "out"))
        for position, row in enumerate(mine, 1):
            balance += row["amount"] if row["direction"] == "in" else -row["amount"]
            if balance < 0:
                raise ValueError(f"{account['holder_name']} {row['booked_on']}: balance {balance}")
            row.update(txn_id=f"B{count:03d}{position:05d}", balance=balance)
            world.tables["bank_transaction"].append(row)


def write_balances(world: World) -> None:
    """Write the accounts in use, their monthly balances and the balances per party."""
    for unit in world.units.values():
        chart = CHARTS[unit.system]
        opening = {(code, ""): fen for code, fen in unit.opening.items()}
        parties: dict[tuple[str, str], int] = {}
        for year in YEARS:
            lines = [
                (v.day.month, line)
                for v in world.vouchers
                if v.unit is unit and v.day.year == year and not v.voided
                for line in v.lines
            ]
            used = {code for code, _ in opening} | {line["account_code"] for _, line in lines}
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
            plain = [(month, (line["account_code"], ""), line) for month, line in lines]
            with_party = [
                (month, (line["account_code"], str(line["counterparty_name"])), line)
                for month, line in lines
                if line["account_code"] in PARTY_ACCOUNTS
            ]
            opening = _write_periods(world, "account_balance", unit, year, opening, plain)
            parties = _write_periods(world, "party_balance", unit, year, parties, with_party)


def _write_periods(
    world: World,
    table: str,
    unit: Unit,
    year: int,
    opening: dict[tuple[str, str], int],
    lines: list[tuple[int, tuple[str, str], Row]],
) -> dict[tuple[str, str], int]:
    keys = sorted({key for key, fen in opening.items() if fen} | {key for _, key, _ in lines})
    closing: dict[tuple[str, str], int] = {}
    for key in keys:
        balance = opening.get(key, 0)
        for period in range(13):
            debit = sum(line["debit"] for month, k, line in lines if k == key and month == period)
            credit = sum(line["credit"] for month, k, line in lines if k == key and month == period)
            row: Row = {"unit_code": unit.code, "fiscal_year": year, "period": period, "account_code": key[0]}
            if table == "party_balance":
                row["party_name"] = key[1]
            world.add(
                table, **row, opening=balance, debit=debit, credit=credit, closing=balance + debit - credit
            )
            balance += debit - credit
        closing[key] = balance
    return closing


def number_invoices(world: World) -> None:
    """Number invoices in each seller's own order; ``_gap`` = 1 makes a number follow the one before."""
    rng = world.stream("invoice numbers")
    sellers: dict[str, list[Row]] = {}
    for row in world.tables["invoice"]:
        sellers.setdefault(row["_seller"].uscc, []).append(row)
    for bills in sellers.values():
        bills.sort(key=lambda row: row["issued_on"])
        batch, serial, year = rng.randrange(1, 900), rng.randrange(10_000_000, 80_000_000), 0
        for bill in bills:
            seller, day = bill["_seller"], bill["issued_on"]
            kept = bill.get("_gap") == 1
            if day.year != year and not kept:
                year = day.year
                serial = rng.randrange(10_000_000, 80_000_000)
            serial += 1 if kept else rng.randrange(12, 400)
            form = seller.invoicing if day < date(2024, 12, 1) or kept else "digital"
            _identify(bill, form, year, batch, serial)
    world.tables["invoice"].sort(key=lambda row: (row["issued_on"], row["invoice_id"]))
    for bill in world.tables["invoice"]:
        if "_red_of" in bill:
            bill["red_of"] = bill["_red_of"]["invoice_id"]
    for row in world.tables["invoice_use"]:
        row["invoice_id"] = row["_invoice"]["invoice_id"]


def _identify(bill: Row, form: str, year: int, batch: int, serial: int) -> None:
    if form == "digital":
        number = digital_number(year, serial)
        bill.update(invoice_id=number, invoice_code="", invoice_number=number)
    else:
        code = electronic_code(year, batch) if form == "e_ordinary" else paper_code(year, batch)
        number = f"{serial:08d}"
        bill.update(invoice_id=code + number, invoice_code=code, invoice_number=number)
    bill["kind"] = form
    bill["verified_on"] = bill.get("verified_on", bill["issued_on"])

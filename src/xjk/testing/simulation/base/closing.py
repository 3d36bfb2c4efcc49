"""What happens to finished entries: interest, closing of the year, numbers of vouchers and invoices."""

from __future__ import annotations

from datetime import date

from xjk.testing.simulation.base.charts import EQUITY, INTEREST
from xjk.testing.simulation.base.identifiers import digital_number, electronic_code, paper_code
from xjk.testing.simulation.base.posting import receive
from xjk.testing.simulation.base.sums import Sums
from xjk.testing.simulation.base.workdays import on_or_after
from xjk.testing.simulation.base.world import Party, Row, Unit, Voucher, World

_ONLY_DIGITAL_FROM = date(2024, 12, 1)


def post_interest(world: World, sums: Sums) -> None:
    """Credit each quarter's interest (0.2 % a year on the balance of the day) to every booked account."""
    quarter_days = [on_or_after(date(year, month, 21)) for year in world.years for month in (3, 6, 9, 12)]
    for unit in world.units.values():
        for name, row in unit.banks.items():
            if name in ("zero", "fees") or not row["in_books"]:
                continue
            moves = sorted((move.day, move.fen) for move in sums.moves[row["account_no"]])
            balance, place = int(row["opening_balance"]), 0
            for day in quarter_days:
                reached = day.isoformat()
                while place < len(moves) and moves[place][0] < reached:
                    balance += moves[place][1]
                    place += 1
                interest = balance // 2000
                if interest > 0:
                    bank = Party(str(row["bank_name"]))
                    sums.book(
                        [
                            receive(
                                world, unit, day, interest, bank, "存款利息", INTEREST[unit.system], bank=name
                            )
                        ]
                    )
                    balance += interest


def close_years(world: World, sums: Sums) -> None:
    """Transfer income and expense to equity on 31 December, year by year."""
    for unit in world.units.values():
        turnover, balances = sums.accounts[unit.code], dict(unit.opening)
        for year in world.years:
            for key in turnover.posted(year):
                balances[key[0]] = balances.get(key[0], 0) + turnover.net(key, year)
            voucher = Voucher(unit, date(year, 12, 31), "年末结转", attachments=0)
            close = _close_government if unit.system == "government" else _close_simple
            close(unit, voucher, balances)
            if voucher.lines:
                world.vouchers.append(voucher)
                sums.book([voucher])
            for line in voucher.lines:
                code = line["account_code"]
                balances[code] = balances.get(code, 0) + line["debit"] - line["credit"]


def _transfer(voucher: Voucher, account: str, balance: int, target: str) -> None:
    """Move one balance (debit positive) to the target account."""
    if balance > 0:
        voucher.debit(target, balance).credit(account, balance)
    elif balance < 0:
        voucher.debit(account, -balance).credit(target, -balance)


def _close_government(unit: Unit, voucher: Voucher, balances: dict[str, int]) -> None:
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


def _close_simple(unit: Unit, voucher: Voucher, balances: dict[str, int]) -> None:
    temporary = "6" if unit.system == "enterprise" else "45"
    middle = "4103" if unit.system == "enterprise" else EQUITY[unit.system]
    result = 0
    for code in sorted(balances):
        if code[0] in temporary:
            _transfer(voucher, code, balances[code], middle)
            result += balances[code]
    if unit.system == "enterprise":
        _transfer(voucher, "4103", result, "4104")


def number_vouchers(world: World) -> None:
    """Number vouchers per unit and year in order of date, and the rows tied to them."""
    order = {code: position for position, code in enumerate(world.units)}
    world.vouchers.sort(key=lambda v: (order[v.unit.code], v.day))
    series: dict[tuple[str, int], int] = {}
    for voucher in world.vouchers:
        book = voucher.unit.code, voucher.day.year
        series[book] = series.get(book, 0) + 1
        voucher.number = f"{voucher.day.year}-{series[book]:04d}"
        voucher.lines.sort(key=lambda line: line["book"] == "budget")
        for position, line in enumerate(voucher.lines, 1):
            line["line_id"] = f"{voucher.unit.code}-{voucher.number}-{position:02d}"
        for row in voucher.ties:
            row["voucher_no"] = voucher.number
            row["voucher_date"] = voucher.day
    world.tables["payment"].sort(key=lambda row: (row["paid_on"], row["unit_code"], row["voucher_no"]))
    for count, row in enumerate(world.tables["payment"], 1):
        row["payment_id"] = world.tagged("ZF") + f"{count:06d}"


def number_invoices(world: World) -> None:
    """Number invoices in each seller's own order; ``_gap`` = 1 makes a number follow the one before."""
    rng = world.stream("invoice numbers")
    first, last = _serials(world.block)
    sellers: dict[str, list[Row]] = {}
    for row in world.tables["invoice"]:
        sellers.setdefault(row["_seller"].uscc, []).append(row)
    for bills in sellers.values():
        bills.sort(key=lambda row: row["issued_on"])
        batch, serial, year = rng.randrange(1, 900), rng.randrange(first, last), 0
        for bill in bills:
            seller, day = bill["_seller"], bill["issued_on"]
            kept = bill.get("_gap") == 1
            if day.year != year and not kept:
                year = day.year
                serial = rng.randrange(first, last)
            serial += 1 if kept else rng.randrange(12, 400)
            form = seller.invoicing if day < _ONLY_DIGITAL_FROM or kept else "digital"
            while (number := _number(form, year, batch, serial)) in world.taken:
                serial += 1
            world.taken.add(number)
            code = number[:-8] if form != "digital" else ""
            bill.update(invoice_id=number, invoice_code=code, invoice_number=number[len(code) :], kind=form)
            bill["verified_on"] = bill.get("verified_on", day)
    world.tables["invoice"].sort(key=lambda row: (row["issued_on"], row["invoice_id"]))
    for bill in world.tables["invoice"]:
        if "_red_of" in bill:
            bill["red_of"] = bill["_red_of"]["invoice_id"]
    for row in world.tables["invoice_use"]:
        row["invoice_id"] = row["_invoice"]["invoice_id"]


def _serials(block: int) -> tuple[int, int]:
    """Give where the numbers of a block's sellers begin; they grow by less than 19,000 in a year."""
    first = 80_000_000 + block * 199_000
    return (first, first + 180_000) if block else (10_000_000, 80_000_000)


def _number(form: str, year: int, batch: int, serial: int) -> str:
    """Give the digits of an invoice: its code, if its kind has one, and its number."""
    if form == "digital":
        return digital_number(year, serial)
    return (electronic_code if form == "e_ordinary" else paper_code)(year, batch) + f"{serial:08d}"

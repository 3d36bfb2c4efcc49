"""Everyday business of a block: how much each unit has, spread over the workdays."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from xjk.testing.simulation.base.charts import CHARTS
from xjk.testing.simulation.base.fresh import new_card, new_citizen, new_name
from xjk.testing.simulation.base.output import Output
from xjk.testing.simulation.base.sums import Sums
from xjk.testing.simulation.base.workdays import is_workday
from xjk.testing.simulation.base.world import Unit, World
from xjk.testing.simulation.everyday.desk import Desk, Purse, Workday
from xjk.testing.simulation.everyday.fees import Counter
from xjk.testing.simulation.everyday.sellers import Offer, open_market

# Share of a unit in the everyday business, by kind; others count as 100.
_SHARES = {"canteen": 60, "enterprise": 20, "association": 6, "union": 3}
_RELIEF_OFFICES = ("205001", "301001", "302001")
_LINES_OF_A_VOUCHER = 4
_PAYERS, _RECIPIENTS = 150, 60
_RECEIPTS_OF_A_UNIT = 10_000_000


def write_everyday(world: World, sums: Sums, output: Output, lines: int) -> None:
    """Write about so many voucher lines of everyday business, with everything that belongs to them."""
    market = open_market(world, lines // _LINES_OF_A_VOUCHER)
    shares = {code: _SHARES.get(unit.kind, 100) for code, unit in world.units.items()}
    left, lot = lines, sum(shares.values())
    calendar = [(year, _workdays(year)) for year in world.years]
    payers = tuple(new_name(world) for _ in range(_PAYERS))
    for position, (code, unit) in enumerate(world.units.items()):
        desk = _desk(world, unit, market)
        counter = _counter(world, desk, payers, 1 + position * _RECEIPTS_OF_A_UNIT)
        _write_unit(desk, counter, calendar, left * shares[code] // lot, sums, output)
        left, lot = left - desk.lines, lot - shares[code]
        sums.moves[desk.own.payer] += desk.moves
        if counter is not None:
            sums.moves[counter.account] += counter.moves
        _provide(unit, -desk.lowest)


def _write_unit(
    desk: Desk,
    counter: Counter | None,
    calendar: list[tuple[int, list[Workday]]],
    wanted: int,
    sums: Sums,
    output: Output,
) -> None:
    """Write a unit's vouchers day by day; numbers begin anew every month, as in the reimbursement system."""
    seen, workdays = 0, sum(len(days) for _, days in calendar)
    for year, days in calendar:
        for month, places in groupby(range(len(days)), key=lambda place: days[place].day.month):
            count = 0
            for place in places:
                seen += 1
                target = wanted * seen // workdays
                while desk.lines < target:
                    count += 1
                    desk.number = f"{year}-{month:02d}-{count:05d}"
                    _one(desk, counter, place, days, year)
                if counter is not None and counter.due(place, days):
                    count += 1
                    desk.number = f"{year}-{month:02d}-{count:05d}"
                    counter.remit(place, days, year)
            desk.end_month(output, sums, year, month)
            if counter is not None:
                counter.end_month(output, sums, year, month)


def _one(desk: Desk, counter: Counter | None, place: int, days: list[Workday], year: int) -> None:
    """Write one voucher of a kind drawn by lot."""
    lot = desk.rng.random()
    if lot < 0.88:
        desk.purchase(place, days, year)
    elif desk.meals and desk.flow < 0:
        desk.take_meals(place, days, year)
    elif counter is not None and lot < 0.93:
        counter.collect(place, days, year)
    elif desk.recipients and lot < 0.94:
        desk.relief_list(place, days, year)
    elif not desk.trip(place, days, year):
        desk.purchase(place, days, year)


def _workdays(year: int) -> list[Workday]:
    first = date(year, 1, 1)
    days = (first + timedelta(days=step) for step in range(366))
    return [
        Workday(day, day.isoformat(), f"{day.timetuple().tm_yday:03d}")
        for day in days
        if day.year == year and is_workday(day)
    ]


def _desk(world: World, unit: Unit, market: dict[str, tuple[Offer, ...]]) -> Desk:
    """Set up the desk of a unit."""
    office = unit.system == "government"
    car = any(a["kind"] == "vehicle" and a["unit_code"] == unit.code for a in world.tables["asset"])
    offers = market.get(unit.kind) or market["all"] + (market["cars"] if car else ())
    leaf, account = world.bank_leaf(unit, "basic")
    staff = tuple(person for person in unit.staff if person.until is None)
    return Desk(
        world,
        unit,
        world.stream(f"everyday {unit.code}"),
        offers,
        _purse(unit, leaf, "8001", "03", "transfer", account, "1103", "own_funds"),
        _treasury(unit) if office else None,
        2 if unit.kind in ("public_institution", "township") else 0,
        staff,
        recipients=_recipients(world) if unit.script in _RELIEF_OFFICES else (),
        meals=f"4301,{CHARTS[unit.system]['4301']}" if unit.kind == "canteen" else "",
    )


def _treasury(unit: Unit) -> Purse:
    payer = str(unit.banks["zero"]["account_no"])
    return _purse(unit, "4001", "6001", "01", "treasury", payer, "1102", "authorized")


def _purse(
    unit: Unit, source: str, budget_source: str, fund: str, settlement: str, payer: str, item: str, mode: str
) -> Purse:
    """Set up a purse; only units under the government system keep a budget book and treasury payments."""
    office = unit.system == "government"
    expense = "5101" if unit.kind == "canteen" else unit.expense
    accounts = (expense, source, *((unit.budget_expense + fund, budget_source) if office else ()))
    named = tuple(f"{account},{CHARTS[unit.system][account]}" for account in accounts)
    return Purse(accounts, named, settlement, payer, item, mode if office else "")


def _recipients(world: World) -> tuple[str, ...]:
    """Make the people in need that a unit may help: name, citizen number and card as CSV text."""
    return tuple(f"{new_name(world)},{new_citizen(world)},{new_card(world)}" for _ in range(_RECIPIENTS))


def _counter(world: World, desk: Desk, payers: tuple[str, ...], first_number: int) -> Counter | None:
    """Set up where a unit collects the fee it alone may charge, if it has one."""
    code = desk.unit.code
    fee = next((row for row in world.tables["fee_item"] if row.get("unit_code") == code), None)
    if fee is None or "fees" not in desk.unit.banks:
        return None
    return Counter(desk, fee, payers, first_number)


def _provide(unit: Unit, fen: int) -> None:
    """Let a unit open its books with enough money of its own for what it pays later."""
    if fen <= 0:
        return
    more = (fen // 100_000_000 + 1) * 100_000_000
    basic = unit.banks["basic"]
    basic["opening_balance"] += more
    unit.opening[str(basic["account_code"])] += more
    if unit.system == "government":
        unit.opening["8001"] += more
        unit.opening["8202"] -= more

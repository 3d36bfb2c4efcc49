"""F2: unlawful fees, fines and apportionment."""

from __future__ import annotations

from xjk.testing.simulation.base.fresh import new_name
from xjk.testing.simulation.base.posting import outside, receive
from xjk.testing.simulation.base.workdays import after, in_month
from xjk.testing.simulation.base.world import Party, Row, Unit, World
from xjk.testing.simulation.revenue import collect, issue_receipt, remit
from xjk.testing.simulation.schemes.accounts import hidden_account
from xjk.testing.simulation.schemes.hosts import (
    ASSOCIATION,
    CHARGER,
    COLLECTOR,
    FINING,
    PATRON,
    children,
    own_fees,
    superior,
)
from xjk.testing.simulation.schemes.scheme import Evidence, Planted, on, scheme


@scheme(
    "F2",
    1,
    zh="以自购收据收取摊位费，未缴库",
    en="Stall fees on bought receipts, never remitted",
    default="203001",
    host=COLLECTOR,
)
def stall_money(world: World, unit: Unit) -> Planted:
    """Take stall fees on bought receipts, outside every book of receipts, into an account of no book."""
    rng = world.stream("stall money")
    account = hidden_account(world, unit, "stalls", world.day(2023, 11, 20), holder_name=f"{unit.name}摊位办")
    evidence: Evidence = [("bank_account", account)]
    total, months = 0, world.months[:24]
    for position, (year, month) in enumerate(months):
        day = in_month(year, month, rng.randrange(4, 26))
        payer, fen = new_name(world), rng.randrange(300, 900, 10) * 100
        number = 880101 + position
        receipt = world.add(
            "receipt",
            receipt_id=world.tagged(f"SJ-{number}"),
            unit_code=unit.code,
            kind="收款收据",
            prefix=world.tagged("SJ"),
            number=number,
            issued_on=day,
            payer_name=payer,
            item_name="临时摊位管理费",
            quantity=1,
            amount=fen,
            status="issued",
            fiscal=False,
            collecting_account=account["account_no"],
        )
        came = outside(world, account, day, "in", fen, Party(payer), "摊位费")
        evidence += [("receipt", receipt), ("bank_transaction", came)]
        total += fen
    holder = Party(unit.staff[5].name)
    drawn = in_month(months[-1][0], 12, 26)
    outside(world, account, drawn, "out", total * 8 // 10, holder, "取现", "cash")
    return Planted(total, evidence)


@scheme(
    "F2",
    2,
    zh="许可发放后数日内由协会收取咨询服务费",
    en="An association collects service fees within days of permits",
    default="207101",
    host=ASSOCIATION,
)
def permit_tribute(world: World, unit: Unit) -> Planted:
    """Let firms pay the bureau's association within days of their permits."""
    bureau = superior(world, unit)
    evidence: Evidence = []
    total = 0
    for position, key in enumerate(("food1", "catering", "restaurant", "hotel1", "hotel2", "flowers")):
        company, day = world.companies[key], on(world, 2025, 2 + position, 11)
        permit = world.add(
            "permit",
            permit_id=world.next_id("XK", 4),
            unit_code=bureau.code,
            party_name=company.name,
            kind="食品经营许可",
            issued_on=day,
        )
        fen = 500_000 + position * 100_000
        voucher = receive(world, unit, after(day, 3), fen, company.party, "收办证咨询服务费", "4301")
        evidence += [("permit", permit), ("voucher_line", voucher)]
        total += fen
    return Planted(total, evidence)


@scheme(
    "F2",
    3,
    zh="当场收缴超过100元的罚款，无票据、未缴库",
    en="Fines above 100 yuan taken on the spot, no receipt, not remitted",
    default="207001",
    host=FINING,
)
def pocketed_fines(world: World, unit: Unit) -> Planted:
    """Collect fines above 100 yuan on the spot, without receipt, and never remit them."""
    word = next(row["decision_no"] for row in world.tables["penalty"] if row["unit_code"] == unit.code)
    series = word.split("罚字")[0] + "当罚字"
    rows = []
    for number, day, fen in (
        (11, world.day(2024, 5, 21), 80_000),
        (12, world.day(2024, 8, 7), 150_000),
        (13, world.day(2024, 10, 23), 200_000),
        (14, on(world, 2025, 3, 11), 120_000),
    ):
        rows.append(
            world.add(
                "penalty",
                decision_no=f"{series}〔{world.years[0]}〕{number:03d}号",
                unit_code=unit.code,
                party_name=new_name(world),
                decided_on=day,
                amount=fen,
                collected_on=day,
                collected_on_spot=True,
            )
        )
    return Planted(sum(row["amount"] for row in rows), [("penalty", row) for row in rows])


@scheme(
    "F2",
    4,
    zh="超出收费目录标准收费",
    en="Charged above the rate in the catalogue of fees",
    default="205001",
    host=CHARGER,
)
def dear_fee(world: World, unit: Unit) -> Planted:
    """Charge 130 % of the approved rate on proper receipts; the sum is booked and remitted, so only the rate tells."""
    fee = own_fees(world, unit)[0]
    item, rate = (fee["item_code"], fee["item_name"]), fee["rate_max"] * 13 // 10
    evidence: Evidence = [("fee_item", fee)]
    excess = 0
    year = world.years[-1]
    for position in range(3):
        day = in_month(year, 12, 4 + position * 6)
        rows: list[Row] = []
        for count in range(1, 4):
            rows.append(issue_receipt(world, unit, day, new_name(world), item, count, count * rate))
            excess += count * (rate - fee["rate_max"])
        collect(world, unit, day, rows, f"收{item[1]}")
        remit(world, unit, after(day, 3), sum(row["amount"] for row in rows), item[0], f"缴库{item[1]}")
        evidence += [("receipt", row) for row in rows]
    return Planted(excess, evidence)


@scheme(
    "F2",
    5,
    zh="要求受监管企业向协会缴纳协办费",
    en="Firms under supervision made to pay an association for an event",
    default="207001",
    host=PATRON,
)
def apportioned(world: World, unit: Unit) -> Planted:
    """Spread the cost of a bureau's forum over supervised firms: one sum, one week, paid to its association."""
    club = children(world, unit, "association")[0]
    evidence: Evidence = []
    total = 0
    firms = ("food1", "food2", "catering", "restaurant", "hotel1", "hotel2", "laundry", "office2")
    for position, key in enumerate(firms):
        day = after(world.day(2024, 9, 2), position // 2)
        voucher = receive(
            world, club, day, 800_000, world.companies[key].party, "收诚信经营论坛协办费", "4901"
        )
        evidence.append(("voucher_line", voucher))
        total += 800_000
    return Planted(total, evidence)


SCHEMES = (stall_money, permit_tribute, pocketed_fines, dear_fee, apportioned)

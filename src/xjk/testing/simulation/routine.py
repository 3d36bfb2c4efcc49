"""What every unit does every month: wages, property fees, power, supplies, depreciation."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from xjk.testing.simulation.base.posting import (
    PAYROLL_AGENT,
    SOCIAL_FUND,
    TREASURY,
    buy,
    invoice,
    spend,
    transfer_out,
    use_invoice,
)
from xjk.testing.simulation.base.workdays import in_month, on_or_before
from xjk.testing.simulation.base.world import Row, Unit, Voucher, World
from xjk.testing.simulation.units import asset_of

# Units that keep the withheld social insurance in 2307 until it is handed over; the others are
# paid by the bureau's payroll centre, net and gross in one sum.
_WITHHOLDING = ("201002", "203001", "302001")
# class, summary, sellers, lowest and highest yuan, item, VAT rate in per cent
_SUPPLIES = (
    ("30201", "购办公用品", ("office1", "office2"), 260, 3900, "*文具*办公用品", 13),
    ("30201", "购打印耗材", ("office3", "office1"), 420, 4600, "*办公设备配件*硒鼓墨盒", 13),
    ("30202", "付资料印刷费", ("print1", "print2"), 480, 6800, "*印刷品*资料印刷", 9),
    ("30207", "付电话网络费", ("telecom",), 310, 1700, "*电信服务*通信服务费", 6),
    ("30213", "付办公用房水电维修费", ("repair",), 650, 8800, "*建筑服务*维修费", 9),
    ("30227", "付信息系统运维费", ("system",), 2400, 14800, "*信息技术服务*系统运维", 6),
    ("30227", "付档案整理费", ("agency",), 1800, 9600, "*现代服务*档案整理", 6),
    ("30239", "付报刊图书费", ("books",), 300, 2600, "*图书*图书", 9),
    ("30299", "付公务窗帘床品洗涤费", ("laundry",), 120, 760, "*生活服务*洗涤费", 1),
    ("30201", "付会议室绿植租摆费", ("flowers",), 150, 880, "*农产品*绿植", 0),
)
_CAR = (
    ("30231", "付公务用车维修保养费", ("garage",), 480, 4200, "*劳务*汽车维修", 13),
    ("30231", "付公务用车燃油费", ("fuel",), 600, 2400, "*汽油*92号车用汽油", 13),
)


def government(world: World) -> list[Unit]:
    """List the units under the government accounting system."""
    return [unit for unit in world.units.values() if unit.system == "government"]


def amount(rng: Random, low: int, high: int) -> int:
    """Draw an everyday amount in fen: skewed to the small, odd in its last places."""
    share = rng.randrange(1000)
    return (low + (high - low) * share * share // 1_000_000) * 100 + rng.randrange(1, 100)


def build_routine(world: World) -> None:
    """Write two years of ordinary running of every government unit."""
    for unit in government(world):
        rng = world.stream(f"routine {unit.code}")
        _property_contracts(world, unit, rng)
        for year, month in world.months:
            _wages(world, unit, year, month)
            _power_and_water(world, unit, rng, year, month)
            _supplies(world, unit, rng, year, month)
            _depreciation(world, unit, year, month)


def is_paid(row: Row, year: int, month: int) -> bool:
    """Tell whether a person draws wages in a month; status rows tell when they ceased."""
    if row["status"] in ("active", "temporary"):
        return True
    ceased: date = row["status_on"]
    return (year, month) <= (ceased.year, ceased.month)


def payroll_rows(world: World, unit: Unit, year: int, month: int, withheld_pct: int = 0) -> tuple[int, int]:
    """Write one month's payroll of a unit; gives the gross and the withheld sum in fen."""
    gross = withheld = 0
    for person in unit.staff:
        if person.row["unit_code"] != unit.code or not is_paid(person.row, year, month):
            continue
        pay = person.salary + 18_000 * (year - world.years[0])
        part = pay * withheld_pct // 100
        gross, withheld = gross + pay, withheld + part
        world.add(
            "payroll",
            unit_code=unit.code,
            month=year * 100 + month,
            person_id=person.row["person_id"],
            person_name=person.name,
            account_no=person.row["account_no"],
            amount=pay - part,
            social_insured=True,
        )
    return gross, withheld


def _wages(world: World, unit: Unit, year: int, month: int) -> None:
    day = in_month(year, month, 10)
    pct = 14 if unit.script in _WITHHOLDING else 0
    gross, withheld = payroll_rows(world, unit, year, month, pct)
    words = f"{month}月份工资"
    voucher = world.voucher(unit, day, f"计提并发放{words}", attachments=1)
    voucher.debit(unit.expense, gross, econ_class="30101").credit("2201", gross)
    voucher.debit("2201", gross)
    voucher.credit("4001", gross - withheld, PAYROLL_AGENT, settlement="treasury")
    if withheld:
        voucher.credit("2307", withheld, SOCIAL_FUND, summary="代扣个人社保公积金")
    _budget_wages(world, voucher, gross - withheld, f"发放{words}", PAYROLL_AGENT)
    if withheld:
        handed = world.voucher(unit, in_month(year, month, 15), "缴纳代扣个人社保公积金", attachments=1)
        handed.debit("2307", withheld, SOCIAL_FUND).credit(
            "4001", withheld, SOCIAL_FUND, settlement="treasury"
        )
        _budget_wages(world, handed, withheld, "缴纳代扣个人社保公积金", SOCIAL_FUND)


def _budget_wages(world: World, voucher: Voucher, fen: int, purpose: str, payee: tuple[str, str]) -> None:
    unit = voucher.unit
    voucher.debit(unit.budget_expense + "01", fen, econ_class="30101").credit("6001", fen)
    voucher.tie(
        world.add(
            "payment",
            unit_code=unit.code,
            paid_on=voucher.day,
            amount=fen,
            payee_name=payee[0],
            payee_account=payee[1],
            econ_class="30101",
            purpose=purpose,
            item_code="1101",
            mode="direct",
            payer_account=unit.banks["zero"]["account_no"],
        )
    )


def _property_contracts(world: World, unit: Unit, rng: Random) -> None:
    """Pay a yearly property contract in twelve equal months; the smaller units pay by the quarter."""
    seller = world.companies[rng.choice(("property", "property2"))]
    step = 1 if len(unit.staff) >= 10 else 3
    for year in world.years:
        fee = rng.randrange(4200, 9600, 50) * 100 * step
        contract = world.add(
            "contract",
            contract_id=world.next_id(f"HT{year}", 4),
            unit_code=unit.code,
            kind="service",
            party_name=seller.name,
            amount=fee * 12 // step,
            signed_on=on_or_before(date(year - 1, 12, 20)),
            starts_on=date(year, 1, 1),
            ends_on=date(year, 12, 31),
            side="expense",
            party_uscc=seller.uscc,
            party_account=seller.account,
        )
        for month in range(step, 13, step):
            day = in_month(year, month, 22)
            words = f"付{month}月份物业管理费" if step == 1 else f"付{month // 3}季度物业管理费"
            buy(
                world,
                unit,
                day,
                fee,
                seller,
                words,
                "30209",
                "*现代服务*物业管理费",
                issued=day - timedelta(days=3),
                contract=contract["contract_id"],
            )


def _power_and_water(world: World, unit: Unit, rng: Random, year: int, month: int) -> None:
    own = unit.kind in ("public_institution", "township")
    if month % 2 == 0:
        season = 3 if month in (6, 8, 12) else 2
        fen = amount(rng, 1800, 4200) * season // 2
        day = in_month(year, month, 18)
        buy(
            world,
            unit,
            day,
            fen,
            world.companies["power"],
            f"付{month - 1}-{month}月电费",
            "30206",
            "*供电*电费",
            issued=day - timedelta(days=2),
            rate=13,
            own=own,
        )
    if month % 3 == 0 and unit.kind != "public_institution":
        day = in_month(year, month, 19)
        buy(
            world,
            unit,
            day,
            amount(rng, 320, 1100),
            world.companies["water"],
            f"付{month // 3}季度水费",
            "30205",
            "*水冰雪*自来水",
            issued=day - timedelta(days=4),
            rate=3,
        )


def _supplies(world: World, unit: Unit, rng: Random, year: int, month: int) -> None:
    has_car = any(a["unit_code"] == unit.code and a["kind"] == "vehicle" for a in world.tables["asset"])
    menu = _SUPPLIES + (_CAR + _CAR if has_car else ())
    for _ in range(rng.choice((1, 1, 1, 2))):
        econ, words, sellers, low, high, item, rate = rng.choice(menu)
        day = in_month(year, month, rng.randrange(3, 28))
        issued = on_or_before(day - timedelta(days=rng.randrange(1, 12)))
        claimant = rng.choice(unit.staff[5:] or unit.staff).name
        buy(
            world,
            unit,
            day,
            amount(rng, low, high),
            world.companies[rng.choice(sellers)],
            words,
            econ,
            item,
            issued=issued,
            rate=rate,
            claimant=claimant,
        )


def _depreciation(world: World, unit: Unit, year: int, month: int) -> None:
    first = date(year, month, 1)
    kept = sum(
        a["cost"]
        for a in world.tables["asset"]
        if a["unit_code"] == unit.code
        and a["booked"]
        and a["acquired_on"] < first
        and a["status"] != "disposed"
    )
    monthly = kept * 4 // 1200 // 10 * 10
    voucher = world.voucher(unit, in_month(year, month, 30), f"计提{month}月份固定资产折旧", attachments=1)
    voucher.debit(unit.expense, monthly).credit("1602", monthly)


def build_purchases(world: World) -> None:
    """Buy equipment that is capitalised and registered, one batch a year for some units."""
    rng = world.stream("purchases")
    seller = world.companies["office3"]
    for unit in government(world)[::2]:
        for year in world.years:
            day = in_month(year, rng.randrange(5, 11), 14)
            fen = amount(rng, 9000, 46000)
            buy(
                world,
                unit,
                day,
                fen,
                seller,
                "购置办公电脑及打印机",
                "31002",
                "*电子计算机*台式计算机",
                issued=day - timedelta(days=5),
                rate=13,
                account="1601",
                budget_item="2101",
            )
            world.add(
                "asset",
                asset_id=world.next_id("ZC", 5),
                unit_code=unit.code,
                kind="equipment",
                name="台式计算机及打印机",
                address=unit.row["address"],
                cost=fen,
                acquired_on=day,
                status="in_use",
                booked=True,
            )


def build_framework(world: World) -> None:
    """Call off printing under a framework contract: many payments, one contract, never above it."""
    rng = world.stream("framework")
    seller = world.companies["print1"]
    for unit in world.cast("205001", "207001"):
        contract = world.add(
            "contract",
            contract_id=world.next_id(f"HT{world.years[0]}", 4),
            unit_code=unit.code,
            kind="service",
            party_name=seller.name,
            amount=12_000_000,
            signed_on=world.day(2024, 1, 18),
            starts_on=world.day(2024, 2, 1),
            ends_on=date(world.years[0] + 1, 12, 31),
            side="expense",
            party_uscc=seller.uscc,
            party_account=seller.account,
        )
        for year, month in world.months[1:24:4]:
            day = in_month(year, month, 25)
            buy(
                world,
                unit,
                day,
                amount(rng, 5200, 17800),
                seller,
                "付宣传资料印刷费(框架协议)",
                "30202",
                "*印刷品*宣传手册",
                issued=day - timedelta(days=6),
                rate=9,
                contract=contract["contract_id"],
            )


def build_disposals(world: World) -> None:
    """Sell scrapped equipment; the proceeds go through 2103 to the treasury."""
    for unit in world.cast("203001"):
        _sell_sweeper(world, unit)


def _sell_sweeper(world: World, unit: Unit) -> None:
    buyer = world.companies["scrap"]
    asset = asset_of(world, unit, "旧扫路机1台")
    asset["status"] = "disposed"
    fen, day = 1_260_000, world.day(2024, 9, 12)
    world.add(
        "asset_disposal",
        disposal_id=world.tagged("CZ2024-001"),
        unit_code=unit.code,
        asset_id=asset["asset_id"],
        method="sale",
        disposed_on=day,
        proceeds=fen,
        buyer_name=buyer.name,
    )
    leaf, number = world.bank_leaf(unit, "fees")
    voucher = world.voucher(unit, world.day(2024, 9, 13), "收旧扫路机处置收入", attachments=3)
    voucher.debit(leaf, fen, buyer.party, bank=number, settlement="transfer").credit("2103", fen, buyer.party)
    paid = transfer_out(
        world, unit, world.day(2024, 9, 20), fen, TREASURY, "缴库资产处置收入", "2103", bank="fees"
    )
    world.add(
        "remittance",
        remittance_id=world.next_id("JK", 5),
        unit_code=unit.code,
        remitted_on=paid.day,
        item_code="103070602",
        amount=fen,
    )
    world.voucher(unit, world.day(2024, 9, 12), "核销处置旧扫路机", attachments=2).debit(
        "1602", asset["cost"] * 4 // 10
    ).debit("5301", asset["cost"] - asset["cost"] * 4 // 10).credit("1601", asset["cost"])


def build_instalments(world: World) -> None:
    """Pay one invoice in two instalments whose claims add up to it."""
    for code, first, second, total in (
        ("204001", world.day(2024, 6, 14), world.day(2024, 9, 18), 8_640_000),
        ("209001", world.day(2025, 3, 19), world.day(2025, 6, 12), 5_280_000),
    ):
        for unit in world.cast(code) if world.covers(second) else ():
            _two_instalments(world, unit, first, second, total)


def _two_instalments(world: World, unit: Unit, first: date, second: date, total: int) -> None:
    seller = world.companies["system"]
    contract = world.add(
        "contract",
        contract_id=world.next_id(f"HT{first.year}", 4),
        unit_code=unit.code,
        kind="service",
        party_name=seller.name,
        amount=total,
        signed_on=first - timedelta(days=60),
        side="expense",
        starts_on=first - timedelta(days=55),
        ends_on=second,
        party_uscc=seller.uscc,
        party_account=seller.account,
    )
    bill = invoice(world, seller, unit, first - timedelta(days=7), total, "*信息技术服务*系统开发费")
    for day, fen, words in ((first, total * 6 // 10, "首付60%"), (second, total * 4 // 10, "尾款40%")):
        voucher = spend(
            world,
            unit,
            day,
            fen,
            seller.party,
            f"付业务系统开发费({words})",
            "30227",
            contract=contract["contract_id"],
        )
        use_invoice(world, voucher, bill, fen, seller.name)

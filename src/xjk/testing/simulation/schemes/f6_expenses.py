"""F6: fictitious expenditure moved out."""

from __future__ import annotations

from datetime import date, timedelta

from xjk.testing.simulation.base.fresh import new_citizen, new_name
from xjk.testing.simulation.base.posting import PAYROLL_AGENT, buy, outside, spend
from xjk.testing.simulation.base.workdays import after, in_month
from xjk.testing.simulation.base.world import Party, Row, Unit, World
from xjk.testing.simulation.companies import add_company
from xjk.testing.simulation.schemes.accounts import personal_card
from xjk.testing.simulation.schemes.hosts import BEREAVED, BUREAU, CARLESS, OFFICE, body, dead
from xjk.testing.simulation.schemes.scheme import Evidence, Planted, on, payment_of, scheme


@scheme(
    "F6",
    1,
    zh="整数办公用品支出转出后取现",
    en="Round sums for office supplies moved out and drawn in cash",
    default="301001",
    host=OFFICE,
)
def round_supplies(world: World, unit: Unit) -> Planted:
    """Pay round sums for office supplies to one shop, which sends them to the accountant's card, then cash."""
    shop = add_company(
        world,
        "round",
        "云汀区鑫舟商行经营部",
        "日用百货零售",
        insured=0,
        capital=5,
        founded=world.day(2022, 6, 15),
    )
    keeper = unit.staff[3]
    card = personal_card(world, unit, keeper)
    evidence: Evidence = [("bank_account", card)]
    total = 0
    for day, fen in (
        (world.day(2024, 4, 19), 2_000_000),
        (world.day(2024, 6, 21), 3_000_000),
        (world.day(2024, 9, 5), 2_000_000),
        (world.day(2024, 12, 19), 4_000_000),
        (on(world, 2025, 1, 15), 3_000_000),
        (on(world, 2025, 9, 18), 3_000_000),
    ):
        voucher, bill = buy(
            world,
            unit,
            day,
            fen,
            shop,
            "购办公用品",
            "30201",
            "*日用品*办公用品",
            issued=day,
            rate=1,
            claimant=unit.staff[5].name,
        )
        back = outside(world, card, after(day, 3), "in", fen * 92 // 100, shop.party, "货款退回")
        outside(world, card, after(day, 5), "out", fen * 90 // 100, Party(keeper.name), "取现", "cash")
        evidence += [("payment", payment_of(voucher)), ("invoice", bill), ("bank_transaction", back)]
        total += fen
    return Planted(total, evidence)


@scheme(
    "F6",
    2,
    zh="没有车辆的单位列支燃油费",
    en="Fuel paid by a unit without vehicles",
    default="204002",
    host=CARLESS,
)
def fuel_without_cars(world: World, unit: Unit) -> Planted:
    """Pay for fuel where there is no vehicle."""
    evidence: Evidence = []
    total = 0
    for day, fen in (
        (world.day(2024, 3, 28), 486_200),
        (world.day(2024, 7, 25), 512_600),
        (world.day(2024, 11, 21), 498_300),
        (on(world, 2025, 3, 27), 503_900),
        (on(world, 2025, 8, 21), 476_800),
    ):
        voucher, _ = buy(
            world,
            unit,
            day,
            fen,
            world.companies["fuel"],
            "付车辆燃油费",
            "30231",
            "*汽油*92号车用汽油",
            rate=13,
            issued=day - timedelta(days=2),
            claimant=unit.staff[5].name,
        )
        evidence.append(("payment", payment_of(voucher)))
        total += fen
    return Planted(total, evidence)


@scheme(
    "F6",
    3,
    zh="年末向酒店预付整数会务费",
    en="A round prepayment to a hotel at year end",
    default="204001",
    host=BUREAU,
)
def parked_at_hotel(world: World, unit: Unit) -> Planted:
    """Pay a round sum to a hotel in the last week of the year, with no meeting behind it."""
    voucher, bill = buy(
        world,
        unit,
        world.day(2024, 12, 27),
        6_000_000,
        world.companies["hotel2"],
        "预付会务费",
        "30215",
        "*会展服务*会务费",
        issued=world.day(2024, 12, 26),
    )
    return Planted(6_000_000, [("payment", payment_of(voucher)), ("invoice", bill)])


def _extra_wages(world: World, unit: Unit, day: date, person: Row, fen: int) -> tuple[Row, Row]:
    """Pay wages beside the month's payroll, so that payroll and books agree; gives payroll row and payment."""
    voucher = spend(
        world, unit, day, fen, PAYROLL_AGENT, f"补发{day.month}月份工资", "30101", budget_item="1101"
    )
    row = world.add(
        "payroll",
        unit_code=unit.code,
        month=day.year * 100 + day.month,
        person_id=person["person_id"],
        person_name=person["name"],
        account_no=person["account_no"],
        amount=fen,
        social_insured=False,
    )
    return row, payment_of(voucher)


@scheme(
    "F6",
    4,
    zh="人员去世后继续发放工资",
    en="Wages paid on after a person's death",
    default="301001",
    host=BEREAVED,
)
def wages_after_death(world: World, unit: Unit) -> Planted:
    """Pay a dead person's wages on for ten months, to the old card."""
    person, died = dead(world, unit)[0]
    evidence: Evidence = [("person", person.row)]
    total = 0
    later = [month for month in world.months if month > (died.year, died.month)]
    for year, month in later[:10]:
        row, _ = _extra_wages(world, unit, in_month(year, month, 11), person.row, person.salary)
        evidence.append(("payroll", row))
        total += person.salary
    return Planted(total, evidence)


@scheme(
    "F6",
    5,
    zh="虚列临时人员工资，进入会计工资卡",
    en="Wages of a hand who does not exist, paid to the accountant's card",
    default="201002",
    host=body(5),
)
def ghost_worker(world: World, unit: Unit) -> Planted:
    """Keep a temporary hand on the payroll who has the accountant's card and no social insurance."""
    keeper = unit.staff[3]
    ghost = world.add(
        "person",
        person_id=world.next_id(f"{unit.code}L", 3),
        unit_code=unit.code,
        name=new_name(world),
        id_no=new_citizen(world),
        account_no=keeper.row["account_no"],
        phone=keeper.row["phone"],
        status="temporary",
        status_on=world.day(2024, 3, 1),
        duty="工作人员",
        finance_staff=False,
    )
    evidence: Evidence = [("person", ghost), ("person", keeper.row)]
    total = 0
    for year, month in world.months[2:20]:
        row, _ = _extra_wages(world, unit, in_month(year, month, 12), ghost, 286_000)
        evidence.append(("payroll", row))
        total += 286_000
    return Planted(total, evidence)


SCHEMES = (round_supplies, fuel_without_cars, parked_at_hotel, wages_after_death, ghost_worker)

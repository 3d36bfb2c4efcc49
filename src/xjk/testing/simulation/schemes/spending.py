"""Planted schemes of fictitious spending: works (F1) and supplies moved out (F6)."""

from __future__ import annotations

from datetime import date, timedelta

from xjk.testing.simulation.base.posting import buy, outside
from xjk.testing.simulation.base.workdays import after, on_or_after
from xjk.testing.simulation.base.world import Party, Person, Row, Unit, World
from xjk.testing.simulation.companies import add_company
from xjk.testing.simulation.schemes import Evidence, payment_of, record
from xjk.testing.simulation.units import open_bank
from xjk.testing.simulation.works import add_project


def personal_card(world: World, unit: Unit, person: Person, use: str) -> Row:
    """Bring a clerk's own card into the data, as an inspector with approval would."""
    return open_bank(
        world,
        unit,
        use,
        account_no=person.row["account_no"],
        holder_name=person.name,
        holder_kind="person",
        kind="other",
        registered=False,
        in_books=False,
        account_code="",
        opened_on=date(2018, 5, 9),
        opening_balance=862_400,
        bank_name="澜川农村商业银行筑城支行",
    )


def short_measure(world: World) -> None:
    """F1-1: paid for 12000 square metres, 8400 laid; part of the rest comes back to the cashier's card."""
    unit = world.unit("202002")
    contractor = add_company(
        world,
        "short",
        "澜川铭岩市政工程有限公司",
        "市政工程施工",
        capital=800,
        insured=6,
        founded=date(2019, 8, 12),
    )
    start = date(2024, 8, 5)
    project = add_project(
        world,
        unit,
        contractor,
        "滨河路路面养护",
        "repair",
        "滨河路",
        98_640_000,
        "direct",
        start,
        3,
        12_000,
        8_400,
        "平方米",
    )
    project["settled_amount"] = project["contract_amount"]
    evidence: Evidence = [("project", project)]
    for day, fen, words in (
        (date(2024, 8, 15), 29_592_000, "预付款"),
        (date(2024, 12, 10), 69_048_000, "结算款"),
    ):
        voucher, _ = buy(
            world,
            unit,
            day,
            fen,
            contractor,
            f"付滨河路路面养护{words}",
            "30213",
            "*建筑服务*路面养护",
            issued=day - timedelta(days=3),
            rate=9,
            project=project["project_code"],
            contract=f"HT-{project['project_code']}",
            budget_item=project["project_code"],
        )
        evidence.append(("payment", payment_of(voucher)))
    clerk = unit.staff[4]
    card = personal_card(world, unit, clerk, "clerk card")
    back = outside(world, card, date(2024, 12, 24), "in", 23_600_000, contractor.party, "往来款")
    outside(world, card, date(2025, 1, 16), "out", 11_000_000, Party(clerk.name), "取现", "cash")
    record(
        world,
        "F1-1",
        "F1",
        unit,
        29_592_000,
        (
            "多报工程量,施工方回款至出纳个人卡",
            "Quantity overstated; the contractor pays back to the cashier's card",
        ),
        [*evidence, ("bank_account", card), ("bank_transaction", back)],
    )


def twin_projects(world: World) -> None:
    """F1-2: one road is paid for twice, under two names and to two payees."""
    unit = world.unit("301001")
    evidence: Evidence = []
    amounts = []
    for key, name, company, fen, start in (
        ("twin1", "下泽村村道硬化工程", "澜川岱屿路桥工程有限公司", 38_640_000, date(2024, 7, 15)),
        ("twin2", "下泽村通组路硬化项目", "云汀区昌垣建筑工程队有限公司", 37_980_000, date(2024, 9, 9)),
    ):
        contractor = add_company(
            world, key, company, "公路工程施工", capital=300, insured=4, founded=date(2018, 3, 6)
        )
        project = add_project(
            world,
            unit,
            contractor,
            name,
            "works",
            "柳溪镇下泽村三组",
            fen,
            "direct",
            start,
            2,
            2_300,
            2_300,
            "平方米",
        )
        project["settled_amount"] = fen
        day = on_or_after(start + timedelta(days=95))
        voucher, _ = buy(
            world,
            unit,
            day,
            fen,
            contractor,
            f"付{name}款",
            "31005",
            "*建筑服务*道路硬化",
            issued=day - timedelta(days=4),
            rate=9,
            account="1613",
            project=project["project_code"],
            contract=f"HT-{project['project_code']}",
            budget_item=project["project_code"],
        )
        evidence += [("project", project), ("payment", payment_of(voucher))]
        amounts.append(fen)
    record(
        world,
        "F1-2",
        "F1",
        unit,
        amounts[1],
        ("同一路段以两个项目名称重复付款", "One road paid twice under two project names"),
        evidence,
    )


def round_supplies(world: World) -> None:
    """F6-1: round sums for office supplies to one shop, then to the accountant's card, then cash."""
    unit = world.unit("301001")
    shop = add_company(
        world,
        "round",
        "云汀区鑫舟商行经营部",
        "日用百货零售",
        insured=0,
        capital=5,
        founded=date(2022, 6, 15),
    )
    card = personal_card(world, unit, unit.staff[3], "accountant card")
    evidence: Evidence = [("bank_account", card)]
    total = 0
    for day, fen in (
        (date(2024, 4, 19), 2_000_000),
        (date(2024, 6, 21), 3_000_000),
        (date(2024, 9, 5), 2_000_000),
        (date(2024, 12, 19), 4_000_000),
        (date(2025, 1, 15), 3_000_000),
        (date(2025, 9, 18), 3_000_000),
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
        outside(world, card, after(day, 5), "out", fen * 90 // 100, Party(unit.staff[3].name), "取现", "cash")
        evidence += [("payment", payment_of(voucher)), ("invoice", bill), ("bank_transaction", back)]
        total += fen
    record(
        world,
        "F6-1",
        "F6",
        unit,
        total,
        ("整数办公用品支出转出后取现", "Round sums for office supplies moved out and drawn in cash"),
        evidence,
    )


def fuel_without_cars(world: World) -> None:
    """F6-2: fuel for a unit that has no vehicle."""
    unit, seller = world.unit("204002"), world.companies["fuel"]
    evidence: Evidence = []
    total = 0
    for day, fen in (
        (date(2024, 3, 28), 486_200),
        (date(2024, 7, 25), 512_600),
        (date(2024, 11, 21), 498_300),
        (date(2025, 3, 27), 503_900),
        (date(2025, 8, 21), 476_800),
    ):
        voucher, _ = buy(
            world,
            unit,
            day,
            fen,
            seller,
            "付车辆燃油费",
            "30231",
            "*汽油*92号车用汽油",
            rate=13,
            issued=day - timedelta(days=2),
            claimant=unit.staff[5].name,
        )
        evidence.append(("payment", payment_of(voucher)))
        total += fen
    record(
        world,
        "F6-2",
        "F6",
        unit,
        total,
        ("没有车辆的单位列支燃油费", "Fuel paid by a unit without vehicles"),
        evidence,
    )


def parked_at_hotel(world: World) -> None:
    """F6-3: a round sum paid to a hotel in the last week of the year, with no meeting behind it."""
    unit, hotel = world.unit("204001"), world.companies["hotel2"]
    voucher, bill = buy(
        world,
        unit,
        date(2024, 12, 27),
        6_000_000,
        hotel,
        "预付会务费",
        "30215",
        "*会展服务*会务费",
        issued=date(2024, 12, 26),
    )
    record(
        world,
        "F6-3",
        "F6",
        unit,
        6_000_000,
        ("年末向酒店预付整数会务费", "A round prepayment to a hotel at year end"),
        [("payment", payment_of(voucher)), ("invoice", bill)],
    )


SCHEMES = (
    short_measure,
    twin_projects,
    round_supplies,
    fuel_without_cars,
    parked_at_hotel,
)

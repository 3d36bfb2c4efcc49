"""F1: fictitious or inflated works expenditure."""

from __future__ import annotations

from datetime import date, timedelta

from xjk.testing.simulation.base.posting import buy, outside
from xjk.testing.simulation.base.workdays import on_or_after, on_or_before
from xjk.testing.simulation.base.world import Company, Party, Row, Unit, World
from xjk.testing.simulation.companies import add_company
from xjk.testing.simulation.schemes.accounts import personal_card
from xjk.testing.simulation.schemes.hosts import BUILDER, TOWN
from xjk.testing.simulation.schemes.scheme import Evidence, Planted, payment_of, scheme
from xjk.testing.simulation.works import add_project


def _pay(
    world: World,
    unit: Unit,
    contractor: Company,
    project: Row,
    day: date,
    fen: int,
    words: str,
    *,
    capital: bool = False,
) -> Row:
    """Pay a part of a project against an invoice; gives the payment."""
    voucher, _ = buy(
        world,
        unit,
        day,
        fen,
        contractor,
        f"付{project['name']}{words}",
        "31005" if capital else "30213",
        "*建筑服务*工程款",
        issued=day - timedelta(days=4),
        rate=9,
        account="1613" if capital else "",
        project=project["project_code"],
        contract=f"HT-{project['project_code']}",
        budget_item=project["project_code"],
    )
    return payment_of(voucher)


@scheme(
    "F1",
    1,
    zh="多报工程量，施工方回款至出纳个人卡",
    en="Quantity overstated; the contractor pays back to the cashier's card",
    default="202002",
    host=BUILDER,
)
def short_measure(world: World, unit: Unit) -> Planted:
    """Pay for 12000 square metres where 8400 were laid; part of the rest comes back to the cashier's card."""
    contractor = add_company(
        world,
        "short",
        "澜川铭岩市政工程有限公司",
        "市政工程施工",
        capital=800,
        insured=6,
        founded=world.day(2019, 8, 12),
    )
    project = add_project(
        world,
        unit,
        contractor,
        "滨河路路面养护",
        "repair",
        "滨河路",
        98_640_000,
        "direct",
        world.day(2024, 8, 5),
        3,
        12_000,
        8_400,
        "平方米",
    )
    project["settled_amount"] = project["contract_amount"]
    evidence: Evidence = [("project", project)]
    for day, fen, words in (
        (world.day(2024, 8, 15), 29_592_000, "预付款"),
        (world.day(2024, 12, 10), 69_048_000, "结算款"),
    ):
        evidence.append(("payment", _pay(world, unit, contractor, project, day, fen, words)))
    clerk = unit.staff[4]
    card = personal_card(world, unit, clerk)
    back = outside(world, card, world.day(2024, 12, 24), "in", 23_600_000, contractor.party, "往来款")
    drawn = world.day(2025, 1, 16)
    if world.covers(drawn):
        outside(world, card, drawn, "out", 11_000_000, Party(clerk.name), "取现", "cash")
    return Planted(29_592_000, [*evidence, ("bank_account", card), ("bank_transaction", back)])


@scheme(
    "F1",
    2,
    zh="同一路段以两个项目名称重复付款",
    en="One road paid twice under two project names",
    default="301001",
    host=TOWN,
)
def twin_projects(world: World, unit: Unit) -> Planted:
    """Pay for one road twice, under two names and to two payees."""
    place = unit.name.removesuffix("人民政府").removesuffix("办事处")
    evidence: Evidence = []
    for key, name, company, fen, start in (
        ("twin1", "下泽村村道硬化工程", "澜川岱屿路桥工程有限公司", 38_640_000, world.day(2024, 7, 15)),
        ("twin2", "下泽村通组路硬化项目", "云汀区昌垣建筑工程队有限公司", 37_980_000, world.day(2024, 9, 9)),
    ):
        contractor = add_company(
            world, key, company, "公路工程施工", capital=300, insured=4, founded=world.day(2018, 3, 6)
        )
        project = add_project(
            world,
            unit,
            contractor,
            name,
            "works",
            f"{place}下泽村三组",
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
        paid = _pay(world, unit, contractor, project, day, fen, "款", capital=True)
        evidence += [("project", project), ("payment", paid)]
    return Planted(37_980_000, evidence)


@scheme(
    "F1",
    3,
    zh="未完工未验收即超合同付款",
    en="Paid in full and beyond the contract before the works are finished and accepted",
    default="201001",
    host=BUILDER,
)
def paid_before_acceptance(world: World, unit: Unit) -> Planted:
    """Pay 112 % of the contract within the year for works that stand at 55 % and were never accepted."""
    contractor = add_company(
        world,
        "ahead",
        "澜川栈桥建筑工程有限公司",
        "房屋建筑工程施工",
        capital=500,
        insured=9,
        founded=world.day(2020, 4, 22),
    )
    contract = 46_500_000
    project = add_project(
        world,
        unit,
        contractor,
        "附属用房外墙修缮工程",
        "repair",
        f"{unit.row['address']}附属楼",
        contract,
        "direct",
        world.day(2024, 9, 2),
        10,
        1_860,
        1_860,
        "平方米",
    )
    for column in ("accepted_on", "settled_on", "settled_amount", "measured_quantity"):
        project[column] = ""
    project["progress_pct"] = "55"
    evidence: Evidence = [("project", project)]
    paid = 0
    for day, share, words in (
        (world.day(2024, 9, 12), 30, "预付款"),
        (world.day(2024, 11, 20), 42, "进度款"),
        (world.day(2024, 12, 19), 40, "工程款"),
    ):
        fen = contract * share // 100
        evidence.append(("payment", _pay(world, unit, contractor, project, day, fen, words)))
        paid += fen
    signed = next(
        row for row in world.tables["contract"] if row["contract_id"] == f"HT-{project['project_code']}"
    )
    return Planted(paid - contract * 55 // 100, [*evidence, ("contract", signed)])


@scheme(
    "F1",
    4,
    zh="同一工程拆成三段直接发包，均略低于公开招标限额",
    en="One job split into three parts just below the tender limit, given to one contractor",
    default="202001",
    host=BUILDER,
)
def split_below_the_limit(world: World, unit: Unit) -> Planted:
    """Split works of 11.9 million into three contracts a little under the 4 million from which tenders are due."""
    contractor = add_company(
        world,
        "split",
        "澜川屹川管网工程有限公司",
        "市政公用工程施工;管道安装",
        capital=2_000,
        insured=31,
        founded=world.day(2017, 11, 3),
    )
    evidence: Evidence = []
    total = 0
    for section, fen in (("一", 398_600_000), ("二", 397_200_000), ("三", 399_100_000)):
        project = add_project(
            world,
            unit,
            contractor,
            f"北片区雨水管网改造({section}段)",
            "works",
            "北片区",
            fen,
            "direct",
            world.day(2024, 4, 8),
            6,
            2_650,
            2_650,
            "米",
        )
        project["settled_amount"] = fen
        for day, share, words in (
            (world.day(2024, 4, 18), 30, "预付款"),
            (on_or_before(world.day(2024, 11, 28)), 67, "结算款"),
        ):
            part = fen * share // 100
            paid = _pay(world, unit, contractor, project, day, part, words, capital=True)
            evidence.append(("payment", paid))
        signed = next(
            row for row in world.tables["contract"] if row["contract_id"] == f"HT-{project['project_code']}"
        )
        evidence += [("project", project), ("contract", signed)]
        total += fen
    return Planted(total, evidence)


@scheme(
    "F1",
    5,
    zh="同一部位质保期内再次维修付款",
    en="The same spot repaired and paid again while under warranty",
    default="203001",
    host=BUILDER,
)
def repaired_again(world: World, unit: Unit) -> Planted:
    """Pay for waterproofing of one roof twice within seven months, to the same contractor, for the same area."""
    contractor = add_company(
        world,
        "roof",
        "澜川垒固防水工程有限公司",
        "防水防腐工程施工",
        capital=200,
        insured=3,
        founded=world.day(2021, 1, 19),
    )
    evidence: Evidence = []
    second = 0
    for name, fen, start in (
        ("办公楼屋面防水维修", 18_720_000, world.day(2024, 3, 4)),
        ("办公楼屋顶渗漏整治", 17_960_000, world.day(2024, 10, 8)),
    ):
        project = add_project(
            world,
            unit,
            contractor,
            name,
            "repair",
            f"{unit.row['address']}办公楼屋面",
            fen,
            "direct",
            start,
            1,
            780,
            780,
            "平方米",
        )
        project["settled_amount"] = fen
        day = on_or_after(start + timedelta(days=52))
        evidence += [
            ("project", project),
            ("payment", _pay(world, unit, contractor, project, day, fen, "款")),
        ]
        second = fen
    return Planted(second, evidence)


SCHEMES = (short_measure, twin_projects, paid_before_acceptance, split_below_the_limit, repaired_again)

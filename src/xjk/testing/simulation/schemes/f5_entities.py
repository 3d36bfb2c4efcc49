"""F5: private business entities."""

from __future__ import annotations

from datetime import timedelta

from xjk.testing.simulation.base.posting import buy, receive, transfer_out
from xjk.testing.simulation.base.workdays import after, in_month, on_or_before
from xjk.testing.simulation.base.world import Row, Unit, World
from xjk.testing.simulation.companies import add_company
from xjk.testing.simulation.schemes.hosts import PARENT_COMPANY, PATRON, body, children
from xjk.testing.simulation.schemes.scheme import Evidence, Planted, on, payment_of, scheme


def _post(world: World, uscc: str, post: str) -> Row:
    """Give the register's entry of one post in a company."""
    return next(
        row for row in world.tables["enterprise_person"] if row["uscc"] == uscc and row["post"] == post
    )


@scheme(
    "F5",
    1,
    zh="职工在单位地址开办公司承接本单位业务",
    en="A company of staff at the office's address invoices the office",
    default="204001",
    host=body(7),
)
def staff_company(world: World, unit: Unit) -> Planted:
    """Let a member of staff run a company at the office's address that invoices the office."""
    owner = unit.staff[6]
    firm = add_company(
        world,
        "staff firm",
        "澜川汀韵文化策划有限公司",
        "文化活动策划",
        insured=0,
        capital=50,
        founded=world.day(2023, 10, 18),
        address=str(unit.row["address"]),
        legal=owner.name,
        legal_id=str(owner.row["id_no"]),
        phone=owner.row["phone"],
    )
    evidence: Evidence = [
        ("enterprise", firm.row),
        ("enterprise_person", _post(world, firm.uscc, "legal_rep")),
        ("person", owner.row),
    ]
    total = 0
    for day, fen in (
        (world.day(2024, 4, 25), 3_860_000),
        (world.day(2024, 9, 26), 4_920_000),
        (on(world, 2025, 4, 24), 4_380_000),
        (on(world, 2025, 10, 23), 4_760_000),
    ):
        voucher, bill = buy(
            world,
            unit,
            day,
            fen,
            firm,
            "付活动策划服务费",
            "30227",
            "*现代服务*活动策划费",
            issued=day - timedelta(days=4),
        )
        evidence += [("payment", payment_of(voucher)), ("invoice", bill)]
        total += fen
    return Planted(total, evidence)


@scheme(
    "F5",
    2,
    zh="未申报的亲属合作社承包本单位作业",
    en="An undeclared cooperative of relatives does the unit's work",
    default="302001",
    host=body(7),
)
def relatives_cooperative(world: World, unit: Unit) -> Planted:
    """Give the upkeep of greens to a cooperative that has a clerk's telephone and the unit's accountant for its finance."""
    contact, keeper = unit.staff[5], unit.staff[3]
    firm = add_company(
        world,
        "relatives",
        "云汀区同禾劳务专业合作社",
        "绿化养护;保洁作业",
        insured=0,
        capital=20,
        founded=world.day(2023, 11, 6),
        phone=contact.row["phone"],
    )
    books = world.add(
        "enterprise_person",
        uscc=firm.uscc,
        name=keeper.name,
        post="finance",
        id_no=keeper.row["id_no"],
    )
    evidence: Evidence = [
        ("enterprise", firm.row),
        ("enterprise_person", books),
        ("person", contact.row),
        ("person", keeper.row),
    ]
    total = 0
    for year in world.years[:2]:
        fee = 5_460_000
        contract = world.add(
            "contract",
            contract_id=world.next_id(f"HT{year}", 4),
            unit_code=unit.code,
            kind="service",
            party_name=firm.name,
            amount=4 * fee,
            signed_on=on_or_before(in_month(year, 1, 12)),
            starts_on=in_month(year, 1, 15),
            ends_on=in_month(year, 12, 31),
            side="expense",
            party_uscc=firm.uscc,
            party_account=firm.account,
        )
        evidence.append(("contract", contract))
        for month in (3, 6, 9, 12):
            day = in_month(year, month, 23)
            voucher, _ = buy(
                world,
                unit,
                day,
                fee,
                firm,
                f"付{month // 3}季度绿化保洁作业费",
                "30227",
                "*现代服务*绿化养护",
                issued=day - timedelta(days=3),
                rate=1,
                contract=contract["contract_id"],
            )
            evidence.append(("payment", payment_of(voucher)))
            total += fee
    return Planted(total, evidence)


@scheme(
    "F5",
    3,
    zh="以课题费拨付协会，再由协会发给本局职工",
    en="Research money routed through a society and paid out to the bureau's own staff",
    default="207001",
    host=PATRON,
)
def research_society(world: World, unit: Unit) -> Planted:
    """Commission the bureau's own research topics to its association, which pays the staff within the month."""
    club = children(world, unit, "association")[0]
    topics = ("营商环境评价课题", "监管方式创新课题", "信用分级管理课题")
    evidence: Evidence = []
    total = 0
    for position, topic in enumerate(topics):
        day = world.day(2024, 5 + 2 * position, 16)
        fen = 8_600_000 + position * 450_000
        voucher, _ = buy(
            world,
            unit,
            day,
            fen,
            world.companies[club.code],
            f"付{topic}研究费",
            "30227",
            "*研发和技术服务*课题研究费",
            issued=day - timedelta(days=2),
        )
        receive(world, club, day, fen, unit.party, f"收{topic}研究费", "4301")
        evidence.append(("payment", payment_of(voucher)))
        share = fen * 84 // 100 // 6
        for count, person in enumerate(unit.staff[:6]):
            paid = transfer_out(
                world,
                club,
                after(day, 8 + count % 3),
                share,
                person.party,
                "付课题交通伙食补助",
                "5101",
            )
            evidence.append(("voucher_line", paid))
        total += 6 * share
    return Planted(total, evidence)


@scheme(
    "F5",
    4,
    zh="下属公司对外签约，由单位人员干活并领取补贴",
    en="A subsidiary signs for work the unit's staff do, and pays them on the side",
    default="202002",
    host=PARENT_COMPANY,
)
def staff_work_for_subsidiary(world: World, unit: Unit) -> Planted:
    """Let a subsidiary sell tests the unit's staff carry out, and pay them a subsidy every quarter."""
    firm = children(world, unit, "enterprise")[0]
    evidence: Evidence = []
    total = 0
    clients = ("build1", "build2", "build3", "garden")
    for position, (year, month) in enumerate(world.months[1:24:3]):
        client = world.companies[clients[position % 4]]
        fen = 6_400_000 + position * 150_000
        taken = receive(world, firm, in_month(year, month, 12), fen, client.party, "收管网检测服务费", "6001")
        evidence.append(("voucher_line", taken))
        for person in unit.staff[5:8]:
            paid = transfer_out(
                world,
                firm,
                after(taken.day, 5),
                fen * 18 // 100,
                person.party,
                "付检测外勤补贴",
                "6401",
            )
            evidence.append(("voucher_line", paid))
        total += fen
    return Planted(total, evidence)


@scheme(
    "F5",
    5,
    zh="单位院内未申报的餐饮公司承办食堂，无租约",
    en="An undeclared catering company in the unit's yard runs its canteen, without a lease",
    default="205001",
    host=body(6),
)
def canteen_company(world: World, unit: Unit) -> Planted:
    """Pay a meal subsidy each quarter to a company at the unit's address that uses the unit's telephone."""
    firm = add_company(
        world,
        "yard canteen",
        "云汀区汀禾餐饮服务有限公司",
        "餐饮服务;食品销售",
        insured=0,
        capital=30,
        founded=world.day(2022, 8, 15),
        address=str(unit.row["address"]),
        phone=unit.row["phone"],
    )
    evidence: Evidence = [("enterprise", firm.row)]
    total = 0
    for year in world.years[:2]:
        for month in (3, 6, 9, 12):
            day, fen = in_month(year, month, 17), 3_180_000 + month * 1_700
            voucher, bill = buy(
                world,
                unit,
                day,
                fen,
                firm,
                f"付{month // 3}季度职工食堂补助",
                "30299",
                "*餐饮服务*餐费",
                issued=day - timedelta(days=2),
                rate=1,
            )
            evidence += [("payment", payment_of(voucher)), ("invoice", bill)]
            total += fen
    return Planted(total, evidence)


SCHEMES = (
    staff_company,
    relatives_cooperative,
    research_society,
    staff_work_for_subsidiary,
    canteen_company,
)

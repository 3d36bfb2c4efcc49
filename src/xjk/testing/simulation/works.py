"""Works and special projects: contract, payments by progress, acceptance, retention."""

from __future__ import annotations

from datetime import date, timedelta

from xjk.testing.simulation.base.posting import buy
from xjk.testing.simulation.base.workdays import on_or_after, on_or_before
from xjk.testing.simulation.base.world import Company, Row, Unit, World

# unit, name, kind, site, contractor, contract in yuan, tender, started, months, quantity, unit of it
_PROJECTS = (
    (
        "202001",
        "安康路雨污分流改造工程",
        "works",
        "安康路",
        "build1",
        5_286_400,
        "open",
        "2024-03-11",
        8,
        3260,
        "米",
    ),
    (
        "202001",
        "老旧小区外墙修缮工程",
        "works",
        "丰泽新村",
        "build2",
        2_418_700,
        "invited",
        "2024-05-20",
        7,
        14800,
        "平方米",
    ),
    (
        "202002",
        "清源路人行道铺装",
        "works",
        "清源路",
        "build1",
        1_164_300,
        "negotiated",
        "2024-04-15",
        5,
        7420,
        "平方米",
    ),
    (
        "202002",
        "筑城路沥青罩面",
        "works",
        "筑城路",
        "build3",
        1_893_600,
        "invited",
        "2025-03-17",
        5,
        21600,
        "平方米",
    ),
    (
        "202002",
        "城区绿化补植养护",
        "service",
        "城区",
        "garden",
        648_200,
        "negotiated",
        "2025-02-24",
        9,
        0,
        "",
    ),
    (
        "201001",
        "实验小学操场翻新工程",
        "works",
        "学府路66号",
        "build2",
        1_376_500,
        "negotiated",
        "2024-07-08",
        3,
        5100,
        "平方米",
    ),
    (
        "206001",
        "高标准农田沟渠整治",
        "works",
        "柳溪镇下泽村",
        "build4",
        3_264_900,
        "invited",
        "2024-09-23",
        9,
        8650,
        "米",
    ),
    (
        "206001",
        "小麦统防统治作业服务",
        "service",
        "全区",
        "farm1",
        386_400,
        "negotiated",
        "2024-03-25",
        3,
        12880,
        "亩",
    ),
    ("206001", "有机肥推广应用", "goods", "全区", "farm2", 724_800, "negotiated", "2025-04-14", 5, 906, "吨"),
    (
        "301001",
        "镇敬老院屋面维修",
        "repair",
        "镇前街21号",
        "repair",
        268_300,
        "direct",
        "2024-06-03",
        3,
        940,
        "平方米",
    ),
    (
        "301001",
        "柳溪河堤防加固",
        "works",
        "柳溪河三段",
        "build4",
        2_087_600,
        "invited",
        "2025-01-13",
        8,
        1420,
        "米",
    ),
    (
        "302001",
        "社区活动中心改造",
        "works",
        "南桥路96号",
        "build2",
        936_800,
        "negotiated",
        "2025-03-24",
        5,
        1180,
        "平方米",
    ),
    (
        "203001",
        "公厕提升改造",
        "works",
        "城区六处",
        "build1",
        872_500,
        "negotiated",
        "2024-10-14",
        5,
        6,
        "座",
    ),
)


def build_works(world: World) -> None:
    """Write every honest project, its contract and its payments."""
    for code, name, kind, site, key, yuan, tender, started, months, quantity, measure in _PROJECTS:
        written = date.fromisoformat(started)
        start = world.day(written.year, written.month, written.day)
        if not (world.covers(start) and world.cast(code)):
            continue
        unit, contractor = world.unit(code), world.companies[key]
        project = add_project(
            world,
            unit,
            contractor,
            name,
            kind,
            site,
            yuan * 100,
            tender,
            start,
            months,
            quantity,
            quantity,
            measure,
        )
        pay_project(world, unit, contractor, project, start, months)
    for unit in world.cast("202001"):
        _supervision(world, unit)


def add_project(
    world: World,
    unit: Unit,
    contractor: Company,
    name: str,
    kind: str,
    site: str,
    fen: int,
    tender: str,
    start: date,
    months: int,
    claimed: int,
    measured: int,
    measure: str,
) -> Row:
    """Register a project and its contract; the settled sum lies a little under the contract."""
    accepted = on_or_before(start + timedelta(days=months * 30))
    settled = fen * 98 // 100 if kind in ("works", "repair") else fen
    code = world.next_id(f"XM{start.year}", 3)
    world.add(
        "contract",
        contract_id=f"HT-{code}",
        unit_code=unit.code,
        kind="works" if kind in ("works", "repair") else kind,
        party_name=contractor.name,
        project_code=code,
        amount=fen,
        signed_on=on_or_before(start - timedelta(days=12)),
        starts_on=start,
        ends_on=accepted,
        side="expense",
        party_uscc=contractor.uscc,
        party_account=contractor.account,
    )
    return world.add(
        "project",
        project_code=code,
        unit_code=unit.code,
        name=name,
        kind=kind,
        site=site,
        budget=fen * 106 // 100 // 100_000 * 100_000,
        contract_amount=fen,
        settled_amount=settled,
        contractor=contractor.name,
        awarded_on=on_or_before(start - timedelta(days=20)),
        started_on=start,
        accepted_on=accepted,
        settled_on=on_or_after(accepted + timedelta(days=30)),
        progress_pct="100",
        tender_method=tender,
        claimed_quantity=claimed or "",
        measured_quantity=measured or "",
        quantity_unit=measure,
    )


def pay_project(
    world: World, unit: Unit, contractor: Company, project: Row, start: date, months: int
) -> None:
    """Pay 30 % in advance, 50 % by progress, the rest of 97 % on settlement and 3 % after the warranty."""
    last = world.last_day - timedelta(days=7)
    settled, works = project["settled_amount"], project["kind"] == "works"
    advance, progress = settled * 30 // 100, settled * 50 // 100
    retention = settled * 3 // 100 if works else 0
    steps = [
        (on_or_after(start + timedelta(days=6)), advance, "预付款"),
        (on_or_before(start + timedelta(days=months * 18)), progress, "进度款"),
        (
            on_or_after(project["settled_on"] + timedelta(days=9)),
            settled - advance - progress - retention,
            "结算款",
        ),
        (on_or_after(project["settled_on"] + timedelta(days=374)), retention, "质保金"),
    ]
    item = {"works": "*建筑服务*工程款", "repair": "*建筑服务*修缮款", "goods": "*肥料*有机肥"}.get(
        project["kind"], "*现代服务*作业服务费"
    )
    for day, fen, words in steps:
        if fen and day <= last:
            buy(
                world,
                unit,
                day,
                fen,
                contractor,
                f"付{project['name']}{words}",
                "31005" if works else "30227",
                item,
                issued=day - timedelta(days=5),
                rate=9,
                account="1613" if works else "",
                project=project["project_code"],
                contract=f"HT-{project['project_code']}",
                budget_item=project["project_code"],
            )
    if works and project["settled_on"] <= world.last_day and steps[2][0] <= last:
        paid = sum(fen for day, fen, _ in steps[:3])
        voucher = world.voucher(unit, steps[2][0], f"{project['name']}转公共基础设施", attachments=4)
        voucher.debit("1801", paid, project_code=project["project_code"])
        voucher.credit("1613", paid, project_code=project["project_code"])


def _supervision(world: World, unit: Unit) -> None:
    """Pay one consultant for the supervision of several projects of one bureau."""
    seller = world.companies["survey"]
    contract = world.add(
        "contract",
        contract_id=world.next_id(f"HT{world.years[0]}", 4),
        unit_code=unit.code,
        kind="service",
        party_name=seller.name,
        amount=14_600_000,
        signed_on=world.day(2024, 3, 5),
        starts_on=world.day(2024, 3, 11),
        ends_on=world.day(2025, 3, 31),
        side="expense",
        party_uscc=seller.uscc,
        party_account=seller.account,
    )
    for day, fen in (
        (world.day(2024, 7, 16), 5_840_000),
        (world.day(2024, 12, 17), 5_840_000),
        (world.day(2025, 4, 8), 2_920_000),
    ):
        if not world.covers(day):
            continue
        buy(
            world,
            unit,
            day,
            fen,
            seller,
            "付工程监理及造价咨询费",
            "30227",
            "*鉴证咨询服务*监理费",
            issued=day - timedelta(days=8),
            contract=contract["contract_id"],
        )

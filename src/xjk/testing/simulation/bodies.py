"""The bodies around the offices: the union, the canteen, the association and the enterprise."""

from __future__ import annotations

from datetime import date, timedelta

from xjk.testing.simulation.base.posting import PAYROLL_AGENT, buy, receive, spend
from xjk.testing.simulation.base.workdays import in_month, on_or_before
from xjk.testing.simulation.base.world import Party, Unit, World
from xjk.testing.simulation.routine import amount, payroll_rows

UNION_DUES = 2  # per cent of wages that the unit pays over to its union


def build_bodies(world: World) -> None:
    """Write the books of the four bodies."""
    for code, build in (
        ("203101", _union),
        ("201102", _canteen),
        ("207101", _association),
        ("202102", _enterprise),
    ):
        for unit in world.cast(code):
            build(world, unit)


def own_wages(world: World, unit: Unit, year: int, month: int, account: str) -> None:
    """Pay a body's wages from its own account."""
    gross, _ = payroll_rows(world, unit, year, month)
    leaf, number = world.bank_leaf(unit, "basic")
    voucher = world.voucher(unit, in_month(year, month, 11), f"发放{month}月份工资", attachments=1)
    voucher.debit(account, gross, PAYROLL_AGENT)
    voucher.credit(leaf, gross, PAYROLL_AGENT, bank=number, settlement="transfer")


def _union(world: World, union: Unit) -> None:
    """Take the lawful two per cent each quarter and spend it on members' activities."""
    bureau = world.unit("203001")
    rng = world.stream("union")
    for year, month in world.months[2::3]:
        wages = sum(
            r["amount"]
            for r in world.tables["payroll"]
            if r["unit_code"] == bureau.code and (year * 100 + month - 2) <= r["month"] <= year * 100 + month
        )
        day, fen = in_month(year, month, 24), wages * UNION_DUES // 100
        spend(world, bureau, day, fen, union.party, f"拨付{month // 3}季度工会经费", "30228")
        receive(world, union, day, fen, bureau.party, f"收{month // 3}季度工会经费拨款", "402")
        _union_buys(
            world,
            union,
            in_month(year, month, 27),
            amount(rng, 900, 3600),
            "office3",
            "购职工活动用品",
            "*体育用品*羽毛球拍",
        )
    for year, month in world.months:
        _union_buys(
            world,
            union,
            in_month(year, month, 25),
            amount(rng, 300, 1200),
            "catering",
            f"付{month}月份职工生日蛋糕款",
            "*烘焙食品*蛋糕",
        )


def _union_buys(world: World, union: Unit, day: date, fen: int, key: str, words: str, item: str) -> None:
    buy(
        world,
        union,
        day,
        fen,
        world.companies[key],
        words,
        "",
        item,
        issued=day - timedelta(days=4),
        account="501",
        rate=13,
    )


def _canteen(world: World, unit: Unit) -> None:
    """Sell meals by the month and buy food from two suppliers; wages of the cooks."""
    rng = world.stream("canteen")
    for year, month in world.months:
        own_wages(world, unit, year, month, "5101")
        if month in (2, 7, 8):
            continue
        income = 6_800_000 + rng.randrange(-400_000, 400_000, 100)
        receive(
            world,
            unit,
            in_month(year, month, 6),
            income,
            Party("就餐师生(按月汇总)"),
            f"收{month}月份伙食费",
            "4301",
        )
        for key, words, item, share in (
            ("food1", "付米面油款", "*谷物加工品*大米", 34),
            ("food2", "付蔬菜肉禽款", "*蔬菜*时令蔬菜", 39),
        ):
            day = in_month(year, month, 26)
            buy(
                world,
                unit,
                day,
                income * share // 100 + rng.randrange(1, 9000),
                world.companies[key],
                f"{words}({month}月)",
                "",
                item,
                issued=day - timedelta(days=2),
                account="5101",
                rate=9,
            )


def _association(world: World, unit: Unit) -> None:
    """Take members' yearly fees, pay staff and small office costs."""
    rng = world.stream("association")
    members = [
        company for key, company in world.companies.items() if key.startswith(("tenant", "office", "print"))
    ]
    for year in world.years:
        for position, company in enumerate(members):
            day = in_month(year, 3 + position % 2, 12 + position)
            receive(world, unit, day, 240_000, company.party, f"收{year}年度会费", "4201")
    for year, month in world.months:
        own_wages(world, unit, year, month, "5201")
        if month % 2 == 0:
            day = in_month(year, month, 17)
            buy(
                world,
                unit,
                day,
                amount(rng, 300, 2100),
                world.companies["print2"],
                "付会员资料印制费",
                "",
                "*印刷品*会员手册",
                issued=day - timedelta(days=3),
                rate=9,
            )
    for year in world.years:
        day, fen = in_month(year, 7, 18), 12_000_000
        receive(world, unit, day, fen, world.unit("207001").party, "收购买服务款(个体户培训)", "4401")
        buy(
            world,
            world.unit("207001"),
            day,
            fen,
            world.companies[unit.code],
            "购买个体户经营培训服务",
            "30227",
            "*现代服务*培训服务费",
            issued=day - timedelta(days=3),
        )


def _enterprise(world: World, unit: Unit) -> None:
    """Maintain lamps and drains for the bureau under a yearly contract, like any contractor."""
    rng = world.stream("enterprise")
    client = world.unit("202001")
    for year in world.years:
        contract = world.add(
            "contract",
            contract_id=world.next_id(f"HT{year}", 4),
            unit_code=client.code,
            kind="service",
            party_name=unit.name,
            amount=48_000_000,
            signed_on=on_or_before(date(year, 1, 8)),
            starts_on=date(year, 1, 10),
            ends_on=date(year, 12, 31),
            side="expense",
            party_uscc=unit.row["uscc"],
            party_account=unit.party.account,
        )
        for month in (3, 6, 9, 12):
            day = in_month(year, month, 21)
            buy(
                world,
                client,
                day,
                12_000_000,
                world.companies[unit.code],
                f"付{month // 3}季度路灯排水维护费",
                "30213",
                "*现代服务*维护费",
                issued=day - timedelta(days=4),
                contract=contract["contract_id"],
                budget_item="2102",
            )
            receive(world, unit, day, 12_000_000, client.party, f"收{month // 3}季度路灯排水维护费", "6001")
    for year, month in world.months:
        own_wages(world, unit, year, month, "6401")
        day = in_month(year, month, 23)
        key, words, item = rng.choice(
            (
                ("garage", "付工程车维修费", "*劳务*汽车维修"),
                ("fuel", "付工程车柴油费", "*柴油*0号柴油"),
                ("office3", "付材料工具款", "*金属制品*工具"),
            )
        )
        buy(
            world,
            unit,
            day,
            amount(rng, 1500, 9800),
            world.companies[key],
            words,
            "",
            item,
            issued=day - timedelta(days=5),
            rate=13,
        )

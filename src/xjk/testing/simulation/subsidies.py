"""Money for others: subsidies paid by list, deposits taken and given back."""

from __future__ import annotations

from datetime import date

from xjk.testing.simulation.base.fresh import new_card, new_citizen, new_name
from xjk.testing.simulation.base.posting import LIST_AGENT, spend, transfer_out
from xjk.testing.simulation.base.workdays import in_month
from xjk.testing.simulation.base.world import Unit, World


def build_subsidies(world: World) -> None:
    """Write subsidies to individuals and deposits held for bidders and tenants."""
    _subsidies(world)
    _deposits(world)


def _subsidies(world: World) -> None:
    """Pay subsidies to individuals by list, quarter by quarter, to their own cards."""
    for code, name, heads, low in (
        ("205001", "高龄老人生活补贴", 24, 300),
        ("206001", "种粮大户补贴", 16, 1450),
        ("302001", "低保家庭临时救助", 12, 600),
    ):
        for unit in world.cast(code):
            _subsidy(world, unit, name, heads, low)


def _subsidy(world: World, unit: Unit, name: str, heads: int, low: int) -> None:
    rng = world.stream(f"subsidy {unit.script}")
    project = world.add(
        "project",
        project_code=world.next_id(f"XM{world.years[0]}", 3),
        unit_code=unit.code,
        name=name,
        kind="subsidy",
        budget=heads * low * 12 * len(world.years) * 100,
        started_on=world.first_day,
    )
    people = [
        (
            new_name(world),
            new_citizen(world),
            new_card(world),
            rng.randrange(low, low * 2, 10) * 100,
        )
        for _ in range(heads)
    ]
    for year in world.years:
        for month in (3, 6, 9, 12):
            day = in_month(year, month, 20)
            number = f"QD{unit.code}-{year}{month:02d}"
            for person, citizen, card, fen in people:
                world.add(
                    "beneficiary",
                    list_id=number,
                    name=person,
                    unit_code=unit.code,
                    project_code=project["project_code"],
                    id_no=citizen,
                    account_no=card,
                    amount=fen,
                    paid_on=day,
                    eligible_from=date(world.years[0] - 1, 1, 1),
                    eligible_to=date(world.years[-1] + 1, 12, 31),
                )
            spend(
                world,
                unit,
                day,
                sum(fen for *_, fen in people),
                LIST_AGENT,
                f"发放{month // 3}季度{name}({heads}人)",
                "30305",
                project=project["project_code"],
                budget_item=project["project_code"],
            )


def _deposits(world: World) -> None:
    """Take bid deposits in and give them back in full: money held for others, never income."""
    for code, key, fen, taken, returned in (
        ("202001", "build1", 10_000_000, world.day(2024, 2, 6), world.day(2024, 3, 8)),
        ("202001", "build2", 10_000_000, world.day(2024, 2, 6), world.day(2024, 3, 8)),
        ("206001", "build4", 6_000_000, world.day(2024, 8, 27), world.day(2024, 9, 26)),
        ("302001", "build2", 2_000_000, world.day(2025, 2, 25), world.day(2025, 3, 27)),
        ("204002", "tenant1", 600_000, world.day(2024, 1, 5), world.day(2025, 7, 9)),
    ):
        if not (world.covers(returned) and world.cast(code)):
            continue
        unit, party = world.unit(code), world.companies[key].party
        words = "租房押金" if key == "tenant1" else "投标保证金"
        leaf, number = world.bank_leaf(unit, "basic")
        voucher = world.voucher(unit, taken, f"收{words}", attachments=1)
        voucher.debit(leaf, fen, party, bank=number, settlement="transfer").credit("2307", fen, party)
        transfer_out(world, unit, returned, fen, party, f"退{words}", "2307")

"""F4: concealed land, sponsorship, asset and resource income."""

from __future__ import annotations

from xjk.testing.simulation.base.posting import outside
from xjk.testing.simulation.base.workdays import in_month
from xjk.testing.simulation.base.world import Party, Unit, World
from xjk.testing.simulation.companies import add_company
from xjk.testing.simulation.schemes.accounts import personal_card
from xjk.testing.simulation.schemes.hosts import (
    IDLE_OWNER,
    MACHINE_OWNER,
    SHOPKEEPER,
    WITHOUT_GIFTS,
    body,
    idle_buildings,
    machines,
    spare_shops,
)
from xjk.testing.simulation.schemes.scheme import Evidence, Planted, on, scheme


@scheme(
    "F4",
    1,
    zh="门面房出租，租金未入账",
    en="Shops let, rent never booked",
    default="302001",
    host=SHOPKEEPER,
)
def silent_lease(world: World, unit: Unit) -> Planted:
    """Let three shops without any rent reaching the books."""
    asset = spare_shops(world, unit)[0]
    asset["status"] = "leased"
    tenant = add_company(
        world,
        "silent tenant",
        "云汀区橙意超市便利店",
        "食品、日用百货零售",
        insured=2,
        capital=10,
        founded=world.day(2021, 10, 8),
        address=str(asset["address"]),
    )
    first = world.day(2023, 7, 1)
    lease = world.add(
        "lease",
        lease_id=world.next_id("ZL", 4),
        unit_code=unit.code,
        asset_id=asset["asset_id"],
        tenant_name=tenant.name,
        starts_on=first,
        ends_on=world.day(2026, 6, 30),
        rent_per_period=1_950_000,
        period_months=6,
        approved=False,
    )
    periods = min(4, 2 * len(world.years))
    return Planted(periods * 1_950_000, [("lease", lease), ("asset", asset)])


@scheme(
    "F4",
    2,
    zh="赞助款未入账",
    en="Sponsorship never booked",
    default="301001",
    host=WITHOUT_GIFTS,
)
def missing_sponsor(world: World, unit: Unit) -> Planted:
    """Agree on a sponsor's money for a festival that never appears."""
    row = world.add(
        "donation",
        donation_id=world.next_id("JZ", 3),
        unit_code=unit.code,
        donor_name=world.companies["parcel"].name,
        agreed_on=on(world, 2025, 4, 3),
        amount=15_000_000,
        in_kind=False,
        purpose="花海节赞助",
    )
    return Planted(15_000_000, [("donation", row)])


@scheme(
    "F4",
    3,
    zh="农机处置收入未入账未缴库",
    en="Proceeds of tractors neither booked nor remitted",
    default="206001",
    host=MACHINE_OWNER,
)
def sold_tractors(world: World, unit: Unit) -> Planted:
    """Sell two tractors and book neither the proceeds nor the disposal."""
    asset = machines(world, unit)[0]
    asset["status"] = "disposed"
    sold = on(world, 2025, 5, 13)
    row = world.add(
        "asset_disposal",
        disposal_id=world.tagged(f"CZ{sold.year}-901"),
        unit_code=unit.code,
        asset_id=asset["asset_id"],
        method="sale",
        disposed_on=sold,
        proceeds=6_800_000,
        buyer_name=world.companies["farm1"].name,
    )
    return Planted(6_800_000, [("asset_disposal", row), ("asset", asset)])


@scheme(
    "F4",
    4,
    zh="账列闲置的房屋有企业注册经营，无租赁合同",
    en="A company sits in a house registered as idle",
    default="206001",
    host=IDLE_OWNER,
)
def guest_in_idle_house(world: World, unit: Unit) -> Planted:
    """Seat a company in a house the register calls idle, without a lease; the sum is unknown."""
    asset = idle_buildings(world, unit)[0]
    guest = add_company(
        world,
        "guest",
        "澜川田语农资销售有限公司",
        "农资销售",
        insured=5,
        capital=100,
        founded=world.day(2022, 3, 2),
        address=str(asset["address"]),
    )
    return Planted(0, [("asset", asset), ("enterprise", guest.row)])


@scheme(
    "F4",
    5,
    zh="停车费由职工收款码收取，未入账",
    en="Parking fees collected through a staff member's payment code, never booked",
    default="207001",
    host=body(8),
)
def parking_money(world: World, unit: Unit) -> Planted:
    """Collect the parking fees of the yard every month through the payment code of a member of staff."""
    holder = unit.staff[7]
    card = personal_card(world, unit, holder)
    rng = world.stream("parking money")
    evidence: Evidence = [("bank_account", card)]
    total = 0
    for year, month in world.months[:18]:
        fen = rng.randrange(160_000, 240_000, 500)
        came = outside(
            world, card, in_month(year, month, 27), "in", fen, Party("停车收款码(按月汇总)"), "停车费"
        )
        evidence.append(("bank_transaction", came))
        total += fen
    return Planted(total, evidence)


SCHEMES = (silent_lease, missing_sponsor, sold_tractors, guest_in_idle_house, parking_money)

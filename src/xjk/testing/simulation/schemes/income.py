"""Planted schemes on the income side: charges and fines (F2), hidden revenue (F4)."""

from __future__ import annotations

from datetime import date

from xjk.testing.simulation.base.fresh import new_name
from xjk.testing.simulation.base.posting import outside, receive
from xjk.testing.simulation.base.workdays import after, in_month
from xjk.testing.simulation.base.world import Party, World
from xjk.testing.simulation.companies import add_company
from xjk.testing.simulation.schemes import Evidence, record
from xjk.testing.simulation.units import IDLE_HOUSE, asset_of, open_bank


def stall_money(world: World) -> None:
    """F2-1: stall fees on bought receipts, outside every book of receipts, kept on an account of no book."""
    unit, rng = world.unit("203001"), world.stream("stall money")
    account = open_bank(
        world,
        unit,
        "stalls",
        holder_name="云汀区城市管理局摊位办",
        kind="other",
        registered=False,
        in_books=False,
        account_code="",
        opened_on=date(2023, 11, 20),
        opening_balance=0,
    )
    evidence: Evidence = [("bank_account", account)]
    total = 0
    for position in range(24):
        day = in_month(2024 + position // 12, position % 12 + 1, rng.randrange(4, 26))
        payer, fen = new_name(world), rng.randrange(300, 900, 10) * 100
        receipt = world.add(
            "receipt",
            receipt_id=f"SJ-{880101 + position}",
            unit_code=unit.code,
            kind="收款收据",
            prefix="SJ",
            number=880101 + position,
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
    outside(
        world, account, date(2025, 12, 26), "out", total * 8 // 10, Party(unit.staff[5].name), "取现", "cash"
    )
    record(
        world,
        "F2-1",
        "F2",
        unit,
        total,
        ("以自购收据收取摊位费,未缴库", "Stall fees on bought receipts, never remitted"),
        evidence,
    )


def permit_tribute(world: World) -> None:
    """F2-2: firms pay the bureau's association within days of their permits."""
    bureau, club = world.unit("207001"), world.unit("207101")
    evidence: Evidence = []
    total = 0
    for position, key in enumerate(("food1", "catering", "restaurant", "hotel1", "hotel2", "flowers")):
        company, day = world.companies[key], in_month(2025, 2 + position, 11)
        permit = world.add(
            "permit",
            permit_id=world.next_id("XK", 4),
            unit_code=bureau.code,
            party_name=company.name,
            kind="食品经营许可",
            issued_on=day,
        )
        fen = 500_000 + position * 100_000
        voucher = receive(world, club, after(day, 3), fen, company.party, "收办证咨询服务费", "4301")
        evidence += [("permit", permit), ("voucher_line", voucher)]
        total += fen
    record(
        world,
        "F2-2",
        "F2",
        club,
        total,
        (
            "许可发放后数日内由协会收取咨询服务费",
            "An association collects service fees within days of permits",
        ),
        evidence,
    )


def pocketed_fines(world: World) -> None:
    """F2-3: fines above 100 yuan collected on the spot, without receipt and never remitted."""
    unit = world.unit("207001")
    rows = [
        world.add(
            "penalty",
            decision_no=f"云市监当罚字〔2024〕{number:03d}号",
            unit_code=unit.code,
            party_name=new_name(world),
            decided_on=day,
            amount=fen,
            collected_on=day,
            collected_on_spot=True,
        )
        for number, day, fen in (
            (11, date(2024, 5, 21), 80_000),
            (12, date(2024, 8, 7), 150_000),
            (13, date(2024, 10, 23), 200_000),
            (14, date(2025, 3, 11), 120_000),
        )
    ]
    record(
        world,
        "F2-3",
        "F2",
        unit,
        sum(row["amount"] for row in rows),
        (
            "当场收缴超过100元的罚款,无票据、未缴库",
            "Fines above 100 yuan taken on the spot, no receipt, not remitted",
        ),
        [("penalty", row) for row in rows],
    )


def silent_lease(world: World) -> None:
    """F4-1: three shops are let and no rent ever reaches the books."""
    unit = world.unit("302001")
    asset = asset_of(world, unit, "沿街门面房3间")
    tenant = add_company(
        world,
        "silent tenant",
        "云汀区橙意超市便利店",
        "食品、日用百货零售",
        insured=2,
        capital=10,
        founded=date(2021, 10, 8),
        address=str(asset["address"]),
    )
    lease = world.add(
        "lease",
        lease_id=world.next_id("ZL", 4),
        unit_code=unit.code,
        asset_id=asset["asset_id"],
        tenant_name=tenant.name,
        starts_on=date(2023, 7, 1),
        ends_on=date(2026, 6, 30),
        rent_per_period=1_950_000,
        period_months=6,
        approved=False,
    )
    record(
        world,
        "F4-1",
        "F4",
        unit,
        4 * 1_950_000,
        ("门面房出租,租金未入账", "Shops let, rent never booked"),
        [("lease", lease), ("asset", asset)],
    )


def missing_sponsor(world: World) -> None:
    """F4-2: a sponsor's money for a festival never appears."""
    unit, donor = world.unit("301001"), world.companies["parcel"]
    row = world.add(
        "donation",
        donation_id=world.next_id("JZ", 3),
        unit_code=unit.code,
        donor_name=donor.name,
        agreed_on=date(2025, 4, 3),
        amount=15_000_000,
        in_kind=False,
        purpose="柳溪花海节赞助",
    )
    record(
        world,
        "F4-2",
        "F4",
        unit,
        15_000_000,
        ("赞助款未入账", "Sponsorship never booked"),
        [("donation", row)],
    )


def sold_tractors(world: World) -> None:
    """F4-3: two tractors are sold; neither the proceeds nor the disposal are booked."""
    unit = world.unit("206001")
    asset = asset_of(world, unit, "大型拖拉机2台")
    asset["status"] = "disposed"
    row = world.add(
        "asset_disposal",
        disposal_id="CZ2025-001",
        unit_code=unit.code,
        asset_id=asset["asset_id"],
        method="sale",
        disposed_on=date(2025, 5, 13),
        proceeds=6_800_000,
        buyer_name=world.companies["farm1"].name,
    )
    record(
        world,
        "F4-3",
        "F4",
        unit,
        6_800_000,
        ("农机处置收入未入账未缴库", "Proceeds of tractors neither booked nor remitted"),
        [("asset_disposal", row), ("asset", asset)],
    )


def guest_in_idle_house(world: World) -> None:
    """F4-4: a company has its seat in a house the register calls idle; there is no lease."""
    unit = world.unit("206001")
    asset = asset_of(world, unit, IDLE_HOUSE)
    guest = add_company(
        world,
        "guest",
        "澜川田语农资销售有限公司",
        "农资销售",
        insured=5,
        capital=100,
        founded=date(2022, 3, 2),
        address=str(asset["address"]),
    )
    record(
        world,
        "F4-4",
        "F4",
        unit,
        0,
        ("账列闲置的房屋有企业注册经营,无租赁合同", "A company sits in a house registered as idle"),
        [("asset", asset), ("enterprise", guest.row)],
    )


SCHEMES = (
    stall_money,
    permit_tribute,
    pocketed_fines,
    silent_lease,
    missing_sponsor,
    sold_tractors,
    guest_in_idle_house,
)

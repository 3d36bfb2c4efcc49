"""Revenue: fees and their receipts, penalties, rents, land, donations, permits."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

from xjk.testing.simulation.base.fresh import new_name
from xjk.testing.simulation.base.identifiers import area
from xjk.testing.simulation.base.posting import LIST_AGENT, TREASURY, buy, receive, spend, transfer_out
from xjk.testing.simulation.base.workdays import after, in_month, on_or_after
from xjk.testing.simulation.base.world import Party, Row, Unit, Voucher, World
from xjk.testing.simulation.units import asset_of

# code, name, unit, highest rate in yuan, charged per, approval
_FEES = (
    ("103042601", "城市道路占用挖掘修复费", "203001", 120, "平方米", "市价费〔2019〕12号"),
    ("103042602", "建筑垃圾处置费", "203001", 8, "立方米", "市价费〔2020〕7号"),
    ("103043301", "计量检定费", "207001", 60, "台件", "市价费〔2018〕31号"),
    ("103044101", "殡葬服务基本收费", "205001", 980, "次", "市价费〔2021〕4号"),
    ("103045201", "农贸市场摊位管理费", "301001", 15, "日", "市价费〔2020〕19号"),
    ("103040101", "课后服务费", "201002", 260, "人学期", "市价费〔2021〕22号"),
)
_FEE_RECEIPT = "非税收入统一票据"
_RENT_ITEM = ("103070601", "国有资产出租收入")
_LAND_ITEM = ("103014801", "土地出让价款收入")
_SHARED_ITEMS = (
    (*_RENT_ITEM, "财税〔2016〕33号"),
    ("103050101", "一般罚没收入", "财税〔2016〕33号"),
    (*_LAND_ITEM, "国办发〔2006〕100号"),
)
# unit, asset, tenant, first month, rent in yuan, months per period
_LEASES = (
    ("204002", "临街商铺2间", "tenant1", 1, 9_600, 3),
    ("201001", "体育馆附属商铺", "tenant3", 1, 21_000, 6),
    ("301001", "旧粮站仓库", "tenant4", 1, 18_000, 6),
    ("202002", "材料仓库", "tenant5", 4, 7_500, 3),
)


def issue_receipt(
    world: World,
    unit: Unit,
    day: date,
    payer: str,
    item: tuple[str, str],
    quantity: int,
    fen: int,
    kind: str = _FEE_RECEIPT,
) -> Row:
    """Issue a fiscal receipt; its number is made at the end, in the order of the days."""
    bank = unit.banks.get("fees", unit.banks["basic"])
    return world.add(
        "receipt",
        _numbered=False,
        unit_code=unit.code,
        kind=kind,
        prefix=area(world.block) + ("01" if kind == _FEE_RECEIPT else "07"),
        issued_on=day,
        payer_name=payer,
        item_code=item[0],
        item_name=item[1],
        quantity=quantity,
        amount=fen,
        status="issued",
        fiscal=True,
        collecting_account=bank["account_no"],
    )


def remit(
    world: World, unit: Unit, day: date, fen: int, item: str, summary: str, bank: str = "fees"
) -> Voucher:
    """Pay collected money into the treasury."""
    voucher = transfer_out(world, unit, day, fen, TREASURY, summary, "2103", bank=bank)
    world.add(
        "remittance",
        remittance_id=world.next_id("JK", 5),
        unit_code=unit.code,
        remitted_on=day,
        item_code=item,
        amount=fen,
    )
    return voucher


def collect(
    world: World, unit: Unit, day: date, rows: list[Row], summary: str, bank: str = "fees"
) -> Voucher:
    """Book the receipts of one day as money owed to the treasury."""
    total = sum(row["amount"] for row in rows)
    payer = Party(rows[0]["payer_name"] if len(rows) == 1 else "缴费人(见票据清单)")
    voucher = receive(world, unit, day, total, payer, summary, "2103", bank=bank)
    for row in rows:
        voucher.tie(row)
    return voucher


def build_revenue(world: World) -> None:
    """Write all honest revenue."""
    for code, name, unit_code, rate, per, basis in _FEES:
        for unit in world.cast(unit_code):
            world.add(
                "fee_item",
                item_code=_item_code(world, code),
                item_name=name,
                unit_code=unit.code,
                rate_max=rate * 100,
                charge_unit=per,
                valid_from=world.day(2021, 7, 1),
                basis=basis,
            )
            _fees(world, unit, code, name, rate)
    if not world.block:  # items any unit may collect; the catalogue names them once
        for item, name, basis in _SHARED_ITEMS:
            world.add(
                "fee_item", item_code=item, item_name=name, valid_from=world.day(2019, 1, 1), basis=basis
            )
    for code, word in (("203001", "云城管罚字"), ("207001", "云市监罚字")):
        for unit in world.cast(code):
            _penalties(world, unit, word)
    for lease in _LEASES:
        for unit in world.cast(lease[0]):
            _lease(world, unit, *lease[1:])
    for unit in world.cast("301001"):
        _land(world, unit)
    _gifts(world)
    _permits(world)


def _item_code(world: World, code: str) -> str:
    """Number the same fee of another block's unit as an item of its own."""
    return f"{code}{world.block:02d}" if world.block else code


def _fees(world: World, unit: Unit, code: str, name: str, rate: int) -> None:
    rng, code = world.stream(f"fees {code}"), _item_code(world, code)
    school = unit.kind == "public_institution"
    for year, month in [m for m in world.months if m[1] in (3, 9)] if school else world.months[::2]:
        day = in_month(year, month, rng.randrange(5, 18))
        rows = []
        for _ in range(rng.randrange(3, 7)):
            quantity = {15: 20, 980: 1, 260: 1}.get(rate, rng.randrange(2, 40))
            rows.append(
                issue_receipt(
                    world, unit, day, new_name(world), (code, name), quantity, quantity * rate * 100
                )
            )
        if rng.random() < 0.15:
            void = issue_receipt(world, unit, day, rows[0]["payer_name"], (code, name), 1, rate * 100)
            void["status"] = "void"
        collect(world, unit, day, rows, f"收{name}")
        remit(world, unit, after(day, 4), sum(row["amount"] for row in rows), code, f"缴库{name}")


def _penalties(world: World, unit: Unit, word: str) -> None:
    """Fine, collect within fifteen days through the bank, remit within two; small fines on the spot."""
    rng = world.stream(f"penalties {unit.script}")
    for position, (year, month) in enumerate(world.months[1::2], 1):
        decided = in_month(year, month, rng.randrange(3, 12))
        spot = position % 5 == 0
        fen = rng.choice((5_000, 10_000)) if spot else rng.randrange(600, 9800, 100) * 100
        collected = decided if spot else after(decided, rng.randrange(2, 8))
        payer = new_name(world)
        row = issue_receipt(
            world, unit, collected, payer, ("103050101", "一般罚没收入"), 1, fen, "罚没收入票据"
        )
        collect(world, unit, collected, [row], "收罚没款")
        remitted = after(collected, 2)
        remit(world, unit, remitted, fen, "103050101", "缴库罚没收入")
        world.add(
            "penalty",
            decision_no=world.tagged(f"{word}〔{year}〕{position:03d}号"),
            unit_code=unit.code,
            party_name=payer,
            decided_on=decided,
            amount=fen,
            collected_on=collected,
            collected_on_spot=spot,
            _receipt=row,
            remitted_on=remitted,
        )


def _lease(world: World, unit: Unit, name: str, key: str, first_month: int, yuan: int, months: int) -> None:
    tenant, start = world.companies[key], world.day(2024, first_month, 1)
    end = date(world.years[-1] + 1, 12, 31)
    asset = asset_of(world, unit, name)
    tenant.row["address"] = asset["address"]
    world.add(
        "lease",
        lease_id=world.next_id("ZL", 4),
        unit_code=unit.code,
        asset_id=asset["asset_id"],
        tenant_name=tenant.name,
        starts_on=start,
        ends_on=end,
        rent_per_period=yuan * 100,
        period_months=months,
        approved=True,
        deposit=600_000 if key == "tenant1" else "",
    )
    world.add(
        "contract",
        contract_id=f"{world.tables['lease'][-1]['lease_id']}-HT",
        unit_code=unit.code,
        kind="other",
        party_name=tenant.name,
        amount=yuan * 1200 * (len(world.years) + 1) // months,
        signed_on=start - timedelta(days=30),
        starts_on=start,
        ends_on=end,
        side="income",
        party_uscc=tenant.uscc,
        party_account=tenant.account,
    )
    for year, month in world.months:
        if (year, month) < (start.year, start.month) or (month - start.month) % months:
            continue
        day = in_month(year, month, 8)
        _rent(world, unit, tenant.party, day, yuan * 100, name)


def _rent(world: World, unit: Unit, tenant: Party, day: date, fen: int, name: str) -> None:
    """Book one period's rent: to the treasury for offices, own income for an institution."""
    if unit.kind == "public_institution":
        receive(world, unit, day, fen, tenant, f"收{name}租金", "4605")
        return
    bank = "fees" if "fees" in unit.banks else "basic"
    row = issue_receipt(world, unit, day, tenant.name, _RENT_ITEM, 1, fen)
    leaf, number = world.bank_leaf(unit, bank)
    voucher = world.voucher(unit, day, f"收{name}租金", attachments=1).tie(row)
    voucher.debit(leaf, fen, tenant, bank=number, settlement="transfer").credit("2103", fen, tenant)
    remit(world, unit, after(day, 3), fen, _RENT_ITEM[0], "缴库国有资产出租收入", bank)


def _land(world: World, unit: Unit) -> None:
    """Sell the use of a parcel; the price goes to the treasury."""
    buyer = world.companies["parcel"]
    world.add(
        "land_transfer",
        transfer_id=world.tagged("CR2024-01"),
        unit_code=unit.code,
        parcel="柳溪镇镇前街北侧边角地块",
        buyer_name=buyer.name,
        signed_on=world.day(2024, 5, 16),
        price=86_400_000,
        due_on=world.day(2024, 6, 14),
    )
    row = issue_receipt(world, unit, world.day(2024, 6, 12), buyer.name, _LAND_ITEM, 1, 86_400_000)
    collect(world, unit, world.day(2024, 6, 12), [row], "收边角地块出让价款")
    remit(world, unit, world.day(2024, 6, 14), 86_400_000, _LAND_ITEM[0], "缴库土地出让价款")


def _gifts(world: World) -> None:
    """Book donations, and spend them on what they were given for."""
    for code, fen, day, purpose in (
        ("201002", 5_000_000, world.day(2024, 5, 28), "捐建图书角"),
        ("205001", 8_000_000, world.day(2025, 1, 10), "慰问困难群众"),
    ):
        if not (world.covers(day) and world.cast(code)):
            continue
        gifted, donor = world.unit(code), world.companies["donor"]
        world.add(
            "donation",
            donation_id=world.next_id("JZ", 3),
            unit_code=gifted.code,
            donor_name=donor.name,
            agreed_on=day,
            amount=fen,
            in_kind=False,
            purpose=purpose,
        )
        receive(
            world,
            gifted,
            on_or_after(day + timedelta(days=4)),
            fen,
            donor.party,
            f"收{donor.name}捐赠款",
            "4603",
        )
    for school in world.cast("201002"):
        buy(
            world,
            school,
            world.day(2024, 9, 11),
            4_896_000,
            world.companies["books"],
            "用捐赠款购图书角图书",
            "30239",
            "*图书*少儿图书",
            issued=world.day(2024, 9, 4),
            rate=9,
            own=True,
        )
    day = world.day(2025, 1, 22)
    for civil in world.cast("205001") if world.covers(day) else ():
        words = "用捐赠款发放困难群众慰问金(160户)"
        spend(world, civil, day, 8_000_000, LIST_AGENT, words, "30306", own=True)


def _permits(world: World) -> None:
    rng = world.stream("permits")
    for code, kind in (
        ("207001", "食品经营许可"),
        ("203001", "临时占用城市道路许可"),
        ("202001", "建筑工程施工许可"),
    ):
        for unit, company in product(world.cast(code), list(world.companies.values())[:30:3]):
            day = in_month(rng.choice(world.years), rng.randrange(1, 13), rng.randrange(3, 26))
            world.add(
                "permit",
                permit_id=world.next_id("XK", 4),
                unit_code=unit.code,
                party_name=company.name,
                kind=kind,
                issued_on=day,
            )

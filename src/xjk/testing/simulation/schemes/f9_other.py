"""F9: public money on private or unapproved accounts, debts and assets outside the books."""

from __future__ import annotations

from datetime import timedelta

from xjk.testing.simulation.base.posting import buy, outside, transfer_out
from xjk.testing.simulation.base.workdays import in_month
from xjk.testing.simulation.base.world import Party, Unit, World
from xjk.testing.simulation.schemes.accounts import hidden_account, personal_card
from xjk.testing.simulation.schemes.hosts import BUILDER, INSTITUTION, body
from xjk.testing.simulation.schemes.scheme import Evidence, Planted, on, payment_of, scheme


@scheme(
    "F9",
    1,
    zh="场地费存入职工个人账户",
    en="Hall hire paid into a staff member's own account",
    default="204002",
    host=INSTITUTION,
)
def hall_money(world: World, unit: Unit) -> Planted:
    """Let the hire of the hall be paid to the account of a member of staff."""
    account = personal_card(world, unit, unit.staff[5])
    evidence: Evidence = [("bank_account", account)]
    total = 0
    for position, month in enumerate((3, 5, 6, 9, 11, 12)):
        payer = world.companies[("stage", "tenant3", "donor")[position % 3]]
        fen = 280_000 + position * 35_000
        day = in_month(world.years[0], month, 13)
        came = outside(world, account, day, "in", fen, payer.party, "场地费")
        evidence.append(("bank_transaction", came))
        total += fen
    return Planted(total, evidence)


@scheme(
    "F9",
    2,
    zh="未备案账户存放保证金，本息未入账",
    en="Bonds on an unapproved account, neither sum nor interest booked",
    default="202001",
    host=BUILDER,
)
def bonded_account(world: World, unit: Unit) -> Planted:
    """Keep contractors' wage bonds on an account the finance bureau never approved."""
    bank = Party("澜川村镇银行筑城支行")
    account = hidden_account(
        world, unit, "bonds", world.day(2023, 12, 4), kind="special", bank_name=bank.name
    )
    evidence: Evidence = [("bank_account", account)]
    total = 0
    bonds = (
        (world.day(2024, 3, 6), 26_000_000, world.companies["build1"].party),
        (world.day(2024, 5, 14), 12_000_000, world.companies["build2"].party),
        (on(world, 2025, 3, 12), 9_500_000, world.companies["build3"].party),
    )
    interest = (
        (world.day(2024, 6, 21), 28_500),
        (world.day(2024, 12, 20), 66_400),
        (on(world, 2025, 6, 20), 81_200),
    )
    for day, fen, payer in bonds:
        came = outside(world, account, day, "in", fen, payer, "农民工工资保证金")
        evidence.append(("bank_transaction", came))
        total += fen
    for day, fen in interest:
        came = outside(world, account, day, "in", fen, bank, "存款利息", "interest")
        evidence.append(("bank_transaction", came))
        total += fen
    return Planted(total, evidence)


@scheme(
    "F9",
    3,
    zh="已核销的欠款收回后存入账外账户",
    en="A debt written off is paid after all, into an account of no book",
    default="205001",
    host=body(5),
)
def written_off_debt(world: World, unit: Unit) -> Planted:
    """Lend to a firm, write the debt off, and take the money back on an account that no book carries."""
    debtor, fen = world.companies["garden"].party, 18_600_000
    lent = transfer_out(world, unit, world.day(2024, 1, 24), fen, debtor, "借付周转款", "1218")
    gone = world.voucher(unit, world.day(2024, 6, 20), "核销无法收回的其他应收款", attachments=2)
    gone.debit("5301", fen, debtor).credit("1218", fen, debtor)
    account = hidden_account(
        world, unit, "recovered", world.day(2024, 8, 12), holder_name=f"{unit.name}后勤服务部"
    )
    back = outside(world, account, world.day(2024, 10, 15), "in", fen, debtor, "归还借款")
    return Planted(
        fen,
        [
            ("voucher_line", lent),
            ("voucher_line", gone),
            ("bank_account", account),
            ("bank_transaction", back),
        ],
    )


@scheme(
    "F9",
    4,
    zh="以备用金名义转入出纳个人卡保管",
    en="Public money kept on the cashier's own card as petty cash",
    default="201002",
    host=body(5),
)
def cash_on_a_card(world: World, unit: Unit) -> Planted:
    """Move money to the cashier's card as petty cash; the books show ever more cash, the card the interest."""
    cashier = unit.staff[4]
    card = personal_card(world, unit, cashier)
    leaf, number = world.bank_leaf(unit, "basic")
    evidence: Evidence = [("bank_account", card)]
    total = 0
    for day, fen in (
        (world.day(2024, 4, 16), 3_000_000),
        (world.day(2024, 7, 9), 4_000_000),
        (world.day(2024, 10, 17), 4_000_000),
        (on(world, 2025, 4, 15), 5_000_000),
    ):
        moved = world.voucher(unit, day, "提取备用金", attachments=1)
        moved.debit("1001", fen, cashier.party, settlement="cash")
        moved.credit(leaf, fen, cashier.party, bank=number, settlement="transfer")
        came = outside(world, card, day, "in", fen, unit.party, "备用金")
        evidence += [("voucher_line", moved), ("bank_transaction", came)]
        total += fen
    day = world.day(2024, 12, 20)
    interest = outside(world, card, day, "in", 9_150, Party(str(card["bank_name"])), "存款利息", "interest")
    return Planted(total, [*evidence, ("bank_transaction", interest)])


@scheme(
    "F9",
    5,
    zh="购入设备列作费用，资产未入账",
    en="Equipment bought as an expense and kept off the books",
    default="206001",
    host=body(6),
)
def equipment_off_the_books(world: World, unit: Unit) -> Planted:
    """Buy air conditioners as repairs; the register knows them, the books do not."""
    day, fen = on(world, 2025, 6, 12), 8_640_000
    voucher, bill = buy(
        world,
        unit,
        day,
        fen,
        world.companies["office3"],
        "付办公用房维修费",
        "30213",
        "*办公设备*空调",
        issued=day - timedelta(days=4),
        rate=13,
    )
    asset = world.add(
        "asset",
        asset_id=world.next_id("ZC", 5),
        unit_code=unit.code,
        kind="equipment",
        name="立柜式空调12台",
        address=unit.row["address"],
        cost=fen,
        acquired_on=day,
        status="in_use",
        booked=False,
    )
    return Planted(fen, [("asset", asset), ("payment", payment_of(voucher)), ("invoice", bill)])


SCHEMES = (hall_money, bonded_account, written_off_debt, cash_on_a_card, equipment_off_the_books)

"""Innocent cases that a naive rule takes for a scheme."""

from __future__ import annotations

from datetime import date, timedelta

from xjk.testing.simulation.base.posting import buy, invoice, spend, use_invoice
from xjk.testing.simulation.base.workdays import after, on_or_after
from xjk.testing.simulation.base.world import Party, Unit, World
from xjk.testing.simulation.companies import add_company


def build_lookalikes(world: World) -> None:
    """Write every innocent case that is not already part of the ordinary books."""
    for code, build in (
        ("207001", _restaurant),
        ("205001", _first_red_letter),
        ("201002", _second_red_letter),
        ("204002", _cancelled_later),
        ("301001", _young_supplier),
        ("301001", _cash_box),
        ("302001", _cash_box),
        ("302001", _first_spoilt),
        ("206001", _second_spoilt),
        ("204001", _refunded_fee),
    ):
        for unit in world.cast(code):
            build(world, unit)


def _restaurant(world: World, unit: Unit) -> None:
    """Working lunches under a monthly contract: three invoices of one seller with numbers in a row."""
    seller = world.companies["restaurant"]
    contract = world.add(
        "contract",
        contract_id=world.next_id(f"HT{world.years[0]}", 4),
        unit_code=unit.code,
        kind="service",
        party_name=seller.name,
        amount=4_800_000,
        signed_on=world.day(2024, 3, 1),
        starts_on=world.day(2024, 3, 1),
        ends_on=world.day(2024, 8, 31),
        side="expense",
        party_uscc=seller.uscc,
        party_account=seller.account,
    )
    day = world.day(2024, 6, 28)
    bills = [
        invoice(world, seller, unit, on_or_after(world.day(2024, 6, 24)), fen, item, rate=1, _gap=gap)
        for fen, item, gap in (
            (683_450, "*餐饮服务*工作餐(4月)", 0),
            (702_180, "*餐饮服务*工作餐(5月)", 1),
            (668_920, "*餐饮服务*工作餐(6月)", 1),
        )
    ]
    total = sum(bill["total_amount"] for bill in bills)
    voucher = spend(
        world,
        unit,
        day,
        total,
        seller.party,
        "付二季度执法值班工作餐费",
        "30299",
        contract=contract["contract_id"],
    )
    for bill in bills:
        use_invoice(world, voucher, bill, bill["total_amount"], seller.name)


def _first_red_letter(world: World, unit: Unit) -> None:
    _red_letter(world, unit, world.day(2024, 8, 15), 456_000)


def _second_red_letter(world: World, unit: Unit) -> None:
    _red_letter(world, unit, world.day(2025, 5, 15), 387_600)


def _red_letter(world: World, unit: Unit, day: date, fen: int) -> None:
    """A wrong buyer number, cancelled by a red-letter invoice and issued again."""
    if world.covers(day):
        seller = world.companies["office2"]
        _voucher, wrong = buy(
            world,
            unit,
            day,
            fen,
            seller,
            "购办公用品",
            "30201",
            "*文具*办公用品",
            issued=day - timedelta(days=6),
            rate=13,
        )
        wrong["verified_status"] = "red"
        later = after(day, 18)
        red = invoice(world, seller, unit, later, -fen, "*文具*办公用品", rate=13, _red_of=wrong)
        again = invoice(world, seller, unit, later, fen, "*文具*办公用品", rate=13)
        fixed = world.voucher(unit, after(later, 2), "红冲并换开办公用品发票", attachments=4)
        fixed.debit(unit.expense, -fen, seller.party, econ_class="30201")
        fixed.debit(unit.expense, fen, seller.party, econ_class="30201")
        use_invoice(world, fixed, red, -fen, seller.name)
        use_invoice(world, fixed, again, fen, seller.name)


def _cancelled_later(world: World, unit: Unit) -> None:
    """A supplier that closed in an orderly way, months after its invoice."""
    seller = add_company(
        world,
        "closed later",
        "云汀区朗晨灯饰经营部",
        "灯具零售",
        insured=2,
        capital=10,
        founded=world.day(2016, 4, 11),
        status="cancelled",
        cancelled_on=world.day(2025, 2, 20),
    )
    buy(
        world,
        unit,
        world.day(2024, 10, 17),
        342_650,
        seller,
        "购展厅灯具",
        "30201",
        "*照明装置*灯具",
        issued=world.day(2024, 10, 9),
        rate=1,
    )


def _young_supplier(world: World, unit: Unit) -> None:
    """A supplier founded in the year of a small purchase."""
    seller = add_company(
        world,
        "young",
        "云汀区小满农产品店",
        "农产品零售",
        insured=1,
        capital=5,
        founded=world.day(2024, 2, 26),
    )
    buy(
        world,
        unit,
        world.day(2024, 6, 6),
        86_340,
        seller,
        "购防汛值班食品",
        "30299",
        "*蔬菜*食品",
        issued=world.day(2024, 6, 3),
        rate=1,
    )


def _cash_box(world: World, unit: Unit) -> None:
    """Draw a little cash and spend it on sums under the cash limit."""
    leaf, number = world.bank_leaf(unit, "basic")
    for year in world.years:
        for month, fen in ((2, 300_000), (8, 300_000)):
            day = on_or_after(date(year, month, 19))
            drawn = world.voucher(unit, day, "提取备用金", attachments=1)
            drawn.debit("1001", fen, settlement="cash")
            drawn.credit(leaf, fen, Party(unit.name), bank=number, channel="cash", settlement="cheque")
            for position, spent in enumerate((46_300, 78_250, 93_600), 1):
                paid = world.voucher(unit, after(day, position * 8), "支付零星邮寄及快递费", attachments=5)
                paid.debit(unit.expense, spent, econ_class="30207").credit("1001", spent, settlement="cash")
                paid.debit(unit.budget_expense + "03", spent, econ_class="30207").credit("8001", spent)


def _first_spoilt(world: World, unit: Unit) -> None:
    _spoilt_voucher(world, unit, world.day(2024, 4, 18))


def _second_spoilt(world: World, unit: Unit) -> None:
    _spoilt_voucher(world, unit, world.day(2025, 7, 22))


def _spoilt_voucher(world: World, unit: Unit, day: date) -> None:
    """A voucher spoilt and kept in its place in the series."""
    if world.covers(day):
        spoilt = world.voucher(unit, day, "付资料印刷费(作废)", attachments=0)
        spoilt.voided = True
        spoilt.debit(unit.expense, 238_000, econ_class="30202").credit("4001", 238_000, settlement="treasury")
        spoilt.debit(unit.budget_expense + "01", 238_000, econ_class="30202").credit("6001", 238_000)


def _refunded_fee(world: World, unit: Unit) -> None:
    """Money paid in by mistake and sent back the same week through 2307."""
    if len(world.years) < 2:
        return
    payer = world.companies["stage"].party
    leaf, number = world.bank_leaf(unit, "basic")
    taken = world.voucher(unit, world.day(2025, 5, 20), "收误汇款", attachments=1)
    taken.debit(leaf, 1_560_000, payer, bank=number, settlement="transfer").credit("2307", 1_560_000, payer)
    given = world.voucher(unit, world.day(2025, 5, 23), "退误汇款", attachments=1)
    given.debit("2307", 1_560_000, payer).credit(leaf, 1_560_000, payer, bank=number, settlement="transfer")

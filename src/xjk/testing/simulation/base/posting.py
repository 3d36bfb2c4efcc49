"""Posting: the few kinds of entry from which all books are made."""

from __future__ import annotations

from datetime import date
from typing import Any

from xjk.testing.simulation.base.charts import CASH
from xjk.testing.simulation.base.workdays import on_or_before
from xjk.testing.simulation.base.world import Company, Party, Row, Unit, Voucher, World

PAYROLL_AGENT = Party("云汀区国库集中支付工资统发户", "819900000000110001")
LIST_AGENT = Party("澜川农村商业银行代发业务户", "819900000000110002")
TAX_OFFICE = Party("国家税务总局澜川市云汀区税务局", "819900000000110003")
TREASURY = Party("云汀区国库", "819900000000110004")
SOCIAL_FUND = Party("云汀区社会保险基金征缴户", "819900000000110005")


_REDUCED_UNTIL = date(2027, 12, 31)


def rate_on(day: date, rate: int) -> int:
    """Give the VAT rate of a day in per cent: the 1 % of small taxpayers is 3 % again when the relief ends."""
    return 3 if rate == 1 and day > _REDUCED_UNTIL else rate


def invoice(world: World, seller: Company, unit: Unit, day: date, total: int, item: str, **cells: Any) -> Row:
    """Issue an invoice; its number is made at the end, in the seller's own order."""
    rate = rate_on(day, cells.pop("rate", 6))
    net = (total * 200 + 100 + rate) // (2 * (100 + rate))
    return world.add(
        "invoice",
        **{
            "issued_on": day,
            "seller_name": seller.name,
            "seller_tax_id": seller.uscc,
            "buyer_name": unit.name,
            "buyer_tax_id": unit.row.get("uscc", ""),
            "item": item,
            "tax_rate": f"0.{rate:02d}",
            "net_amount": net,
            "tax_amount": total - net,
            "total_amount": total,
            "drawer": seller.drawer,
            "reviewer": seller.reviewer,
            "verified_status": "valid",
            "_seller": seller,
            **cells,
        },
    )


def use_invoice(world: World, voucher: Voucher, bill: Row, fen: int, payee: str, claimant: str = "") -> Row:
    """Record that a voucher claims an invoice."""
    row = world.add(
        "invoice_use",
        unit_code=voucher.unit.code,
        _invoice=bill,
        claimed_amount=fen,
        claimant=claimant,
        payee_name=payee,
    )
    voucher.tie(row)
    return row


def spend(
    world: World,
    unit: Unit,
    day: date,
    fen: int,
    payee: Party,
    summary: str,
    econ: str,
    *,
    own: bool = False,
    account: str = "",
    budget_item: str = "1102",
    project: str = "",
    contract: str = "",
    gross: int = 0,
    bank: str = "basic",
    record: bool = True,
) -> Voucher:
    """Pay an expense: from the treasury, or from the unit's own account.

    ``gross`` is the expense when it is more than the payment; the rest is tax withheld.
    """
    voucher = world.voucher(unit, day, summary, attachments=3)
    cells: Row = {"econ_class": econ, "project_code": project}
    expense = account or unit.expense
    voucher.debit(expense, gross or fen, payee, **cells)
    own = own or unit.system != "government"
    payer = ""
    if own:
        leaf, payer = world.bank_leaf(unit, bank)
        voucher.credit(leaf, fen, payee, bank=payer, settlement="transfer")
    else:
        voucher.credit("4001", fen, payee, settlement="treasury", project_code=project)
        payer = str(unit.banks["zero"]["account_no"])
    if gross > fen:
        tax = "2102" if unit.system == "government" else "2209"
        voucher.credit(tax, gross - fen, TAX_OFFICE, summary="代扣个人所得税")
    if unit.system == "government":
        fund = "03" if own else "01"
        voucher.debit(unit.budget_expense + fund, fen, **cells)
        voucher.credit("8001" if own else "6001", fen, project_code=project)
        if record:
            voucher.tie(
                world.add(
                    "payment",
                    unit_code=unit.code,
                    paid_on=day,
                    amount=fen,
                    payee_name=payee.name,
                    payee_account=payee.account,
                    project_code=project,
                    econ_class=econ,
                    purpose=summary,
                    contract_id=contract,
                    payer_account=payer,
                    item_code="1103" if own else budget_item,
                    mode="own_funds" if own else "direct" if fen >= 5_000_000 else "authorized",
                )
            )
    return voucher


def buy(
    world: World,
    unit: Unit,
    day: date,
    fen: int,
    seller: Company,
    summary: str,
    econ: str,
    item: str,
    *,
    issued: date,
    rate: int = 6,
    claimant: str = "",
    bill_cells: Row | None = None,
    **options: Any,
) -> tuple[Voucher, Row]:
    """Buy from a company against one invoice for the whole amount, issued on a workday."""
    bill = invoice(world, seller, unit, on_or_before(issued), fen, item, rate=rate, **(bill_cells or {}))
    voucher = spend(world, unit, day, fen, seller.party, summary, econ, **options)
    use_invoice(world, voucher, bill, fen, seller.name, claimant)
    return voucher, bill


def receive(
    world: World,
    unit: Unit,
    day: date,
    fen: int,
    payer: Party,
    summary: str,
    account: str,
    *,
    bank: str = "basic",
    cash: bool = False,
) -> Voucher:
    """Take money in; own income of a government unit is posted in the budget book as well."""
    voucher = world.voucher(unit, day, summary, attachments=1)
    if cash:
        voucher.debit(CASH[unit.system], fen, payer, settlement="cash")
    else:
        leaf, number = world.bank_leaf(unit, bank)
        voucher.debit(leaf, fen, payer, bank=number, settlement="transfer")
    voucher.credit(account, fen, payer)
    if unit.system == "government" and account[0] == "4":
        voucher.debit("8001", fen).credit("6609", fen)
    return voucher


def transfer_out(
    world: World,
    unit: Unit,
    day: date,
    fen: int,
    payee: Party,
    summary: str,
    account: str,
    *,
    bank: str = "basic",
    channel: str = "transfer",
) -> Voucher:
    """Pay money that was never the unit's own: remittances, deposits, sums held for others."""
    leaf, number = world.bank_leaf(unit, bank)
    voucher = world.voucher(unit, day, summary, attachments=1)
    voucher.debit(account, fen, payee)
    settlement = "cash" if channel == "cash" else "transfer"
    return voucher.credit(leaf, fen, payee, bank=number, channel=channel, settlement=settlement)


def outside(
    world: World,
    account: Row,
    day: date,
    direction: str,
    fen: int,
    party: Party,
    memo: str,
    channel: str = "transfer",
) -> Row:
    """Put a movement on a bank account that no book carries."""
    row: Row = {
        "account_no": account["account_no"],
        "unit_code": account["unit_code"],
        "booked_on": day,
        "direction": direction,
        "amount": fen,
        "counterparty_name": party.name,
        "counterparty_account": party.account,
        "memo": memo,
        "channel": channel,
    }
    world.outside_bank.append(row)
    return row

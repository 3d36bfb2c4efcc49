"""Fees, receipts, fines and their way to the treasury."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from xjk.models.columns import BankAcct, Code, Day, Flag, Int, Money, Number, Text, choice
from xjk.models.record import Record

ReceiptStatus = Annotated[Literal["issued", "void", "red"], choice(issued="已开具", void="作废", red="红冲")]


class FeeItem(
    Record,
    table="fee_item",
    zh="收费项目目录",
    key=("item_code",),
):
    """List one fee that units may lawfully charge."""

    item_code: Code = Field(title="收费项目编码")
    """Code of the fee in the catalogue."""
    item_name: Text = Field(title="收费项目名称")
    """Name of the item."""
    unit_code: Code | None = Field(default=None, title="执收单位编码")
    """Unit that may charge it; empty means any unit."""
    rate_max: Money | None = Field(default=None, title="收费标准上限")
    """Highest lawful rate in yuan per charging unit."""
    charge_unit: Text | None = Field(default=None, title="计费单位")
    """What the rate is charged per."""
    valid_from: Day | None = Field(default=None, title="生效日期")
    """First day the fee may be charged."""
    valid_to: Day | None = Field(default=None, title="废止日期")
    """Last day the fee may be charged."""
    basis: Text | None = Field(default=None, title="批准文件")
    """Document that approves the fee."""


class ReceiptBook(
    Record,
    table="receipt_book",
    zh="票据领用",
    key=("book_id",),
):
    """Record one batch of numbered receipts handed to a unit."""

    book_id: Code = Field(title="领用批次")
    """Identifier of the batch."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    kind: Text = Field(title="票据种类")
    """Kind of receipt."""
    prefix: Code | None = Field(default=None, title="票据代码")
    """Code printed before the number."""
    first_no: Int = Field(title="起始号码")
    """First number of the batch."""
    last_no: Int = Field(title="终止号码")
    """Last number of the batch."""
    taken_on: Day | None = Field(default=None, title="领用日期")
    """Date the unit received the batch."""


class Receipt(
    Record,
    table="receipt",
    zh="开出的财政票据、收据",
    key=("receipt_id",),
):
    """Record one receipt that a unit issued."""

    receipt_id: Code = Field(title="票据标识")
    """Identifier of the receipt."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    kind: Text | None = Field(default=None, title="票据种类")
    """Kind of receipt."""
    prefix: Code | None = Field(default=None, title="票据代码")
    """Code printed before the number."""
    number: Int = Field(title="票据号码")
    """Number printed on the receipt."""
    issued_on: Day = Field(title="开票日期")
    """Date of issue."""
    payer_name: Text | None = Field(default=None, title="缴款人")
    """Who paid, as written."""
    item_code: Code | None = Field(default=None, title="收费项目编码")
    """Fee it was issued for."""
    item_name: Text | None = Field(default=None, title="收费项目名称")
    """Name of the item."""
    quantity: Number | None = Field(default=None, title="数量")
    """Number of charging units."""
    amount: Money = Field(title="金额")
    """Amount in yuan."""
    status: ReceiptStatus | None = Field(default=None, title="票据状态")
    """Whether it stands."""
    fiscal: Flag | None = Field(default=None, title="财政部门监制")
    """Whether it is a receipt under the finance department's seal."""
    collecting_account: BankAcct | None = Field(default=None, title="收款账号")
    """Account that took the money; personal data when the holder is a person."""
    voucher_no: Code | None = Field(default=None, title="凭证号")
    """Voucher number as written by the unit."""


class Remittance(
    Record,
    table="remittance",
    zh="缴库",
    key=("remittance_id",),
):
    """Record one payment of a unit into the treasury."""

    remittance_id: Code = Field(title="缴款书号")
    """Number of the remittance slip."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    remitted_on: Day = Field(title="缴库日期")
    """Date the treasury received the money."""
    item_code: Code | None = Field(default=None, title="收入项目编码")
    """Income item it was paid under."""
    amount: Money = Field(title="金额")
    """Amount in yuan."""


class Penalty(
    Record,
    table="penalty",
    zh="罚没决定",
    key=("decision_no",),
):
    """Record one decision to fine or confiscate."""

    decision_no: Code = Field(title="决定书号")
    """Number of the decision."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    party_name: Text | None = Field(default=None, title="当事人")
    """Other party as written."""
    decided_on: Day = Field(title="决定日期")
    """Date of the decision."""
    amount: Money = Field(title="罚没金额")
    """Amount fined or confiscated in yuan."""
    collected_on: Day | None = Field(default=None, title="收款日期")
    """Date the money was collected."""
    collected_on_spot: Flag | None = Field(default=None, title="当场收缴")
    """Whether it was collected on the spot."""
    receipt_id: Code | None = Field(default=None, title="票据标识")
    """Identifier of the receipt."""
    remitted_on: Day | None = Field(default=None, title="缴库日期")
    """Date the treasury received the money."""


class Permit(
    Record,
    table="permit",
    zh="行政许可、审批",
    key=("permit_id",),
):
    """Record one administrative permit or approval."""

    permit_id: Code = Field(title="许可编号")
    """Number of the permit."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    party_name: Text = Field(title="申请人")
    """Applicant as written."""
    kind: Text | None = Field(default=None, title="许可事项")
    """What was permitted."""
    issued_on: Day = Field(title="决定日期")
    """Date of the decision."""

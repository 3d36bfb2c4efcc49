"""Treasury payments and the budget they draw on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from xjk.models.columns import BankAcct, Code, Day, Int, Money, Side, Text, choice
from xjk.models.record import Record

PaymentMode = Annotated[
    Literal["direct", "authorized", "own_funds"],
    choice(direct="直接支付", authorized="授权支付", own_funds="实有资金"),
]


class Payment(
    Record,
    table="payment",
    zh="国库集中支付",
    key=("payment_id",),
):
    """Record one payment made through the treasury."""

    payment_id: Code = Field(title="支付凭证号")
    """Number of the payment order."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    paid_on: Day = Field(title="支付日期")
    """Date of payment."""
    amount: Money = Field(title="金额")
    """Amount in yuan."""
    payee_name: Text = Field(title="收款人")
    """Who was paid, as written."""
    payee_account: BankAcct | None = Field(default=None, title="收款账号")
    """Account that was paid; personal data when the holder is a person."""
    project_code: Code | None = Field(default=None, title="项目编码")
    """Code of the project the money belongs to."""
    econ_class: Code | None = Field(default=None, title="部门经济分类")
    """Departmental economic class (部门预算支出经济分类)."""
    purpose: Text | None = Field(default=None, title="用途")
    """What the money is for, as written."""
    contract_id: Code | None = Field(default=None, title="合同编号")
    """Identifier of the contract."""
    voucher_no: Code | None = Field(default=None, title="凭证号")
    """Voucher number as written by the unit."""
    voucher_date: Day | None = Field(default=None, title="凭证日期")
    """Date of the voucher."""
    payer_account: BankAcct | None = Field(default=None, title="付款账号")
    """Account the money left."""
    item_code: Code | None = Field(default=None, title="预算项目")
    """Code of the budget item."""
    mode: PaymentMode | None = Field(default=None, title="支付方式")
    """Direct or authorised treasury payment, or own funds."""


class Budget(
    Record,
    table="budget",
    zh="预算指标",
    key=(
        "unit_code",
        "fiscal_year",
        "item_code",
    ),
):
    """Give one budget item of a unit and what was executed of it."""

    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    fiscal_year: Int = Field(title="预算年度")
    """Fiscal year, which is the calendar year."""
    item_code: Code = Field(title="预算项目")
    """Code of the budget item."""
    item_name: Text | None = Field(default=None, title="预算项目名称")
    """Name of the item."""
    side: Side = Field(title="收支方向")
    """Whether the item is income or expense."""
    amount: Money = Field(title="预算金额")
    """Budgeted amount in yuan."""
    executed: Money | None = Field(default=None, title="执行金额")
    """Amount executed in yuan."""
    account_code: Code | None = Field(default=None, title="对应科目编码")
    """Account the item is executed through."""
    econ_class: Code | None = Field(default=None, title="部门经济分类")
    """Departmental economic class (部门预算支出经济分类)."""

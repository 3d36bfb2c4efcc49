"""Invoices and the vouchers that claim them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from xjk.models.columns import Code, Day, Money, Number, Text, Uscc, choice
from xjk.models.record import Derived, Record
from xjk.models.text import fitted_code, fitting_code

InvoiceKind = Annotated[
    Literal[
        "vat_special", "vat_ordinary", "e_ordinary", "e_special", "digital", "roll", "toll", "fiscal", "other"
    ],
    choice(
        vat_special="增值税专用发票",
        vat_ordinary="增值税普通发票",
        e_ordinary="电子普通发票",
        e_special="电子专用发票",
        digital="数电票",
        roll="卷式发票",
        toll="通行费发票",
        fiscal="财政票据",
        other="其他",
    ),
]
InvoiceVerifiedStatus = Annotated[
    Literal["valid", "void", "red", "not_found", "mismatch", "unchecked"],
    choice(
        valid="正常", void="作废", red="红冲", not_found="查无此票", mismatch="不一致", unchecked="未查验"
    ),
]


def invoice_id(invoice_code: str | None, invoice_number: str) -> str:
    """Return the identifier of an invoice: code and number together, or the 20-digit number alone."""
    return fitted_code((invoice_code or "") + invoice_number)


class Invoice(
    Record,
    table="invoice",
    zh="发票",
    key=("invoice_id",),
    derived=(
        Derived(
            "invoice_id",
            ("invoice_code", "invoice_number"),
            invoice_id,
            fitting_code("coalesce(invoice_code, '') || invoice_number"),
            ("invoice_code",),
        ),
    ),
):
    """Describe one invoice."""

    invoice_id: Code = Field(title="发票标识")
    """Code and number of the invoice, or its 20-digit number."""
    invoice_code: Code | None = Field(default=None, title="发票代码")
    """Invoice code of 10 or 12 digits; digital invoices have none."""
    invoice_number: Code = Field(title="发票号码")
    """Invoice number of 8 digits, or 20 for digital invoices."""
    kind: InvoiceKind | None = Field(default=None, title="发票种类")
    """Kind of invoice."""
    issued_on: Day = Field(title="开票日期")
    """Date of issue."""
    seller_name: Text = Field(title="销方名称")
    """Seller as printed."""
    seller_tax_id: Uscc | None = Field(default=None, title="销方税号")
    """Tax number of the seller."""
    buyer_name: Text | None = Field(default=None, title="购方名称")
    """Buyer as written."""
    buyer_tax_id: Uscc | None = Field(default=None, title="购方税号")
    """Tax number of the buyer."""
    item: Text | None = Field(default=None, title="货物或服务名称")
    """Goods or service as printed."""
    tax_rate: Number | None = Field(default=None, title="税率")
    """Rate of value added tax; 0.06 is six per cent."""
    net_amount: Money | None = Field(default=None, title="不含税金额")
    """Amount in yuan before tax."""
    tax_amount: Money | None = Field(default=None, title="税额")
    """Tax in yuan."""
    total_amount: Money = Field(title="价税合计")
    """Amount in yuan with tax."""
    drawer: Text | None = Field(default=None, title="开票人")
    """Person who issued it."""
    reviewer: Text | None = Field(default=None, title="复核人")
    """Person who reviewed it."""
    verified_status: InvoiceVerifiedStatus | None = Field(default=None, title="查验结果")
    """What the tax administration's check answered."""
    verified_on: Day | None = Field(default=None, title="查验日期")
    """Date of that check."""
    red_of: Code | None = Field(default=None, title="被红冲发票标识")
    """Invoice that this red-letter invoice cancels."""
    quantity: Number | None = Field(default=None, title="数量")
    """Quantity billed."""


class InvoiceUse(
    Record,
    table="invoice_use",
    zh="发票报销",
    key=(
        "unit_code",
        "voucher_no",
        "voucher_date",
        "invoice_id",
    ),
):
    """Say that one voucher claims one invoice; an invoice paid in parts has several."""

    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    voucher_no: Code = Field(title="凭证号")
    """Voucher number as written by the unit."""
    voucher_date: Day = Field(title="凭证日期")
    """Date of the voucher."""
    invoice_id: Code = Field(title="发票标识")
    """Code and number of the invoice, or its 20-digit number."""
    claimed_amount: Money = Field(title="报销金额")
    """Amount in yuan the voucher claims on this invoice."""
    claimant: Text | None = Field(default=None, title="报销人")
    """Person who claimed it."""
    payee_name: Text | None = Field(default=None, title="收款人")
    """Who was paid, as written."""

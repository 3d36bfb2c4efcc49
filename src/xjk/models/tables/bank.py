"""Bank accounts and their statements."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from xjk.models.columns import BankAcct, Code, Day, Flag, Money, Text, choice
from xjk.models.record import Record

BankAccountHolderKind = Annotated[
    Literal["unit", "person", "enterprise", "association", "union", "canteen", "other"],
    choice(
        unit="单位",
        person="个人",
        enterprise="企业",
        association="社会团体",
        union="工会",
        canteen="食堂",
        other="其他",
    ),
]
BankAccountKind = Annotated[
    Literal["basic", "zero_balance", "special", "non_tax", "general", "union", "canteen", "other"],
    choice(
        basic="基本户",
        zero_balance="零余额户",
        special="专户",
        non_tax="非税户",
        general="一般户",
        union="工会户",
        canteen="食堂户",
        other="其他",
    ),
]
BankTransactionDirection = Annotated[
    Literal["in", "out"],
    choice(
        {
            "收": "in",
            "付": "out",
            "转入": "in",
            "转出": "out",
            "入账": "in",
            "出账": "out",
            "进": "in",
            "出": "out",
        },
        **{"in": "收入", "out": "支出"},
    ),
]
BankTransactionChannel = Annotated[
    Literal["transfer", "cash", "cheque", "card", "fee", "interest", "other"],
    choice(
        transfer="转账", cash="现金", cheque="支票", card="刷卡", fee="手续费", interest="利息", other="其他"
    ),
]


class BankAccount(
    Record,
    table="bank_account",
    zh="银行账户",
    key=("account_no",),
):
    """Describe one bank account that holds, or may hold, money of a unit."""

    account_no: BankAcct = Field(title="账号")
    """Bank account number; personal data when the holder is a person."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    bank_name: Text | None = Field(default=None, title="开户行")
    """Branch that keeps the account."""
    holder_name: Text = Field(title="户名")
    """Name the account is in."""
    holder_kind: BankAccountHolderKind | None = Field(default=None, title="户主性质")
    """What kind of party holds the account."""
    kind: BankAccountKind | None = Field(default=None, title="账户性质")
    """What the account may be used for."""
    registered: Flag | None = Field(default=None, title="是否备案")
    """Whether the finance bureau approved it or has it on file."""
    in_books: Flag | None = Field(default=None, title="是否入账")
    """Whether a ledger account carries it."""
    opened_on: Day | None = Field(default=None, title="开户日期")
    """Date the account was opened."""
    closed_on: Day | None = Field(default=None, title="销户日期")
    """Date the account was closed."""
    account_code: Code | None = Field(default=None, title="对应科目编码")
    """Ledger account that carries it."""
    opening_balance: Money | None = Field(default=None, title="期初余额")
    """Balance in yuan before the first transaction supplied."""


class BankTransaction(
    Record,
    table="bank_transaction",
    zh="银行流水",
    key=("txn_id",),
):
    """Record one line of a bank statement, seen from the account holder."""

    txn_id: Code = Field(title="流水号")
    """Identifier of the transaction."""
    account_no: BankAcct = Field(title="账号")
    """Bank account number; personal data when the holder is a person."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    booked_on: Day = Field(title="交易日期")
    """Date the bank booked it."""
    direction: BankTransactionDirection = Field(title="收付方向")
    """Whether money came in or went out."""
    amount: Money = Field(title="金额")
    """Amount in yuan."""
    balance: Money | None = Field(default=None, title="余额")
    """Balance in yuan after the transaction."""
    counterparty_name: Text | None = Field(default=None, title="对方户名")
    """Other party as written."""
    counterparty_account: BankAcct | None = Field(default=None, title="对方账号")
    """Bank account of the other party; personal data when the holder is a person."""
    memo: Text | None = Field(default=None, title="摘要")
    """Text the bank printed."""
    channel: BankTransactionChannel | None = Field(default=None, title="交易渠道")
    """How the money moved."""

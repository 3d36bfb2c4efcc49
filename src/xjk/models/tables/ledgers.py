"""The books: accounts, balances and voucher lines."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from xjk.models.columns import BankAcct, Book, Code, Day, Direction, Flag, Int, Money, Text, choice
from xjk.models.dates import day_date
from xjk.models.record import Derived, Record
from xjk.models.text import fitted_code, fitting_code

VoucherLineSettlement = Annotated[
    Literal["cash", "transfer", "cheque", "official_card", "treasury", "other"],
    choice(
        cash="现金",
        transfer="转账",
        cheque="支票",
        official_card="公务卡",
        treasury="国库集中支付",
        other="其他",
    ),
]


def year_of_day(day: int) -> int:
    """Return the calendar year of a day number; the fiscal year of the public sector is the calendar year."""
    return day_date(day).year


def book_of_account(account_code: str) -> str | None:
    """Return the book an account belongs to: elements 1 to 5 are financial, 6 to 8 budget accounting.

    Source: 政府会计制度 (财会〔2017〕25号), in force from 2019-01-01. Codes of earlier charts begin with 1 to 5 and
    had one book only.
    """
    first = account_code[:1]
    return "financial" if "1" <= first <= "5" else "budget" if "6" <= first <= "8" else None


def line_id(
    unit_code: str, fiscal_year: int, voucher_day: int, voucher_no: str, line_no: int, book: str | None
) -> str:
    """Return the identifier of a voucher line that came without one.

    The month is part of it because many ledgers begin again at voucher 1 every month, and so is the budget book,
    whose lines many ledgers number from 1 beside those of the financial book.
    """
    line = f"{line_no}/budget" if book == "budget" else str(line_no)
    return fitted_code(f"{unit_code}/{fiscal_year}-{day_date(voucher_day).month:02d}/{voucher_no}/{line}")


class LedgerAccount(
    Record,
    table="ledger_account",
    zh="会计科目",
    key=(
        "unit_code",
        "fiscal_year",
        "account_code",
    ),
):
    """Name one account in the chart a unit used in one year."""

    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    fiscal_year: Int = Field(title="会计年度")
    """Fiscal year, which is the calendar year."""
    account_code: Code = Field(title="科目编码")
    """Code in the chart of accounts; sub-accounts begin with their parent's code."""
    account_name: Text = Field(title="科目名称")
    """Name of the account."""
    role: Text | None = Field(default=None, title="科目角色")
    """Semantic role (cash, bank, other_payable ...); derived from the chart when empty."""
    direction: Direction | None = Field(default=None, title="余额方向")
    """Side on which the account normally stands."""


class AccountBalance(
    Record,
    table="account_balance",
    zh="科目余额",
    key=(
        "unit_code",
        "fiscal_year",
        "period",
        "account_code",
    ),
):
    """Give the turnover and balance of one account in one period; debit is positive."""

    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    fiscal_year: Int = Field(title="会计年度")
    """Fiscal year, which is the calendar year."""
    period: Int = Field(title="会计期间")
    """Month 1 to 12; 0 is the opening of the year."""
    account_code: Code = Field(title="科目编码")
    """Code in the chart of accounts; sub-accounts begin with their parent's code."""
    opening: Money | None = Field(default=None, title="期初余额")
    """Balance before the period in yuan; debit is positive."""
    debit: Money | None = Field(default=None, title="借方发生额")
    """Debit turnover of the period in yuan."""
    credit: Money | None = Field(default=None, title="贷方发生额")
    """Credit turnover of the period in yuan."""
    closing: Money = Field(title="期末余额")
    """Balance after the period in yuan; debit is positive."""


class PartyBalance(
    Record,
    table="party_balance",
    zh="往来辅助余额",
    key=(
        "unit_code",
        "fiscal_year",
        "period",
        "account_code",
        "party_name",
    ),
):
    """Give the balance of one account with one counterparty in one period; debit is positive."""

    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    fiscal_year: Int = Field(title="会计年度")
    """Fiscal year, which is the calendar year."""
    period: Int = Field(title="会计期间")
    """Month 1 to 12; 0 is the opening of the year."""
    account_code: Code = Field(title="科目编码")
    """Code in the chart of accounts; sub-accounts begin with their parent's code."""
    party_name: Text = Field(title="往来单位")
    """Counterparty the balance is held with."""
    opening: Money | None = Field(default=None, title="期初余额")
    """Balance before the period in yuan; debit is positive."""
    debit: Money | None = Field(default=None, title="借方发生额")
    """Debit turnover of the period in yuan."""
    credit: Money | None = Field(default=None, title="贷方发生额")
    """Credit turnover of the period in yuan."""
    closing: Money = Field(title="期末余额")
    """Balance after the period in yuan; debit is positive."""


class VoucherLine(
    Record,
    table="voucher_line",
    zh="记账凭证分录",
    key=("line_id",),
    derived=(
        Derived("fiscal_year", ("voucher_date",), year_of_day, "cast(substr(voucher_date, 1, 4) as bigint)"),
        Derived(
            "book",
            ("account_code",),
            book_of_account,
            "case when substr(account_code, 1, 1) in ('1', '2', '3', '4', '5') then 'financial' "
            "when substr(account_code, 1, 1) in ('6', '7', '8') then 'budget' end",
        ),
        Derived(
            "line_id",
            ("unit_code", "fiscal_year", "voucher_date", "voucher_no", "line_no", "book"),
            line_id,
            fitting_code(
                "unit_code || '/' || cast(fiscal_year as varchar(20)) || '-' || substr(voucher_date, 6, 2) || '/' || "
                "voucher_no || '/' || cast(line_no as varchar(20)) || "
                "case when book = 'budget' then '/budget' else '' end"
            ),
            ("book",),
        ),
    ),
):
    """Record one line of a voucher.

    Financial and budget accounting run in parallel over the same events: sums over both books count twice.
    """

    line_id: Code = Field(title="分录标识")
    """Identifier of the line; made from unit, year, voucher and line number when absent."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    fiscal_year: Int | None = Field(default=None, title="会计年度")
    """Fiscal year, which is the calendar year."""
    voucher_no: Code = Field(title="凭证号")
    """Voucher number as written by the unit."""
    line_no: Int = Field(title="分录号")
    """Number of the line within its voucher."""
    voucher_date: Day = Field(title="凭证日期")
    """Date of the voucher."""
    book: Book | None = Field(default=None, title="会计体系")
    """Which of the two parallel books the line belongs to; derived from the account code when absent."""
    summary: Text | None = Field(default=None, title="摘要")
    """What the voucher line says happened."""
    account_code: Code = Field(title="科目编码")
    """Code in the chart of accounts; sub-accounts begin with their parent's code."""
    account_name: Text | None = Field(default=None, title="科目名称")
    """Name of the account."""
    debit: Money | None = Field(default=None, title="借方金额")
    """Debit amount in yuan; negative in red-letter entries."""
    credit: Money | None = Field(default=None, title="贷方金额")
    """Credit amount in yuan; negative in red-letter entries."""
    counterparty_name: Text | None = Field(default=None, title="往来单位")
    """Other party as written."""
    counterparty_account: BankAcct | None = Field(default=None, title="对方账号")
    """Bank account of the other party; personal data when the holder is a person."""
    project_code: Code | None = Field(default=None, title="项目编码")
    """Code of the project the money belongs to."""
    econ_class: Code | None = Field(default=None, title="部门经济分类")
    """Departmental economic class (部门预算支出经济分类)."""
    settlement: VoucherLineSettlement | None = Field(default=None, title="结算方式")
    """How the money moved."""
    attachments: Int | None = Field(default=None, title="附件张数")
    """Number of sheets attached."""
    prepared_by: Text | None = Field(default=None, title="制单人")
    """Person who prepared the voucher."""
    approved_by: Text | None = Field(default=None, title="审核人")
    """Person who approved the voucher."""
    voided: Flag | None = Field(default=None, title="作废")
    """Whether the voucher was voided."""

"""People on the payroll and where they were."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from xjk.models.columns import BankAcct, Code, Day, Flag, IdNo, Int, Money, Phone, Text, choice
from xjk.models.record import Record

PersonStatus = Annotated[
    Literal["active", "retired", "left", "deceased", "temporary"],
    choice(active="在职", retired="退休", left="离职", deceased="死亡", temporary="临聘"),
]
TravelKind = Annotated[Literal["trip", "leave"], choice(trip="出差", leave="请假")]


class Person(
    Record,
    table="person",
    zh="在册人员",
    key=("person_id",),
):
    """Describe one person on a unit's roll."""

    person_id: Code = Field(title="人员编号")
    """Identifier of the person."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    name: Text = Field(title="姓名")
    """Name of the person."""
    id_no: IdNo | None = Field(default=None, title="身份证号")
    """Citizen identity number (GB 11643); personal data."""
    account_no: BankAcct | None = Field(default=None, title="工资卡号")
    """Account the salary goes to; personal data."""
    phone: Phone | None = Field(default=None, title="电话")
    """Telephone number; personal data."""
    status: PersonStatus | None = Field(default=None, title="人员状态")
    """Standing of the person with the unit."""
    status_on: Day | None = Field(default=None, title="状态日期")
    """Date that standing began."""
    duty: Text | None = Field(default=None, title="职务")
    """Post or duty."""
    finance_staff: Flag | None = Field(default=None, title="财务人员")
    """Whether the person works in finance."""


class Payroll(
    Record,
    table="payroll",
    zh="工资发放",
    key=(
        "unit_code",
        "month",
        "person_id",
    ),
):
    """Record what one person was paid in one month."""

    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    month: Int = Field(title="发放月份")
    """Month paid for, as yyyymm."""
    person_id: Code = Field(title="人员编号")
    """Identifier of the person."""
    person_name: Text | None = Field(default=None, title="姓名")
    """Name of the person."""
    account_no: BankAcct | None = Field(default=None, title="收款账号")
    """Account that was paid; personal data."""
    amount: Money = Field(title="实发金额")
    """Net pay in yuan."""
    social_insured: Flag | None = Field(default=None, title="当月参保")
    """Whether social insurance was paid that month."""


class Travel(
    Record,
    table="travel",
    zh="出差、请休假",
    key=("travel_id",),
):
    """Record one trip or leave of a person."""

    travel_id: Code = Field(title="出差请假编号")
    """Identifier of the trip or leave."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    kind: TravelKind = Field(title="类别")
    """Trip or leave."""
    person_name: Text = Field(title="姓名")
    """Name of the person."""
    id_no: IdNo | None = Field(default=None, title="身份证号")
    """Citizen identity number (GB 11643); personal data."""
    starts_on: Day = Field(title="开始日期")
    """First day."""
    ends_on: Day = Field(title="结束日期")
    """Last day."""
    destination: Text | None = Field(default=None, title="目的地")
    """Where the trip went."""
    amount: Money | None = Field(default=None, title="报销金额")
    """Amount reimbursed in yuan."""
    voucher_no: Code | None = Field(default=None, title="凭证号")
    """Voucher number as written by the unit."""

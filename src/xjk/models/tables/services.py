"""Meetings, training, service fees and subsidies paid to people."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from xjk.models.columns import (
    BankAcct,
    Code,
    Day,
    Flag,
    IdNo,
    Int,
    Money,
    Number,
    Phone,
    Text,
    choice,
)
from xjk.models.record import Record

ServiceFeeKind = Annotated[
    Literal["labour", "expert", "lecture", "review", "other"],
    choice(labour="劳务", expert="专家咨询", lecture="讲课", review="评审", other="其他"),
]
ServiceFeeTitle = Annotated[
    Literal["academician", "senior", "associate", "other"],
    choice(academician="院士", senior="正高", associate="副高", other="其他"),
]
EventKind = Annotated[Literal["meeting", "training"], choice(meeting="会议", training="培训")]


class ServiceFee(
    Record,
    table="service_fee",
    zh="劳务、专家、讲课、评审费发放",
    key=("fee_id",),
):
    """Record one fee paid to a person for labour, expertise, a lecture or a review."""

    fee_id: Code = Field(title="发放标识")
    """Identifier of the fee."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    voucher_no: Code | None = Field(default=None, title="凭证号")
    """Voucher number as written by the unit."""
    voucher_date: Day | None = Field(default=None, title="凭证日期")
    """Date of the voucher."""
    paid_on: Day = Field(title="发放日期")
    """Date of payment."""
    kind: ServiceFeeKind = Field(title="费用类别")
    """What the fee was for."""
    payee_name: Text = Field(title="姓名")
    """Person who was paid."""
    id_no: IdNo | None = Field(default=None, title="身份证号")
    """Citizen identity number (GB 11643); personal data."""
    account_no: BankAcct | None = Field(default=None, title="收款账号")
    """Account that was paid; personal data."""
    phone: Phone | None = Field(default=None, title="电话")
    """Telephone number; personal data."""
    title: ServiceFeeTitle | None = Field(default=None, title="职称")
    """Professional title that sets the cap."""
    quantity: Number | None = Field(default=None, title="天数或学时")
    """Days or teaching hours."""
    amount: Money = Field(title="实发金额")
    """Amount paid in yuan, after withheld tax."""
    tax_withheld: Money | None = Field(default=None, title="代扣个税")
    """Income tax withheld in yuan."""
    event_id: Code | None = Field(default=None, title="会议培训编号")
    """Identifier of the meeting or training."""


class Event(
    Record,
    table="event",
    zh="会议、培训",
    key=("event_id",),
):
    """Describe one meeting or training."""

    event_id: Code = Field(title="会议培训编号")
    """Identifier of the meeting or training."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    kind: EventKind = Field(title="类别")
    """Meeting or training."""
    grade: Int | None = Field(default=None, title="会议培训类别等级")
    """Class of meeting or training, 1 to 4."""
    name: Text = Field(title="名称")
    """Name of the event."""
    venue: Text | None = Field(default=None, title="地点")
    """Where it was held."""
    designated_venue: Flag | None = Field(default=None, title="定点场所")
    """Whether the venue is on the designated list."""
    starts_on: Day = Field(title="开始日期")
    """First day."""
    ends_on: Day = Field(title="结束日期")
    """Last day."""
    planned: Flag | None = Field(default=None, title="是否列入计划")
    """Whether it was in the annual plan."""
    approved_on: Day | None = Field(default=None, title="批准日期")
    """Date of approval."""
    attendees: Int | None = Field(default=None, title="参加人数")
    """Number of attendees claimed."""
    staff_members: Int | None = Field(default=None, title="工作人员数")
    """Number of staff counted among them."""
    cost: Money = Field(title="列支金额")
    """Cost charged in yuan."""
    voucher_no: Code | None = Field(default=None, title="凭证号")
    """Voucher number as written by the unit."""
    voucher_date: Day | None = Field(default=None, title="凭证日期")
    """Date of the voucher."""


class Attendance(
    Record,
    table="attendance",
    zh="签到",
    key=(
        "event_id",
        "day",
        "person_name",
    ),
):
    """Record that a person signed in at an event on one day."""

    event_id: Code = Field(title="会议培训编号")
    """Identifier of the meeting or training."""
    day: Day = Field(title="日期")
    """Day signed in."""
    person_name: Text = Field(title="姓名")
    """Name of the person."""
    id_no: IdNo | None = Field(default=None, title="身份证号")
    """Citizen identity number (GB 11643); personal data."""
    phone: Phone | None = Field(default=None, title="电话")
    """Telephone number; personal data."""


class Beneficiary(
    Record,
    table="beneficiary",
    zh="补助补贴发放对象",
    key=(
        "list_id",
        "name",
    ),
):
    """List one person who received a subsidy."""

    list_id: Code = Field(title="发放清单号")
    """Number of the payment list."""
    name: Text = Field(title="姓名")
    """Name of the beneficiary."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    project_code: Code | None = Field(default=None, title="项目编码")
    """Code of the project the money belongs to."""
    id_no: IdNo | None = Field(default=None, title="身份证号")
    """Citizen identity number (GB 11643); personal data."""
    account_no: BankAcct | None = Field(default=None, title="收款账号")
    """Account that was paid; personal data."""
    amount: Money = Field(title="金额")
    """Amount in yuan."""
    paid_on: Day | None = Field(default=None, title="发放日期")
    """Date of payment."""
    eligible_from: Day | None = Field(default=None, title="资格起始日期")
    """First day of eligibility."""
    eligible_to: Day | None = Field(default=None, title="资格终止日期")
    """Last day of eligibility."""
